"""What the demo has to show to staff: invented people, booked on sample sessions that have begun."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, yamlfile
from bot.models import Booking, Order, Person, ProgrammeSession
from bot.programme import sessions
from bot.wording import DATA

#: A demo that has had a register to mark in this time gets no other.
LATELY = timedelta(days=7)


def begun(db: Session, at: datetime) -> int:
    """Sample sessions that have begun, with sample people on them, unless there are some; how many were made.

    The people are made once and booked again: a demo that is started every week does not fill with them.
    """
    query = (
        sa.select(Booking.id)
        .join(ProgrammeSession)
        .where(ProgrammeSession.sample, ProgrammeSession.starts_at.between(at - LATELY, at))
    )
    if db.execute(query.limit(1)).first() is not None:
        return 0
    tree = yamlfile.read(DATA / "sample_people.yml")
    people = _people(db, tree["people"], at)
    hour = at.replace(minute=0, second=0, microsecond=0)
    for row in tree["sessions"]:
        row = dict(row)
        starts_at = hour - timedelta(hours=row.pop("hours_ago"))
        ends_at = starts_at + timedelta(minutes=row.pop("minutes"))
        made = sessions.create(db, starts_at=starts_at, ends_at=ends_at, by_staff=None, sample=True, **row)
        db.add_all(Booking(session_id=made.id, person_id=person.id, status="booked") for person in people)
    db.flush()
    return len(tree["sessions"])


def _people(db: Session, rows: list[dict], at: datetime) -> list[Person]:
    there = {person.name: person for person in db.execute(sa.select(Person).where(Person.name.is_not(None))).scalars()}
    found = []
    for row in rows:
        person = there.get(row["name"])
        if person is None:
            person = Person(pseudonym=secrets.token_hex(16), name=row["name"])
            db.add(person)
            db.flush()
            audit.record(db, audit.SYSTEM, "person.added", f"person:{person.id}", how="sample")
            if "hours" in row:
                db.add(Order(pseudonym=person.pseudonym, minutes=row["hours"] * 60, imposed_at=at - timedelta(days=60)))
        found.append(person)
    return found
