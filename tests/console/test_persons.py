"""Finding people and their page; squads and the page on a supervisor's phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock
from bot.models import Attendance, LinkCode, Person
from bot.programme import people
from tests import builders


@pytest.fixture
def jo(database):
    """Jo, who has texted, is booked on one session and came to another."""
    with database.write() as db:
        person = builders.a_person(db, name="Jo Bloggs")
        builders.a_booking(db, person, builders.a_session(db, at=clock.now(), days=5, title="Sleep well"))
        past = builders.a_session(db, starts_at=clock.now() - timedelta(days=3), title="Drink and you")
        booking = builders.a_booking(db, person, past, status="attended")
        staff = builders.a_member_of_staff(db)
        row = Attendance(booking_id=booking.id, outcome="came", claimed=90, approved=60, recorded_by=staff.id)
        db.add(row)
        return person.id


def number_of(database, person_id):
    with database.read() as db:
        return people.ways(db, [person_id])[person_id][0].address.address


def test_somebody_is_found_by_name_or_number_and_the_look_is_audited(signed_in, jo, database, audited):
    there = signed_in("worker")
    there.get("/people")
    for typed in ("bloggs", number_of(database, jo)):
        there.post("/people", {"who": typed}, status=200)
        assert there.page.one("ul", class_="plain").text.startswith("Jo Bloggs, ******")
        assert number_of(database, jo) not in there.page.one("ul", class_="plain").text
    there.post("/people", {"who": "nobody like this"}, status=200)
    assert "Nobody found" in there.page.text
    assert [(on, d["why"]) for _, _, on, d in audited("person.viewed")] == [(f"person:{jo}", "search")] * 2


def test_the_page_of_a_person_has_bookings_hours_and_no_word_they_said(signed_in, waiting, database, audited):
    conversation_id = waiting("my secret words", note="my secret note")
    with database.read() as db:
        person_id = people.conversation_of(db, conversation_id).person_id
    there = signed_in("worker")
    page = there.get(f"/people/{person_id}")
    assert "secret" not in there.html and page.one("main").text.count("******") == 2
    assert [d["why"] for _, _, _, d in audited("person.viewed")] == ["person"]
    assert audited("conversation.viewed") == []


def test_bookings_and_hours_are_there(signed_in, jo):
    page = signed_in("coordinator").get(f"/people/{jo}")
    assert "Sleep well" in page.text and "1 hour, 29 hours left" in page.text
    assert [cell.text for cell in page.one("tbody").all("td")][1:] == [
        "Drink and you", "Came", "1 hour 30 minutes", "1 hour",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("without", "shown"),
    [
        ("reminder", "Reminders"), ("broadcast", "Texts to many"),
        ("reminder broadcast", "Reminders and texts to many"),
        ("did_you_go", "Being asked whether they went"),
    ],  # fmt: skip
)
def test_what_they_said_no_to_is_on_their_page(signed_in, jo, database, without, shown):
    client = signed_in("coordinator")
    client.get(f"/people/{jo}")
    assert "Said no to" not in client.html
    with database.write() as db:
        db.get(Person, jo).without = without
    client.get(f"/people/{jo}")
    assert f"<dt>Said no to</dt><dd>{shown}</dd>" in client.html


def test_every_part_is_saved_by_itself(signed_in, jo, database, audited):
    with database.write() as db:
        squad = builders.a_squad(db, name="North").id
    there = signed_in("worker")
    for form in (
        {"do": "name", "name": "Jo B"},
        {"do": "contact", "by": "call", "note": "after 4pm", "number": "0141 496 0123"},
        {"do": "squad", "squad": str(squad)},
        {"do": "order", "hours": "100", "imposed_at": "2026-10-01", "ends_at": "2027-04-01"},
    ):
        there.post(f"/people/{jo}", form)
    page = there.get(f"/people/{jo}")
    for said in ("Jo B", "By phone: no texts of our own accord. after 4pm", "North", "100 hours", "30 hours at most"):
        assert said in page.text, said
    assert {a for _, a, _, _ in audited("person.")} >= {"person.renamed", "person.contact_set", "person.squad_set"}
    assert [d for _, _, _, d in audited("order.set")] == [{"minutes": 6000}]


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ({"do": "name", "name": "12345"}, "name"),
        ({"do": "contact", "by": "text", "number": "lots"}, "contact"),
        ({"do": "contact", "by": "owl"}, "contact"),
        ({"do": "squad", "squad": "999"}, "squad"),
        ({"do": "order", "hours": "5"}, "order"),
        ({"do": "order", "hours": "ten"}, "order"),
        ({"do": "order", "hours": "50", "ends_at": "soon"}, "order"),
        ({"do": "order", "hours": "50", "ends_at": "9999-12-31"}, "order"),
        ({}, "name"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(signed_in, jo, database, form, part):
    there = signed_in("worker")
    there.post(f"/people/{jo}", form, status=422)
    assert there.page.one("div", role="alert").one("a").attributes["href"] == f"#part-{part}"
    with database.read() as db:
        person = db.get(Person, jo)
        assert (person.name, person.contact_by, person.squad_id) == ("Jo Bloggs", None, None)


def test_what_was_typed_stays_in_the_form_that_was_refused(signed_in, jo, database):
    there = signed_in("worker")
    typed = {"do": "order", "hours": "ten", "imposed_at": "2026-10-01", "ends_at": "2027-04-01"}
    there.post(f"/people/{jo}", typed, status=422)
    for name in ("hours", "imposed_at", "ends_at"):
        assert there.page.one("input", name=name).attributes["value"] == typed[name]
    assert there.page.one("p", id="order-problem").text.startswith("Problem: Enter the hours imposed")
    assert there.page.one("input", name="name").attributes["value"] == "Jo Bloggs"
    there.post(f"/people/{jo}", {"do": "contact", "by": "call", "note": "after 4pm", "number": "lots"}, status=422)
    assert there.page.one("input", name="note").attributes["value"] == "after 4pm"
    assert there.page.one("input", name="number").attributes["value"] == "lots"


def test_whole_numbers_are_on_a_page_of_their_own(signed_in, jo, database, audited):
    number = number_of(database, jo)
    there = signed_in("worker")
    there.get(f"/people/{jo}")
    assert number not in there.html
    assert number in there.get(f"/people/{jo}/numbers").text
    assert [d["why"] for _, _, _, d in audited("person.viewed")] == ["person", "number"]


def test_a_code_for_a_new_phone_is_shown_once(signed_in, jo, database, audited):
    there = signed_in("worker")
    there.post(f"/people/{jo}/code", status=200)
    code = there.page.one("p", class_="number").text
    assert len(code) == 9
    assert code not in there.get(f"/people/{jo}").text
    with database.read() as db:
        assert db.query(LinkCode).filter_by(person_id=jo).count() == 1
    assert [d for _, _, _, d in audited("link_code.made")] == [{"person": jo}]


def test_somebody_new_is_added_by_name_and_a_number_is_no_name(signed_in, database):
    there = signed_in("worker")
    made = there.post("/people", {"who": "Sam Hill", "do": "add"})
    assert "Sam Hill, no phone" in there.get(made.location).text
    there.post("/people", {"who": "07700 900999", "do": "add"}, status=422)


def test_who_is_not_there_or_erased_has_no_page(signed_in, database):
    with database.write() as db:
        gone = builders.a_person(db, erased_at=clock.now()).id
    there = signed_in("worker")
    for person_id in (gone, 99999):
        there.get(f"/people/{person_id}", status=404)
        there.post(f"/people/{person_id}/code", status=404)


# --- squads ---------------------------------------------------------------------------------


def test_a_coordinator_adds_a_squad_and_gives_it_a_supervisor(signed_in, account, database):
    boss = account("supervisor", "Bo Boss").id
    there = signed_in("coordinator")
    there.post("/squads", {"name": "North"})
    there.post("/squads", {"name": "north"}, status=422)
    assert "of that name" in there.page.one("p", id="name-problem").text
    with database.read() as db:
        squad = db.query(builders.Squad).one().id
    there.post(f"/squads/{squad}", {"do": "supervisors", "supervisor": [boss, "x"]})
    page = there.get("/squads")
    assert "checked" in page.one("input", id=f"s{squad}-{boss}").attributes
    there.post("/squads/999", {"do": "off"}, status=404)


def test_a_supervisor_sees_who_is_away_and_when_and_never_what_about(signed_in, jo, database, audited):
    there = signed_in("supervisor")
    assert "You have no squad here yet" in there.get("/squad").text
    with database.write() as db:
        db.get(Person, jo).squad_id = builders.a_squad(db, there.staff.id, name="North").id
        other = builders.a_person(db, name="Of Another Squad", squad_id=builders.a_squad(db).id)
        builders.a_booking(db, other, builders.a_session(db, at=clock.now(), days=1))
    page = there.get("/squad")
    slips = [node.text for node in page.all("ul", class_="slips")]
    assert len(slips) == 2 and slips[0].startswith("Jo Bloggs") and "m, wellbeing session" in slips[0]
    assert slips[1].endswith("Was there, 1 hour approved")
    for word in ("Sleep", "Drink", "Govan", "Hall", "lcohol", "Of Another Squad", "******"):
        assert word not in there.html, word
    assert not page.all("table")  # a table would not fit a phone of 390 pixels
    assert [(on, d["why"]) for _, _, on, d in audited("person.viewed")] == [(f"person:{jo}", "squad")]
    there.get(f"/people/{jo}", status=403)
