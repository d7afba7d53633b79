"""What is asked in words so plain that it is answered whatever it was read as: "did ye ask them", "am a on the list".

Not where a form is open, nor where there may be danger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType

from actions import on_it, underway
from actions.speech import Speech

if TYPE_CHECKING:
    from actions.turn import Turn

_ASKED_THEM = re.compile(
    r"\b(?:did|have|huv|hiv) (?:you|ye|u|yous|youse) (?:\w+ )?(?:ask|asked|tell|telt|told)\b(?! me)", re.IGNORECASE
)
#: Another's questions: a way to a person, a wish to stop, what is to be deleted; and what opens a form.
_NOT_OURS = frozenset({
    "talk_to_person", "call_me", "stop_messages", "delete_my_data", "complaint", "choose", "book_session",
    "cancel_booking", "change_booking",
})  # fmt: skip


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer it; None, and nothing said, for any other message."""
    if turn.danger is not None or turn.intent.startswith("crisis_") or turn.intent in _NOT_OURS:
        return None
    if _ASKED_THEM.search(turn.typed) and (told := underway.tell(turn, speech)) is not None:
        return told
    if turn.intent.startswith("ask_") or turn.intent == "find_service":
        return None
    return on_it.reply_to(turn, speech)
