"""People kept apart: two who cannot have a place at the same session.

To the one who comes second the session is full, and it stays so: they may wait in line, are never offered a place, and
take none from others who wait. Nobody is told of a pair, or that the other is known here.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from bot import audit, clock
from bot.db import lock
from bot.models import HOLDS_A_PLACE, Booking, KeepApart, ProgrammeSession
from bot.programme import people

REASON = 300


def blocks(db: Session, person_id: int, session_id: int) -> bool:
    """Whether somebody they are kept apart from has a place at the session, or is offered one."""
    other = aliased(Booking)
    query = (
        sa.select(other.id)
        .join(KeepApart, _between(sa.literal(person_id), other.person_id))
        .where(other.session_id == session_id, other.status.in_(HOLDS_A_PLACE), KeepApart.ended_at.is_(None))
    )
    return db.execute(query.limit(1)).first() is not None


def kept_out():
    """The condition that the person of a Booking is kept out of its session by somebody who has a place there."""
    other = aliased(Booking)
    return (
        sa.select(KeepApart.id)
        .join(other, _between(Booking.person_id, other.person_id))
        .where(
            other.session_id == Booking.session_id,
            other.status.in_(HOLDS_A_PLACE),
            KeepApart.ended_at.is_(None),
        )
        .correlate(Booking)
        .exists()
    )


def of(db: Session, person_id: int) -> list[tuple[KeepApart, int]]:
    """The pairs somebody is in, each with who the other is; those that still count."""
    query = (
        sa.select(KeepApart)
        .where(
            KeepApart.ended_at.is_(None),
            sa.or_(KeepApart.one_id == person_id, KeepApart.other_id == person_id),
        )
        .order_by(KeepApart.id)
    )
    return [(pair, pair.other_id if pair.one_id == person_id else pair.one_id) for pair in db.execute(query).scalars()]


def add(db: Session, one_id: int, other_id: int, *, reason: str | None, by_staff: int) -> KeepApart:
    """Keep two people apart from now on; a pair there is already is returned. What they are booked on stays.

    ValueError when they are one and the same, LookupError when one of them is not there.
    """
    if one_id == other_id:
        raise ValueError("That is the same person.")
    first, second = sorted((one_id, other_id))
    for person_id in (first, second):
        people.there(db, person_id)
    query = sa.select(KeepApart).where(
        KeepApart.one_id == first, KeepApart.other_id == second, KeepApart.ended_at.is_(None)
    )
    found = db.execute(query).scalars().first()
    if found is not None:
        return found
    pair = KeepApart(one_id=first, other_id=second, reason=(reason or "").strip()[:REASON] or None, made_by=by_staff)
    db.add(pair)
    db.flush()
    audit.record(db, audit.staff(by_staff), "apart.added", f"keep_apart:{pair.id}", one=first, other=second)
    return pair


def end(db: Session, pair_id: int, *, by_staff: int) -> None:
    """They need not be kept apart any more. LookupError when there is no such pair; one that is over stays so."""
    pair = lock(db, KeepApart, pair_id)
    if pair is None:
        raise LookupError("no such pair")
    if pair.ended_at is None:
        pair.ended_at, pair.ended_by = clock.now(), by_staff
        db.flush()
        audit.record(db, audit.staff(by_staff), "apart.ended", f"keep_apart:{pair.id}")


def both_at(db: Session, one_id: int, other_id: int) -> list[ProgrammeSession]:
    """Sessions to come at which both have a place: staff have to move one of them."""
    query = (
        sa.select(ProgrammeSession)
        .join(Booking, Booking.session_id == ProgrammeSession.id)
        .where(
            Booking.person_id.in_((one_id, other_id)),
            Booking.status.in_(HOLDS_A_PLACE),
            ProgrammeSession.starts_at > clock.now(),
            ProgrammeSession.status == "scheduled",
        )
        .group_by(ProgrammeSession.id)
        .having(sa.func.count(sa.distinct(Booking.person_id)) == 2)
        .order_by(ProgrammeSession.starts_at)
    )
    return list(db.execute(query).scalars())


def _between(one, other):
    return sa.or_(
        sa.and_(KeepApart.one_id == one, KeepApart.other_id == other),
        sa.and_(KeepApart.one_id == other, KeepApart.other_id == one),
    )
