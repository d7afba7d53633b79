"""What was asked of staff before, and is spoken of again: taken back, changed, or asked after. And what is asked of us.

Answered from what the database holds, whatever the words alone were taken for: nobody may be left in doubt whether a
complaint still stands, somebody rings, or what they sent was passed on. Danger in it comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType

from actions import (
    by_phone,
    call_wish,
    not_wanted,
    passed_on,
    plain_asks,
    taken_back,
    third_party,
    underway,
)
from actions.speech import Speech
from bot import safety

if TYPE_CHECKING:
    from actions.turn import Turn


#: The first that answers counts.
_ANSWERS = (
    third_party.reply_to, taken_back.reply_to, passed_on.reply_to, by_phone.reply_to, call_wish.reply_to,
    not_wanted.reply_to, underway.never_asked, plain_asks.reply_to,
)  # fmt: skip


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer it; None, and nothing said, for any other message."""
    doubt = turn.danger is not None and turn.danger.rule in (safety.LEARNT, safety.FAINT)  # asked after the answer
    if (turn.danger is not None and not doubt) or turn.intent.startswith("crisis_"):
        return None
    for answer in _ANSWERS:
        if (told := answer(turn, speech)) is not None:
            return told
    return None
