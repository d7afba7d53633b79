"""Squads: who supervises them, and what a supervisor may know: who is away at a wellbeing session, and when.

What a session is about and where it is, a supervisor learns only where the whole squad goes (`together`): there it is
nobody's own choice. A row that names somebody (`Away`) never says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from bot import audit, clock
from bot.db import lock
from bot.models import Attendance, Booking, Person, ProgrammeSession, Squad, Staff, Supervision
from bot.programme.outcomes import OUTCOMES

NAME = 40


@dataclass(frozen=True)
class Away:
    """Somebody of a squad at a session. Neither what the session is about nor where it is; not why they did not come.

    `came` is None while nobody has kept the register. `approved`: minutes, None while nobody has decided. `seen` stands
    for what the register says (`seen`).
    """

    person_id: int
    name: str | None
    squad_id: int
    starts_at: datetime
    ends_at: datetime
    came: bool | None
    approved: int | None
    booking_id: int
    seen: str


@dataclass(frozen=True)
class Together:
    """A session to which everybody of a squad goes. It names nobody."""

    squad_id: int
    title: str
    topic: str
    place: str
    address: str | None
    starts_at: datetime
    ends_at: datetime


def seen(row: Attendance | None) -> str:
    """What stands for a state of the register: another one once anybody has said something else."""
    return "" if row is None else f"{row.id}.{int(clock.aware(row.recorded_at).timestamp() * 1000)}"


def everyone(db: Session) -> list[Squad]:
    """Every squad, those in use first, by name."""
    return list(db.execute(sa.select(Squad).order_by(Squad.active.desc(), Squad.name)).scalars())


def of(db: Session, staff_id: int) -> list[Squad]:
    """The squads in use that a member of staff supervises, by name."""
    query = (
        sa.select(Squad)
        .join(Supervision, Supervision.squad_id == Squad.id)
        .where(Supervision.staff_id == staff_id, Squad.active)
        .order_by(Squad.name)
    )
    return list(db.execute(query).scalars())


def supervisors(db: Session) -> dict[int, list[int]]:
    """Squad → the staff who supervise it."""
    found: dict[int, list[int]] = {}
    for squad_id, staff_id in db.execute(sa.select(Supervision.squad_id, Supervision.staff_id)):
        found.setdefault(squad_id, []).append(staff_id)
    return found


def add(db: Session, name: str, *, by_staff: int) -> Squad:
    """A new squad. ValueError, with a sentence, for a name that is none or taken."""
    name = " ".join(name.split())
    if not name or len(name) > NAME:
        raise ValueError(f"A squad has a name of at most {NAME} characters.")
    if by_name(db, name) is not None:
        raise ValueError("There is a squad of that name.")
    squad = Squad(name=name, active=True)
    db.add(squad)
    db.flush()
    audit.record(db, audit.staff(by_staff), "squad.added", f"squad:{squad.id}")
    return squad


def by_name(db: Session, name: str) -> Squad | None:
    """The squad of this name, however its letters are written; None when there is none."""
    query = sa.select(Squad).where(sa.func.lower(Squad.name) == name.strip().lower())
    return db.execute(query).scalars().first()


def change(
    db: Session, squad_id: int, *, by_staff: int, staff_ids: Iterable[int] | None = None, active: bool | None = None
) -> Squad:
    """Who supervises a squad, or whether it is in use. LookupError when there is no such squad.

    Only active supervisors count; others among `staff_ids` are left out.
    """
    squad = lock(db, Squad, squad_id)
    if squad is None:
        raise LookupError("no such squad")
    if staff_ids is not None:
        query = sa.select(Staff.id).where(Staff.id.in_(list(staff_ids)), Staff.role == "supervisor", Staff.active)
        db.execute(sa.delete(Supervision).where(Supervision.squad_id == squad_id))
        db.add_all(Supervision(squad_id=squad_id, staff_id=staff_id) for staff_id in db.execute(query).scalars().all())
    if active is not None:
        squad.active = active
    db.flush()
    count = db.execute(sa.select(sa.func.count()).where(Supervision.squad_id == squad_id)).scalar_one()
    audit.record(
        db, audit.staff(by_staff), "squad.changed", f"squad:{squad_id}", active=squad.active, supervisors=count
    )  # fmt: skip
    return squad


def away(db: Session, squad_ids: Sequence[int], start: datetime, end: datetime) -> list[Away]:
    """Who of some squads has a place at a session that begins from `start` to before `end`, in the order of time."""
    query = (
        sa.select(Person, ProgrammeSession, Attendance, Booking.id)
        .select_from(Booking)
        .join(Person, Person.id == Booking.person_id)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .join(Attendance, Attendance.booking_id == Booking.id, isouter=True)
        .where(
            Person.squad_id.in_(squad_ids),
            Person.erased_at.is_(None),
            Booking.status.in_(("booked", "attended", "missed")),
            ProgrammeSession.status == "scheduled",
            ProgrammeSession.starts_at >= start,
            ProgrammeSession.starts_at < end,
        )
        .order_by(ProgrammeSession.starts_at, Booking.id)
    )
    return [
        Away(
            person.id, person.name, person.squad_id, session.starts_at, session.ends_at,
            OUTCOMES[kept.outcome].came if kept is not None else None, kept.approved if kept is not None else None,
            booking_id, seen(kept),
        )
        for person, session, kept, booking_id in db.execute(query)
    ]  # fmt: skip


def together(db: Session, squad_ids: Sequence[int], start: datetime, end: datetime) -> list[Together]:
    """The sessions to which the whole of one of these squads goes, from `start` to before `end`, in order of time."""
    query = (
        sa.select(ProgrammeSession)
        .where(
            ProgrammeSession.squad_id.in_(squad_ids),
            ProgrammeSession.status == "scheduled",
            ProgrammeSession.starts_at >= start,
            ProgrammeSession.starts_at < end,
        )
        .options(joinedload(ProgrammeSession.topic))
        .order_by(ProgrammeSession.starts_at, ProgrammeSession.id)
    )
    return [
        Together(row.squad_id, row.title + (" (sample)" if row.sample else ""), row.topic.name, row.place, row.address,
                 row.starts_at, row.ends_at)
        for row in db.execute(query).scalars()
    ]  # fmt: skip
