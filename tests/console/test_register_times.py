"""The times of a register as staff type them: beside a name, folded until they are needed, never lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot import clock
from bot.models import Attendance, Booking
from bot.programme import attendance
from tests import builders

#: An hour into a session that begins at 10am on a winter's day.
NOW = datetime(2026, 12, 2, 11, tzinfo=clock.UTC)


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def there(now, signed_in, database):
    """A worker's browser with a register open; `jo` and `sam` are the bookings, `path` the page."""
    with database.write() as db:
        row = builders.a_session(db, starts_at=NOW - timedelta(hours=1), title="Drink and you")
        people = [builders.a_person(db, name=name) for name in ("Jo Bloggs", "Sam Hill")]
        jo, sam = (builders.a_booking(db, person, row).id for person in people)
    there = signed_in("worker", "Ann First")
    there.path, there.jo, there.sam = f"/sessions/{row.id}/register", jo, sam
    there.get(there.path)
    return there


def fields(there, **changes):
    """What the form of the page sends, with some of it typed anew; `booking` and `outcome` are to be given."""
    form = {
        node.attributes["name"]: node.attributes.get("value", "")
        for node in there.page.one("main").all("input")
        if node.attributes.get("type") not in ("checkbox", "search") and node.attributes.get("name") != "who"
    }
    del form["csrf_token"]
    return form | changes


def line(there, number: int) -> str:
    """The row of the register that is about a booking."""
    (row,) = [r for r in there.page.one("tbody").all("tr") if r.all("input", id=f"b{number}")]
    return row.text


def kept(database):
    with database.read() as db:
        rows = db.query(Attendance).order_by(Attendance.booking_id)
        return [(r.booking.person.name, r.outcome, r.claimed, r.taken_off) for r in rows]


def value(there, name: str) -> str:
    return there.page.one("input", id=name).attributes["value"]


def test_the_times_are_folded_and_each_field_says_whose_it_is(there):
    folds = there.page.all("details", class_="stay")
    assert len(folds) == 2 and not any("open" in fold.attributes for fold in folds)
    labels = {node.attributes["for"]: node.text for node in there.page.all("label")}
    assert labels[f"arrived-{there.jo}"].startswith("Arrived, if not 10am (Jo Bloggs")
    assert labels[f"left-{there.sam}"].startswith("Left, if not 11:30am (Sam Hill")


