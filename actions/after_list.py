"""What is said right after a list of sessions: one of them is picked, another kind is wanted, or it is for somebody
else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction

from actions import practical, practical_words, session_picked
from actions.search import Search
from actions.speech import Speech

if TYPE_CHECKING:
    from actions.turn import Turn

#: What "naw, the wan in the evenin" is taken for, after a list: it asks for another one.
CORRECTS = frozenset({"correction", "change_booking", "nlu_fallback", "deny", "out_of_scope"})
#: More words than this are about something else.
_FEW = 25


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Begin to book the one that is picked, or list what is wanted instead; None for anything else."""
    if (taken := session_picked.take(turn)) is not None:
        return taken
    if turn.danger is not None:
        return None
    if practical_words.is_for_another(turn.typed):
        return practical.offer(turn, speech, "for_another")
    if turn.intent in CORRECTS and len(turn.typed.split()) <= _FEW and not Search.of(turn).is_empty():
        return [FollowupAction("action_list_sessions")]
    return None
