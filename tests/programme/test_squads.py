"""Squads: what a supervisor may know, and how staff reach a person."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest

from bot.models import Attendance
from bot.programme import notices, people, profiles, squads
from tests import builders
from tests.builders import NOW


@pytest.fixture
def boss(db):
    return builders.a_member_of_staff(db, role="supervisor").id


def around(db, *squad_ids):
    return squads.away(db, squad_ids, NOW - timedelta(days=14), NOW + timedelta(days=14))


def test_a_supervisor_learns_when_and_nothing_of_what_or_where(db, boss):
    squad = builders.a_squad(db, boss)
    jo = builders.a_person(db, name="Jo", squad_id=squad.id)
    session = builders.a_session(db)
    builders.a_booking(db, jo, session)
    builders.a_booking(db, builders.a_person(db, name="Elsewhere"), session)
    (row,) = around(db, *[s.id for s in squads.of(db, boss)])
    assert (row.name, row.starts_at, row.ends_at, row.came) == ("Jo", session.starts_at, session.ends_at, None)
    assert {f.name for f in fields(squads.Away)} == {
        "person_id", "name", "squad_id", "starts_at", "ends_at", "came", "approved", "booking_id", "seen",
    }  # fmt: skip


def test_who_waits_gave_the_place_back_or_is_of_a_session_that_is_off_is_not_away(db, boss):
    squad = builders.a_squad(db, boss)
    for status, values in (("waiting", {}), ("offered", {}), ("cancelled", {}), ("booked", {"status": "cancelled"})):
        person = builders.a_person(db, squad_id=squad.id)
        builders.a_booking(db, person, builders.a_session(db, **values), status=status)
    builders.a_booking(db, builders.a_person(db, squad_id=squad.id, erased_at=NOW))
    assert around(db, squad.id) == []


@pytest.mark.parametrize("outcome", ["ill", "appointment", "not_there"])
def test_why_somebody_was_not_there_is_not_told(db, boss, outcome):
    squad = builders.a_squad(db, boss)
    person = builders.a_person(db, squad_id=squad.id)
    booking = builders.a_booking(db, person, builders.a_session(db, days=-3), status="missed")
    db.add(Attendance(booking_id=booking.id, outcome=outcome, claimed=0, recorded_by=boss))
    db.flush()
    assert [(row.came, row.approved) for row in around(db, squad.id)] == [(False, None)]


def test_only_active_supervisors_are_given_a_squad(db, boss):
    squad = builders.a_squad(db)
    worker = builders.a_member_of_staff(db, role="worker").id
    gone = builders.a_member_of_staff(db, role="supervisor", active=False).id
    squads.change(db, squad.id, by_staff=worker, staff_ids=[boss, worker, gone, 999])
    assert squads.supervisors(db) == {squad.id: [boss]}
    squads.change(db, squad.id, by_staff=worker, active=False)
    assert squads.of(db, boss) == []
    with pytest.raises(LookupError):
        squads.change(db, 999, by_staff=worker, active=True)


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "north  SQUAD"])
def test_a_name_that_is_none_or_taken_makes_no_squad(db, boss, name):
    squads.add(db, "North Squad", by_staff=boss)
    with pytest.raises(ValueError):
        squads.add(db, name, by_staff=boss)


# --- how staff reach somebody ---------------------------------------------------------------


def contact(db, person, staff, **more):
    profiles.set_contact(db, person.id, **({"by": "text", "note": None, "number": None} | more), by_staff=staff)


def test_who_wants_no_texts_of_our_accord_gets_none(db, boss):
    booking = builders.a_booking(db)
    assert notices.reachable(db, booking) is not None
    for by in ("call", "person"):
        contact(db, booking.person, boss, by=by)
        assert notices.reachable(db, booking) is None
    contact(db, booking.person, boss)
    assert notices.reachable(db, booking) is not None


def test_the_safe_number_finds_them_and_is_texted_nothing(db, boss):
    person = builders.a_person(db)
    contact(db, person, boss, number="0141 496 0123", note=" after 4pm ")
    assert (person.call_number, person.contact_note) == ("+441414960123", "after 4pm")
    assert people.find(db, "01414960123") == [person]
    contact(db, person, boss)
    assert (person.call_number, person.call_hash, people.find(db, "01414960123")) == (None, None, [])


@pytest.mark.parametrize("wrong", [{"by": "pigeon"}, {"by": ""}, {"number": "call Sam"}])
def test_a_way_or_number_that_is_none_is_refused(db, boss, wrong):
    with pytest.raises(ValueError):
        contact(db, builders.a_person(db), boss, **wrong)


# --- where the whole squad goes -------------------------------------------------------------


def all_go(db, *squad_ids):
    return squads.together(db, squad_ids, NOW - timedelta(days=14), NOW + timedelta(days=14))


def test_where_the_whole_squad_goes_its_supervisor_learns_what_and_where(db, boss):
    squad, other = builders.a_squad(db, boss), builders.a_squad(db)
    session = builders.a_session(db, squad_id=squad.id, address="12 Sample Street")
    builders.a_session(db, squad_id=squad.id, status="cancelled")
    builders.a_session(db, squad_id=squad.id, days=30)
    (found,) = all_go(db, squad.id)
    assert (found.title, found.topic, found.place, found.address, found.starts_at) == (
        "Drink and you", "Alcohol", "Sample Hall, Govan", "12 Sample Street", session.starts_at,
    )  # fmt: skip
    assert all_go(db, other.id) == [] and all_go(db) == []


def test_what_one_person_chose_is_not_among_them(db, boss):
    squad, other = builders.a_squad(db, boss), builders.a_squad(db)
    jo = builders.a_person(db, name="Jo", squad_id=squad.id)
    builders.a_booking(db, jo, builders.a_session(db, title="Sexual health"))
    builders.a_booking(db, jo, builders.a_session(db, title="Drugs", squad_id=other.id))
    assert all_go(db, squad.id) == []
    assert len(around(db, squad.id)) == 2
    assert {f.name for f in fields(squads.Together)} == {
        "squad_id", "title", "topic", "place", "address", "starts_at", "ends_at",
    }  # fmt: skip
