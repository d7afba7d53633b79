"""What goes to and fro between us and a worker's linked phone: an inbox and an outbox of their own.

In: received → answered. Out: queued → sending → sent | failed. Nothing of it is kept longer than LIFE.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from bot import clock, crypto, wording
from bot.models import StaffPhone, StaffText

#: How long a text is kept.
LIFE = timedelta(days=30)
#: A send that was begun this long ago was cut off by a crash, and is tried again.
CUT_OFF = timedelta(seconds=60)
#: A reply that has not gone out by then is of no use any more.
REPLY_LIFE = timedelta(minutes=30)
#: More texts than this from one phone within FLOOD_TIME are written down and not answered.
FLOOD, FLOOD_TIME = 30, timedelta(minutes=10)


def seen(db: Session, channel: str, external_id: str) -> StaffText | None:
    """The text with the provider's id `external_id`, if it came from a staff phone before; None otherwise."""
    query = sa.select(StaffText).where(StaffText.channel == channel, StaffText.external_id.in_(_keys(external_id)))
    return db.execute(query).scalars().first()


def keep(
    db: Session, phone: StaffPhone, external_id: str, text: str, *, at: datetime | None = None, done: bool = False
) -> StaffText:
    """Write an inbound text down. `done`: it is answered already."""
    row = StaffText(
        phone_id=phone.id, direction="in", channel=phone.channel, external_id=_keys(external_id)[0],
        body=text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")[:1600],
        status="answered" if done else "received", created_at=at or clock.now(),
    )  # fmt: skip
    db.add(row)
    db.flush()
    return row


def recent(db: Session, phone: StaffPhone, within: timedelta = timedelta(minutes=5)) -> list[str]:
    """Up to two texts that came from the phone just before, oldest first."""
    query = (
        sa.select(StaffText)
        .where(StaffText.phone_id == phone.id, StaffText.direction == "in", StaffText.created_at > clock.now() - within)
        .order_by(StaffText.id.desc())
        .limit(2)
    )
    return [row.body for row in reversed(list(db.execute(query).scalars()))]


def say(db: Session, phone: StaffPhone, text: str, reply_to: StaffText) -> StaffText:
    """Queue a text to the phone."""
    row = StaffText(
        phone_id=phone.id, direction="out", channel=phone.channel, body=wording.to_gsm(text), status="queued",
        reply_to=reply_to.id, created_at=clock.now(),
    )  # fmt: skip
    db.add(row)
    db.flush()
    return row


def unanswered(db: Session) -> StaffText | None:
    """The oldest text that nobody has answered, locked; None when there is none. Answer and settle it in one go."""
    other = aliased(StaffText)
    earlier = sa.select(other.id).where(
        other.phone_id == StaffText.phone_id, other.status == "received", other.id < StaffText.id
    )
    query = sa.select(StaffText).where(StaffText.status == "received", ~earlier.exists()).order_by(StaffText.id)
    return db.execute(query.limit(1).with_for_update(skip_locked=True, of=StaffText)).scalars().first()


def settle(row: StaffText, status: str = "answered", error: str | None = None) -> None:
    """A text is done with."""
    row.status, row.settled_at, row.error = status, clock.now(), error


def too_many(db: Session, row: StaffText) -> bool:
    """Whether so much came from that phone just now that this one is not answered."""
    query = sa.select(sa.func.count()).where(
        StaffText.phone_id == row.phone_id, StaffText.direction == "in", StaffText.created_at > clock.now() - FLOOD_TIME
    )
    return db.execute(query).scalar_one() > FLOOD


def any_waiting(db: Session) -> bool:
    """Whether anything waits to be answered or sent. Takes no lock."""
    query = sa.select(StaffText.id).where(StaffText.status.in_(("received", "queued", "sending"))).limit(1)
    return db.execute(query).first() is not None


def claim(db: Session, at: datetime) -> StaffText | None:
    """The next text to send, marked `sending`; None if there is none. One that comes too late is dropped."""
    other = aliased(StaffText)
    before = sa.select(other.id).where(
        other.phone_id == StaffText.phone_id, other.status.in_(("queued", "sending")), other.id < StaffText.id
    )
    query = (
        sa.select(StaffText)
        .where(
            sa.or_(
                StaffText.status == "queued",
                sa.and_(StaffText.status == "sending", StaffText.claimed_at < at - CUT_OFF),
            ),
            sa.or_(StaffText.send_after.is_(None), StaffText.send_after <= at),
            ~before.exists(),
        )
        .order_by(StaffText.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=StaffText)
    )
    while (row := db.execute(query).scalars().first()) is not None:
        if row.created_at > at - REPLY_LIFE:
            row.status, row.claimed_at, row.attempts = "sending", at, row.attempts + 1
            return row
        settle(row, "failed", "too_late")
        db.flush()
    return None


def retry(row: StaffText, after: timedelta, error: str) -> None:
    """It was not taken: it goes back to the queue."""
    row.status, row.send_after, row.error = "queued", clock.now() + after, error


def forget(db: Session, at: datetime) -> int:
    """Remove what is older than LIFE, with its answers; how many texts of theirs."""
    old = sa.select(StaffText.id).where(StaffText.direction == "in", StaffText.created_at <= at - LIFE)
    ids = list(db.execute(old.order_by(StaffText.id).limit(500)).scalars())
    for column in (StaffText.reply_to, StaffText.id):  # an answer points at what it answers
        db.execute(
            sa.delete(StaffText).where(column.in_(ids)).execution_options(synchronize_session=False)
        )  # fmt: skip
    return len(ids)


def thread(db: Session, phone: StaffPhone) -> list[StaffText]:
    """Everything that went to and fro, in order."""
    query = sa.select(StaffText).where(StaffText.phone_id == phone.id).order_by(StaffText.id)
    return list(db.execute(query).scalars())


def _keys(external_id: str) -> list[str]:
    return [f"staff:in:{h}" for h in crypto.keyring().hashes(external_id)]
