"""A mark counts once however often it is sent, and overwrites nothing that somebody else said meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.models import Attendance, Mark
from bot.programme import attendance, marks, squads
from tests import builders
from tests.builders import NOW

ONE, TWO = "0123456789abcdef", "fedcba9876543210"
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def squad(database):
    """Somebody of a supervisor's squad, at a session that has begun."""
    with database.write() as db:
        boss, worker = builders.a_member_of_staff(db, "supervisor"), builders.a_member_of_staff(db, "worker")
        there = builders.a_squad(db, boss.id)
        person = builders.a_person(db, name="Jo Bloggs", squad_id=there.id)
        session = builders.a_session(db, starts_at=NOW - timedelta(hours=1))
        booking = builders.a_booking(db, person, session)
        return {"boss": boss.id, "worker": worker.id, "booking": booking.id, "session": session.id, "person": person.id}


def mark(db, ids, outcome="came", token=ONE, seen="", at=NOW, by="boss"):
    return marks.mark(db, ids[by], ids["booking"], outcome, token=token, seen_=seen, at=at)


def record(db, ids, outcome, at=NOW, by="worker"):
    attendance.record(db, ids["session"], [ids["booking"]], outcome, by_staff=ids[by], at=at)


def said(db) -> str:
    return db.query(Attendance).one().outcome


def test_a_mark_is_kept_as_the_register_keeps_it(database, squad):
    with database.write() as db:
        done = mark(db, squad)
        row = db.query(Attendance).one()
        assert (done.result, done.came, row.outcome, row.claimed) == ("kept", True, "came", 90)
        assert row.recorded_by == squad["boss"] and row.approved is None


def test_the_same_mark_again_changes_nothing(database, squad):
    with database.write() as db:
        assert mark(db, squad).result == "kept"
        record(db, squad, "ill", LATER)
        assert mark(db, squad, at=LATER).result == "kept"  # what became of it then
        assert said(db) == "ill" and db.query(Mark).count() == 1


def test_what_somebody_else_said_meanwhile_stands_until_it_is_seen(database, squad):
    with database.write() as db:
        record(db, squad, "not_there")
        done = mark(db, squad, at=LATER)
        assert (done.result, done.came, said(db)) == ("conflict", False, "not_there")
        assert mark(db, squad, token=TWO, seen=done.seen, at=LATER).result == "kept"
        assert said(db) == "came"


def test_a_change_since_the_conflict_was_shown_is_one_again(database, squad):
    with database.write() as db:
        record(db, squad, "not_there")
        done = mark(db, squad, at=LATER)
        record(db, squad, "care", LATER)
        assert mark(db, squad, token=TWO, seen=done.seen, at=LATER).result == "conflict"


def test_ones_own_mark_may_be_changed_without_a_look(database, squad):
    with database.write() as db:
        mark(db, squad)
        assert mark(db, squad, "not_there", token=TWO, at=LATER).result == "kept"
        assert said(db) == "not_there"


@pytest.mark.parametrize("outcome", ["ill", "work", "agreed"])
def test_a_reason_that_is_known_is_not_lost_by_less(database, squad, outcome):
    with database.write() as db:
        record(db, squad, outcome)
        assert mark(db, squad, "not_there").result == "same"
        assert said(db) == outcome


def test_what_is_approved_stays(database, squad):
    with database.write() as db:
        record(db, squad, "came")
        db.query(Attendance).one().approved = 90
        done = mark(db, squad, "not_there", seen=squads.seen(db.query(Attendance).one()))
        assert done.result == "decided" and said(db) == "came"


def test_only_ones_own_squad(database, squad):
    with database.write() as db:
        squad["other"] = builders.a_member_of_staff(db, "supervisor").id
        builders.a_squad(db, squad["other"])
        assert mark(db, squad, by="other").result == "refused"
        assert mark(db, squad, by="worker").result == "refused"
        assert db.query(Attendance).count() == 0 and db.query(Mark).count() == 0


@pytest.mark.parametrize("at", [NOW - timedelta(hours=2), NOW + timedelta(days=15)])
def test_neither_before_nor_long_after(database, squad, at):
    with database.write() as db:
        assert mark(db, squad, at=at).result == "refused"


@pytest.mark.parametrize("outcome,token", [("ill", ONE), ("", ONE), ("came", ""), ("came", "x" * 20)])
def test_nothing_but_the_two_and_a_token(database, squad, outcome, token):
    with database.write() as db:
        assert mark(db, squad, outcome, token=token).result == "refused"
        assert db.query(Attendance).count() == 0


def test_a_session_that_counts_for_no_time_can_be_marked(database, squad):
    with database.write() as db:
        db.get(builders.ProgrammeSession, squad["session"]).credit_minutes = 0
        assert mark(db, squad).result == "kept"
