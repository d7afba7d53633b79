"""A database with people in it survives the migrations; an empty one is no proof."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command

from bot import migrations
from bot.db import Database
from bot.models import AnswerShown, Attendance
from bot.programme import answers
from tests import builders

#: As the first schema had them: a person, where they text from, what they said, who of the staff read it.
ROWS = [
    "INSERT INTO staff (email, name, password, role, active, fs_uniquifier, failed_sign_ins, created_at)"
    " VALUES ('a@example.org', 'Ann', 'x', 'worker', 1, 'u', 0, '2026-01-01')",
    "INSERT INTO people (pseudonym, created_at) VALUES ('p', '2026-01-01')",
    "INSERT INTO addresses (channel, address_hash, address, created_at) VALUES ('sms', 'h', 'x', '2026-01-01')",
    "INSERT INTO conversations (id, address_id, person_id, profile, began_at) VALUES ('c', 1, 1, 'main', '2026-01-01')",
    "INSERT INTO messages (conversation_id, direction, author, channel, kind, body, status, purpose, lane, created_at,"
    " attempts) VALUES ('c', 'in', 'person', 'sms', 'text', 'x', 'answered', 'reply', 1, '2026-01-01', 0)",
    "INSERT INTO handoffs (conversation_id, reason, reasons, priority, opened_at, seen_by)"
    " VALUES ('c', 'asked', '[]', 1, '2026-01-01', 1)",
]


@pytest.fixture
def old(tmp_path):
    """A database of the first schema with a row in each of its central tables."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    migrations.upgrade(database, "0001")
    with database.engine.begin() as connection:
        for row in ROWS:
            connection.exec_driver_sql(row)
    yield database
    database.close()


def test_what_was_stored_under_the_first_schema_is_there_under_the_newest(old):
    migrations.upgrade(old)
    with old.engine.connect() as connection:
        for table in ("staff", "people", "addresses", "conversations", "messages", "handoffs"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 1, table
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1, "references are kept again"


def test_a_row_that_points_at_nothing_is_told_and_not_passed_over(old):
    with old.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DELETE FROM people")
        connection.exec_driver_sql("COMMIT")
        connection.connection.cursor().execute("PRAGMA foreign_keys=ON")
    with pytest.raises(RuntimeError, match="conversations points at nothing in people"):
        migrations.upgrade(old)


def test_the_squad_of_a_session_comes_and_goes_and_the_session_stays(any_database):
    """On SQLite the table is made anew, on PostgreSQL it is altered: bookings that point at it stay either way."""
    database = any_database
    with database.write() as db:
        session = builders.a_session(db, squad_id=builders.a_squad(db).id)
        builders.a_booking(db, session=session)
    command.downgrade(migrations.config(database), "0028")
    with database.engine.connect() as connection:
        assert "squad_id" not in connection.exec_driver_sql("SELECT * FROM sessions").keys()
        assert connection.exec_driver_sql("SELECT count(*) FROM bookings").scalar() == 1
    migrations.upgrade(database)
    with database.read() as db:
        row = db.query(builders.ProgrammeSession).one()
        assert (row.title, row.squad_id) == ("Drink and you", None)
    with pytest.raises(sa.exc.IntegrityError), database.write() as db:
        db.execute(sa.update(builders.ProgrammeSession).values(places=-1))
    with pytest.raises(sa.exc.IntegrityError), database.write() as db:
        db.execute(sa.update(builders.ProgrammeSession).values(squad_id=999))


def test_the_times_of_a_register_come_and_go_and_what_it_claims_stays(any_database):
    database = any_database
    with database.write() as db:
        booking, worker = builders.a_booking(db), builders.a_member_of_staff(db)
        db.add(Attendance(booking_id=booking.id, outcome="came", claimed=90, recorded_by=worker.id))
    command.downgrade(migrations.config(database), "0029")
    with database.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT * FROM attendances").keys()
        assert not {"arrived_at", "left_at", "taken_off", "taken_off_why"} & set(names)
    migrations.upgrade(database)
    with database.read() as db:
        row = db.query(Attendance).one()
        assert (row.claimed, row.arrived_at, row.left_at, row.taken_off, row.taken_off_why) == (90, None, None, 0, None)
    for wrong in ({"claimed": -1}, {"taken_off": -1}):
        with pytest.raises(sa.exc.IntegrityError), database.write() as db:
            db.execute(sa.update(Attendance).values(**wrong))


def test_of_two_answers_to_one_message_an_older_release_keeps_the_first(any_database):
    database = any_database
    with database.write() as db:
        conversation = builders.a_conversation(db)
        for key in ("what_is_a_unit", "hangover"):
            revision = builders.an_answer_revision(db, key=key)
            answers.show(db, conversation.id, revision, part="text", asked_by=7)
    command.downgrade(migrations.config(database), "0031")
    migrations.upgrade(database)
    with database.read() as db:
        assert [row.revision.answer.key for row in db.query(AnswerShown)] == ["what_is_a_unit"]
