"""Offers: a place that came free is held for the first in line until they take it, leave it, or time runs out.

Call with the session locked. Nobody is offered a place in the night; until morning it is kept for those who wait.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.db import lock
from bot.models import HOLDS_A_PLACE, Booking, ProgrammeSession
from bot.programme import apart, notices

#: How long a place is held for the person it is offered to.
HELD_FOR = timedelta(hours=2)
#: With less time than this before the session, nobody is offered anything: a free place is anybody's.
MIN_NOTICE = timedelta(hours=1)
#: London times between which no offer is texted, and before which none runs out.
NIGHT_FROM, NIGHT_TO, ANSWER_BY = time(21), time(8), time(10)


def deadline(session: ProgrammeSession) -> datetime:
    """The last moment at which a place can be taken."""
    return min(session.starts_at, session.book_until or session.starts_at)


def expires(session: ProgrammeSession, at: datetime) -> datetime:
    """Until when an offer made at `at` stands: two hours, or 10am if that ends in the night; not past the deadline."""
    end = at + HELD_FOR
    local = clock.london(end)
    if local.time() >= NIGHT_FROM:
        end = clock.from_london(local.date() + timedelta(days=1), ANSWER_BY)
    elif local.time() < ANSWER_BY:
        end = clock.from_london(local.date(), ANSWER_BY)
    return min(end, deadline(session))


def can_offer(session: ProgrammeSession, at: datetime) -> bool:
    """Whether there is still time to offer a place at `session` to those who wait, now or in the morning."""
    return session.status == "scheduled" and deadline(session) - at >= MIN_NOTICE


def count(db: Session, session: ProgrammeSession, *statuses: str, before: int | None = None) -> int:
    """How many bookings of `session` have one of `statuses`; only those with an id below `before`.

    Who waits for a place that they are kept out of (see apart.py) is not counted: no place is kept for them.
    """
    query = sa.select(sa.func.count(Booking.id)).where(Booking.session_id == session.id, Booking.status.in_(statuses))
    if "waiting" in statuses:
        query = query.where(sa.or_(Booking.status != "waiting", ~apart.kept_out()))
    if before is not None:
        query = query.where(Booking.id < before)
    return db.execute(query).scalar_one()


def free_for(db: Session, session: ProgrammeSession, at: datetime, waiting: Booking | None = None) -> int:
    """Places that a newcomer may take, or the person of a `waiting` booking: what those ahead in line leave over."""
    free = session.places - count(db, session, *HOLDS_A_PLACE)
    if can_offer(session, at):
        free -= count(db, session, "waiting", before=waiting.id if waiting else None)
    return free


def offer_places(db: Session, session: ProgrammeSession, at: datetime) -> int:
    """Offer every free place of `session` to the people waiting, in their order, and tell them; how many offers.

    Someone who cannot be told (number given up, STOP) loses their turn: a held place nobody knows of helps no one.
    """
    local = clock.london(at).time()
    if not can_offer(session, at) or local >= NIGHT_FROM or local < NIGHT_TO:
        return 0
    free = session.places - count(db, session, *HOLDS_A_PLACE)
    query = (
        sa.select(Booking)
        .where(Booking.session_id == session.id, Booking.status == "waiting", ~apart.kept_out())
        .order_by(Booking.id)
        .execution_options(populate_existing=True)
    )
    made = 0
    for booking in db.execute(query).scalars().all() if free > 0 else ():
        if made == free:
            break
        if made and apart.blocks(db, booking.person_id, session.id):
            continue  # by an offer of this very round
        until = expires(session, at)
        told = notices.tell(
            db,
            booking,
            session,
            "session.offer",
            at=at,
            until=until,
            expires_at=until,
            choices=(
                (wording.say("session.offer_take"), f'/accept_offer{{"booking": "{booking.id}"}}'),
                (wording.say("session.offer_leave"), f'/decline_offer{{"booking": "{booking.id}"}}'),
            ),
        )
        if told:
            booking.status, booking.offered_at, booking.offer_expires_at = "offered", at, until
            db.flush()
            audit.record(db, audit.SYSTEM, "booking.offered", f"booking:{booking.id}", session=session.id)
            made += 1
        else:
            _pass_over(db, booking, session, at)
    db.flush()
    return made


def expire_offers(db: Session, at: datetime) -> int:
    """Run by the scheduler: end the offers whose time is up, tell people, and offer what is free to the next in line.

    Also offers places that came free in the night or by adding some. Returns how many offers ended.
    """
    over = sa.and_(Booking.status == "offered", Booking.offer_expires_at <= at)
    query = (
        sa.select(Booking.session_id)
        .join(ProgrammeSession)
        .where(sa.or_(over, sa.and_(Booking.status == "waiting", ProgrammeSession.starts_at > at)))
        .distinct()
    )
    ended = 0
    for session_id in sorted(db.execute(query).scalars()):
        session = lock(db, ProgrammeSession, session_id)
        offers = sa.select(Booking).where(Booking.session_id == session_id, over)
        for booking in db.execute(offers.execution_options(populate_existing=True)).scalars().all():
            _pass_over(db, booking, session, at)
            if session.starts_at > at:
                notices.tell(db, booking, session, "session.offer_expired", at=at)
            ended += 1
        db.flush()
        offer_places(db, session, at)
    return ended


def _pass_over(db: Session, booking: Booking, session: ProgrammeSession, at: datetime) -> None:
    booking.status, booking.cancelled_by, booking.cancelled_at = "cancelled", "expired", at
    audit.record(db, audit.SYSTEM, "booking.offer_expired", f"booking:{booking.id}", session=session.id)
