"""The page of a session: making one, and booking, moving and ending a place for somebody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock
from bot.models import Booking, Person, ProgrammeSession
from tests import builders

FORM = {
    "day": "2036-01-08", "starts": "14:00", "ends": "15:30", "place": "Hall", "area": "Govan", "title": "Drink and you",
    "topic": "alcohol", "places": "8", "audience": "everyone", "weeks": "1",
}  # fmt: skip


@pytest.fixture
def there(signed_in):
    return signed_in("coordinator")


@pytest.fixture
def session_id(database):
    with database.write() as db:
        return builders.a_session(db, at=clock.now(), days=30, places=1).id


@pytest.fixture
def jo(database):
    with database.write() as db:
        return builders.a_person(db, name="Jo Bloggs").id


def sent(database, person_id):
    with database.read() as db:
        return [m.body for m in builders.texts_to(db, db.get(Person, person_id))]


def booked(database, session_id):
    with database.read() as db:
        return [(b.person.name, b.status) for b in db.query(Booking).filter_by(session_id=session_id).order_by("id")]


def test_a_session_is_made_and_repeated(there, database):
    with database.write() as db:
        builders.a_topic(db)
    there.get("/sessions/new")
    made = there.post("/sessions/new", FORM | {"weeks": "3", "credit": "60", "closes": "2036-01-07", "private": "yes"})
    page = there.get(made.headers["Location"])
    assert "with 2 more" in page.text and "1 hour" in page.text and "booked by staff" in page.text
    with database.read() as db:
        rows = db.query(ProgrammeSession).order_by(ProgrammeSession.starts_at).all()
        assert [f"{clock.london(r.starts_at):%d %b %H:%M}" for r in rows] == [
            "08 Jan 14:00", "15 Jan 14:00", "22 Jan 14:00",
        ]  # fmt: skip
        assert {(r.places, r.sector, r.private, r.sample, r.credit_minutes) for r in rows} == {
            (8, "south", True, False, 60)
        }
        assert f"{clock.london(rows[0].book_until):%d %b %H:%M}" == "08 Jan 00:00"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "soon"}, "day"),
        ({"day": "2020-01-01"}, "day"),
        ({"ends": "13:00"}, "ends"),
        ({"title": ""}, "title"),
        ({"title": "Drink \U0001f600"}, "title"),
        ({"topic": "nothing"}, "topic"),
        ({"places": "lots"}, "places"),
        ({"places": "-1"}, "places"),
        ({"audience": "dogs"}, "audience"),
        ({"weeks": "99"}, "weeks"),
        ({"credit": "500"}, "credit"),
        ({"closes": "2036-02-01"}, "closes"),
        ({"opens": "2036-01-09"}, "closes"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_made(there, database, change, field):
    with database.write() as db:
        builders.a_topic(db)
    there.post("/sessions/new", FORM | change, status=422)
    (wrong,) = [n for n in there.page.all("input", "select") if n.attributes.get("aria-invalid")]
    assert wrong.attributes["id"] == field
    with database.read() as db:
        assert db.query(ProgrammeSession).count() == 0


def test_more_places_go_to_those_who_wait(there, database, session_id):
    with database.write() as db:
        row = db.get(ProgrammeSession, session_id)
        builders.a_booking(db, session=row)
        builders.a_booking(db, session=row, status="waiting")
    page = there.get(f"/sessions/{session_id}/edit")
    form = {n.attributes["name"]: n.attributes.get("value", "") for n in page.one("main").all("input")}
    form |= {"topic": "alcohol", "audience": "women", "places": "0"}
    del form["csrf_token"], form["private"]
    there.post(f"/sessions/{session_id}/edit", form, status=422)
    assert "taken already" in there.page.one("p", id="places-problem").text
    there.post(f"/sessions/{session_id}/edit", form | {"places": "2", "title": "Drink and sleep"})
    page = there.get(f"/sessions/{session_id}")
    assert "Drink and sleep" in page.text and "Saved." in page.text


def test_somebody_is_looked_up_booked_and_told(there, database, session_id, jo, audited):
    there.post(f"/sessions/{session_id}/book", {"who": "jo"}, status=200)
    assert there.page.one("label", **{"for": f"p{jo}"}).text.startswith("Jo Bloggs, ******")
    assert booked(database, session_id) == []
    there.post(f"/sessions/{session_id}/book", {"who": "jo", "person": str(jo)})
    page = there.get(f"/sessions/{session_id}")
    assert "Booked. They are told by text." in page.text and "Jo Bloggs" in page.one("tbody").text
    assert booked(database, session_id) == [("Jo Bloggs", "booked")]
    assert sent(database, jo)[0].startswith("You have a place at Drink and you")
    assert [d for _, _, on, d in audited("person.viewed") if on == f"person:{jo}"] == [
        {"why": "search"}, {"why": "session"},
    ]  # fmt: skip
    assert [(actor, d) for actor, _, _, d in audited("booking.made")] == [
        (f"staff:{there.staff.id}", {"session": session_id})
    ]


def test_a_full_session_has_a_waiting_list(there, database, session_id, jo):
    with database.write() as db:
        builders.a_booking(db, session=db.get(ProgrammeSession, session_id))
    there.post(f"/sessions/{session_id}/book", {"who": "jo", "person": str(jo), "do": "book"}, status=422)
    assert "No place is free" in there.page.text
    there.post(f"/sessions/{session_id}/book", {"who": "jo", "person": str(jo), "do": "wait"})
    assert booked(database, session_id)[1] == ("Jo Bloggs", "waiting")
    assert "waiting list" in sent(database, jo)[0]


def test_somebody_without_a_phone_is_booked_by_name(there, database, session_id):
    there.post(f"/sessions/{session_id}/book", {"who": "Sam Hill"}, status=200)
    there.post(f"/sessions/{session_id}/book", {"who": "Sam Hill", "person": "new"})
    page = there.get(f"/sessions/{session_id}")
    assert "tell them yourself" in page.text and "Cannot be texted" in page.one("tbody").text
    assert booked(database, session_id) == [("Sam Hill", "booked")]


@pytest.mark.parametrize("person", ["0", "999999", "x", "9" * 30])
def test_a_person_who_is_not_there_is_not_booked(there, database, session_id, person):
    there.post(f"/sessions/{session_id}/book", {"who": "jo", "person": person}, status=422)
    assert booked(database, session_id) == []


def test_a_number_never_stands_in_an_address_or_becomes_a_name(there, database, session_id):
    there.post(f"/sessions/{session_id}/book", {"who": "07700 900999"}, status=200)
    assert not there.page.all("input", id="new")
    there.post(f"/sessions/{session_id}/book", {"who": "07700 900999", "person": "new"}, status=422)
    with database.read() as db:
        assert not [p for p in db.query(Person) if p.name and "900999" in p.name]


def test_a_place_is_moved_and_given_back(there, database, session_id, jo):
    with database.write() as db:
        booking = builders.a_booking(db, db.get(Person, jo), db.get(ProgrammeSession, session_id)).id
        other = builders.a_session(db, at=clock.now(), days=31, title="Sleep").id
        full = builders.a_session(db, at=clock.now(), days=32, title="Full", places=0).id
    there.post(f"/sessions/{session_id}/bookings/{booking}/move", status=200)
    assert [n.attributes["value"] for n in there.page.all("input", name="to")] == [str(other)]
    there.post(f"/sessions/{session_id}/bookings/{booking}/move", {"to": str(full)})
    assert "No place is free" in there.get(f"/sessions/{session_id}").text
    assert booked(database, session_id) == [("Jo Bloggs", "booked")]
    there.post(f"/sessions/{session_id}/bookings/{booking}/move", {"to": str(other)})
    assert booked(database, other) == [("Jo Bloggs", "booked")]
    assert "now at Sleep" in sent(database, jo)[0]
    with database.read() as db:
        moved = db.query(Booking).filter_by(session_id=other).one().id
    there.post(f"/sessions/{other}/bookings/{moved}/end", {"reason": "works that day"})
    there.post(f"/sessions/{other}/bookings/{moved}/end", {"reason": "works that day"})
    assert booked(database, other) == [("Jo Bloggs", "cancelled")]
    assert len(sent(database, jo)) == 2 and "was taken off the list" in sent(database, jo)[1]
    with database.read() as db:
        row = db.get(Booking, moved)
        assert (row.reason, row.cancelled_by) == ("works that day", "staff")


def test_a_booking_of_another_session_is_not_there(there, database, session_id, jo):
    with database.write() as db:
        booking = builders.a_booking(db, db.get(Person, jo)).id
    there.post(f"/sessions/{session_id}/bookings/{booking}/end", status=404)
    there.post(f"/sessions/{session_id}/bookings/{booking}/move", status=404)


def test_a_session_that_has_begun_can_be_read_and_not_changed(there, database, jo):
    with database.write() as db:
        row = builders.a_session(db, starts_at=clock.now() - timedelta(minutes=5))
        builders.a_booking(db, db.get(Person, jo), row)
    page = there.get(f"/sessions/{row.id}")
    assert "Jo Bloggs" in page.text and not page.all("input", id="who")
    there.get(f"/sessions/{row.id}/edit", status=404)
    there.post(f"/sessions/{row.id}/book", {"who": "jo", "person": str(jo)}, status=422)
    there.get("/sessions/999999", status=404)


@pytest.fixture
def finished(database, jo):
    """Jo, whose order is over."""
    with database.write() as db:
        builders.an_order(db, db.get(Person, jo), closed_at=clock.now(), outcome="completed")
    return jo


def test_whose_order_is_closed_is_booked_only_once_staff_say_so(there, database, session_id, finished):
    form = {"who": "jo", "person": str(finished)}
    there.post(f"/sessions/{session_id}/book", {"who": "jo"}, status=200)
    assert "order closed" in there.page.one("label", **{"for": f"p{finished}"}).text
    assert not there.page.all("input", id="sure")
    there.post(f"/sessions/{session_id}/book", form, status=422)
    assert "Their order is closed" in there.page.one("div", role="alert").text
    assert there.page.one("input", id="sure").attributes["value"] == str(finished)
    there.post(f"/sessions/{session_id}/book", form, status=422)
    assert booked(database, session_id) == []
    there.post(f"/sessions/{session_id}/book", form | {"sure": str(finished)})
    assert booked(database, session_id) == [("Jo Bloggs", "booked")]


def test_the_yes_for_one_person_is_none_for_another(there, database, session_id, finished):
    form = {"who": "jo", "person": str(finished), "sure": str(finished + 1)}
    there.post(f"/sessions/{session_id}/book", form, status=422)
    assert booked(database, session_id) == []


def test_the_yes_is_kept_when_the_session_is_full(there, database, session_id, finished):
    with database.write() as db:
        builders.a_booking(db, session=db.get(ProgrammeSession, session_id))
    form = {"who": "jo", "person": str(finished), "sure": str(finished)}
    there.post(f"/sessions/{session_id}/book", form, status=422)
    assert "checked" in there.page.one("input", id="sure").attributes
    there.post(f"/sessions/{session_id}/book", form | {"do": "wait"})
    assert booked(database, session_id)[1] == ("Jo Bloggs", "waiting")


def test_moving_somebody_whose_order_is_closed_warns_and_their_page_says_why(there, database, session_id, finished):
    with database.write() as db:
        booking = builders.a_booking(db, db.get(Person, finished), db.get(ProgrammeSession, session_id)).id
    there.post(f"/sessions/{session_id}/bookings/{booking}/move", status=200)
    assert "Their order is closed" in there.page.text
    assert "cannot book themselves" in there.get(f"/people/{finished}").text


def test_a_session_is_for_a_whole_squad_when_the_form_says_so(there, database):
    with database.write() as db:
        builders.a_topic(db)
        squad = builders.a_squad(db, name="North 1").id
    there.post("/sessions/new", FORM | {"squad": "999"}, status=422)
    assert "Choose a squad" in there.page.one("p", id="squad-problem").text
    made = there.post("/sessions/new", FORM | {"squad": str(squad), "weeks": "2"})
    page = there.get(made.headers["Location"])
    assert "The whole of North 1 goes" in page.text
    with database.read() as db:
        assert [row.squad_id for row in db.query(ProgrammeSession)] == [squad, squad]
        first = db.query(ProgrammeSession).order_by(ProgrammeSession.starts_at).first().id
    page = there.get(f"/sessions/{first}/edit")
    chosen = [o for o in page.one("select", id="squad").all("option") if "selected" in o.attributes]
    assert [option.attributes["value"] for option in chosen] == [str(squad)]
    there.post(f"/sessions/{first}/edit", FORM | {"squad": ""})
    with database.read() as db:
        assert db.get(ProgrammeSession, first).squad_id is None
