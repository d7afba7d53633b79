"""What staff know of a person: how it is safe to reach them, their squad, what they are booked on and came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from bot import audit, crypto, phone
from bot.models import Attendance, Booking, Person, ProgrammeSession, Squad
from bot.programme import people

#: How somebody wants to be reached of our accord. Anything but "text" stops texts that we begin; answers go out.
CONTACT = {"text": "By text", "call": "By phone: no texts of our own accord", "person": "In person only"}
NOTE = 300


@dataclass(frozen=True)
class Past:
    """A booking of a person with what the register says."""

    booking: Booking
    session: ProgrammeSession
    attendance: Attendance | None


def set_contact(db: Session, person_id: int, *, by: str, note: str | None, number: str | None, by_staff: int) -> None:
    """How it is safe to reach somebody: the way, what to mind, and another number to ring.

    ValueError with a sentence for a way or number that is none; LookupError when there is no such person.
    """
    person = people.there(db, person_id)
    if by not in CONTACT:
        raise ValueError("Choose how they want to be reached.")
    number = (number or "").strip()
    if number:
        try:
            number = phone.normalise(number)
        except phone.NotANumber:
            raise ValueError("Enter a phone number with its area code, like 0141 496 0000.") from None
    person.contact_by, person.contact_note = by, (note or "").strip()[:NOTE] or None
    set_number(person, number or None)
    db.flush()
    audit.record(db, audit.staff(by_staff), "person.contact_set", audit.person(person_id), by=by)


def set_number(person: Person, number: str | None) -> None:
    """The number to ring them on, with the hash that finds it. None takes it away."""
    person.call_number = number
    person.call_hash = crypto.keyring().hash(f"call:{number}") if number else None


def set_squad(db: Session, person_id: int, squad_id: int | None, *, by_staff: int) -> None:
    """The squad that somebody works in; None for none. LookupError when there is no such person or squad."""
    person = people.there(db, person_id)
    if squad_id is not None and db.get(Squad, squad_id) is None:
        raise LookupError("no such squad")
    if person.squad_id != squad_id:
        person.squad_id = squad_id
        db.flush()
        audit.record(db, audit.staff(by_staff), "person.squad_set", audit.person(person_id), squad=squad_id)


def past(db: Session, person_id: int, before: datetime, limit: int = 50) -> list[Past]:
    """What somebody was booked on that began before a moment, or gave back, the latest first."""
    query = (
        sa.select(Booking, Attendance)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .join(Attendance, Attendance.booking_id == Booking.id, isouter=True)
        .where(
            Booking.person_id == person_id,
            sa.or_(ProgrammeSession.starts_at <= before, Booking.status == "cancelled"),
        )
        .options(joinedload(Booking.session))
        .order_by(ProgrammeSession.starts_at.desc(), Booking.id.desc())
        .limit(limit)
    )
    return [Past(booking, booking.session, attendance) for booking, attendance in db.execute(query)]
