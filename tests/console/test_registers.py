"""The register, the sheets to print and the approval of hours, as staff use them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock
from bot.models import Attendance, Booking, Person, ProgrammeSession
from bot.programme import attendance, hours
from tests import builders


@pytest.fixture
def begun(database):
    """A session about drink that began an hour ago with Jo and Sam booked; (session id, booking ids)."""
    with database.write() as db:
        row = builders.a_session(db, starts_at=clock.now() - timedelta(hours=1), title="Drink and you")
        people = [builders.a_person(db, name=name) for name in ("Jo Bloggs", "Sam Hill")]
        return row.id, [builders.a_booking(db, person, row).id for person in people]


def kept(database):
    with database.read() as db:
        rows = db.query(Attendance).order_by(Attendance.booking_id)
        return [(r.booking.person.name, r.outcome, r.claimed, r.approved) for r in rows]


def test_a_worker_keeps_the_register_for_several_at_once(signed_in, begun, database, audited):
    session_id, (jo, sam) = begun
    there = signed_in("worker")
    rows = there.get("/registers").one("tbody").all("tr")
    assert [cell.text for cell in rows[0].all("td", class_="figure")] == ["2", "2"]
    page = there.get(f"/sessions/{session_id}/register")
    assert [n.attributes["value"] for n in page.all("input", name="booking") if "checked" in n.attributes] == [
        str(jo), str(sam),
    ]  # fmt: skip
    there.post(f"/sessions/{session_id}/register", {"booking": [jo, sam], "outcome": "came"})
    assert kept(database) == [("Jo Bloggs", "came", 90, None), ("Sam Hill", "came", 90, None)]
    page = there.get(f"/sessions/{session_id}/register")
    assert "Kept for 2." in page.text and "1 hour 30 minutes" in page.one("tbody").text
    assert {d["why"] for _, _, _, d in audited("person.viewed")} == {"register"}
    assert len(audited("person.viewed")) == 4
    there.get("/hours", status=403)  # a worker claims; somebody else approves


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"outcome": "came"}, "Tick whom"),
        ({"outcome": "", "booking": "1"}, "Choose an outcome"),
        ({"outcome": "came_no_time", "booking": "1"}, "say why"),
        ({"outcome": "came", "booking": "1", "minutes": "lots"}, "as a number"),
        ({"outcome": "came", "booking": "1", "minutes": "91"}, "90 minutes at most"),
        ({"outcome": "came", "booking": "x"}, "Tick whom"),
    ],
)
def test_what_does_not_go_together_keeps_nothing(signed_in, begun, database, form, said):
    session_id, _ = begun
    there = signed_in("worker")
    there.post(f"/sessions/{session_id}/register", form, status=422)
    assert said in there.page.one("div", role="alert").text
    assert kept(database) == []


def test_before_it_begins_only_good_reasons_are_offered(signed_in, database):
    with database.write() as db:
        row = builders.a_session(db, at=clock.now(), days=2)
        booking = builders.a_booking(db, session=row)
    there = signed_in("worker")
    page = there.get(f"/sessions/{row.id}/register")
    offered = [n.attributes["value"] for n in page.one("select", id="outcome").all("option")]
    assert offered == ["", "ill", "work", "care", "appointment", "agreed"]
    assert not page.all("input", id="who")
    there.post(f"/sessions/{row.id}/register", {"booking": booking.id, "outcome": "came"}, status=422)
    there.post(f"/sessions/{row.id}/register", {"booking": booking.id, "outcome": "work"})
    with database.read() as db:
        assert db.get(Booking, booking.id).status == "cancelled"


def test_who_walks_in_without_a_phone_is_added_by_name(signed_in, begun, database):
    session_id, _ = begun
    there = signed_in("worker")
    there.post(f"/sessions/{session_id}/register/add", {"who": ""}, status=422)
    there.post(f"/sessions/{session_id}/register/add", {"who": "New Person"}, status=200)
    there.post(f"/sessions/{session_id}/register/add", {"who": "New Person", "person": "new"})
    assert "New Person, no phone" in there.get(f"/sessions/{session_id}/register").text


def test_the_sheets_name_people_and_not_what_the_session_is_about(signed_in, begun, audited):
    there = signed_in("worker")
    day = clock.london(clock.now() - timedelta(hours=1)).date()
    page = there.get(f"/registers/day?day={day}")
    assert "Jo Bloggs" in page.text and "Wellbeing session" in page.text
    assert "Drink" not in there.html and "lcohol" not in there.html
    assert {d["why"] for _, _, _, d in audited("person.viewed")} == {"day_sheet"}
    for wrong in ("", "soon", "9999-12-31"):
        assert there.http.get(f"/registers/day?day={wrong}").status_code == 303


def test_hours_are_approved_one_by_one_and_the_cap_is_kept(signed_in, begun, database, audited):
    session_id, (jo, sam) = begun
    with database.write() as db:
        for booking in (jo, sam):
            person = db.get(Booking, booking).person
            hours.set_order(db, person, minutes=20 * 60, by_staff=builders.a_member_of_staff(db).id)
            old = builders.a_session(db, starts_at=clock.now() - timedelta(days=2), minutes=400)
            before = builders.a_booking(db, person, old, status="attended")
            if booking == sam:
                db.add(Attendance(booking_id=before.id, outcome="came", claimed=330, approved=330, recorded_by=1))
    there = signed_in("coordinator")
    there.post(f"/sessions/{session_id}/register", {"booking": [jo, sam], "outcome": "came"})
    page = there.get("/hours")
    assert "Nobody has confirmed this reading yet" in page.text and "less than claimed" in page.text
    claims = [n.attributes["value"] for n in page.all("input", name="claim")]
    there.post("/hours", {}, status=422)
    assert "Tick what you approve" in there.page.text
    there.post("/hours", {"claim": claims}, status=422)
    assert "1 approved, 1 not" in there.page.text and "60 minutes more than may count" in there.page.text
    assert [a for name, _, _, a in kept(database) if name == "Jo Bloggs"] == [90]
    (left,) = [n.attributes["value"] for n in there.page.all("input", name="claim")]
    minutes = f"minutes-{left.split(':')[0]}"
    there.post("/hours", {"claim": left, minutes: "-5"}, status=422)
    assert there.page.one("input", name=minutes).attributes["value"] == "-5", "what was typed stays"
    there.post("/hours", {"claim": left, minutes: "30", "reason": "that is what is left"})
    assert [a for name, _, _, a in kept(database) if name == "Sam Hill"] == [30, 330]
    assert "Nothing waits" in there.get("/hours").text
    assert [d["minutes"] for _, _, _, d in audited("hours.approved")] == [90, 30]


def test_the_rule_is_set_by_name_under_facts(signed_in, begun):
    there = signed_in("coordinator", name="Ann Lead")
    there.post("/facts", {hours.PERCENT: "130", hours.MOST: "30"}, status=422)
    assert "from 0 to 100" in there.page.one("p", id=f"{hours.PERCENT}-problem").text
    there.post("/facts", {hours.PERCENT: "30", hours.MOST: "30"})
    assert "Set by Ann Lead, today." in there.get("/hours").text


def test_names_are_words_on_the_register_and_the_sheet(signed_in, begun, database):
    session_id, (jo, _) = begun
    with database.write() as db:
        db.get(Person, db.get(Booking, jo).person_id).name = '"><script>alert(1)</script>'
    there = signed_in("worker")
    for path in (f"/sessions/{session_id}/register", "/registers/day?day=" + str(clock.today())):
        there.get(path)
        assert "<script>alert" not in there.html


def test_the_list_counts_as_the_register_does(database, begun):
    """`progress` reads no names, and says the same as the registers themselves."""
    session_id, (jo, _) = begun
    with database.write() as db:
        worker = builders.a_member_of_staff(db, "worker")
        attendance.record(db, session_id, [jo], "came", by_staff=worker.id)
        builders.a_booking(db, session=db.get(ProgrammeSession, session_id), status="cancelled")
        again = builders.a_person(db)
        session = builders.a_session(db, at=clock.now(), days=2)
        for status in ("cancelled", "booked"):
            builders.a_booking(db, again, session, status=status)
        db.flush()
        ids = [session_id, session.id, builders.a_session(db).id]
        lines = attendance.register(db, ids)
        assert attendance.progress(db, ids) == {
            i: (len(lines[i]), sum(line.attendance is None for line in lines[i])) for i in ids
        } == {session_id: (2, 1), session.id: (1, 1), ids[2]: (0, 0)}


@pytest.fixture
def stale(signed_in, begun):
    """A worker's browser with the register open, and what its form sends besides the ticks and the outcome."""
    session_id, _ = begun
    there = signed_in("worker", "Ann First")
    page = there.get(f"/sessions/{session_id}/register")
    there.path = f"/sessions/{session_id}/register"
    there.seen = {n.attributes["name"]: n.attributes["value"] for n in page.all("input", type="hidden")}
    del there.seen["csrf_token"]
    return there


