"""What to ask Rasa where one of our choices was picked: by its button, its number or label, or with more beside it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from bot.conversations import choices
from bot.gateway import keywords
from bot.gateway.parts import Ask
from bot.models import Choice, Message


def picked(message: Message, choice: Choice) -> Ask:
    """The choice, and nothing else."""
    pressed = message.kind == "choice"  # then its buttons have gone already
    return Ask(
        message.id, message.conversation_id, choice.payload, picked_of=choice.message_id,
        keyboard_of=None if pressed else choice.message_id,
    )  # fmt: skip


def with_more(db: Session, message: Message, choice: Choice, more: str) -> Ask:
    """The choice is taken, and what is said beside it is a turn of its own, whether it asks or tells. After "did that
    help?" the rest is the message."""
    if '"helped:' in choice.payload:
        choices.close_of(db, choice.message_id)
        return Ask(message.id, message.conversation_id, keywords.for_rasa(more) or choice.payload)
    return replace(picked(message, choice), also=keywords.for_rasa(more) or None)
