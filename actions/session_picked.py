"""Which of the sessions that were just listed is meant: "the wed one", "the Govan wan", "the second yin"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.search import Search
from actions.stores import database
from actions.title_words import telling
from bot import clock, when
from bot.programme import sessions
from bot.programme.sessions import SessionView

if TYPE_CHECKING:
    from actions.turn import Turn

_ONE = r"(?:one|wan|yin|yn|1|session|class|group)"
_DAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun|"
    r"(?!week)(?:mon|mun|tu|teu|chu|we|th|fu|fr|fir|sa|su)[a-z]{0,5}(?=d(?:ay|ey|y)\b))(?:d(?:ay|ey|y))?"
)
#: "The wed one", "book the govan wan", "that drink class please".
_PICKS = re.compile(
    r"^\W*(?:(?:aye|ok|okay|yes|yeah|och|right|well|no|naw|nah|actually|sorry|mean|meant|instead|rather|wait|can|"
    r"could|i|a|ah|ill|i'll|will|wid|would|like|want|tae|to|go|for|fur|"
    r"wi|with|tak|take|book|me|us|on|onto|oan|in|put|doon|down|sign|up|gie|give|gonny|gonnae)\W+)*"
    rf"(?:(?:the|that|thon)\W+(?:\w+\W+){{0,3}}{_ONE}s?|(?:the |on )?{_DAY})"
    r"(?:\W+(?:please|pls|plz|pal|mate|then|thanks|ta|sounds good|in (?:the )?\w+|"
    r"at \d+\w*|instead|wan|one))*\W*$",
    re.IGNORECASE,
)
#: "Not the wed one", "naw no thursday".
_REFUSED = re.compile(rf"\b(?:not|(?:no|naw|nae)(?= (?:on )?{_DAY}\b))\b", re.IGNORECASE)
#: A day that is said so that no other week will do.
_DATED = re.compile(r"\d|morra|morn|tomorrow|today|next|nxt")
_PLACES = (
    ("first", "1st", "furst", "frist"), ("second", "2nd", "secont", "secund"), ("third", "3rd", "thurd"),
    ("fourth", "4th"), ("last",),
)  # fmt: skip


def picks(text: str) -> bool:
    """Whether a message has the shape of a pick: "the drink wan", "book the wed one"."""
    return _PICKS.match(text) is not None and _REFUSED.search(text) is None


def take(turn: Turn) -> list[EventType] | None:
    """Begin to book the listed session that a message picks; None where it picks none, or more than one."""
    picked = picked_of(turn, turn.slots.get("offered") or [])
    if picked is None:
        return None
    return [SlotSet("booking_session", picked), SlotSet("booking_confirm", None), FollowupAction("booking_form")]


def picked_of(turn: Turn, offered: list[int]) -> int | None:
    """The id of the listed session that a message picks; None where it picks none, or more than one."""
    if not offered or not _PICKS.match(turn.typed) or _REFUSED.search(turn.typed):
        return None
    with database().read() as db:
        listed = [view for number in offered if (view := sessions.session(db, int(number))) is not None]
    found = meant(turn.typed, Search.of(turn), listed)
    return found.id if found is not None else None


def meant(text: str, said: Search, listed: list[SessionView]) -> SessionView | None:
    """The only one of the sessions `listed` that fits what was `said`, in whatever week it is; None if not just one."""
    day, found = when.read(text, clock.today()), listed
    if day is not None and day.start == day.end:
        dated = _DATED.search(day.words) is not None
        on_it = [s for s in found if dated and clock.london(s.starts_at).date() == day.start]
        found = on_it or [s for s in found if clock.london(s.starts_at).weekday() == day.start.weekday()]
    if said.area or said.sector:
        found = [s for s in found if s.area == said.area or s.area.lower() in text.lower()]
    if named := telling(text) & {word for s in listed for word in telling(s.title)}:
        found = [s for s in found if named & telling(s.title)]
    elif said.topic:
        found = [s for s in found if s.topic == said.topic]
    if said.audience and (for_them := [s for s in found if s.audience == said.audience]):
        found = for_them
    if said.part and len(found) > 1:
        first, last = sessions.PARTS[said.part]
        found = [s for s in found if first <= clock.london(s.starts_at).hour < last]
    words = set(re.findall(r"\w+", text.lower()))
    places = [place for place, names in enumerate(_PLACES) if words & set(names)]
    if len(places) == 1 and len(found) > 1:
        at = len(found) - 1 if _PLACES[places[0]] == ("last",) else places[0]
        return found[at] if at < len(found) else None
    return found[0] if len(found) == 1 else None
