"""What the assistant took messages to mean, kept with the turn: staff see why it answered as it did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import scrub
from bot.conversations import labels, teams
from bot.models import AnswerShown, Conversation, Message, Reading, Staff, Topic

#: How many of the latest messages are looked through for questions that found no answer.
LATEST = 500
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
    if guessed and not understood and message.purpose != "crisis":
        labels.queue(db, message)  # staff say what it meant


def of(db: Session, message_ids: Iterable[int]) -> dict[int, Reading]:
    """Message id → its reading, for those that have one."""
    query = sa.select(Reading).where(Reading.message_id.in_(list(message_ids)))
    return {row.message_id: row for row in db.execute(query).scalars()}


def guessed(reading: Reading | None) -> bool:
    """Whether words were read: a choice that was picked, or a key word, leaves nothing to get wrong."""
    return reading is not None and reading.sure is not None


@dataclass(frozen=True)
class Unanswered:
    """A question that found no answer, without what says whose it is."""

    at: datetime
    text: str
    intent: str
    sure: int


def unanswered(db: Session, staff: Staff) -> list[Unanswered]:
    """Of the LATEST messages that were read, from people whom `staff` see: questions about health that no answer went
    out to, and what was not understood, the newest first.
    """
    query = (
        sa.select(Reading, Message)
        .join(Message, Message.id == Reading.message_id)
        .join(AnswerShown, AnswerShown.asked_by == Message.id, isouter=True)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Reading.sure.is_not(None), AnswerShown.id.is_(None), Message.purpose != "crisis",
            Conversation.person_id.in_(teams.ids_of(staff.team_id)),
        )
        .order_by(Message.id.desc())
        .limit(LATEST)
    )
    about_health = {f"ask_{slug}" for slug in db.execute(sa.select(Topic.slug)).scalars()}
    found = []
    for reading, message in db.execute(query):
        if reading.intent in about_health or (reading.intent == "nlu_fallback" and not reading.understood):
            name = message.conversation.person.name
            words = scrub.scrub(message.body, [name] if name else ())
            found.append(Unanswered(message.created_at, words, reading.intent, reading.sure))
    return found
