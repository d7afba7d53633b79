"""When somebody arrived and left and what is taken off: what may be typed, what comes of it, and what is kept."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from bot import clock
from bot.models import Attendance
from bot.programme import attendance, hours, stays
from tests import builders

#: A session from 10am to 11:30am in summer, when London is an hour ahead of what is stored.
DAY = date(2026, 7, 8)


def at(hour, minute=0, day=DAY):
    return clock.from_london(day, time(hour, minute))


NOW = at(12)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def begun(db):
    """The session, with two people booked."""
    row = builders.a_session(db, starts_at=at(10))
    return row, [builders.a_booking(db, session=row) for _ in range(2)]


def kept(db, booking):
    return db.execute(sa.select(Attendance).where(Attendance.booking_id == booking.id)).scalars().one()


def keep(db, session, found, outcome, staff, **more):
    return attendance.record(db, session.id, [b.id for b in found], outcome, by_staff=staff, at=NOW, **more)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("10:45", at(10, 45)), ("10.45", at(10, 45)), ("1045", at(10, 45)), ("10:45am", at(10, 45)), ("9", at(9)),
        ("10 : 45 AM", at(10, 45)), ("11", at(11)), ("12:30pm", at(12, 30)),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it_and_is_londons(db, begun, typed, moment):
    field = "left" if moment > at(10) else "arrived"
    assert getattr(stays.read(begun[0], {field: typed}), field) == moment


def test_in_an_afternoon_a_quarter_past_two_is_in_the_afternoon(db):
    session = builders.a_session(db, starts_at=at(14))
    assert stays.read(session, {"arrived": "2:15", "left": "3.10"}) == stays.Stay(at(14, 15), at(15, 10))


def test_a_session_over_midnight_and_the_night_the_clocks_change(db):
    night = builders.a_session(db, starts_at=at(23), minutes=120)
    stay = stays.read(night, {"arrived": "23:30", "left": "00:45"})
    assert stay == stays.Stay(at(23, 30), at(0, 45, DAY + timedelta(days=1))) and stays.minutes(night, stay) == 75
    longer = builders.a_session(db, starts_at=at(23, day=date(2026, 10, 24)), minutes=360)  # 25 hours that day
    stay = stays.read(longer, {"left": "3"})
    assert stays.minutes(longer, stay) == 300


@pytest.mark.parametrize(
    ("form", "field", "said"),
    [
        ({"arrived": "soon"}, "arrived", "a time like"),
        ({"arrived": "25:00"}, "arrived", "a time like"),
        ({"left": "10:60"}, "left", "a time like"),
        ({"left": "13:00pm"}, "left", "a time like"),
        ({"arrived": "8:59"}, "arrived", "from 10am to 11:30am"),
        ({"left": "12:31"}, "left", "within an hour"),
        ({"arrived": "11:00", "left": "10:30"}, "left", "arrived at 11am"),
        ({"arrived": "11:00", "left": "11:00"}, "left", "arrived at 11am"),
        ({"arrived": "11:45"}, "left", "ended at 11:30am, before they arrived"),
        ({"left": "9:50"}, "arrived", "left before the session began at 10am"),
        ({"off": "ten", "why": "x"}, "off", "as a number"),
        ({"off": "-5", "why": "x"}, "off", "as a number"),
        ({"off": "10"}, "why", "Say why"),
        ({"why": "late back"}, "off", "how many minutes"),
        ({"off": "91", "why": "x"}, "off", "comes to 90 minutes"),
        ({"arrived": "11:00", "off": "31", "why": "x"}, "off", "comes to 30 minutes"),
    ],
)
def test_what_cannot_be_is_said_of_the_field_that_it_is_about(db, begun, form, field, said):
    with pytest.raises(stays.Wrong) as wrong:
        stays.read(begun[0], form)
    assert list(wrong.value.problems) == [field] and said in wrong.value.problems[field]


@pytest.mark.parametrize(
    ("form", "credit", "comes_to"),
    [
        ({}, None, 90),
        ({"arrived": "10:30"}, None, 60),
        ({"arrived": "10:30", "left": "11:10"}, None, 40),
        ({"arrived": "10:30", "left": "11:10", "off": "15", "why": "x"}, None, 25),
        ({"arrived": "9:15", "left": "12:15"}, None, 90),  # never more than the session counts for
        ({"arrived": "10:10"}, 60, 60),
        ({"arrived": "10:10", "off": "20", "why": "x"}, 60, 40),  # off what would have counted
        ({"off": "90", "why": "x"}, None, 0),
    ],
)
def test_minutes_come_of_the_times_and_of_what_is_taken_off(db, begun, form, credit, comes_to):
    session, _ = begun
    session.credit_minutes = credit
    assert stays.minutes(session, stays.read(session, form)) == comes_to


def test_one_register_keeps_the_times_of_each_and_whoever_has_none_was_there_throughout(db, staff, begun):
    session, (jo, sam) = begun
    typed = {jo.id: {"arrived": "10:30", "left": "", "off": "10", "why": "late back from the break"}}
    assert keep(db, session, [jo, sam], "came", staff, typed=typed) == 2
    row = kept(db, jo)
    assert (row.arrived_at, row.left_at, row.taken_off, row.claimed) == (at(10, 30), None, 10, 50)
    assert row.taken_off_why == "late back from the break"
    assert stays.times(session, row) == (at(10, 30), at(11, 30))
    assert (kept(db, sam).claimed, stays.times(session, kept(db, sam))) == (90, (at(10), at(11, 30)))
    assert stays.times(session, row, all_of_it=False) and not stays.times(session, kept(db, sam), all_of_it=False)
    assert keep(db, session, [jo], "came", staff, typed={jo.id: stays.typed(row)}) == 0, "the same again is nothing new"


def test_minutes_by_hand_have_no_times_and_may_agree_with_them(db, staff, begun):
    session, (jo, sam) = begun
    keep(db, session, [jo], "came_part", staff, minutes=45)
    assert (kept(db, jo).claimed, stays.times(session, kept(db, jo))) == (45, None)
    keep(db, session, [sam], "came_part", staff, minutes=60, typed={sam.id: {"left": "11:00"}})
    assert kept(db, sam).left_at == at(11)


def test_minutes_by_hand_that_say_otherwise_than_the_times_keep_nothing(db, staff, begun):
    session, (jo, sam) = begun
    with pytest.raises(attendance.Untimely, match="comes to 60 minutes, and 45 are typed") as wrong:
        keep(db, session, [jo, sam], "came", staff, minutes=45, typed={sam.id: {"left": "11:00"}})
    assert {i: list(found) for i, found in wrong.value.problems.items()} == {sam.id: ["left"]}
    assert db.query(Attendance).count() == 0


def test_every_mistake_is_told_at_once(db, staff, begun):
    session, (jo, sam) = begun
    typed = {jo.id: {"arrived": "never"}, sam.id: {"left": "23:00", "off": "5"}}
    with pytest.raises(attendance.Untimely) as wrong:
        keep(db, session, [jo, sam], "came", staff, typed=typed)
    assert {i: set(found) for i, found in wrong.value.problems.items()} == {jo.id: {"arrived"}, sam.id: {"left", "why"}}
    assert db.query(Attendance).count() == 0


def test_part_of_it_asks_for_the_times_of_those_who_have_none(db, staff, begun):
    session, (jo, sam) = begun
    with pytest.raises(attendance.Untimely, match="when they arrived or left") as wrong:
        keep(db, session, [jo, sam], "came_part", staff, typed={jo.id: {"left": "11:00"}})
    assert list(wrong.value.problems) == [sam.id]


def test_what_is_typed_for_somebody_who_is_not_ticked_or_was_not_there_is_not_lost(db, staff, begun):
    session, (jo, sam) = begun
    with pytest.raises(attendance.Untimely, match="not ticked") as wrong:
        keep(db, session, [jo], "came", staff, typed={sam.id: {"left": "11:00"}})
    assert list(wrong.value.problems) == [sam.id]
    with pytest.raises(attendance.Untimely, match="was not there"):
        keep(db, session, [sam], "ill", staff, typed={sam.id: {"left": "11:00"}})
    assert db.query(Attendance).count() == 0


def test_an_absence_takes_the_times_away_that_were_kept(db, staff, begun):
    session, (jo, _) = begun
    keep(db, session, [jo], "came", staff, typed={jo.id: {"left": "11:00", "off": "5", "why": "late"}})
    form = stays.typed(kept(db, jo))
    assert form == {"arrived": "", "left": "11:00", "off": "5", "why": "late"}
    assert keep(db, session, [jo], "not_there", staff, typed={jo.id: form}) == 1
    assert stays.of(kept(db, jo)) == stays.Stay()


def test_a_page_that_is_older_than_what_is_kept_accuses_nobody(db, staff, begun):
    session, (jo, sam) = begun
    keep(db, session, [jo], "came", staff, typed={jo.id: {"left": "11:00"}})
    empty = {name: "" for name in stays.FIELDS}
    assert keep(db, session, [sam], "came", staff, typed={jo.id: empty, sam.id: empty}, seen={jo.id: ""}) == 1
    assert kept(db, jo).left_at == at(11)


def test_nothing_left_of_it_has_its_reason_already(db, staff, begun):
    session, (jo, sam) = begun
    keep(db, session, [jo], "came", staff, typed={jo.id: {"off": "90", "why": "slept in the car"}})
    assert kept(db, jo).claimed == 0
    keep(db, session, [sam], "came_no_time", staff, reason="left at once", typed={sam.id: {"left": "10:05"}})
    assert (kept(db, sam).claimed, stays.times(session, kept(db, sam))) == (0, (at(10), at(10, 5)))


def test_other_times_take_an_approval_back_and_other_words_do_not(db, staff, begun):
    session, (jo, _) = begun
    form = {"arrived": "10:30", "off": "10", "why": "late bak"}
    keep(db, session, [jo], "came", staff, typed={jo.id: form})
    row = kept(db, jo)
    hours.approve(db, row.id, 50, by_staff=staff, seen=50)
    keep(db, session, [jo], "came", staff, typed={jo.id: form | {"why": "late back"}})
    assert (row.approved, row.taken_off_why) == (50, "late back")
    keep(db, session, [jo], "came", staff, typed={jo.id: {"arrived": "10:40"}})  # another story, as many minutes
    assert (row.claimed, row.approved) == (50, None)


def test_the_database_itself_refuses_what_cannot_be(any_database):
    with any_database.write() as db:
        worker = builders.a_member_of_staff(db)
        row = Attendance(booking_id=builders.a_booking(db).id, outcome="came", claimed=1, recorded_by=worker.id)
        db.add(row)
        db.flush()
        assert row.taken_off == 0
    for wrong in ({"taken_off": -1}, {"arrived_at": NOW, "left_at": NOW}):
        with pytest.raises(sa.exc.IntegrityError), any_database.write() as db:
            db.execute(sa.update(Attendance).values(**wrong))


def test_times_of_day_are_stored_as_moments(any_database):
    with any_database.write() as db:
        session = builders.a_session(db, starts_at=at(10))
        booking = builders.a_booking(db, session=session)
        worker = builders.a_member_of_staff(db)
        keep(db, session, [booking], "came", worker.id, typed={booking.id: {"arrived": "10:15"}})
    with any_database.read() as db:
        (row,) = db.query(Attendance)
        assert row.arrived_at == datetime(2026, 7, 8, 9, 15, tzinfo=clock.UTC)
