"""What must hold before somebody has a place. Each check raises Refused with its code and writes nothing."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.db import lock
from bot.models import ACTIVE, Booking, Person, ProgrammeSession
from bot.programme import orders
from bot.programme.refusals import Refused

#: Upcoming bookings (offers and waiting lists too) that one person may have.
LIMIT = 6
UPCOMING = ("booked", "offered", "waiting")


def check_open(session: ProgrammeSession | None, at: datetime, by_staff: int | None) -> None:
    """gone, cancelled, started; and for a person, who is not staff, not_open_yet and closed."""
    if session is None or (session.private and by_staff is None):
        raise Refused("gone")
    if session.status == "cancelled":
        raise Refused("cancelled")
    if session.starts_at <= at:
        raise Refused("started")
    if by_staff is None and session.book_from is not None and at < session.book_from:
        raise Refused("not_open_yet")
    if by_staff is None and session.book_until is not None and at >= session.book_until:
        raise Refused("closed")


def person_there(db: Session, person: Person) -> Person:
    """The person, locked. Refused: gone, when they were erased (or merged away) before the lock was ours."""
    found = lock(db, Person, person.id)
    if found is None or found.erased_at is not None:
        raise Refused("gone")
    return found


def check_order(db: Session, person: Person, by_staff: int | None) -> None:
    """finished: their order is over. Staff may book them all the same: they can ask what for."""
    if by_staff is None and orders.is_over(db, person):
        raise Refused("finished")


def check_limit(db: Session, person: Person, at: datetime, except_for: tuple[int, ...]) -> None:
    """limit: they have as many upcoming bookings as one may have."""
    query = (
        sa.select(sa.func.count())
        .select_from(Booking)
        .join(ProgrammeSession)
        .where(
            Booking.person_id == person.id,
            Booking.status.in_(UPCOMING),
            Booking.id.not_in(except_for),
            ProgrammeSession.starts_at > at,
        )
    )
    if db.execute(query).scalar_one() >= LIMIT:
        raise Refused("limit")


def check_clash(db: Session, person: Person, session: ProgrammeSession, except_for: tuple[int, ...]) -> None:
    """clash: another place of theirs (booked or held for them) at the same time; back to back is no clash."""
    query = (
        sa.select(Booking.id)
        .join(ProgrammeSession)
        .where(
            Booking.person_id == person.id,
            Booking.status.in_(("booked", "offered")),
            Booking.id.not_in(except_for),
            ProgrammeSession.starts_at < session.ends_at,
            ProgrammeSession.ends_at > session.starts_at,
        )
    )
    if db.execute(query).first() is not None:
        raise Refused("clash")


def asked(db: Session, person: Person, asked_by: int | None) -> Booking | None:
    """The booking that this inbound message made already, if it did."""
    if asked_by is None:
        return None
    query = sa.select(Booking).where(Booking.asked_by == asked_by, Booking.person_id == person.id)
    return db.execute(query.execution_options(populate_existing=True)).scalars().first()


def active(db: Session, person: Person, session: ProgrammeSession) -> Booking | None:
    """Their one live booking of the session, if they have one."""
    query = sa.select(Booking).where(
        Booking.person_id == person.id, Booking.session_id == session.id, Booking.status.in_(ACTIVE)
    )
    return db.execute(query.execution_options(populate_existing=True)).scalars().first()


def theirs(db: Session, person: Person, booking_id: int) -> Booking:
    """Their booking. Refused: gone, not_yours."""
    booking = db.get(Booking, booking_id)
    if booking is None:
        raise Refused("gone")
    if booking.person_id != person.id:
        raise Refused("not_yours")
    return booking


def hold(db: Session, person: Person, booking_id: int) -> tuple[Booking, ProgrammeSession]:
    """Their booking and its session, locked."""
    lock(db, Person, person.id)
    session = lock(db, ProgrammeSession, theirs(db, person, booking_id).session_id)
    return lock(db, Booking, booking_id), session
