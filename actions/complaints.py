"""After a complaint: what happens with it, asked in a few words ("whit noo")."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType

from actions.handoffs import when_words
from actions.turn import Speech, Turn, back_to_form, database
from bot.conversations import handoffs

#: What `last_said` is after a complaint was kept.
COMPLAINT = "complaint"
_ASKS = re.compile(r"\b(?:wh?[ai]t|wit|when|how (?:long|soon)|will|did|has|have)\b", re.IGNORECASE)
#: What we can do in general is the menu's to say.
_IN_GENERAL = re.compile(r"\b(?:menu|help|can (?:you|ye|yous|u)|else)\b", re.IGNORECASE)


def what_happens(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Say where their complaint is, if that is what they ask; None, and nothing said, for anything else."""
    if turn.slots.get("last_said") != COMPLAINT or _IN_GENERAL.search(turn.typed) or not _ASKS.search(turn.typed):
        return None
    with database().read() as db:
        found = handoffs.current(db, turn.conversation_id)
        waits = found is not None and found.seen_at is None
    speech.say("complaint_next" if waits else "complaint_read", when=when_words())
    return back_to_form(turn)
