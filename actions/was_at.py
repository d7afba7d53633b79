"""The session that they were at before, and want again: what they were at is not on record here, so it is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions.search import Search
from actions.speech import Speech
from actions.title_words import telling
from bot import wording

if TYPE_CHECKING:
    from actions.turn import Turn

#: Slot `remark` where that is asked over a list to choose from.
REMARK = "was_at"
_I = r"(?:i|a|ah|we|me)"
_WAS = r"(?:was|wis|wiz|wur|were|went|gaun|been|bin|goat|got|had|did|done|dun|came|attended|liked)"
_ONE = r"(?:wan|one|yin|class|session|group|course|thing|hing)"
_WAS_AT = re.compile(
    rf"\b(?:the|that|same|thon) (?:\w+ ){{0,2}}?{_ONE}\W+(?:that |whit )?{_I}(?:'?ve)? (?:\w+ )?{_WAS}\b"
    rf"(?! (?:booked|telt|told|asked|on about|off|aff|looking|wanting|meaning|sayin))|"
    rf"\b{_I}(?:'?ve)? (?:\w+ )?(?:was|wis|wiz|were|went|been|bin) (?:at|to|tae|oan|on) (?:a |an )?{_ONE}\b.*"
    r"\b(?:last|before|afore|yesterday|the other|ago)\b",
    re.IGNORECASE,
)
#: What it may have been read as; anything that is surely something else stays so.
_MAY_BE = frozenset({
    "list_sessions", "book_session", "correction", "nlu_fallback", "deny", "affirm", "out_of_scope", "my_bookings",
    "find_service", "change_booking", "repeat",
})  # fmt: skip


def asks(turn: Turn) -> bool:
    """Whether they want the session that they were at, and nothing says which that was."""
    if turn.intent not in _MAY_BE or not _WAS_AT.search(turn.typed):
        return False
    said = Search.of(turn)
    return said.topic is None and said.subject is None and said.area is None and not telling(turn.typed) & _TITLES


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Ask what it was about, or where; None, and nothing said, for any other message."""
    if (turn.danger is not None and turn.danger.strength != "weak") or not asks(turn):
        return None
    speech.say_text(wording.say("underway.was_at"))
    return [SlotSet("last_said", "sessions"), SlotSet("search", None)]


#: Words that tell what it was about though they are no topic.
_TITLES = frozenset("walk walking kitchen cooking talk naloxone gambling smoking periods tests bills moving".split())
