"""Marks: a supervisor says who of their squad was at a session, from a phone whose signal comes and goes.

A mark carries a token, so that sending it twice does no harm, and what its sender had seen, so that it never silently
overwrites what somebody else has said meanwhile. A supervisor says "was there" or "was not there": why somebody was not
there is not theirs to know or to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock
from bot.db import lock
from bot.models import Attendance, Booking, Mark, Person, ProgrammeSession
from bot.programme import attendance, squads, stays
from bot.programme.outcomes import OUTCOMES
from bot.programme.refusals import Refused

#: What may be said, with the words of the page.
WORDS = {"came": "Was there", "not_there": "Was not there"}
#: How long after a session it can still be marked here.
OPEN = timedelta(days=14)
_TOKEN = re.compile(r"[0-9a-f]{8,40}")


@dataclass(frozen=True)
class Outcome:
    """What became of a mark. `came`, `since` and `seen`: what the register says now, whoever said it.

    result: kept; same (it said so already); conflict (somebody else has said otherwise since, and that stands); decided
    (the time is approved, so it is for a coordinator); refused (not one of their squad, or no time to mark it).
    """

    result: str
    booking_id: int
    came: bool | None = None
    since: datetime | None = None
    seen: str = ""


def mark(
    db: Session, staff_id: int, booking_id: int, outcome: str, *, token: str, seen_: str, at: datetime | None = None
) -> Outcome:
    """Keep a supervisor's mark. The same token again changes nothing and has the first one's result."""
    at = at or clock.now()
    booking = _theirs(db, staff_id, booking_id, at)
    if booking is None or outcome not in WORDS or _TOKEN.fullmatch(token) is None:
        return Outcome("refused", booking_id)
    query = sa.select(Mark).where(Mark.staff_id == staff_id, Mark.token == token)
    before = db.execute(query).scalars().first()
    if before is not None:
        return _outcome(db, before.result, booking_id)
    result = _decide(db, staff_id, booking, outcome, seen_, at)
    db.add(Mark(staff_id=staff_id, token=token, booking_id=booking_id, outcome=outcome, result=result, received_at=at))
    db.flush()
    return _outcome(db, result, booking_id)


def _decide(db: Session, staff_id: int, booking: Booking, outcome: str, seen_: str, at: datetime) -> str:
    row = _attendance(db, booking.id)
    came = OUTCOMES[outcome].came
    if row is not None:
        if OUTCOMES[row.outcome].came == came:
            return "same"  # "was not there" says less than a reason that is known already
        if row.approved is not None:
            return "decided"
        if squads.seen(row) != seen_ and row.recorded_by != staff_id:
            return "conflict"
    reason = None if not came or stays.counts_for(booking.session) else "Counts for no time."
    try:
        attendance.record(db, booking.session_id, [booking.id], outcome, by_staff=staff_id, reason=reason, at=at)
    except (attendance.Wrong, Refused):
        return "refused"
    return "kept"


def _theirs(db: Session, staff_id: int, booking_id: int, at: datetime) -> Booking | None:
    """The booking, when it is of one of their squads and its session has begun and is not long gone (and is locked)."""
    ids = [squad.id for squad in squads.of(db, staff_id)]
    query = (
        sa.select(Booking)
        .join(Person, Person.id == Booking.person_id)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .where(
            Booking.id == booking_id,
            Person.squad_id.in_(ids),
            Person.erased_at.is_(None),
            Booking.status.in_(("booked", "attended", "missed")),
            ProgrammeSession.status == "scheduled",
            ProgrammeSession.starts_at <= at,
            ProgrammeSession.ends_at > at - OPEN,
        )
    )
    booking = db.execute(query).scalars().first()
    if booking is not None:
        lock(db, ProgrammeSession, booking.session_id)  # two who mark at once do so one after the other
    return booking


def _attendance(db: Session, booking_id: int) -> Attendance | None:
    query = sa.select(Attendance).where(Attendance.booking_id == booking_id)
    return db.execute(query.execution_options(populate_existing=True)).scalars().first()


def _outcome(db: Session, result: str, booking_id: int) -> Outcome:
    row = _attendance(db, booking_id)
    if row is None:
        return Outcome(result, booking_id)
    return Outcome(result, booking_id, OUTCOMES[row.outcome].came, clock.aware(row.recorded_at), squads.seen(row))
