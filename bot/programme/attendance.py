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
from bot.programme import bookings, squads, stays
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


class Untimely(Wrong):
    """What was typed beside some names cannot be. `problems`: booking → field of `stays.FIELDS` → a sentence."""

    def __init__(self, problems: Mapping[int, Mapping[str, str]]):
        super().__init__(next(iter(next(iter(problems.values())).values())))
        self.problems = {booking_id: dict(found) for booking_id, found in problems.items()}


@dataclass(frozen=True)
class Entry:
    """What a line of the register says."""

    outcome: str
    claimed: int
    reason: str | None
    stay: stays.Stay


class Conflict(Exception):
    """Somebody else has said otherwise since the page was made; nothing was written. `booking_ids`: of whom."""

    def __init__(self, booking_ids: list[int]):
        super().__init__(f"{len(booking_ids)} of the register")
        self.booking_ids = booking_ids


def stamp(row: Attendance | None) -> str:
    """What stands for a line of the register as a page shows it: another one once it is marked anew or decided."""
    return squads.seen(row) + (f".{row.approved}" if row is not None and row.approved is not None else "")


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
    typed: Mapping[int, Mapping[str, str]] | None = None,
    at: datetime | None = None,
    seen: Mapping[int, str] | None = None,
) -> int:
    """The same outcome for several people of one session, all of them or none; for how many it is new.

    Before the session begins only an acceptable absence can be recorded; it frees the place. `typed`: booking → when
    they arrived and left and what is taken off, as `stays.read` takes it; none is the whole session. `minutes` is what
    is claimed for each: None for what comes of the times, or nothing when they were not there. Recording another
    outcome or time takes an approval back. `seen`: the `stamp` of each line that the decision was made on; None for
    whoever has just looked. Conflict when somebody else has said otherwise since; Wrong, with a sentence (Untimely: and
    beside whose name); Refused: gone, cancelled.
    """
    at = at or clock.now()
    session = lock(db, ProgrammeSession, session_id)
    if session is None:
        raise Refused("gone")
    if session.status == "cancelled":
        raise Refused("cancelled")
    reason = (reason or "").strip()[:REASON] or None
    _check(session, outcome, minutes, at)
    there = {line.booking.id: line for line in register(db, [session_id], team)[session_id]}
    if not booking_ids or not set(booking_ids) <= set(there):
        raise Wrong("Tick whom it is about.")
    ids = sorted(set(booking_ids))
    wanted = _wanted(session, there, ids, outcome, minutes, reason, typed or {}, seen or {})
    if seen is not None:
        against = [i for i in ids if _said_since(there[i].attendance, seen.get(i, ""), wanted[i], by_staff)]
        if against:
            raise Conflict(against)
    return sum(_write(db, session, there[i], wanted[i], by_staff, at) for i in ids)


def _said_since(row: Attendance | None, seen: str, wanted: Entry, by_staff: int) -> bool:
    """Whether somebody else has marked a line otherwise, or decided about its time, since it was seen."""
    if row is None or stamp(row) == seen or _entry(row) == wanted:
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


def _check(session: ProgrammeSession, outcome: str, minutes: int | None, at: datetime) -> None:
    """Wrong when outcome, moment and the minutes that were typed for everybody do not go together."""
    if outcome not in OUTCOMES:
        raise Wrong("Choose an outcome.")
    if session.starts_at > at and outcome not in AHEAD:
        raise Wrong("The session has not begun: only an absence for a good reason can be recorded.")
    if minutes and not OUTCOMES[outcome].came:
        raise Wrong("No time counts for somebody who was not there.")
    if minutes and outcome == "came_no_time":
        raise Wrong("Choose another outcome, or leave the minutes empty.")
    most = stays.counts_for(session)
    if minutes is not None and not 0 <= minutes <= most:
        raise Wrong(f"The session counts for {most} minutes at most.")


