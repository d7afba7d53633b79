"""What was asked of staff and is not wanted any more: a complaint, or that what we hold is deleted. And how it stands.

Somebody who thinks better of it must not have to ask four times, and is told in plain words that it was done. Staff are
told too; nothing that they may have read is hidden from them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions import underway
from actions.slots import COMPLAINT
from actions.speech import PERSON, Speech, option
from actions.stores import conversation_of, database
from bot import clock, wording
from bot.conversations import handoffs
from bot.programme import feedback, people

if TYPE_CHECKING:
    from actions.turn import Turn

#: What `last_said` is after somebody asked for their data to be deleted.
DELETION = "delete_my_data"

_NOT = r"(?:do not|don'?t|dinnae|dinny|dinna|not (?:to|tae)|no (?:to|tae)|never)"
_COMPLAINT = r"(?:complain\w*|complian\w*|complent|complaynt)"
_UNDO = (
    r"(?:tak(?:e|in|en|ing)? (?:it |that |this |everything )?(?:aw |all )?(?:back|away)|withdr[ae]w\w*|"
    r"cancel\w*|scrap\w*|"
    r"drop\w*|forget|scrub|scratch|bin|undo|call (?:it|that) (?:off|aff)|get rid|pull (?:it|that)|"
    rf"{_NOT} (?:want|wan|wish|need|send|pass|gie|give|put|mak|make|do|dae|file)\w*|changed (?:my|ma) mind|leave)"
)
#: It is named; then it may be said any time later. "I want to complain that they cancelled" names it too.
_COMPLAINT_BACK = re.compile(
    rf"\b{_UNDO}\b(?: (?:to|tae|it|that|this|the|my|ma|a|about|aboot|on|in|any ?more|of|ae|make|mak|making|"
    rf"makin)){{0,5}} {_COMPLAINT}|"
    rf"\b(?:the|my|ma|that) {_COMPLAINT}\b.{{0,20}}\b{_UNDO}",
    re.IGNORECASE,
)
_LEAD = (
    r"(?:(?:actually|och|aw|oh|wait|sorry|thing is|hing is|no|naw|nah|nope|hold on|haud oan|please|pls|but|just|"
    r"jist|ok|"
    r"well|can (?:you|ye|u|i|a|we)|could (?:you|ye|u)|gonnae|gonny|i|a|ah|i'?d|want|wanna|to|tae|you|ye|u|see|"
    r"that|it)\W+)*"
)
_IT = r"(?: (?:it|that|this|aw|all|anything|anyhin|the message|ma message|my message))*"
_TAIL = (
    r"(?:\W+(?:then|sorry|pal|mate|please|pls|actually|on|oan|back|in|any ?more|now|noo|to anybody|staff|to|"
    r"tae|them|her|him|forward|a|mind|ma|my|changed|forget it|leave it|take it back|just|jist))*"
)
#: All that is said, right after it.
_BACK = re.compile(
    rf"^\W*{_LEAD}(?:{_UNDO}{_IT}|i tak(?:e)? it back|never ?mind(?: (?:it|that|aboot it|about it))?)"
    rf"{_TAIL}\W*$",
    re.IGNORECASE,
)
_WAS_IT = re.compile(
    r"\b(?:did|have|has|huv|is|wis|was|so)\b.{0,14}\b(?:tak(?:e|en)|took|withdr\w+|cancel\w*|scrapp?\w*|dropp?\w*)\b"
    r".{0,14}(?:\bback\b|\baway\b|\bit\b|\bor no\b|complain\w*|\?|$)",
    re.IGNORECASE,
)
#: Who reads a complaint, and whether the one it is about hears of it.
_WHO_READS = re.compile(
    r"\b(?:who(?:'?s| is| are|se| reads| sees| gets| will)?|whae)\b.{0,15}\b(?:staff|read\w*|see\w*|get\w*|"
    r"look\w*|that)\b|"
    r"\b(?:her|his|their) (?:pals?|mates?|friends?)\b|\b(?:find|fun|found|finds) (?:oot|out)\b|"
    r"\b(?:will|wull|does|did|can|is|are|wid|would) (?:the |my |ma )?(?!(?:you|ye|u|yous|i|a|ah|we|it|this|that)\b)\w+"
    r"\b.{0,20}\b(?:know|ken|see|read|told|hear|find)\b|"
    r"\b(?:is|has|did|wis|was) (?:it|that|this|ma complaint|my complaint)\b.{0,12}\b(?:in|sent|gone|go|went|"
    r"through|away|"
    r"received|logged)\b|\bgone in\b|\b(?:don'?t|dinnae|dinny) (?:tell|show|let) (?:her|him|them|any(?:body|"
    r"one)|the|my|ma)\b|\banonymous\w*|\bma name\b|\bmy name\b",
    re.IGNORECASE,
)

_DELETE = r"(?:delet\w*|eras\w*|wip(?:e|ed|in|ing)\b|remov\w*|get\w* rid|bin)"
_KEEP = re.compile(
    rf"\b(?:{_NOT}|stop|cancel|scrap|forget)(?: (?:want|need|be|the|my|ma|it|that|tae|to|any ?more|you|ye|them|"
    rf"about|aboot)){{0,4}} {_DELETE}|"
    r"\bkeep (?:(?:all|aw|everything|on|of|ae) )*(?:my|ma|the|it|that|everything)(?: (?:stuff|data|info\w*|"
    r"details|texts|messages|"
    r"record\w*|history|things|hings))?\b",
    re.IGNORECASE,
)
_KEEP_SHORT = re.compile(
    rf"^\W*{_LEAD}(?:{_UNDO}{_IT}|(?:said|say|telt (?:you|ye)) {_NOT}|{_NOT}|leave it|keep (?:it|ma stuff|"
    rf"my stuff|everything))"
    rf"(?:\W+(?:leave it|keep (?:it|ma stuff|my stuff|ma data|my data|everything)|{_NOT}|as it is|alane|alone|"
    rf"changed (?:ma|my) mind))*{_TAIL}\W*$",
    re.IGNORECASE,
)
_BEING_DELETED = re.compile(
    rf"\b(?:is|are|am|will|wull|has|huv|have|did|when|so|does)\b.{{0,30}}\b{_DELETE}", re.IGNORECASE
)
_DELETES = re.compile(rf"\b{_DELETE}", re.IGNORECASE)


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Take back what was asked of staff, or say how it stands; None, and nothing said, for anything else."""
    text = turn.typed.replace("\u2019", "'").replace("\u2026", " ")
    if (told := _deletion(turn, speech, text)) is not None:
        return told
    return _complaint(turn, speech, text)


