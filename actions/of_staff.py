"""What was asked of staff before, and is spoken of again: taken back, changed, or asked after.

Answered from what the database holds, whatever the words alone were taken for: nobody may be left in doubt whether a
complaint still stands, somebody rings, or what they sent was passed on. Where there may be danger in it, that comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType

from actions import call_wish, passed_on, taken_back
from actions.speech import Speech

if TYPE_CHECKING:
    from actions.turn import Turn


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer it; None, and nothing said, for any other message."""
    if turn.danger is not None or turn.intent.startswith("crisis_"):
        return None
    for answer in (taken_back.reply_to, passed_on.reply_to, call_wish.reply_to):
        if (told := answer(turn, speech)) is not None:
            return told
    return None
