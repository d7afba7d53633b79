"""Attendance: the register of a session. What it claims counts only once somebody has approved it (see hours.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from bot import audit, clock
from bot.conversations import teams
from bot.db import lock
from bot.models import Attendance, Booking, Person, ProgrammeSession
from bot.programme import bookings, squads
from bot.programme.outcomes import AHEAD, OUTCOMES
from bot.programme.refusals import Refused

#: Bookings that a register shows; a cancelled one only when the register says why.
_LISTED = ("booked", "attended", "missed")
#: Longest reason that is kept.
REASON = 300


class Wrong(ValueError):
    """The register cannot be kept like that; the message is a sentence for staff."""


@dataclass(frozen=True)
class Line:
    """A booking and what the register says of it so far."""

    booking: Booking
    attendance: Attendance | None


class Conflict(Exception):
    """Somebody else has said otherwise since the page was made; nothing was written. `booking_ids`: of whom."""

    def __init__(self, booking_ids: list[int]):
        super().__init__(f"{len(booking_ids)} of the register")
        self.booking_ids = booking_ids


def stamp(row: Attendance | None) -> str:
    """What stands for a line of the register as a page shows it: another one once it is marked anew or decided."""
    return squads.seen(row) + (f".{row.approved}" if row is not None and row.approved is not None else "")


def counts_for(session: ProgrammeSession) -> int:
    """Minutes that a session can count for at most."""
    whole = int((session.ends_at - session.starts_at).total_seconds() // 60)
    return whole if session.credit_minutes is None else session.credit_minutes


def register(db: Session, session_ids: Sequence[int], team: int | None = None) -> dict[int, list[Line]]:
    """The registers of sessions, by session, in the order of booking: the lines of people whom staff of a team (None:
    of none) see."""
    query = (
        sa.select(Booking, Attendance)
        .join(Attendance, Attendance.booking_id == Booking.id, isouter=True)
        .where(
            Booking.session_id.in_(session_ids),
            sa.or_(Booking.status.in_(_LISTED), Attendance.id.is_not(None)),
            Booking.person_id.in_(teams.ids_of(team)),
        )
        .options(joinedload(Booking.person))
        .order_by(Booking.id)
    )
    found: dict[int, list[Line]] = {session_id: [] for session_id in session_ids}
    for booking, attendance in db.execute(query):
        found[booking.session_id].append(Line(booking, attendance))
    return {session_id: _newest(lines) for session_id, lines in found.items()}


def progress(db: Session, session_ids: Sequence[int], team: int | None = None) -> dict[int, tuple[int, int]]:
    """How many lines the register of each session has for staff of a team, and how many of them say nothing yet.

    Reads no names.
    """
    query = (
        sa.select(Booking.session_id, Booking.person_id, Attendance.id)
        .join(Attendance, Attendance.booking_id == Booking.id, isouter=True)
        .where(
            Booking.session_id.in_(session_ids),
            sa.or_(Booking.status.in_(_LISTED), Attendance.id.is_not(None)),
            Booking.person_id.in_(teams.ids_of(team)),
        )
        .order_by(Booking.id)
    )
    lines: dict[int, dict[int, bool]] = {session_id: {} for session_id in session_ids}
    for session_id, person_id, kept in db.execute(query):
        lines[session_id][person_id] = kept is None  # the newest counts, as in `register`
    return {session_id: (len(people), sum(people.values())) for session_id, people in lines.items()}


def _newest(lines: list[Line]) -> list[Line]:
    """Without an absence of somebody who has booked again since: they have one line."""
    again = {line.booking.person_id: line.booking.id for line in lines}
    return [line for line in lines if line.booking.id == again[line.booking.person_id]]


def record(
    db: Session,
    session_id: int,
    booking_ids: Sequence[int],
    outcome: str,
    *,
    by_staff: int,
    team: int | None = None,
    minutes: int | None = None,
    reason: str | None = None,
    at: datetime | None = None,
    seen: Mapping[int, str] | None = None,
) -> int:
    """The same outcome for several people of one session, all of them or none; for how many it is new.

    Before the session begins only an acceptable absence can be recorded; it frees the place. `minutes` is what is
    claimed for each: None for all that the session can count for, or nothing when they were not there. Recording
    another outcome or time takes an approval back. `seen`: the `stamp` of each line that the decision was made on; None
    for whoever has just looked. Conflict when somebody else has said otherwise since; Wrong, with a sentence; Refused:
    gone, cancelled.
    """
    at = at or clock.now()
    session = lock(db, ProgrammeSession, session_id)
    if session is None:
        raise Refused("gone")
    if session.status == "cancelled":
        raise Refused("cancelled")
    reason = (reason or "").strip()[:REASON] or None
    claimed = _claimed(session, outcome, minutes, reason, at)
    there = {line.booking.id: line for line in register(db, [session_id], team)[session_id]}
    if not booking_ids or not set(booking_ids) <= set(there):
        raise Wrong("Tick whom it is about.")
    ids = sorted(set(booking_ids))
    if seen is not None:
        wanted = (outcome, claimed, reason)
        against = [i for i in ids if _said_since(there[i].attendance, seen.get(i, ""), wanted, by_staff)]
        if against:
            raise Conflict(against)
    return sum(_write(db, session, there[i], outcome, claimed, reason, by_staff, at) for i in ids)


def _said_since(row: Attendance | None, seen: str, wanted: tuple, by_staff: int) -> bool:
    """Whether somebody else has marked a line otherwise, or decided about its time, since it was seen."""
    if row is None or stamp(row) == seen or (row.outcome, row.claimed, row.reason) == wanted:
        return False
    return row.recorded_by != by_staff or row.approved is not None


def walk_in(
    db: Session, session_id: int, person: Person, *, by_staff: int, at: datetime | None = None
) -> Booking:  # fmt: skip
    """Somebody who came without a booking: a line of the register to record an outcome for.

    Full or not: they were there. Wrong before the session has begun: then they are booked. Refused: gone, cancelled.
    """
    at = at or clock.now()
    session = lock(db, ProgrammeSession, session_id)
    if session is None:
        raise Refused("gone")
    if session.status == "cancelled":
        raise Refused("cancelled")
    if session.starts_at > at:
        raise Wrong("The session has not begun. Book them instead.")
    query = sa.select(Booking).where(Booking.session_id == session_id, Booking.person_id == person.id)
    for found in db.execute(query.order_by(Booking.id.desc())).scalars():
        if found.status in _LISTED:
            return found
    row = db.execute(query.where(Booking.status.in_(("offered", "waiting")))).scalars().first()
    if row is None:
        row = Booking(session_id=session_id, person_id=person.id, created_at=at)
        db.add(row)
    row.status, row.offer_expires_at = "booked", None
    db.flush()
    audit.record(db, audit.staff(by_staff), "booking.walk_in", f"booking:{row.id}", session=session_id)
    return row


def _claimed(session: ProgrammeSession, outcome: str, minutes: int | None, reason: str | None, at: datetime) -> int:
    """Minutes to claim. Wrong when outcome, time and moment do not go together."""
    if outcome not in OUTCOMES:
        raise Wrong("Choose an outcome.")
    if session.starts_at > at and outcome not in AHEAD:
        raise Wrong("The session has not begun: only an absence for a good reason can be recorded.")
    most = counts_for(session)
    if not OUTCOMES[outcome].came:
        if minutes:
            raise Wrong("No time counts for somebody who was not there.")
        return 0
    if outcome == "came_no_time":
        if minutes:
            raise Wrong("Choose another outcome, or leave the minutes empty.")
        minutes = 0
    elif minutes is None and outcome == "came_part":
        raise Wrong("Say for how many minutes they were there.")
    claimed = most if minutes is None else minutes
    if not 0 <= claimed <= most:
        raise Wrong(f"The session counts for {most} minutes at most.")
    if claimed == 0 and reason is None:
        raise Wrong("They came and no time counts: say why.")
    return claimed


def _write(
    db: Session, session: ProgrammeSession, line: Line, outcome: str, claimed: int, reason: str | None,
    by_staff: int, at: datetime,
) -> bool:  # fmt: skip
    booking, row = line.booking, line.attendance
    if row is not None and (row.outcome, row.claimed, row.reason) == (outcome, claimed, reason):
        return False
    if session.starts_at > at:
        if booking.status != "cancelled":
            bookings.cancel(db, booking.person, booking.id, by_staff=by_staff, at=at)
    else:
        booking.status = "attended" if OUTCOMES[outcome].came else "missed"
    if row is None:
        row = Attendance(booking_id=booking.id, outcome=outcome, claimed=claimed, recorded_by=by_staff)
        db.add(row)
    elif (row.outcome, row.claimed) != (outcome, claimed):
        row.approved = row.approved_by = row.approved_at = row.decision = None
    row.outcome, row.claimed, row.reason = outcome, claimed, reason
    row.recorded_by, row.recorded_at = by_staff, at
    db.flush()
    came = OUTCOMES[outcome].came  # not the outcome itself: who reads the trail need not know who was ill
    audit.record(
        db, audit.staff(by_staff), "attendance.recorded", f"booking:{booking.id}", came=came, minutes=claimed
    )  # fmt: skip
    return True
