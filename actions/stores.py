"""Where actions reach what they share: the programme database, the settings, the conversation of a turn."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session

from bot import runtime
from bot.models import Conversation


class InConversation(Protocol):
    """What is needed to find the conversation of a turn."""

    conversation_id: str


def database():
    """The programme database of this process."""
    return runtime.current().database


def settings():
    return runtime.current().settings


def conversation_of(db: Session, turn: InConversation) -> Conversation:
    """The conversation that the message belongs to. LookupError when there is none."""
    found = db.get(Conversation, turn.conversation_id)
    if found is None:
        raise LookupError("no such conversation")
    return found
