"""What a short message means by what was said just before it: "is it free", "how long after", "the wed one".

Tried before the action that the message by itself would lead to. Nothing here in a form, beside danger, or where
somebody asks for a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import bank, meant, place_asked, session_picked, talk_words, whom
from actions.speech import PERSON, Speech
from actions.stores import database
from bot import safety
from bot.conversations import choices
from bot.programme import answers, bookings, needs, people

if TYPE_CHECKING:
    from actions.turn import Turn

#: What is never a follow-up, whatever was said before.
_BY_ITSELF = frozenset({
    "talk_to_person", "call_me", "complaint", "stop_messages", "start_messages", "wrong_number", "delete_my_data",
    "choose", "thank", "goodbye", "bot_challenge",
})  # fmt: skip
#: What is said of the answer itself, where it is surely said.
_OF_THE_ANSWER = frozenset({"more", "simpler", "repeat", "source"})
SURELY = 0.6
#: "Aye" is an answer; "every day aye" says more than yes, where nothing was asked.
_YES_OR_NO = frozenset({"affirm", "deny"})
#: What `last_said` is after a place on a session was given.
BOOKED = "booked"
_NOT_AFTER_ALL = re.compile(
    r"^\W*(?:(?:actually|och|aw|oh|wait|sorry|hing is|thing is|no|naw|nah|hold on|haud oan|ma bad|my bad)\W+)*"
    r"(?:actually\W*)?(?:naw|nah|no|cancel (?:it|that)|(?:(?:i|a|ah)(?:'ve)? )?changed (?:my|ma) mind|"
    r"(?:i|a|ah) (?:can'?t|cannae|canny|cannot) (?:go|make (?:it|that)|dae (?:it|that))|"
    r"(?:is it|can (?:i|a)).{0,12}(?:too late|still).{0,12}(?:change|cancel|back oot|back out).{0,12}|"
    r"tak(?:e)? me (?:aff|off)(?: (?:it|that))?|forget it|leave it|don'?t bother|dinnae bother|dont (?:want|wan) it)"
    r"(?:\W+(?:then|sorry|pal|mate|please|pls|actually))*\W*$",
    re.IGNORECASE,
)
#: From this share of the probability the answer is given; below it, it is asked about; below the last, left alone.
SURE, NEAR = 0.35, 0.12
#: What half a question after an answer is taken for, and hardly is.
_HARDLY = frozenset({
    "list_sessions", "book_session", "ask_order", "ask_hours", "share_priorities", "help", "source", "out_of_scope",
    "nlu_fallback", "affirm", "deny", "greet", "correction", "im_ill", "cant_make_shift", "my_bookings",
})  # fmt: skip
_HALF_A_QUESTION = re.compile(
    r"^\W*(?:(?:and|but|so|ok|aye|right)\W+)*(?:how (?:long|much|many|often|come|bad|soon)|why|"
    r"(?:wh?[ai]t|wit) (?:about|aboot|if|for|fur|else|kind)|"
    r"(?:is|are|does|dis|do|dae|can|could|will|wull|would|should) (?:it|that|this|they|them|i|a|ah|he|she|you|ye)\b|"
    r"who (?:does|decides|gives|gies|tells)|when (?:do|dae|does|dis|can|will))\b",
    re.IGNORECASE,
)
#: Words of the programme: then it is no question on health.
_OURS = re.compile(
    r"\b(?:session|class|course|group|book|squad|hours?|order|worker|shift|van|court|breach\w*|case manager|gaffer|"
    r"supervisor|texts?|number|bot|robot|thursday|friday|monday|tuesday|wednesday|saturday|sunday|today|tomorrow|morra)"
    r"(?:es|s)?\b",
    re.IGNORECASE,
)
#: More words than this are more than half a question.
_HALF = 6
#: A yes or a no of no more words than this says nothing else.
_BARE = 2


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer a message by what came before it; None, and nothing said, where it stands by itself."""
    if turn.loop or not turn.typed or turn.returning or turn.intent.startswith("crisis_"):
        return None
    before = turn.slots.get("last_said")
    if before == BOOKED:
        return _give_it_up(turn) if _NOT_AFTER_ALL.match(turn.typed) else None
    if before == "sessions":
        return session_picked.take(turn)
    if before in ("answer", "services") and place_asked.reply_to(turn, speech):
        return []
    if before != "answer" or turn.intent in _BY_ITSELF or (turn.intent in _YES_OR_NO and _answers(turn)):
        return None
    read = turn.parse.get("in_context") or {}
    if read.get("intent") == "find_service" != turn.intent and read["confidence"] >= SURE:  # "where do i get it"
        return [FollowupAction("action_find_service")]
    if turn.intent in _OF_THE_ANSWER and turn.confidence >= SURELY:
        return None
    return _after_an_answer(turn, speech, read)


