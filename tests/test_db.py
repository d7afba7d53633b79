"""Transactions: a writer has the lock before it reads, what is acknowledged is on disk, an error undoes everything."""

from __future__ import annotations

import contextlib
import threading
from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from bot.clock import UTC
from bot.db import Database, lock
from bot.models import Address, Fact, Person
from tests import builders


def a_fact(db, value="1", key="count"):
    db.add(Fact(key=key, value=value))


def value_of(database, key="count"):
    with database.read() as db:
        fact = db.get(Fact, key)
        return fact and fact.value


def add_one(database, barrier=None):
    """Read, then write: wrong unless the lock is taken before the read."""
    with database.write() as db:
        fact = db.get(Fact, "count")
        if barrier is not None:
            barrier.wait(5)
        fact.value = str(int(fact.value) + 1)


def test_two_writers_one_after_the_other(database):
    with database.write() as db:
        a_fact(db, "0")
    threads = [threading.Thread(target=add_one, args=(database,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert value_of(database) == "8"


def test_without_the_lock_the_two_would_have_collided(database):
    """The race that BEGIN IMMEDIATE prevents: with a plain BEGIN both read the old value, and one cannot write."""
    with database.write() as db:
        a_fact(db, "0")
    database._writers = database.engine  # plain BEGIN for writers too
    database._queue = contextlib.nullcontext  # and no turns, as if they were two processes
    barrier, errors = threading.Barrier(2), []

    def attempt():
        try:
            add_one(database, barrier)
        except OperationalError as error:
            errors.append(error)

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(errors) == 1 and value_of(database) == "1"


def test_a_writer_has_the_lock_before_it_does_anything(database):
    impatient = Database(str(database.url), busy_timeout=50)
    with database.write(), pytest.raises(OperationalError, match="locked"), impatient.write():
        pytest.fail("two writers at once")
    with impatient.write() as db:
        a_fact(db)
    impatient.close()


def test_a_reader_does_not_wait_for_a_writer(database):
    with database.write() as db:
        a_fact(db, "old")
    with database.write() as db:
        db.get(Fact, "count").value = "new"
        db.flush()
        assert value_of(database) == "old"
    assert value_of(database) == "new"


def test_every_connection_keeps_what_it_acknowledged(database):
    """journal_mode belongs to the file, synchronous and foreign_keys to each connection: all of the pool have them."""
    connections = [database.engine.connect() for _ in range(4)]
    for connection in connections:
        pragmas = {
            p: connection.exec_driver_sql(f"PRAGMA {p}").scalar()
            for p in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        connection.close()


def test_leaving_with_an_error_undoes_everything(database):
    with pytest.raises(RuntimeError, match="breaks"), database.write() as db:
        a_fact(db)
        db.flush()
        raise RuntimeError("breaks")
    assert value_of(database) is None


def test_what_is_changed_while_reading_is_thrown_away(database):
    with database.read() as db:
        a_fact(db)
        db.flush()
    assert value_of(database) is None


def test_rows_may_be_used_after_the_transaction(any_database):
    with any_database.write() as db:
        person = builders.a_person(db)
    assert person.id and person.pseudonym


def test_foreign_keys_hold(any_database):
    with pytest.raises(IntegrityError), any_database.write() as db:
        a_fact(db)
        db.flush()
        db.execute(sa.update(Fact).values(set_by=12345))


def test_lock_reads_the_row_anew(any_database):
    with any_database.write() as db:
        person = builders.a_person(db)
    with any_database.write() as db:
        assert lock(db, Person, person.id).id == person.id
        assert lock(db, Person, 12345) is None


def test_moments_are_aware_and_in_utc(any_database):
    summer = timezone(timedelta(hours=1))
    with any_database.write() as db:
        person = builders.a_person(db, created_at=datetime(2026, 7, 1, 12, tzinfo=summer))
    with any_database.read() as db:
        found = db.get(Person, person.id).created_at
        assert found == datetime(2026, 7, 1, 11, tzinfo=UTC) and found.utcoffset() == timedelta(0)


def test_a_naive_moment_is_refused(database):
    with pytest.raises(StatementError, match="naive"), database.write() as db:
        builders.a_person(db, created_at=datetime(2026, 7, 1, 12))


def test_what_is_personal_is_unreadable_in_the_file(any_database):
    with any_database.write() as db:
        conversation = builders.a_conversation(db)
        number = conversation.address.address
    with any_database.read() as db:
        raw = db.execute(sa.text("SELECT address FROM addresses")).scalar_one()
        assert number not in raw and number.removeprefix("+44") not in raw
        assert db.execute(sa.select(Address)).scalars().one().address == number


def test_the_folder_is_made_for_its_owner_alone(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new' / 'a.db'}")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert not (tmp_path / "new" / "a.db").exists()  # nothing is opened before it is needed
    database.close()
