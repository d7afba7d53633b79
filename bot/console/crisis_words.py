"""Danger on the page of a conversation: the steps to take, and what was sent."""

from __future__ import annotations

import functools
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import wording, yamlfile
from bot.console import words
from bot.models import Handoff, Message

#: How long before the hand-off its first words may have been written.
BEFORE = timedelta(minutes=1)
#: How many of their own latest messages stand at the top, and how many of the grave ones: what somebody who has to act
#: reads first.
LAST = 3


def facts(db: Session, handoff: Handoff) -> dict:
    """What the panel of a conversation in which somebody may be in danger shows."""
    return {
        "steps": steps(handoff), "crisis_said": said(db, handoff), "crisis_sent": sent(db, handoff),
        "grave": grave(db, handoff), "message_status": words.status,
    }  # fmt: skip


@functools.lru_cache(maxsize=1)
def _steps() -> dict[str, list[str]]:
    return yamlfile.read(wording.DATA / "crisis_steps.yml")


def steps(handoff: Handoff) -> list[str]:
    """What to do, for the most careful of its reasons: in abuse a wrong step does harm, so abuse comes first."""
    reasons = {handoff.reason, *(reason for reason, _ in handoff.reasons)}
    for name in ("crisis_abuse", "crisis_suicide", "crisis_emergency", "crisis_other"):
        if name in reasons:
            return [step.format(**wording.crisis_numbers()) for step in _steps()[name]]
    return []


def grave(db: Session, handoff: Handoff) -> set[int]:
    """The ids of their messages that were answered with the words for danger, or taken for it when they came."""
    answered = sa.select(Message.reply_to).where(
        Message.conversation_id == handoff.conversation_id, Message.direction == "out", Message.purpose == "crisis"
    )
    query = sa.select(Message.id).where(
        *_theirs(handoff), sa.or_(Message.purpose == "crisis", Message.id.in_(answered))
    )
    return set(db.execute(query).scalars())


def said(db: Session, handoff: Handoff) -> list[Message]:
    """What they wrote since it began, the oldest first: their last messages, and the last of the grave ones.

    Somebody who asked about the bus afterwards has still said what they said.
    """
    latest = sa.select(Message.id).where(*_theirs(handoff)).order_by(Message.id.desc()).limit(LAST)
    shown = {*db.execute(latest).scalars(), *sorted(grave(db, handoff))[-LAST:]}
    return list(db.execute(sa.select(Message).where(Message.id.in_(shown)).order_by(Message.id)).scalars())


def _theirs(handoff: Handoff) -> tuple:
    """The conditions of a message of theirs since it began."""
    return (
        Message.conversation_id == handoff.conversation_id,
        Message.direction == "in",
        Message.created_at >= handoff.opened_at - BEFORE,
    )


def sent(db: Session, handoff: Handoff) -> list[Message]:
    """The words for danger that went out to them, or did not."""
    query = sa.select(Message).where(
        Message.conversation_id == handoff.conversation_id,
        Message.direction == "out",
        Message.purpose == "crisis",
        Message.created_at >= handoff.opened_at - BEFORE,
    )
    return list(db.execute(query.order_by(Message.id)).scalars())
