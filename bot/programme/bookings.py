"""Bookings: a person's place at a session. Lock, check, write, audit; the caller commits, then tells.

Locks are taken in one order (person, then sessions by id), so that two people changing places cannot block each
other. `asked_by` is the id of the inbound message: asking again with the same one returns the first booking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock
from bot.db import lock
from bot.models import Booking, Person, ProgrammeSession
from bot.programme import apart, offers, sessions
from bot.programme import booking_rules as rules
from bot.programme.booking_rules import LIMIT, UPCOMING
from bot.programme.offers import expire_offers
from bot.programme.refusals import Refused

__all__ = [
    "LIMIT", "BookingView", "accept_offer", "add_reason", "book", "bookings_of", "cancel", "change", "decline_offer",
    "expire_offers", "join_waiting_list",
]  # fmt: skip


@dataclass(frozen=True)
class BookingView:
    """A booking as it is shown. `ahead`: people before them in the waiting list, None when not waiting."""

    id: int
    status: str
    session: sessions.SessionView
    offer_expires_at: datetime | None = None
    ahead: int | None = None


def book(
    db: Session,
    person: Person,
    session_id: int,
    *,
    conversation_id: str | None,
    asked_by: int | None,
    at: datetime | None = None,
    by_staff: int | None = None,
    suits: bool = True,
) -> Booking:
    """A place at a session. Someone to whom it is offered takes the offer; someone first in line leaves the line.

    `suits=False` when they have said that a session for women (or men) is not for them. `by_staff` may book what is
    private or outside its booking window, and somebody whose order is over. Refused: gone, cancelled, started,
    already_booked, already_waiting (and it is still full), not_open_yet, closed, finished, women_only, men_only, limit,
    clash, full.
    """
    at = at or clock.now()
    person = rules.person_there(db, person)
    if (before := rules.asked(db, person, asked_by)) is not None:
        return before
    session = lock(db, ProgrammeSession, session_id)
    return _take(db, person, session, conversation_id, asked_by, at, by_staff=by_staff, suits=suits)


def join_waiting_list(
    db: Session,
    person: Person,
    session_id: int,
    *,
    conversation_id: str | None,
    asked_by: int | None,
    at: datetime | None = None,
    by_staff: int | None = None,
    suits: bool = True,
) -> Booking:
    """A turn in the line for a full session; the booking's status is "waiting".

    When a place has come free in the meantime it is simply booked: look at the status. Refused as for `book`, but full.
    """
    at = at or clock.now()
    person = rules.person_there(db, person)
    if (before := rules.asked(db, person, asked_by)) is not None:
        return before
    session = lock(db, ProgrammeSession, session_id)
    return _take(db, person, session, conversation_id, asked_by, at, by_staff=by_staff, suits=suits, may_wait=True)


def change(
    db: Session,
    person: Person,
    booking_id: int,
    new_session_id: int,
    *,
    asked_by: int | None,
    at: datetime | None = None,
    by_staff: int | None = None,
) -> Booking:
    """Move a booking to another session, or leave everything as it was: the old place goes only when the new is theirs.

    Returns the booking at the new session. Refused: gone, not_yours, started (the old one has begun), or as for `book`.
    """
    at = at or clock.now()
    person = rules.person_there(db, person)
    if (before := rules.asked(db, person, asked_by)) is not None:
        return before
    old = rules.theirs(db, person, booking_id)
    locked = {i: lock(db, ProgrammeSession, i) for i in sorted({old.session_id, new_session_id})}
    old, old_session = lock(db, Booking, booking_id), locked[old.session_id]
    if old.status not in UPCOMING:
        raise Refused("cancelled" if old.status == "cancelled" else "started")
    if old_session.starts_at <= at:
        raise Refused("started")
    if new_session_id == old.session_id:
        raise Refused("already_waiting" if old.status == "waiting" else "already_booked")
    new = _take(
        db, person, locked[new_session_id], old.conversation_id, asked_by, at, by_staff=by_staff, instead_of=old
    )
    _end(db, old, "staff" if by_staff else "person", at)
    db.flush()
    offers.offer_places(db, old_session, at)
    return new


def cancel(
    db: Session,
    person: Person,
    booking_id: int,
    *,
    reason: str | None = None,
    asked_by: int | None = None,
    at: datetime | None = None,
    by_staff: int | None = None,
) -> Booking:
    """Give a place (an offer, a turn in the line) back; it is offered to the next at once.

    A booking that is cancelled already is returned as it is, so that a retried turn is harmless. Refused: gone,
    not_yours, started.
    """
    at = at or clock.now()
    booking, session = rules.hold(db, person, booking_id)
    if booking.status == "cancelled":
        return booking
    if session.starts_at <= at or booking.status not in UPCOMING:
        raise Refused("started")
    _end(db, booking, "staff" if by_staff else "person", at, reason)
    db.flush()
    audit.record(
        db, _actor(person, by_staff), "booking.cancelled", f"booking:{booking.id}",
        session=session.id, by=booking.cancelled_by,
    )  # fmt: skip
    offers.offer_places(db, session, at)
    return booking


def accept_offer(
    db: Session, person: Person, booking_id: int, *, asked_by: int | None = None, at: datetime | None = None
) -> Booking:
    """Take the place that is held for them. One already taken is returned as it is.

    An offer whose time is up is still good as long as nobody has passed it on. Refused: gone, not_yours, cancelled,
    offer_expired, started, clash, full (nothing was offered).
    """
    at = at or clock.now()
    booking, session = rules.hold(db, person, booking_id)
    if booking.status == "booked":
        return booking
    if session.status == "cancelled":
        raise Refused("cancelled")
    if session.starts_at <= at:
        raise Refused("started")
    if booking.status != "offered":
        raise Refused({"cancelled": "offer_expired", "waiting": "full"}.get(booking.status, "started"))
    rules.check_clash(db, person, session, except_for=(booking.id,))
    return _book_row(db, booking, session, asked_by, audit.person(person.id))


def decline_offer(
    db: Session, person: Person, booking_id: int, *, asked_by: int | None = None, at: datetime | None = None
) -> Booking:
    """Leave the place that is held for them to the next in line. A booked place stays booked. Refused as `cancel`."""
    booking, _ = rules.hold(db, person, booking_id)
    if booking.status != "offered":
        return booking
    return cancel(db, person, booking_id, asked_by=asked_by, at=at)


def bookings_of(db: Session, person: Person, at: datetime | None = None) -> list[BookingView]:
    """A person's upcoming bookings, offers and waiting lists, soonest first."""
    at = at or clock.now()
    query = (
        sa.select(Booking)
        .join(ProgrammeSession)
        .where(Booking.person_id == person.id, Booking.status.in_(UPCOMING), ProgrammeSession.starts_at > at)
        .order_by(ProgrammeSession.starts_at, Booking.id)
    )
    rows = list(db.execute(query).scalars())
    shown = sessions.views(db, [r.session_id for r in rows], at)
    return [
        BookingView(
            r.id, r.status, shown[r.session_id], r.offer_expires_at if r.status == "offered" else None,
            offers.count(db, r.session, "waiting", before=r.id) if r.status == "waiting" else None,
        )
        for r in rows
    ]  # fmt: skip


