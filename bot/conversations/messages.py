"""Messages: inbox, outbox and transcript are one table.

In:  received → answering → answered | with_staff | failed.
Out: queued → sending → wired → sent → delivered, or failed | expired | stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from bot import clock, crypto, wording
from bot.conversations import addresses
from bot.conversations import choices as choices_module
from bot.models import Conversation, Message

#: Purpose → lane of the outbox: a crisis reply overtakes everything.
LANES = {
    "crisis": 0, "reply": 1, "staff": 1, "notice": 1, "farewell": 1, "reminder": 2, "nudge": 2, "did_you_go": 3,
    "broadcast": 3,
}  # fmt: skip
#: How long a reply still makes sense; a crisis reply that did not go out by then is a matter for a person.
REPLY_LIFE = timedelta(hours=4)
CRISIS_LIFE = timedelta(minutes=15)
#: A turn that was begun this long ago was cut off by a crash and is taken up again.
TURN_CUT_OFF = timedelta(seconds=30)
#: In `error` of an inbound message that is in doubt, or asked about after its answer, until Rasa has read it.
DOUBT = "doubt"
#: A message is tried this often before it is set aside for a person.
MAX_ATTEMPTS = 3


@dataclass(frozen=True)
class Received:
    """What became of an inbound message: its row, and whether it had been stored before.

    A text from a worker's linked phone is none of a conversation's: then `staff_text` is its row, the others None.
    """

    message_id: int | None
    conversation_id: str | None
    duplicate: bool
    staff_text: int | None = None


def known(db: Session, channel: str, external_id: str) -> Message | None:
    """The inbound message with the provider's id `external_id`; None when it has not been stored."""
    query = sa.select(Message).where(
        Message.channel == channel, Message.external_id.in_(keys(channel, external_id))
    )  # fmt: skip
    return db.execute(query).scalars().first()


def receive(
    db: Session,
    *,
    channel: str,
    address: str,
    external_id: str,
    text: str,
    kind: str = "text",
    at: datetime | None = None,
    status: str = "received",
) -> Received:
    """Store an inbound message. A redelivery (same channel and provider id) finds the first one and changes nothing.

    Surrogates and NULs that no database takes are replaced; nothing else of the text is changed.
    """
    if (before := known(db, channel, external_id)) is not None:
        return Received(before.id, before.conversation_id, True)
    conversation = addresses.find_or_begin(db, channel, address)
    now = at or clock.now()
    message = Message(
        conversation_id=conversation.id,
        direction="in",
        author="person",
        channel=channel,
        kind=kind,
        body=text.replace("\x00", "�").encode("utf-8", "replace").decode("utf-8"),
        external_id=keys(channel, external_id)[0],
        status=status,
        created_at=now,
    )
    db.add(message)
    conversation.last_inbound_at = now
    db.flush()
    return Received(message.id, conversation.id, False)


def claim(db: Session, at: datetime | None = None) -> Message | None:
    """The next inbound message to answer, marked `answering`; None if there is none.

    The oldest first, and never one whose conversation has an earlier one unanswered: one at a time, in order. A claim
    older than TURN_CUT_OFF was cut off by a crash and is given out again.
    """
    now = at or clock.now()
    other = aliased(Message)
    earlier = (
        sa.select(other.id)
        .where(
            other.conversation_id == Message.conversation_id,
            other.direction == "in",
            other.status.in_(("received", "answering")),
            other.id < Message.id,
        )
        .exists()
    )
    query = (
        sa.select(Message)
        .where(
            Message.direction == "in",
            sa.or_(
                Message.status == "received",
                sa.and_(Message.status == "answering", Message.claimed_at < now - TURN_CUT_OFF),
            ),
            sa.or_(Message.send_after.is_(None), Message.send_after <= now),
            ~earlier,
        )
        .order_by(Message.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Message)
    )
    message = db.execute(query).scalars().first()
    if message is not None:
        message.status, message.claimed_at, message.attempts = "answering", now, message.attempts + 1
    return message


def any_waiting(db: Session) -> bool:
    """Whether any inbound message is waiting to be answered (or was cut off). Takes no lock."""
    query = sa.select(Message.id).where(Message.direction == "in", Message.status.in_(("received", "answering")))
    return db.execute(query.limit(1)).first() is not None


def settle(db: Session, message: Message, status: str = "answered", error: str | None = None) -> None:
    """An inbound message is done with: answered, with_staff or failed."""
    message.status, message.settled_at, message.error = status, clock.now(), error


def put_back(db: Session, message: Message, after: timedelta) -> None:
    """An inbound message could not be answered yet: it is tried again after a while, before any later one.

    The attempt does not count: MAX_ATTEMPTS is for claims that nobody came back from.
    """
    message.status, message.send_after, message.attempts = "received", clock.now() + after, 0


