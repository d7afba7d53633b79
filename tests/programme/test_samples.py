"""Samples for staff: something to mark in the demo, said to be a sample, made once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.models import Booking, Order, Person, ProgrammeSession
from bot.programme import attendance, hours, people, samples, seeds
from tests import builders
from tests.builders import NOW


@pytest.fixture
def db(database):
    with database.write() as db:
        seeds.seed(db, demo=True, today=NOW.date())
        yield db


def test_there_is_a_register_to_mark_and_everything_on_it_says_sample(db):
    assert samples.begun(db, NOW) == 2
    bookings = db.execute(sa.select(Booking)).scalars().all()
    assert len(bookings) == 10
    for booking in bookings:
        assert booking.session.sample and booking.session.place.startswith("Sample ")
        assert booking.person.name.endswith(" Sample") and booking.conversation_id is None
    (now_on, before) = sorted({b.session for b in bookings}, key=lambda s: s.starts_at, reverse=True)
    assert now_on.starts_at < NOW < now_on.ends_at and before.ends_at < NOW
    worker = builders.a_member_of_staff(db, "worker")
    lines = attendance.register(db, [now_on.id])[now_on.id]
    ids = [line.booking.id for line in lines]
    assert attendance.record(db, now_on.id, ids, "came", by_staff=worker.id, at=NOW) == 5
    assert len(hours.claims(db)) == 5
    assert people.labels(db, [lines[0].booking.person])[lines[0].booking.person_id].startswith("Alex Sample")


def test_it_is_harmless_to_repeat_and_the_people_are_made_once(db):
    samples.begun(db, NOW)
    assert samples.begun(db, NOW + timedelta(days=1)) == 0
    assert samples.begun(db, NOW + timedelta(days=14)) == 2
    assert db.execute(sa.select(sa.func.count(Person.id))).scalar() == 5
    assert db.execute(sa.select(sa.func.count(Order.id))).scalar() == 3
    begun = sa.select(sa.func.count(ProgrammeSession.id)).join(Booking).where(Booking.status == "booked")
    assert db.execute(begun).scalar() == 20
