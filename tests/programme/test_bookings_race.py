"""The last place is booked once: the race is shown first, then that it cannot happen."""

from __future__ import annotations

import collections
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.models import HOLDS_A_PLACE, Booking, Person
from bot.programme import booking_rules, bookings
from bot.programme.refusals import Refused
from tests import builders
from tests.builders import NOW

PEOPLE = 40


@pytest.fixture
def last_place(any_database):
    """A session with one place, and the people who want it: (session id, [person id])."""
    with any_database.write() as db:
        session = builders.a_session(db, places=1)
        return session.id, [builders.a_person(db).id for _ in range(PEOPLE)]


def held(database, session_id):
    with database.read() as db:
        query = sa.select(sa.func.count()).where(Booking.session_id == session_id, Booking.status.in_(HOLDS_A_PLACE))
        return db.execute(query).scalar_one()


def test_without_the_lock_two_people_get_the_last_place(any_database, last_place, monkeypatch):
    """A plain BEGIN and no row lock: both check, both find the place free, both write."""
    session_id, people = last_place
    for module in (booking_rules, bookings):
        monkeypatch.setattr(module, "lock", lambda db, model, key: db.get(model, key))
    engine = sa.create_engine(any_database.url, future=True)  # the driver's own transactions, none of our events
    both_have_checked = threading.Barrier(2, timeout=20)

    def wants_it(person_id):
        with Session(engine, future=True) as db:
            sa.event.listen(db, "before_flush", lambda *_: both_have_checked.wait(), once=True)
            bookings.book(db, db.get(Person, person_id), session_id, conversation_id=None, asked_by=person_id, at=NOW)
            db.commit()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(wants_it, people[:2]))
    engine.dispose()
    assert held(any_database, session_id) == 2


def test_a_plain_begin_on_sqlite_fails_in_the_middle_instead_of_refusing(database):
    """BEGIN without IMMEDIATE: whoever writes second is thrown out by the database, with no code to say why."""
    with database.write() as db:
        session_id = builders.a_session(db, places=1).id
        people = [builders.a_person(db).id for _ in range(2)]
    both_have_checked = threading.Barrier(2, timeout=20)

    def wants_it(person_id):
        with Session(database.engine, future=True) as db, db.begin():
            sa.event.listen(db, "before_flush", lambda *_: both_have_checked.wait(), once=True)
            bookings.book(db, db.get(Person, person_id), session_id, conversation_id=None, asked_by=person_id, at=NOW)

    with ThreadPoolExecutor(2) as pool:
        failures = [f.exception() for f in [pool.submit(wants_it, p) for p in people]]
    assert sorted(type(f).__name__ for f in failures) == ["NoneType", "OperationalError"]


def test_forty_people_and_one_place(any_database, last_place):
    session_id, people = last_place
    start_together = threading.Barrier(PEOPLE, timeout=60)

    def wants_it(person_id):
        start_together.wait()
        try:
            with any_database.write() as db:
                person = db.get(Person, person_id)
                bookings.book(db, person, session_id, conversation_id=None, asked_by=person_id, at=NOW)
            return "booked"
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(PEOPLE) as pool:
        outcomes = collections.Counter(pool.map(wants_it, people))
    assert outcomes == {"booked": 1, "full": PEOPLE - 1}
    assert held(any_database, session_id) == 1


def test_one_message_asked_many_times_at_once_books_once(any_database, last_place):
    """A turn that timed out runs on beside its retry."""
    session_id, (person_id, *_) = last_place
    start_together = threading.Barrier(8, timeout=60)

    def asks(_):
        start_together.wait()
        with any_database.write() as db:
            person = db.get(Person, person_id)
            return bookings.book(db, person, session_id, conversation_id=None, asked_by=77, at=NOW).id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(asks, range(8)))) == 1


def test_two_people_who_swap_sessions_do_not_block_each_other(any_database):
    with any_database.write() as db:
        sessions = [builders.a_session(db, days=d, places=2) for d in (3, 4)]
        mine = [builders.a_booking(db, session=s) for s in sessions]
        swaps = [(mine[0].person_id, mine[0].id, sessions[1].id), (mine[1].person_id, mine[1].id, sessions[0].id)]
    start_together = threading.Barrier(2, timeout=60)

    def swap(ids):
        person_id, booking_id, session_id = ids
        start_together.wait()
        with any_database.write() as db:
            person = db.get(Person, person_id)
            return bookings.change(db, person, booking_id, session_id, asked_by=person_id, at=NOW).status

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(swap, swaps)) == ["booked", "booked"]
