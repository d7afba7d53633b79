"""What has been asked for already: a worker, or a call. Asked for again it is said to be under way, not begun anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType
from sqlalchemy.orm import Session

from actions.speech import Pair, Speech, option
from actions.stores import database, settings
from bot import clock, wording
from bot.conversations import call_backs, handoffs, hours

if TYPE_CHECKING:
    from actions.turn import Turn

#: When it is safe to ring, and where.
TIMES: tuple[Pair, ...] = (
    ("Any time", option("call", "any")),
    ("Morning", option("call", "morning")),
    ("Afternoon", option("call", "afternoon")),
    ("Evening", option("call", "evening")),
    ("Another number", option("call", "other")),
)
#: "Did you ask them?", "any word on that call", "is anybody coming", "nobody has rung me".
_ASKS = re.compile(
    r"\b(?:any (?:word|news|update|sign)\b|still (?:waiting|waitin)\b|"
    r"(?:did|have|huv|hiv|has) (?:you|ye|yous|u|they|any(?:body|one)|some(?:body|one)|staff|a worker)\b.{0,30}"
    r"\b(?:ask\w*|tell|told|ring|rang|rung|phon\w+|read|seen|see|got|get)\b|"
    r"(?:is|are|will) (?:any(?:body|one|wan)|some(?:body|one|wan)|they|the worker)\b.{0,20}"
    r"\b(?:coming|comin|there|ringing|phoning|calling|reading|ring|phone|call|text)\b|"
    r"(?:nae ?body|no ?body|no ?one|no-one)(?: has|'s)? (?:rang|rung|phoned|called|texted|replied|answered|got back)\b|"
    r"when(?:'s| is| are| will) (?:they|some(?:body|one)|any(?:body|one)|the worker|a worker)\b|"
    r"(?:ask|tell) (?:them|staff|the staff|the worker|some(?:body|one)|him|her)\b)",
    re.IGNORECASE,
)


#: "When will they", and nothing of a session.
_WHEN = re.compile(
    r"\W*(?:(?:so|and|but|ok|aye|right)\W+)*when(?:'s|'ll| is| are| will| do| dae)? ?"
    r"(?:they|some(?:body|one)|any(?:body|one)|he|she|the worker|a worker)"
    r"(?: (?:be|going|gonna|gonnae|to|tae|ring\w*|phon\w*|call\w*|text\w*|get\w*|in touch|answer\w*|repl\w+|read\w*|"
    r"com\w+|me|us|back|it|this))*\W*",
    re.IGNORECASE,
)


#: Told that a worker was asked already, by whom they do not know.
_NEVER_ASKED = re.compile(
    r"\W*(?:(?:eh|but|naw|no|aye|whit|what|wait)\W+)*(?:i|a|ah)(?:'?ve)? (?:never|didn'?t|didnae|didny|haven'?t|"
    r"havenae|"
    r"hivnae)(?: even)? ask(?:ed)?(?: (?:for|fur))?(?: (?:a|any|ony|for it|it|you|ye|yous))?(?: (?:worker|"
    r"person|wan|one|"
    r"body|thing))?(?: (?:before|yet|though|tho|but))*\W*",
    re.IGNORECASE,
)


def asks_when(text: str) -> bool:
    """Whether a message asks when somebody will ring or write, and nothing else."""
    return _WHEN.fullmatch(text.replace("’", "'")) is not None


@dataclass(frozen=True)
class Underway:
    """What waits for staff: `call` when it is a call, and `part` says when if they did ("on Tue 24 Nov at 2pm");
    `seen` once it was read."""

    call: bool
    part: str | None
    seen: bool

    def words(self, when: str) -> str:
        """That it is under way, and when somebody reads it."""
        if not self.call:
            return wording.say("underway.person_seen" if self.seen else "underway.person", when=when)
        if self.seen:
            return wording.say("underway.call_seen")
        if self.part is None:
            return wording.say("underway.call", when=when)
        return wording.say("underway.call_at", part=self.part, when=when)


def of(db: Session, conversation_id: str, reason: str) -> Underway | None:
    """What is under way for `reason` in a conversation; None when it is asked for the first time."""
    found = handoffs.current(db, conversation_id)
    reasons = {before for before, _ in found.reasons} if found else set()
    if reason in handoffs.TAKES_BACK.values() and not handoffs.wants(found, reason):
        return None
    if found is None or reason not in reasons | ({"asked"} if "call_me" in reasons else set()):
        return None
    wanted = call_backs.current(db, conversation_id) if "call_me" in reasons else None
    if wanted is not None and wanted.rang_at is None and reason in ("call_me", "asked"):
        return Underway(call=True, part=call_backs.said(wanted) or None, seen=found.seen_at is not None)
    return None if reason == "call_me" else Underway(call=False, part=None, seen=found.seen_at is not None)


def tell(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Say how far what they asked for is, where they ask that; None, and nothing said, where they do not or nothing
    is under way."""
    if not turn.typed or turn.loop or not _ASKS.search(turn.typed):
        return None
    return say(turn, speech)


def never_asked(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer "I never asked": a worker was brought in by what they wrote, and not by their asking. None, and nothing
    said, for anything else."""
    if not _NEVER_ASKED.fullmatch(turn.typed):
        return None
    with database().read() as db:
        found = handoffs.current(db, turn.conversation_id)
    if found is None:
        return None
    speech.say_text(wording.say("underway.not_by_you", when=staff_hours()))
    return []


def say(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Say how far what they asked for is; None, and nothing said, where nothing is under way."""
    with database().read() as db:
        found = of(db, turn.conversation_id, "asked")
        when = hours.office(db, settings().office_hours).when_words(clock.now())
    if found is None:
        return None
    speech.say_text(found.words(when), TIMES if found.call and found.part is None else ())
    return []


def staff_read(turn: Turn) -> str | None:
    """When staff read what is written now, where they have been asked to join already; None where they have not."""
    with database().read() as db:
        found = of(db, turn.conversation_id, "asked")
    return staff_hours() if found is not None else None


def staff_hours() -> str:
    """When staff read what is written now: "today", "tomorrow after 9am"."""
    with database().read() as db:
        return hours.office(db, settings().office_hours).when_words(clock.now())
