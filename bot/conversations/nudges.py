"""Nudges: a worker asked something, nobody has answered, and the worker will soon step away. One quiet text, once.

It says that there is a question and not what it is. Whoever has been in danger, or may have been, is not nudged: who
reads their phone is not known.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import wording
from bot.conversations import addresses, handoffs, messages
from bot.db import lock
from bot.models import Conversation, Handoff, Message

#: Nobody is nudged sooner than this after the question, however soon a quiet worker gives the conversation back.
LEAST = timedelta(minutes=10)
#: Not sent by then, it is dropped: the worker may have stepped away.
LIFE = timedelta(minutes=10)
#: After danger of any kind nobody is nudged for this long ...
QUIET_AFTER_CRISIS = timedelta(hours=48)
#: ... and after danger that somebody at home may be part of, never.
NEVER_AFTER = {"crisis_abuse", "crisis_other", "maybe_danger"}
#: A question mark that ends a sentence, not one in an address of the web.
_ASKS = re.compile(r"\?(?=[\s\"')]|$)")
_WENT_OUT = ("wired", "sent", "delivered")


def due(db: Session, quiet: timedelta, at: datetime) -> int:
    """Queue the nudges that are due at `at`; how many. Run by the scheduler, again and again.

    `quiet`: how long a worker may say nothing before they lose the conversation; a nudge comes when two thirds of it
    are over. Quiet hours and the day's limit are the outbox's to keep (`limits`).
    """
    wait = max(LEAST, quiet * 2 / 3)
    query = sa.select(Conversation.id).where(Conversation.taken_by.is_not(None)).order_by(Conversation.id)
    return sum(_nudge(db, conversation_id, wait, at) for conversation_id in db.execute(query).scalars().all())


def _nudge(db: Session, conversation_id: str, wait: timedelta, at: datetime) -> bool:
    conversation = lock(db, Conversation, conversation_id)
    question = _open_question(db, conversation, at)
    if question is None or at - question.created_at < wait or _nudged(db, conversation):
        return False
    text = wording.say("handoff.nudge")
    messages.say(db, conversation, text, author="system", purpose="nudge", expires_at=at + LIFE)
    return True


def still_wanted(db: Session, message: Message, at: datetime) -> str | None:
    """Why a queued nudge is not to be sent after all; None when it is. Asked in the transaction that lets it go out."""
    return None if _open_question(db, message.conversation, at) is not None else "no_question"


def _open_question(db: Session, conversation: Conversation, at: datetime) -> Message | None:
    """The worker's latest words, when something was asked since the person last wrote and they may be nudged."""
    person, address = conversation.person, conversation.address
    shaken = conversation.crisis_at is not None and at - conversation.crisis_at < QUIET_AFTER_CRISIS
    if conversation.taken_by is None or conversation.ended_at or address.stopped_at or address.unreachable_at or shaken:
        return None
    if person.contact_by not in (None, "text") or not addresses.wants(person, "reminder"):
        return None
    theirs = sa.select(Conversation.id).where(Conversation.person_id == person.id)
    wrote = sa.select(sa.func.max(Message.id)).where(Message.conversation_id.in_(theirs), Message.direction == "in")
    query = sa.select(Message).where(
        Message.conversation_id == conversation.id,
        Message.author == "staff",
        Message.direction == "out",
        Message.status.in_(_WENT_OUT),
        Message.id > (db.execute(wrote).scalar_one() or 0),
    )
    said = list(db.execute(query.order_by(Message.id)).scalars())
    if not any(_ASKS.search(message.body) for message in said):
        return None
    reasons = db.execute(sa.select(Handoff.reasons).where(Handoff.conversation_id.in_(theirs))).scalars()
    if any(reason in NEVER_AFTER for one in reasons for reason, _ in one):
        return None
    return said[-1]


def _nudged(db: Session, conversation: Conversation) -> bool:
    """Whether they have been nudged since the hand-off began that the worker has."""
    handoff = handoffs.current(db, conversation.id)
    query = sa.select(Message.id).where(
        Message.conversation_id == conversation.id,
        Message.purpose == "nudge",
        Message.status.not_in(("stopped", "expired")),
    )
    if handoff is not None:
        query = query.where(Message.created_at >= handoff.opened_at)
    return db.execute(query.limit(1)).first() is not None