def resent(there):
    """What the form of the page that asks sends when nothing is ticked."""
    form: dict[str, object] = {}
    for node in there.page.one("main").all("input", type="hidden"):
        form.setdefault(node.attributes["name"], []).append(node.attributes["value"])
    del form["csrf_token"]
    return form


def test_what_somebody_else_marked_meanwhile_is_asked_about_and_not_overwritten(stale, signed_in, begun, database):
    _, (jo, sam) = begun
    signed_in("coordinator", "Bea Second").post(stale.path, {"booking": [jo], "outcome": "ill"})
    stale.post(stale.path, stale.seen | {"booking": [jo, sam], "outcome": "came"}, status=409)
    assert kept(database) == [("Jo Bloggs", "ill", 0, None)]
    said = stale.page.one("fieldset").text
    assert "Bea Second marked “Away: not well”" in said and "today" in said
    assert "Sam Hill" not in stale.page.one("fieldset").text and "1 person" in stale.page.text
    again = resent(stale)
    assert again["booking"] == [str(sam)]
    stale.post(stale.path, again)
    assert kept(database) == [("Jo Bloggs", "ill", 0, None), ("Sam Hill", "came", 90, None)]


def test_whoever_looked_may_change_it_and_a_third_mark_is_asked_about_anew(stale, signed_in, begun, database):
    _, (jo, _) = begun
    second = signed_in("coordinator", "Bea Second")
    second.post(stale.path, {"booking": [jo], "outcome": "ill"})
    mine = {"booking": [jo], "outcome": "came"}
    stale.post(stale.path, stale.seen | mine, status=409)
    looked = resent(stale) | mine
    with database.write() as db:
        db.query(Attendance).one().recorded_at -= timedelta(seconds=1)
    stale.post(stale.path, looked, status=409)
    stale.post(stale.path, resent(stale) | mine)
    assert kept(database) == [("Jo Bloggs", "came", 90, None)]