# --- a complaint


def _complaint(turn: Turn, speech: Speech, text: str) -> list[EventType] | None:
    just_now = turn.slots.get("last_said") == COMPLAINT
    named = _COMPLAINT_BACK.search(text) is not None
    back = named or just_now and _BACK.match(text) is not None
    was_it = _WAS_IT.search(text) is not None and (just_now or re.search(_COMPLAINT, text, re.IGNORECASE) is not None)
    who = just_now and _WHO_READS.search(text) is not None
    if not (back or was_it or who):
        return None
    with database().read() as db:
        found = feedback.complaint(db, people.person_of(db, turn.conversation_id), clock.now())
    if found is None:
        return None
    after = [SlotSet("last_said", COMPLAINT)]
    if was_it and not named and not (back and _BACK.match(text)):
        if found.taken_back_at is not None:
            speech.say_text(wording.say("taken_back.complaint_done"))
        else:
            speech.say_text(
                wording.say("taken_back.complaint_not_yet"),
                [("Take it back", option("complaint", "back")), ("Leave it with staff", option("complaint", "keep"))],
            )
        return after
    if back:
        take_back_complaint(turn, speech)
        return after
    key = "complaint_who_back" if found.taken_back_at else "complaint_who"
    speech.say_text(wording.say(f"taken_back.{key}"), [PERSON])
    return after


def take_back_complaint(turn: Turn, speech: Speech) -> None:
    """The newest complaint is not to be taken further: staff are told, and so is the one who made it."""
    with database().write() as db:
        person = people.person_of(db, turn.conversation_id)
        found = feedback.complaint(db, person, clock.now())
        if found is not None and found.taken_back_at is None:
            feedback.take_back(db, person, found)
            handoffs.open_for(db, conversation_of(db, turn), "complaint_back")
    speech.say_text(wording.say("taken_back.complaint"))


def complaint_picked(turn: Turn, speech: Speech, what: str) -> list[EventType]:
    """Under "shall I take it back?"."""
    if what == "back":
        take_back_complaint(turn, speech)
    else:
        speech.say("complaint_next", when=underway.staff_hours())
    return [SlotSet("last_said", COMPLAINT)]


# --- what we hold


def _deletion(turn: Turn, speech: Speech, text: str) -> list[EventType] | None:
    just_now = turn.slots.get("last_said") == DELETION
    keep = _KEEP.search(text) is not None and (just_now or _DELETES.search(text) is not None)
    keep = keep or just_now and _KEEP_SHORT.match(text) is not None
    asks = not keep and _BEING_DELETED.search(text) is not None
    if not (keep or asks):
        return None
    with database().read() as db:
        found = handoffs.last(db, turn.conversation_id)
        asked, kept = handoffs.wants(found, DELETION), handoffs.wants(found, "keep_my_data")
        open_ = found is not None and found.closed_at is None
    after = [SlotSet("last_said", DELETION)]
    if keep and asked:
        with database().write() as db:
            handoffs.open_for(db, conversation_of(db, turn), "keep_my_data")
        speech.say_text(wording.say("taken_back.keep"))
        return after
    if (keep or asks) and kept:
        speech.say_text(wording.say("taken_back.kept", when=underway.staff_hours()))
        return after
    if keep and (just_now or turn.intent == DELETION):
        speech.say_text(wording.say("taken_back.nothing_asked"))
        return after
    if asks and asked and open_ and (just_now or turn.intent == DELETION):
        speech.say_text(wording.say("talk.deletion_asked", when=underway.staff_hours()))
        return after
    return None
