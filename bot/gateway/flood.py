"""Too many texts at once from one person: all are kept and screened, and answered with one sentence."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.models import Message

#: More texts than this from one person within a minute are a flood.
TEXTS_A_MINUTE = 40
#: In `error` of a text that was not answered by itself.
TOO_MANY = "too_many"


def too_many(db: Session, message: Message) -> bool:
    """Whether the person has sent more than TEXTS_A_MINUTE within the minute before this text."""
    before = _earlier(db, message, TEXTS_A_MINUTE)
    return before is not None and message.created_at - before.created_at < timedelta(minutes=1)


def was_told(db: Session, message: Message) -> bool:
    """Whether the flood that this text is part of has had its one sentence."""
    before = _earlier(db, message, 1)
    return before is not None and before.error == TOO_MANY


def _earlier(db: Session, message: Message, steps: int) -> Message | None:
    """The text that the same person sent `steps` texts before this one."""
    query = (
        sa.select(Message)
        .where(
            Message.conversation_id == message.conversation_id, Message.direction == "in", Message.id < message.id
        )
        .order_by(Message.id.desc())
        .offset(steps - 1)
        .limit(1)
    )  # fmt: skip
    return db.execute(query).scalars().first()
