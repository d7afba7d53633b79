"""Whether a day that they say is the day of their session: "is that the morra", "it's on the 9th, aye?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.speech import Speech
from actions.stores import database
from bot import clock, when, wording
from bot.programme import bookings, people

if TYPE_CHECKING:
    from actions.turn import Turn

_ASKS = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|aye|right|wait|sorry|oh|eh)\W+)*(?:is|iz|was|wis) "
    r"(?:it|that|this|(?:the|ma|my) (?:\w+ )?(?:wan|one|class|session|group))\b",
    re.IGNORECASE,
)
#: More words than this ask something else too.
_FEW = 9


def reply_to(turn: Turn, speech: Speech) -> bool:
    """Say yes or no, and the day that it is, of the last place they took; False, and nothing said, where none is
    asked about."""
    if len(turn.typed.split()) > _FEW or not _ASKS.match(turn.typed):
        return False
    said = when.read(turn.typed, clock.today())
    if said is None or said.start != said.end:
        return False
    with database().read() as db:
        held = bookings.bookings_of(db, people.person_of(db, turn.conversation_id))
    if not held:
        return False
    view = max(held, key=lambda booking: booking.id).session
    same = clock.london(view.starts_at).date() == said.start
    facts = {"title": view.title, "day": clock.day_words(view.starts_at), "time": clock.time_words(view.starts_at)}
    speech.say_text(wording.say("underway.that_day" if same else "underway.not_that_day", **facts))
    return True
