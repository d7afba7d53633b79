"""The outbox: what goes to a phone next, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from bot import clock
from bot.conversations import choices, handoffs, limits
from bot.db import lock
from bot.models import Conversation, Message

#: A send begun this long ago was cut off by a crash and is tried again (at least once, by choice).
SEND_CUT_OFF = timedelta(seconds=60)
#: Asked right before what is of use for a while only goes out (limits.FLEETING): why it should not, or None. It may
#: correct the words.
StillWanted = Callable[[Session, Message, datetime], "str | None"]
#: In `error` of a message that waits because their phone was off or had no signal.
OUT_OF_REACH = "out_of_reach"
#: Statuses of an outbound message in their order; a status never moves back.
ORDER = {"queued": 0, "sending": 1, "wired": 2, "sent": 3, "delivered": 4, "failed": 4, "expired": 4, "stopped": 4}


@dataclass(frozen=True)
class Held:
    """What has to wait because something has only just gone out: on whole channels, or in single conversations.

    Crisis words wait for neither; only where a channel is `closed` do they wait too.
    """

    channels: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    conversations: frozenset[str] = frozenset()


def claim(
    db: Session, channels: Collection[str], at: datetime | None = None, *,
    limits_: limits.Limits | None = None, still_wanted: StillWanted | None = None, held: Held = Held(),
) -> Message | None:  # fmt: skip
    """The next message to send on one of `channels`, marked `sending`; None if there is none.

    Crisis first, then replies, reminders, broadcasts; in order within a conversation, one in flight at a time. What may
    not go out any more (expired, stopped, or the assistant's while a worker has the conversation) is settled here, in
    the same transaction as the claim; what is of use for a while only and whose reason has gone is stopped in it too
    (`still_wanted`). What we begin ourselves waits for the end of the quiet hours and stops at the day's limit
    (`limits_`). What is `held` is left for later as if it were not there.
    """
    now = at or clock.now()
    while (message := _next(db, channels, now, held)) is not None:
        refusal = _refusal(message, now)
        if refusal is None and still_wanted is not None and message.purpose in limits.FLEETING:
            if (why := still_wanted(db, message, now)) is not None:
                refusal = "stopped", why
        if refusal is None:
            if limits_ is not None and (until := limits.wait(db, limits_, message, now)) is not None:
                message.send_after = until
                db.flush()
                continue
            message.status, message.claimed_at, message.attempts = "sending", now, message.attempts + 1
            return message
        message.status, message.error = refusal
        message.settled_at = now
        if message.purpose in limits.FLEETING:
            choices.close_of(db, message.id)  # nobody has seen them: a "1" is not meant for them
        if message.purpose == "crisis":
            undelivered(db, message)
        db.flush()
    return None


def any_waiting(db: Session, channels: Collection[str]) -> bool:
    """Whether anything is queued for now or in flight on one of `channels`. Takes no lock."""
    query = sa.select(Message.id).where(
        Message.direction == "out",
        Message.channel.in_(list(channels)),
        Message.status.in_(("queued", "sending")),
        sa.or_(Message.send_after.is_(None), Message.send_after <= clock.now()),
    )
    return db.execute(query.limit(1)).first() is not None


def undelivered(db: Session, message: Message) -> None:
    """A crisis reply did not get through: staff are told to phone, once for a conversation."""
    conversation = lock(db, Conversation, message.conversation_id)
    found = handoffs.current(db, conversation.id)
    if found is None or all(reason != "message_failed" for reason, _ in found.reasons):
        handoffs.open_for(db, conversation, "message_failed")


def _next(db: Session, channels: Collection[str], now: datetime, held: Held) -> Message | None:
    other = aliased(Message)
    cut_off = sa.and_(Message.status == "sending", Message.claimed_at < now - SEND_CUT_OFF)
    before = (
        sa.select(other.id)
        .where(
            other.conversation_id == Message.conversation_id,
            other.direction == "out",
            other.id != Message.id,
            sa.or_(
                # A crisis reply waits for no reminder that is stuck half-way.
                sa.and_(other.status == "sending", sa.or_(Message.lane > 0, other.lane == 0)),
                sa.and_(
                    # A send that was cut off is finished first: what is queued waits for it, so it cannot wait too.
                    Message.status == "queued",
                    other.status == "queued",
                    # What is for later holds nothing up; what is tried again (attempts) does.
                    sa.or_(other.send_after.is_(None), other.send_after <= now, other.attempts > 0),
                    sa.or_(other.lane < Message.lane, sa.and_(other.lane == Message.lane, other.id < Message.id)),
                ),
            ),
        )
        .exists()
    )
    query = (
        sa.select(Message)
        .where(
            Message.direction == "out",
            Message.channel.in_(list(channels)),
            sa.or_(Message.status == "queued", cut_off),
            sa.or_(Message.send_after.is_(None), Message.send_after <= now),
            Message.channel.not_in(held.closed),
            sa.or_(
                Message.lane == 0,
                sa.and_(
                    Message.channel.not_in(held.channels), Message.conversation_id.not_in(held.conversations)
                ),
            ),
            ~before,
        )
        .order_by(Message.lane, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Message)
    )
    return db.execute(query).scalars().first()


def _refusal(message: Message, now: datetime) -> tuple[str, str | None] | None:
    """Why a message may not go out: (status, error), or None when it may."""
    conversation = message.conversation
    if conversation.ended_at is not None and message.purpose != "farewell":
        return "stopped", "released"  # not even words for danger: somebody else would read them
    if message.purpose == "crisis":
        return ("expired", None) if message.expires_at and message.expires_at <= now else None
    if message.expires_at and message.expires_at <= now:
        return "expired", None
    # The one text that answers STOP itself still goes out.
    if conversation.address.stopped_at and message.purpose != "farewell":
        return "stopped", "opted_out"
    if conversation.address.unreachable_at:
        return "stopped", "unreachable"
    if conversation.taken_by is not None and handoffs.is_assistants(message):
        return "stopped", "with_staff"
    return None


def settle(
    db: Session, message: Message, status: str, *, provider_id: str | None = None, error: str | None = None
) -> bool:
    """Move an outbound message forward to `status`; False (and no change) when that would be backwards."""
    message.provider_id = provider_id or message.provider_id
    if ORDER[status] <= ORDER[message.status]:
        return False
    message.status = status
    message.error = error
    if ORDER[status] >= ORDER["wired"]:
        message.settled_at = clock.now()
    return True


def retry(db: Session, message: Message, after: timedelta, error: str | None = None) -> None:
    """A send failed for now: it goes back to the queue, and later messages of the conversation wait behind it.

    Unless a status report has said meanwhile that it arrived after all.
    """
    if message.status != "sending":
        return
    message.status, message.send_after, message.error = "queued", clock.now() + after, error


def send_again(db: Session, message: Message, after: timedelta) -> bool:
    """A message that was handed over found the phone out of reach: it is handed over again. False when it would be of
    no use any more by then, or has come to another end.
    """
    then = clock.now() + after
    if message.status not in ("wired", "sent") or (message.expires_at and message.expires_at <= then):
        return False
    message.status, message.send_after, message.error, message.settled_at = "queued", then, OUT_OF_REACH, None
    return True


def in_reach(db: Session, conversation_id: str) -> None:
    """They have just written: what waits because their phone was out of reach goes now."""
    db.execute(
        sa.update(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == "out",
            Message.status == "queued",
            Message.error == OUT_OF_REACH,
        )
        .values(send_after=None)
        .execution_options(synchronize_session=False)
    )


def in_conversation(db: Session, conversation_id: str, provider_id: str) -> Message | None:
    """The outbound message of a conversation that its provider numbers so; None when there is none."""
    query = sa.select(Message).where(
        Message.conversation_id == conversation_id, Message.direction == "out", Message.provider_id == provider_id
    )
    return db.execute(query).scalars().first()


def by_provider_id(db: Session, channel: str, provider_id: str) -> Message | None:
    """The outbound message that a provider's status report speaks of."""
    query = sa.select(Message).where(Message.channel == channel, Message.provider_id == provider_id)
    return db.execute(query.with_for_update(of=Message)).scalars().first()
