"""Sessions and feedback for coordinators, and the facts that staff set."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock
from bot.models import Booking, Feedback, ProgrammeSession
from bot.programme import facts
from tests import builders


@pytest.fixture
def session(database):
    """A session in thirty days with two people booked, one waiting, and one booked who wants no texts."""
    with database.write() as db:
        row = builders.a_session(db, at=clock.now(), days=30, title="Drink and you", places=3)
        people = [builders.a_person(db) for _ in range(4)]
        for person, status in zip(people, ("booked", "booked", "waiting", "booked"), strict=True):
            builders.a_booking(db, person, row, status=status)
        db.flush()
        conversation = db.get(builders.Conversation, builders.conversation_id(db, people[3]))
        conversation.address.stopped_at = clock.now()
        return row.id, [p.id for p in people]


def sent(database, person_id):
    with database.read() as db:
        return [m.body for m in builders.texts_to(db, db.get(builders.Person, person_id))]


def test_the_list_has_booked_places_and_waiting(signed_in, session, database):
    with database.write() as db:
        builders.a_session(db, at=clock.now(), days=-2, title="Long gone")
        builders.a_session(db, at=clock.now(), days=40, title="For us", private=True, sample=True)
    rows = signed_in("coordinator").get("/sessions").one("tbody").all("tr")
    assert len(rows) == 2
    assert [cell.text for cell in rows[0].all("td", class_="figure")] == ["3", "3", "1"]
    assert "private: booked by staff" in rows[1].text and "(sample)" in rows[1].text


def test_calling_off_asks_first_and_says_how_many_are_told(signed_in, session, database):
    session_id, people = session
    there = signed_in("coordinator")
    page = there.get(f"/sessions/{session_id}/cancel")
    assert "3 people will be told by text" in page.text and "1 person cannot be texted" in page.text
    assert sent(database, people[0]) == []
    there.post(f"/sessions/{session_id}/cancel", {"reason": "nobody to run it"})
    assert "3 people will be told by text" in there.get("/sessions").text
    assert all("is off" in sent(database, person)[0] for person in people[:3])
    there.post(f"/sessions/{session_id}/cancel")
    assert "have been told" in there.get("/sessions").text
    assert len(sent(database, people[0])) == 1
    with database.read() as db:
        assert {b.reason for b in db.query(Booking)} == {"nobody to run it"}
    there.get(f"/sessions/{session_id}/cancel", status=404)


def test_moving_asks_first_and_says_how_many_are_told(signed_in, session, database):
    session_id, people = session
    there = signed_in("coordinator")
    page = there.get(f"/sessions/{session_id}/move")
    form = {node.attributes["name"]: node.attributes["value"] for node in page.one("main").all("input")}
    day = clock.london(clock.now() + timedelta(days=31)).date()
    form |= {"day": str(day), "starts": "18:00", "ends": "19:30", "place": "New Hall"}
    del form["csrf_token"]
    there.post(f"/sessions/{session_id}/move", form, status=200)
    assert "3 people will be told by text" in there.page.text and "New Hall" in there.page.text
    assert sent(database, people[0]) == []
    hidden = {n.attributes["name"]: n.attributes["value"] for n in there.page.one("main").all("input")}
    del hidden["csrf_token"]
    there.post(f"/sessions/{session_id}/move", hidden | {"do": "change"}, status=200)
    assert there.page.one("input", id="place").attributes["value"] == "New Hall"
    there.post(f"/sessions/{session_id}/move", hidden | {"do": "confirm"})
    assert "The session has moved. 3 people will be told" in there.get("/sessions").text
    assert "New Hall" in sent(database, people[0])[0]
    with database.read() as db:
        row = db.get(ProgrammeSession, session_id)
        assert (clock.london(row.starts_at).hour, row.place) == (18, "New Hall")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"day": "tomorrow"}, "Enter a day like"),
        ({"starts": "25:00"}, "Enter a time like 14:00"),
        ({"ends": "01:00"}, "must end after it starts"),
        ({"day": "2020-01-01"}, "cannot be moved into the past"),
        ({"place": " "}, "Enter the place"),
    ],
)
def test_a_new_time_that_cannot_be_is_refused_at_the_field(signed_in, session, database, change, said):
    session_id, people = session
    form = {"day": "2036-01-01", "starts": "14:00", "ends": "15:00", "place": "Hall", "area": "Govan"} | change
    there = signed_in("coordinator")
    there.post(f"/sessions/{session_id}/move", form | {"do": "confirm"}, status=422)
    (field,) = [n for n in there.page.all("input") if n.attributes.get("aria-invalid")]
    assert said in there.page.one("p", id=f"{field.attributes['id']}-problem").text
    assert sent(database, people[0]) == []


def test_feedback_is_newest_first_and_reading_it_is_audited(signed_in, session, database, audited):
    session_id, people = session
    with database.write() as db:
        said = [("feedback", 4, "good"), ("complaint", None, "rude"), ("priority", None, "more")]
        for person, (kind, score, words) in zip(people, said, strict=False):
            db.add(Feedback(person_id=person, kind=kind, score=score, words=words, session_id=session_id, topics=[]))
    there = signed_in("coordinator")
    rows = there.get("/feedback").one("tbody").all("tr")
    assert [row.all("td")[1].text for row in rows] == ["What they want more of", "Complaint", "Feedback"]
    assert [row.all("td")[2].text for row in rows] == ["No score", "No score", "4 out of 5"]
    assert {on for _, _, on, _ in audited("person.viewed")} == {f"person:{p}" for p in people[:3]}
    assert all(details == {"why": "feedback"} for _, _, _, details in audited("person.viewed"))


def test_facts_are_set_checked_and_audited(signed_in, database, audited):
    there = signed_in("coordinator")
    there.get("/facts")
    there.post("/facts", {"case_manager_number": " 0141  496 0000 ", "office_number": ""})
    assert "Saved" in there.get("/facts").text
    with database.read() as db:
        assert facts.get(db, "case_manager_number") == "0141 496 0000"
        assert facts.get(db, "office_number") is None
    there.post("/facts", {"case_manager_number": "0141 496 0000", "office_number": ""})
    assert [details for _, _, _, details in audited("fact.set")] == [{"key": "case_manager_number"}]
    there.post("/facts", {"case_manager_number": "", "office_number": ""})
    with database.read() as db:
        assert facts.get(db, "case_manager_number") is None


@pytest.mark.parametrize("value", ["call Sam", "12345", "0141", "<script>", "999"])
def test_a_fact_that_is_no_phone_number_is_refused_and_none_is_saved(signed_in, database, value):
    there = signed_in("coordinator")
    there.post("/facts", {"case_manager_number": "0141 496 0000", "office_number": value}, status=422)
    assert there.page.one("input", id="office_number").attributes["value"] == value
    with database.read() as db:
        assert facts.get(db, "case_manager_number") is None
