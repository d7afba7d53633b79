"""What the assistant took messages to mean, kept with the turn: staff see why it answered as it did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.models import Message, Reading

#: Longest name of an intent or answer that is kept: they are ours, and all far shorter.
LONGEST = 128


@dataclass(frozen=True)
class Meaning:
    """What Rasa made of a message. `answer` is "topic/key" if one was sure; `confidence` is between 0 and 1."""

    intent: str
    confidence: float
    answer: str | None = None


def keep(db: Session, message: Message, meaning: Meaning, *, guessed: bool, understood: bool) -> None:
    """Store what was made of a message. `guessed`: words were read; else a choice or key word left nothing to guess.

    A turn that is concluded again finds its row and changes it.
    """
    found = db.get(Reading, message.id)
    if found is None:
        found = Reading(message_id=message.id)
        db.add(found)
    found.intent = meaning.intent[:LONGEST]
    found.answer = meaning.answer[:LONGEST] if meaning.answer else None
    found.sure = round(100 * min(max(meaning.confidence, 0.0), 1.0)) if guessed else None
    found.understood = understood


def of(db: Session, message_ids: Iterable[int]) -> dict[int, Reading]:
    """Message id → its reading, for those that have one."""
    query = sa.select(Reading).where(Reading.message_id.in_(list(message_ids)))
    return {row.message_id: row for row in db.execute(query).scalars()}
