"""What is asked in words so plain that it is answered whatever it was read as: "did ye ask them", "am a on the list".

Not where a form is open, nor where there may be danger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction

from actions import for_others, nearer, on_it, practical, unasked_complaints, underway, was_at
from actions.practical_words import asked
from actions.search import Search
from actions.slots import COMPLAINT
from actions.speech import PERSON, TO_MENU, Speech
from bot import wording
from bot.programme import needs

if TYPE_CHECKING:
    from actions.turn import Turn

_ASKED_THEM = re.compile(
    r"\b(?:did|have|huv|hiv) (?:you|ye|u|yous|youse) (?:\w+ )?(?:ask|asked|tell|telt|told)\b(?! me)", re.IGNORECASE
)
#: Of a complaint: "has anybody answered".
_ANSWERED = re.compile(
    r"\b(?:has|have|huv|hiv|did|is|wis|was) "
    r"(?:any ?(?:body|one|wan)|some ?(?:body|one|wan)|sumbdy|they|staff|a worker|it) "
    r"(?:\w+ )?(?:answered|answer|replied|reply|read|seen|see|looked|look|got back|get back|come back|came back)\b",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"^\W*(?:(?:but|aye|naw|no|well|ok|eh|that)\W+)*(?:(?:the|that|thon|this|yer|your|their) )?"
    r"(?:number|num|nummer|line|phone ?line|phone number)s?(?: (?:you|ye|u) (?:gave|gied|gie) (?:me|us))? "
    r"(?:(?:does ?n[o']?t|doesnae|doesny|disnae|disny|does not|isn'?t|isnae|no|not|never|just|is|'?s)\W+)*"
    r"(?:work\w*|ring\w*|go(?:in|ing)? through|connect\w*|deid|dead|engaged|disconnected|(?:oot|out) of order|"
    r"ringin\w* oot)\W*$|"
    r"^\W*(?:(?:but|aye|naw|no|well)\W+)*(?:nobody|naebody|no ?one|no ?wan|they)(?:'?s|'?re)? "
    r"(?:(?:is|are|no|not|never|ever|don'?t|dinnae)\W+)*(?:answer\w*|pick(?:s|ed|in|ing)? (?:it )?up)"
    r"(?: (?:the phone|there|it|me|when (?:i|a|ah) \w+))*\W*$",
    re.IGNORECASE,
)
#: Another's questions: a way to a person, a wish to stop, what is to be deleted; and what opens a form.
_NOT_OURS = frozenset({
    "talk_to_person", "call_me", "stop_messages", "delete_my_data", "complaint", "choose", "book_session",
    "cancel_booking", "change_booking",
})  # fmt: skip


_ONE = re.compile(
    r"^\W*(?:(?:is there|got|any|a|have ye|and|naw|no|just|i want|a want)\W+)*"
    r"(?:one|wan|yin|class|session|group|course)s?\b",
    re.IGNORECASE,
)
#: Asked of coming to a session in words of its own, where nothing else was spoken of.
_OF_COMING = frozenset({"company", "our_number", "reminders", "their_details", "waiting_list", "reading", "weather"})
#: What was said last, of which the same may be asked: a waiting list for a therapy, what a place needs from them.
_OF_ELSE = frozenset({"answer", "services"})
#: So few words ask for a list of ours, where nothing was spoken of.
_BARE = 6
_SPOKEN_OF = frozenset({"sessions", "booked", practical.LAST})


def is_no_answer(text: str) -> bool:
    """Whether a number that they rang does not work, or nobody picks up: "number doesny work"."""
    return _NO_ANSWER.search(text.replace("’", "'")) is not None


def _of_coming(turn: Turn, speech: Speech) -> list[EventType] | None:
    before = turn.slots.get("last_said")
    if for_others.is_for_another(turn.typed):  # the place is what is asked for
        return None
    if before is None and len(turn.typed.split()) <= _BARE and asked(turn.typed, of_a_session=True) == "waiting_list":
        return None if on_it.is_elsewhere(turn.typed) else practical.tell(turn, speech, "waiting_list")
    if before in _OF_ELSE or (turn.intent.startswith("ask_") and turn.parse.get("answer") and before not in _SPOKEN_OF):
        return None
    kind = asked(turn.typed, of_a_session=before in _SPOKEN_OF)
    if kind == "waiting_list" and on_it.is_elsewhere(turn.typed):
        return None
    return practical.tell(turn, speech, kind) if kind in _OF_COMING else None


def _wants_a_session(turn: Turn) -> bool:
    """Whether "wan in parkhead at night" asks for a class and no place of help: it says when, and no need."""
    wants = _ONE.match(turn.typed) is not None and turn.entity("topic") is None and not needs.needs_of(turn.typed)
    return wants and Search.of(turn).has_time()


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer it; None, and nothing said, for any other message."""
    if turn.danger is not None or turn.intent.startswith("crisis_") or turn.intent in _NOT_OURS:
        return None
    if is_no_answer(turn.typed):
        speech.say_text(wording.say("place.no_answer"), [PERSON, TO_MENU])
        return []
    nobody_there = turn.slots.get("last_said") != COMPLAINT and unasked_complaints.found_nobody(turn.typed)
    if nobody_there or unasked_complaints.tells_on(turn):
        return unasked_complaints.passed_on_as_complaint(turn)
    if (told := nearer.reply_to(turn, speech)) is not None:
        return told
    if turn.slots.get("last_said") == COMPLAINT and _ANSWERED.search(turn.typed):
        return [FollowupAction("action_more")]  # which says first where a complaint is
    if _ASKED_THEM.search(turn.typed) and (told := underway.tell(turn, speech)) is not None:
        return told
    if (told := _of_coming(turn, speech)) is not None:
        return told
    if (told := was_at.reply_to(turn, speech)) is not None:
        return told
    if turn.intent == "find_service" and _wants_a_session(turn):
        return [FollowupAction("action_list_sessions")]
    if turn.intent.startswith("ask_") or turn.intent == "find_service":
        return None
    return on_it.reply_to(turn, speech)