def _answers(turn: Turn) -> bool:
    """Whether a yes or a no is all that was said, or is said to what was asked."""
    if len(turn.typed.split()) <= _BARE:
        return True
    with database().read() as db:
        return bool(choices.open_choices(db, turn.conversation_id))


def _give_it_up(turn: Turn) -> list[EventType]:
    """Begin to give up what was just booked; which one is asked where they hold more."""
    with database().read() as db:
        held = bookings.bookings_of(db, people.person_of(db, turn.conversation_id))
    known = [SlotSet("cancel_booking_id", held[0].id)] if len(held) == 1 else []
    return [*known, FollowupAction("cancel_form")]


def _after_an_answer(turn: Turn, speech: Speech, read: Mapping[str, Any]) -> list[EventType] | None:
    """What was read beside the question before it, where that is something else than what it says by itself."""
    near = [(a["topic"], a["key"], a["confidence"]) for a in read.get("answers") or ()]
    if not near or (turn.danger is not None and turn.danger.rule != safety.LEARNT):
        return None
    if needs.needed_today(turn.typed) or talk_words.kind_of(turn.typed):
        return None
    if whom.same_for(turn.typed, str(turn.slots.get("topic") or "")) is not None:
        return None
    given = str(turn.slots.get("answer") or "")
    if read.get("intent") not in {f"ask_{topic}" for topic, *_ in near}:
        return _half_a_question(turn, speech, given, near)
    ranked = [row for row in near if row[2] >= NEAR]
    if not ranked:
        return _half_a_question(turn, speech, given, near)
    topic, key, confidence = ranked[0]
    if f"{topic}/{key}" == given:
        return _the_rest(turn, speech)
    if confidence >= SURE:
        said = bank.say_answer(turn, speech, topic, key)
        return None if said is None else [SlotSet(place_asked.TOLD, None), *said]
    return _which(speech, [(t, k) for t, k, _ in ranked if f"{t}/{k}" != given])


def _half_a_question(
    turn: Turn, speech: Speech, given: str, near: Sequence[tuple[str, str, float]]
) -> list[EventType] | None:
    """Ask what "how long" is about, where it was taken for something that it hardly is; None for anything else."""
    half = len(turn.typed.split()) <= _HALF and _HALF_A_QUESTION.match(turn.typed) and not _OURS.search(turn.typed)
    if turn.intent not in _HARDLY or not half:
        return None
    topic = given.split("/")[0]
    return _which(speech, [(t, k) for t, k, _ in near if t == topic and f"{t}/{k}" != given])


def _which(speech: Speech, others: list[tuple[str, str]]) -> list[EventType]:
    """Ask which of the two likeliest is meant, or more of what was asked before."""
    speech.say("did_you_mean", [*meant.questions(others[:2]), ("More on what you asked", "/more"), PERSON])
    return []


def _the_rest(turn: Turn, speech: Speech) -> list[EventType]:
    """More of the answer that was given, or that there is no more."""
    with database().read() as db:
        shown = answers.last_shown(db, turn.conversation_id)
        more = shown is not None and shown.part != "more" and bool(shown.revision.more or shown.revision.urgent)
    if more:
        return [FollowupAction("action_more")]
    speech.say("no_more")
    return []
