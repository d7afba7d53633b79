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

_ONE = r"(?:one|wan|yin|yn|session|class|group)"
#: "The wed one", "book the govan wan", "that drink class please".
_PICKS = re.compile(
    r"^\W*(?:(?:aye|ok|okay|yes|yeah|och|right|well|can|could|i|a|ah|ill|i'll|will|wid|would|like|want|tae|to|go|for|fur|"
    r"wi|with|tak|take|book|me|us|on|onto|oan|in|put|doon|down|sign|up|gie|give|gonny|gonnae)\W+)*"
    rf"(?:the|that|thon)\W+(?:\w+\W+){{0,3}}{_ONE}s?(?:\W+(?:please|pls|plz|pal|mate|then|thanks|ta|sounds good|in \w+|"
    r"at \d+\w*))*\W*$",
    re.IGNORECASE,
)
_PLACES = (("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"), ("last",))


def take(turn: Turn) -> list[EventType] | None:
    """Begin to book the listed session that a message picks; None where it picks none, or more than one."""
    offered = turn.slots.get("offered") or []
    if not offered or not _PICKS.match(turn.typed):
        return None
    with database().read() as db:
        listed = [view for number in offered if (view := sessions.session(db, int(number))) is not None]
    picked = meant(turn.typed, Search.of(turn), listed)
    if picked is None:
        return None
    return [SlotSet("booking_session", picked.id), SlotSet("booking_confirm", None), FollowupAction("booking_form")]


def meant(text: str, said: Search, listed: list[SessionView]) -> SessionView | None:
    """The only one of the sessions `listed` that fits what was `said`, in whatever week it is; None if not just one."""
    words = re.findall(r"\w+", text.lower())
    for place, names in enumerate(_PLACES):
        if set(names) & set(words):
            at = len(listed) - 1 if names == ("last",) else place
            return listed[at] if at < len(listed) else None
    day, found = when.read(text, clock.today()), listed
    if day is not None and day.start == day.end:
        found = [s for s in found if clock.london(s.starts_at).weekday() == day.start.weekday()]
    if said.area or said.sector:
        found = [s for s in found if s.area == said.area or s.area.lower() in text.lower()]
    if named := telling(text) & {word for s in listed for word in telling(s.title)}:
        found = [s for s in found if named & telling(s.title)]
    elif said.topic:
        found = [s for s in found if s.topic == said.topic]
    return found[0] if len(found) == 1 and len(listed) > 1 or len(found) == len(listed) == 1 else None
