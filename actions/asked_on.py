"""What is added or asked in a few words after a reply of ours: more on how a session was, whether data has been deleted
yet, whom to ask what we do not know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import in_danger, in_emergency, practical, staying, underway
from actions.said import says_something
from actions.slots import COMPLAINT, forget_forms
from actions.speech import Speech, option
from actions.stores import conversation_of, database
from bot import clock, wording
from bot.conversations import asking, handoffs
from bot.programme import feedback, people

if TYPE_CHECKING:
    from actions.turn import Turn

#: What `last_said` is after feedback was kept, and after somebody asked for their data to be deleted.
FEEDBACK, DELETION = "feedback", "delete_my_data"
#: Up to this score staff are offered, and a yes is to that.
LOW = 2
#: What more on a session is taken for.
_TOLD = frozenset({"give_feedback", "out_of_scope", "nlu_fallback", "share_priorities", "list_sessions", "correction"})
#: Fewer words than this say nothing more.
_FEW = 4
#: Each of a message in plain words: no capitals, no points.
_PASS_ON = re.compile(
    r"(?:(?:aye|yes|yeah|yep|please|pls|ok|okay|well|go on) )*"
    r"(?:(?:can|could|will|would) (?:you|ye|u) )?"
    r"(?:aye|yes|yeah|yep|please|pass (?:it|that) on|tell (?:them|staff|some(?:body|one)|the boss)|"
    r"look (?:in ?to|intae) (?:it|that)|(?:i|a|ah) (?:want|do|dae)(?: that| it| them to| them tae)?)"
    r"(?: (?:please|pls|then|aye|thanks))?"
)
_DONE_YET = re.compile(
    r"(?:(?:and|so|but|well|ok|hey) )*"
    r"(?:(?:did|have|huv|hiv|has) (?:you|u|ye|yous|they|it|that|some(?:body|one)) (?:been )?"
    r"(?:do|dae|done|did|delete|erase|remove|wipe|get rid|gone)\w*|"
    r"(?:is|wis|was) (?:it|that|everything|my (?:data|stuff)) (?:aw |all )?(?:done|deleted|gone|away|wiped|erased)|"
    r"when (?:will|wull|does|is) (?:it|that) (?:be |get )?(?:done|deleted|gone|wiped|happen\w*)|"
    r"how (?:do|dae|will|wid) (?:i|a|ah) (?:know|ken)|deleted(?: yet)?|done(?: yet)?)(?: .{0,20})?"
)
_WHOM = re.compile(
    r"(?:(?:and|so|but|ok|well|aye|right) )*(?:who|whae|wha|hoo) "
    r"(?:(?:do|dae|can|should|would|wid|will) (?:i|a|ah|we) (?:ask|phone|see|speak|talk|contact|ring|go)|"
    r"knows|would know|wid know|can tell me|decides)(?: .{0,15})?|"
    r"how (?:do|dae|can) (?:i|a|ah) find (?:out|oot)"
)
#: To what was said or asked about suicide.
_WHY_ASKED = re.compile(
    r"(?:(?:eh|ok|sorry|naw|no|haw) )*(?:(?:wh[ai]t|wit|wot)(?: the (?:fuck|hell))? (?:are |r |ur )?(?:u|you|ye|yous) "
    r"(?:on|oan) (?:about|aboot)|"
    r"(?:why|how come|whit for|how) (?:(?:did|are|r|do|dae|have) )?(?:u|you|ye|yous) "
    r"(?:ask(?:in|ing|ed)?|say(?:in|ing)?|send(?:in|ing)?|sent)(?: .{0,25})?|"
    r"(?:wh[ai]t|wit) made (?:you|ye|u) (?:think|say|ask)(?: .{0,20})?)"
)
#: No text of more words is one of these.
_MOST = 12


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer it; None, and nothing said, for any other message, or where danger may be in it."""
    if turn.loop or not turn.typed:
        return None
    for here in (in_danger, in_emergency, staying):
        if (told := here.reply_to(turn, speech)) is not None:
            return told
    if _says(turn.typed, _WHY_ASKED) and _spoke_of_suicide(turn):
        speech.say_text(wording.say("crisis.why_asked"))
        return []
    if turn.danger is not None or turn.intent.startswith("crisis_"):
        return None
    said = turn.slots.get("last_said")
    if said == FEEDBACK:
        return _more_on_a_session(turn, speech)
    if said == DELETION and _says(turn.typed, _DONE_YET):
        return _not_deleted_yet(turn, speech)
    if said == practical.LAST and _says(turn.typed, _WHOM):
        speech.say_text(wording.say("practical.whom"), practical.WAYS)
        return []
    return None


def _spoke_of_suicide(turn: Turn) -> bool:
    """Whether we spoke of it within the hour, and of no emergency or abuse since."""
    with database().read() as db:
        found = handoffs.current(db, turn.conversation_id)
        of_it = found is not None and found.reason in ("crisis_suicide", "maybe_danger")
        return of_it and asking.spoke_of_danger(db, conversation_of(db, turn))


def _says(text: str, what: re.Pattern[str]) -> bool:
    """Whether a message says `what`, and nothing besides."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    return len(words) <= _MOST and what.fullmatch(" ".join(words)) is not None


def adds_to_feedback(turn: Turn) -> bool:
    """Whether a message says more on the session that was just rated, so that no other score is asked for."""
    if turn.slots.get("last_said") != FEEDBACK or not says_something(turn.typed):
        return False
    with database().read() as db:
        return feedback.given_just_now(db, people.person_of(db, turn.conversation_id), clock.now()) is not None


def keep_more(turn: Turn, speech: Speech) -> None:
    """Add a message to the feedback that was just given, and say that it is kept."""
    with database().write() as db:
        person = people.person_of(db, turn.conversation_id)
        given = feedback.given_just_now(db, person, clock.now())
        if given is not None:
            feedback.add_words(db, person, given.id, turn.typed[:1000])
    speech.say("kept_feedback")


def _more_on_a_session(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Words are added to the feedback that was just given; a yes, where it was poor, makes a complaint of them."""
    agrees = _says(turn.typed, _PASS_ON)
    adds = turn.intent in _TOLD and len(turn.typed.split()) >= _FEW and "?" not in turn.typed
    if not agrees and not (adds and says_something(turn.typed)):
        return None
    with database().read() as db:
        given = feedback.given_just_now(db, people.person_of(db, turn.conversation_id), clock.now())
        score, words = (given.score or LOW, given.words) if given is not None else (None, None)
    if score is None or (agrees and score > LOW):
        return None
    if agrees:
        return [
            *forget_forms(), SlotSet("words_for", COMPLAINT), SlotSet("words", words),
            FollowupAction("action_keep_words" if words else "words_form"),
        ]  # fmt: skip
    keep_more(turn, speech)
    return []


def _not_deleted_yet(turn: Turn, speech: Speech) -> list[EventType]:
    with database().read() as db:
        found = underway.of(db, turn.conversation_id, DELETION)
    if found is not None:
        speech.say_text(wording.say("talk.deletion_asked", when=underway.staff_hours()))
    else:
        yes, no = option("handoff", DELETION, 1), option("handoff", DELETION, 0)
        speech.say_text(wording.say("talk.deletion_not_yet"), [("Get a person", yes), ("No thanks", no)])
    return []