def add_reason(db: Session, person: Person, booking_id: int, reason: str) -> Booking:
    """Keep why they could not come, in their own words. Refused: gone, not_yours."""
    booking = lock(db, Booking, rules.theirs(db, person, booking_id).id)
    booking.reason = reason.strip() or None
    return booking


def _take(
    db: Session,
    person: Person,
    session: ProgrammeSession | None,
    conversation_id: str | None,
    asked_by: int | None,
    at: datetime,
    *,
    by_staff: int | None = None,
    suits: bool = True,
    may_wait: bool = False,
    instead_of: Booking | None = None,
) -> Booking:
    """The checks and the write behind book, join and change; person and session are locked."""
    rules.check_open(session, at, by_staff)
    actor = _actor(person, by_staff)
    mine = rules.active(db, person, session)
    if mine is not None and mine.status == "offered":
        except_for = (mine.id, instead_of.id) if instead_of else (mine.id,)
        rules.check_clash(db, person, session, except_for)
        return _book_row(db, mine, session, asked_by, actor, instead_of)
    if mine is not None and mine.status != "waiting":
        raise Refused("already_booked")
    if mine is None:  # whom staff have put in the line since may take the place that came of it
        rules.check_order(db, person, by_staff)
    if not suits and session.audience in ("women", "men"):
        raise Refused(f"{session.audience}_only")
    except_for = tuple(b.id for b in (mine, instead_of) if b is not None)
    rules.check_limit(db, person, at, except_for)
    rules.check_clash(db, person, session, except_for)
    # To somebody kept apart from one who has a place it is full, and reads like any other session that is.
    if offers.free_for(db, session, at, mine) > 0 and not apart.blocks(db, person.id, session.id):
        row = mine or _new(db, person, session, conversation_id, at)
        return _book_row(db, row, session, asked_by, actor, instead_of)
    if mine is not None:
        raise Refused("already_waiting")
    if not may_wait:
        raise Refused("full")
    row = _new(db, person, session, conversation_id, at)
    row.status, row.asked_by = "waiting", asked_by
    db.flush()
    audit.record(db, actor, "booking.waiting", f"booking:{row.id}", session=session.id)
    return row


def _new(db: Session, person: Person, session: ProgrammeSession, conversation_id: str | None, at: datetime) -> Booking:
    row = Booking(person_id=person.id, session_id=session.id, conversation_id=conversation_id, created_at=at)
    db.add(row)
    return row


def _book_row(
    db: Session,
    row: Booking,
    session: ProgrammeSession,
    asked_by: int | None,
    actor: str,
    instead_of: Booking | None = None,
) -> Booking:
    row.status, row.offer_expires_at = "booked", None
    row.asked_by = asked_by if asked_by is not None else row.asked_by
    db.flush()
    if instead_of is None:
        audit.record(db, actor, "booking.made", f"booking:{row.id}", session=session.id)
    else:
        audit.record(
            db, actor, "booking.changed", f"booking:{row.id}", session=session.id, from_session=instead_of.session_id
        )
    return row


def _end(db: Session, booking: Booking, by: str, at: datetime, reason: str | None = None) -> None:
    booking.status, booking.cancelled_by, booking.cancelled_at = "cancelled", by, at
    booking.offer_expires_at = None
    booking.reason = reason or booking.reason


def _actor(person: Person, by_staff: int | None) -> str:
    return audit.person(person.id) if by_staff is None else audit.staff(by_staff)