def _wanted(
    session: ProgrammeSession, there: Mapping[int, Line], ids: Sequence[int], outcome: str, minutes: int | None,
    reason: str | None, typed: Mapping[int, Mapping[str, str]], seen: Mapping[int, str],
) -> dict[int, Entry]:  # fmt: skip
    """What is to be kept of each who is ticked. Untimely for all that is wrong beside the names, ticked or not."""
    found: dict[int, Entry] = {}
    problems: dict[int, dict[str, str]] = {}
    for i, line in there.items():
        form = {name: " ".join(value.split()) for name, value in typed.get(i, {}).items()}
        if "off" in form:
            form["off"] = form["off"].lstrip("0")  # nothing is taken off, in figures
        changed = _changed(line.attendance, form)
        try:
            if i in ids:
                found[i] = _stayed(session, outcome, minutes, reason, form, changed)
            elif changed and stamp(line.attendance) == seen.get(i, ""):  # else it is only older than what is kept
                raise stays.Wrong(
                    {changed[0]: "They are not ticked, so this is not kept. Tick them, or put it back as it was."}
                )
        except stays.Wrong as wrong:
            problems[i] = wrong.problems
    if problems:
        raise Untimely(problems)
    return found


def _changed(row: Attendance | None, form: Mapping[str, str]) -> list[str]:
    """The fields in which something else was typed than is kept."""
    before = stays.typed(row)
    return [name for name in stays.FIELDS if form.get(name, before[name]) != before[name]]


def _stayed(
    session: ProgrammeSession, outcome: str, minutes: int | None, reason: str | None, form: Mapping[str, str],
    changed: Sequence[str],
) -> Entry:  # fmt: skip
    """What is to be kept of somebody. stays.Wrong for what was typed beside their name; Wrong for the rest."""
    if not OUTCOMES[outcome].came:
        if new := [name for name in changed if form[name]]:
            raise stays.Wrong(
                {new[0]: "No time counts for somebody who was not there. Empty this, or choose another outcome."}
            )
        return Entry(outcome, 0, reason, stays.Stay())
    stay = stays.read(session, form)
    if outcome == "came_part" and minutes is None and stay == stays.Stay():
        raise stays.Wrong({"arrived": "Say when they arrived or left, or below for how many minutes they were there."})
    comes_to = 0 if outcome == "came_no_time" else stays.minutes(session, stay)
    if minutes is not None and minutes != comes_to and stay != stays.Stay():
        first = next(name for name in stays.FIELDS if form.get(name))
        raise stays.Wrong(
            {first: f"This comes to {comes_to} minutes, and {minutes} are typed below. Change one of the two."}
        )
    claimed = comes_to if minutes is None else minutes
    if claimed == 0 and reason is None and stay.why is None:
        raise Wrong("They came and no time counts: say why.")
    return Entry(outcome, claimed, reason, stay)


def _entry(row: Attendance) -> Entry:
    return Entry(row.outcome, row.claimed, row.reason, stays.of(row))


def _write(
    db: Session, session: ProgrammeSession, line: Line, entry: Entry, by_staff: int, at: datetime
) -> bool:  # fmt: skip
    booking, row = line.booking, line.attendance
    if row is not None and _entry(row) == entry:
        return False
    came = OUTCOMES[entry.outcome].came
    if session.starts_at > at:
        if booking.status != "cancelled":
            bookings.cancel(db, booking.person, booking.id, by_staff=by_staff, at=at)
    else:
        booking.status = "attended" if came else "missed"
    if row is None:
        row = Attendance(booking_id=booking.id, outcome=entry.outcome, claimed=entry.claimed, recorded_by=by_staff)
        db.add(row)
    elif _decided_on(_entry(row)) != _decided_on(entry):
        row.approved = row.approved_by = row.approved_at = row.decision = None
    row.outcome, row.claimed, row.reason = entry.outcome, entry.claimed, entry.reason
    stay = entry.stay
    row.arrived_at, row.left_at, row.taken_off, row.taken_off_why = stay.arrived, stay.left, stay.off, stay.why
    row.recorded_by, row.recorded_at = by_staff, at
    db.flush()
    audit.record(  # not the outcome itself: who reads the trail need not know who was ill
        db, audit.staff(by_staff), "attendance.recorded", f"booking:{booking.id}", came=came, minutes=entry.claimed
    )  # fmt: skip
    return True


def _decided_on(entry: Entry) -> tuple:
    """What an approval is made on: with other words alone it stands."""
    return entry.outcome, entry.claimed, entry.stay.arrived, entry.stay.left, entry.stay.off
