"""A worker's linked phone: what it texts, and what comes of that."""

from __future__ import annotations

import sqlalchemy as sa

from bot.conversations import staff_phones
from bot.models import AuditEntry, Booking, Conversation
from bot.programme import references
from tests import builders

WORKER = "+447700900700"
OTHER = "+447700900701"


def link(world):
    """A worker whose phone is linked, somebody to book, and an alcohol session on Thursday at 2pm."""
    with world.database.write() as db:
        staff = builders.a_member_of_staff(db, "worker", name="Ann Worker")
        person = builders.a_person(db, name="Jo Bloggs")
        session = builders.a_session(db)
        world.staff, world.person, world.session = staff.id, person.id, session.id
        world.reference = references.of(db, person)
        world.theirs = db.get(Conversation, builders.conversation_id(db, person)).address.address
        world.code = staff_phones.make_code(db, staff.id)
    world.linked = texts(world, world.code)
    return world


def texts(world, text, sender=WORKER, **values):
    return world.says(text, sender=sender, **values)


def booked(world) -> list[Booking]:
    with world.database.read() as db:
        return list(db.execute(sa.select(Booking).order_by(Booking.id)).scalars())


def audit_of(world, *actions):
    with world.database.read() as db:
        rows = db.execute(sa.select(AuditEntry).order_by(AuditEntry.id)).scalars()
        return [(row.action, row.actor, row.details) for row in rows if row.action in actions]


def fill(world):
    with world.database.write() as db:
        session = db.get(builders.ProgrammeSession, world.session)
        session.places = 1
        builders.a_booking(db, session=session)