def say(
    db: Session,
    conversation: Conversation,
    text: str,
    *,
    author: str = "assistant",
    purpose: str = "reply",
    choices: Sequence[tuple[str, str]] = (),
    reply_to: int | None = None,
    staff_id: int | None = None,
    send_after: datetime | None = None,
    expires_at: datetime | None = None,
    ahead: bool = False,
) -> Message:
    """Queue an outbound message. `choices` are (label, payload) pairs; a new set closes the one before.

    `author` is assistant, staff or system; `purpose` one of LANES. `ahead`: words about danger follow it, and must not
    overtake it.
    """
    now = clock.now()
    life = CRISIS_LIFE if purpose == "crisis" else REPLY_LIFE
    message = Message(
        conversation_id=conversation.id,
        direction="out",
        author=author,
        staff_id=staff_id,
        channel=conversation.address.channel,
        kind="text",
        body=wording.to_gsm(text),
        status="queued",
        purpose=purpose,
        lane=LANES["crisis"] if ahead else LANES[purpose],
        reply_to=reply_to,
        created_at=now,
        send_after=send_after,
        expires_at=expires_at or (send_after or now) + life,
    )
    db.add(message)
    db.flush()
    if choices:
        choices_module.offer(db, message, choices)
    return message


def mark(db: Session, conversation: Conversation, text: str, staff_id: int | None = None) -> Message:
    """A marker in the thread ("A worker joined"), read by staff only."""
    message = Message(
        conversation_id=conversation.id,
        direction="marker",
        author="system",
        staff_id=staff_id,
        channel=conversation.address.channel,
        kind="marker",
        body=text,
        status="noted",
    )
    db.add(message)
    db.flush()
    return message


def transcript(db: Session, conversation_id: str, after: int = 0) -> list[Message]:
    """Every row of a conversation's thread in order; only those with an id above `after`.

    For staff this is reached through `access` alone, which audits the view.
    """
    query = (
        sa.select(Message)
        .where(Message.conversation_id == conversation_id, Message.id > after)
        .order_by(Message.id)
    )  # fmt: skip
    return list(db.execute(query).scalars())


def story(
    db: Session, conversation_ids: Sequence[str], after: int = 0, last: int | None = None
) -> list[Message]:  # fmt: skip
    """The rows of several conversations (one person's) as one thread, in order: those with an id above `after`, and
    the `last` of these alone."""
    query = (
        sa.select(Message)
        .where(Message.conversation_id.in_(list(conversation_ids)), Message.id > after)
        .order_by(Message.id.desc())
        .limit(last)
    )
    return list(db.execute(query).scalars())[::-1]


def between(db: Session, conversation_id: str, begins: datetime, ends: datetime) -> list[Message]:
    """The rows of a conversation's thread in a span of time, in order."""
    query = sa.select(Message).where(
        Message.conversation_id == conversation_id, Message.created_at >= begins, Message.created_at < ends
    )
    return list(db.execute(query.order_by(Message.id)).scalars())


def length(db: Session, conversation_ids: Sequence[str]) -> int:
    """How many rows the thread of several conversations has."""
    query = sa.select(sa.func.count()).select_from(Message).where(Message.conversation_id.in_(list(conversation_ids)))
    return db.execute(query).scalar_one()


def replies_to(db: Session, message_id: int) -> list[Message]:
    """What was said in answer to an inbound message, in order."""
    query = sa.select(Message).where(Message.reply_to == message_id, Message.direction == "out").order_by(Message.id)
    return list(db.execute(query).scalars())


def last_answer(db: Session, conversation_id: str, up_to: int) -> Message | None:
    """The last thing that the assistant answered to message `up_to` or to one before it, said or kept back."""
    query = (
        sa.select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == "out",
            Message.purpose == "reply",
            Message.author == "assistant",
            Message.reply_to <= up_to,
        )
        .order_by(Message.id.desc())
        .limit(1)
    )
    return db.execute(query).scalars().first()


def last_said(db: Session, conversation_id: str, before: int) -> Message | None:
    """The last thing that was said to somebody, by whomever, before message `before`; what was held back is not."""
    query = (
        sa.select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == "out",
            Message.status != "stopped",
            Message.id < before,
        )
        .order_by(Message.id.desc())
        .limit(1)
    )
    return db.execute(query).scalars().first()


def recent_texts(
    db: Session, conversation_id: str, before: int, within: timedelta = timedelta(minutes=5), most: int = 2
) -> list[str]:
    """Up to `most` texts that the same person sent `within` a while before message `before`, oldest first."""
    query = (
        sa.select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == "in",
            Message.id < before,
            Message.created_at > clock.now() - within,
        )
        .order_by(Message.id.desc())
        .limit(most)
    )
    return [m.body for m in reversed(list(db.execute(query).scalars()))]


def keys(channel: str, external_id: str) -> list[str]:
    """How an inbound message with the provider's id is looked up: keyed hashes of it, under every key."""
    return [f"{channel}:in:{h}" for h in crypto.keyring().hashes(external_id)]