def test_one_register_keeps_who_came_late_with_everybody_else(there, database):
    typed = {f"arrived-{there.jo}": "10:30", f"off-{there.jo}": "10", f"why-{there.jo}": "late back from the break"}
    there.post(there.path, fields(there, booking=[there.jo, there.sam], outcome="came", **typed))
    assert kept(database) == [("Jo Bloggs", "came", 50, 10), ("Sam Hill", "came", 90, 0)]
    there.get(there.path)
    said = line(there, there.jo)
    assert "10:30am to 11:30am" in said and "10 minutes taken off: late back from the break" in said
    assert "50 minutes" in said and "10am to 11:30am" in line(there, there.sam)
    assert value(there, f"arrived-{there.jo}") == "10:30"
    there.post(there.path, fields(there, booking=[there.jo], outcome="came", **{f"left-{there.jo}": "11"}))
    assert kept(database)[0] == ("Jo Bloggs", "came", 20, 10), "what was kept before stays where nothing else is typed"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"arrived": "10:40", "left": "10:20"}, "left", "They arrived at 10:40am"),
        ({"arrived": "7:00"}, "arrived", "within an hour of that"),
        ({"left": "abc"}, "left", "a time like 10:45"),
        ({"arrived": "10:40", "off": "60", "why": "asleep"}, "off", "comes to 50 minutes"),
        ({"off": "10"}, "why", "Say why"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(there, database, typed, field, said):
    form = fields(there, booking=[there.jo, there.sam], outcome="came", reason="a note of mine", minutes="")
    there.post(there.path, form | {f"{name}-{there.jo}": text for name, text in typed.items()}, status=422)
    name = f"{field}-{there.jo}"
    assert said in there.page.one("p", id=f"{name}-problem").text
    link = there.page.one("div", role="alert").one("a")
    assert link.attributes["href"] == f"#{name}" and link.text.startswith("Jo Bloggs")
    node = there.page.one("input", id=name)
    assert (node.attributes["aria-invalid"], node.attributes["aria-describedby"]) == ("true", f"{name}-problem")
    assert {n: value(there, f"{n}-{there.jo}") for n in typed} == typed
    assert value(there, "reason") == "a note of mine"
    assert ["open" in fold.attributes for fold in there.page.all("details", class_="stay")] == [True, False]
    assert len([n for n in there.page.all("input", name="booking") if "checked" in n.attributes]) == 2
    assert kept(database) == []


def test_part_of_it_leads_to_the_times(there, database):
    there.post(there.path, fields(there, booking=[there.jo], outcome="came_part"), status=422)
    assert "when they arrived or left" in there.page.one("p", id=f"arrived-{there.jo}-problem").text
    typed = {f"left-{there.jo}": "10:50"}
    there.post(there.path, fields(there, booking=[there.jo], outcome="came_part", **typed))
    assert kept(database) == [("Jo Bloggs", "came_part", 50, 0)]


def test_minutes_and_times_that_disagree_are_both_shown_again(there, database):
    typed = {f"left-{there.jo}": "11:00", "minutes": "45"}
    there.post(there.path, fields(there, booking=[there.jo, there.sam], outcome="came", **typed), status=422)
    assert "comes to 60 minutes, and 45 are typed below" in there.page.one("div", role="alert").text
    assert (value(there, f"left-{there.jo}"), value(there, "minutes")) == ("11:00", "45")


def test_a_mistake_elsewhere_leaves_what_was_typed_in_sight(there, database):
    typed = {f"left-{there.jo}": "11:00"}
    there.post(there.path, fields(there, booking=[there.jo, there.sam], outcome="", **typed), status=422)
    assert "Choose an outcome" in there.page.one("div", role="alert").text
    assert ["open" in fold.attributes for fold in there.page.all("details", class_="stay")] == [True, False]
    assert value(there, f"left-{there.jo}") == "11:00"
    assert kept(database) == []


def test_what_stands_beside_a_name_that_is_not_ticked_is_asked_about(there, database):
    typed = {f"left-{there.sam}": "11:00"}
    there.post(there.path, fields(there, booking=[there.jo], outcome="came", **typed), status=422)
    assert "not ticked" in there.page.one("p", id=f"left-{there.sam}-problem").text
    assert value(there, f"left-{there.sam}") == "11:00" and kept(database) == []


def test_before_it_begins_there_are_no_times(now, signed_in, database):
    with database.write() as db:
        row = builders.a_session(db, at=NOW, days=2)
        builders.a_booking(db, session=row)
    assert not signed_in("worker").get(f"/sessions/{row.id}/register").all("details", class_="stay")


def test_the_times_typed_come_through_the_question_about_a_conflict(there, signed_in, database):
    second = signed_in("coordinator", "Bea Second")
    second.post(there.path, {"booking": [there.jo], "outcome": "came", f"left-{there.jo}": "11:15"})
    typed = {f"left-{there.jo}": "10:45", f"arrived-{there.sam}": "10:30"}
    there.post(there.path, fields(there, booking=[there.jo, there.sam], outcome="came", **typed), status=409)
    said = there.page.one("fieldset").text
    assert "There from 10am to 11:15am" in said and "You wrote: left 10:45." in said
    there.post(there.path, fields(there, booking=[there.sam]))
    assert kept(database) == [("Jo Bloggs", "came", 75, 0), ("Sam Hill", "came", 60, 0)]


def test_the_times_changed_in_the_question_replace_the_others(there, signed_in, database):
    second = signed_in("coordinator", "Bea Second")
    second.post(there.path, {"booking": [there.jo], "outcome": "came", f"left-{there.jo}": "11:15"})
    typed = {f"left-{there.jo}": "10:45"}
    there.post(there.path, fields(there, booking=[there.jo], outcome="came", **typed), status=409)
    there.post(there.path, fields(there, booking=[there.jo]))
    assert kept(database) == [("Jo Bloggs", "came", 45, 0)]


@pytest.fixture
def told(there, database):
    """Jo came late and had time taken off."""
    with database.write() as db:
        booking = db.get(Booking, there.jo)
        attendance.record(
            db, booking.session_id, [there.jo], "came", by_staff=there.staff.id,
            typed={there.jo: {"arrived": "10:20", "off": "5", "why": "phone calls"}},
        )  # fmt: skip
        return booking.person_id


def test_whoever_approves_and_whoever_opens_the_person_reads_the_times(told, there, signed_in):
    for page in (signed_in("coordinator").get("/hours"), there.get(f"/people/{told}")):
        assert "10:20am to 11:30am" in page.text and "5 minutes taken off: phone calls" in page.text


def test_a_supervisor_reads_nothing_of_them(told, signed_in, database):
    boss = signed_in("supervisor", "Sue Yard")
    with database.write() as db:
        squad = builders.a_squad(db, boss.staff.id)
        db.get(attendance.Person, told).squad_id = squad.id
    page = boss.get("/squad")
    assert "Jo Bloggs" in page.text
    assert "10:20" not in page.text and "taken off" not in page.text and "phone calls" not in page.text


def test_the_sheet_has_room_for_the_times(there):
    page = there.get("/registers/day?day=2026-12-02")
    heads = [node.text for node in page.one("thead").all("th")]
    assert heads == ["Who", "Came", "Arrived", "Left", "Taken off", "Away, told us", "Note"]
    assert {len(row.all("td")) for row in page.one("tbody").all("tr")} == {len(heads)}
