"""People: who is behind a conversation."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.models import Conversation, Person


def conversation_of(db: Session, conversation_id: str) -> Conversation:
    """The conversation with this id. LookupError when there is none."""
    conversation = db.get(Conversation, conversation_id)
    if conversation is None:
        raise LookupError("no such conversation")
    return conversation


def person_of(db: Session, conversation_id: str) -> Person:
    """The person whose conversation this is: from its id alone, never from anything said in it.

    LookupError when there is no such conversation, when it has ended (the number may be somebody else's now), or when
    the person has been erased.
    """
    conversation = conversation_of(db, conversation_id)
    if conversation.ended_at is not None or conversation.person.erased_at is not None:
        raise LookupError("the conversation has ended")
    return conversation.person