def test_an_approval_since_is_not_taken_back_unasked(stale, begun, database):
    _, (jo, _) = begun
    stale.post(stale.path, stale.seen | {"booking": [jo], "outcome": "came"})
    stale.get(stale.path)
    seen = {n.attributes["name"]: n.attributes["value"] for n in stale.page.all("input", type="hidden")}
    del seen["csrf_token"]
    with database.write() as db:
        lead = builders.a_member_of_staff(db, name="Lou Lead")
        row = db.query(Attendance).one()
        hours.approve(db, row.id, 90, by_staff=lead.id, seen=90)
    stale.post(stale.path, seen | {"booking": [jo], "outcome": "not_there"}, status=409)
    assert "Lou Lead has approved 1 hour 30 minutes" in stale.page.text
    assert kept(database) == [("Jo Bloggs", "came", 90, 90)]


def test_saying_the_same_or_putting_right_ones_own_is_no_conflict(stale, signed_in, begun, database):
    _, (jo, _) = begun
    signed_in("coordinator", "Bea Second").post(stale.path, {"booking": [jo], "outcome": "came"})
    stale.post(stale.path, stale.seen | {"booking": [jo], "outcome": "came"})
    with database.write() as db:
        db.query(Attendance).one().recorded_by = stale.staff.id
    stale.post(stale.path, stale.seen | {"booking": [jo], "outcome": "came_part", "minutes": "30"})
    assert kept(database) == [("Jo Bloggs", "came_part", 30, None)]
