"""What a message means that was read as something else, by a few words that can mean nothing but that.

"Back still bad. i get trouble?" is read as a sore back, and is a question on the order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction

from actions import order_words, privacy_told
from actions.speech import Speech

if TYPE_CHECKING:
    from actions.turn import Turn

#: What a fear for the order is read as, where something else is told beside it.
_BESIDE = frozenset({"ask_physical_health", "ask_mental_health", "ask_womens_health", "im_ill", "cant_make_shift"})


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer it; None, and nothing said, for any other message."""
    if (told := privacy_told.asked_on(turn, speech)) is not None:
        return told
    if turn.danger is None and turn.intent in _BESIDE and order_words.fears_for_it(turn.typed):
        return [FollowupAction("action_order")]
    return None
