"""The page of a squad marks without any script: a form sent twice does no harm, and a conflict is asked about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock
from bot.models import Attendance
from bot.programme import attendance
from tests import builders

TOKEN = "0123456789abcdef"


@pytest.fixture
def boss(signed_in, database):
    there = signed_in("supervisor", "Bo Boss")
    with database.write() as db:
        squad = builders.a_squad(db, there.staff.id)
        person = builders.a_person(db, name="Jo Bloggs", squad_id=squad.id)
        session = builders.a_session(db, starts_at=clock.now() - timedelta(minutes=30), title="Drink and you")
        there.session, there.booking = session.id, builders.a_booking(db, person, session).id
        there.worker = builders.a_member_of_staff(db, "worker").id
    return there


def form(there, outcome="came", **values):
    """What the page's own form sends."""
    there.get("/squad")
    found = {node.attributes["name"]: node.attributes["value"] for node in there.page.all("input")
             if node.attributes.get("name") in ("booking", "seen", "token")}  # fmt: skip
    return found | {"outcome": outcome} | values


def test_a_form_marks_and_sent_again_it_changes_nothing(boss, database):
    sent = form(boss)
    for _ in range(2):
        assert boss.post("/squad/marks", sent).location == "/squad"
    with database.read() as db:
        assert db.query(Attendance).one().outcome == "came"
    boss.get("/squad")
    assert "Was there, no hours approved yet" in boss.html and "Drink and you" not in boss.html


def test_a_conflict_is_asked_about_and_nothing_is_overwritten_meanwhile(boss, database, audited):
    sent = form(boss)
    with database.write() as db:
        attendance.record(db, boss.session, [boss.booking], "ill", by_staff=boss.worker)
    boss.post("/squad/marks", sent, status=409)
    assert "Somebody else marked" in boss.html and "not well" not in boss.html  # nor why
    with database.read() as db:
        assert db.query(Attendance).one().outcome == "ill"
    again = {n.attributes["name"]: n.attributes["value"] for n in boss.page.all("input") if "value" in n.attributes}
    boss.post("/squad/marks", again | {"outcome": "came"})
    with database.read() as db:
        assert db.query(Attendance).one().outcome == "came"
    assert [actor for actor, _, _, _ in audited("attendance.recorded")][-1] == f"staff:{boss.staff.id}"


def test_the_script_is_answered_in_json(boss):
    answer = boss.http.post(
        "/squad/marks", data=form(boss) | {"csrf_token": boss.token()}, headers={"Accept": "application/json"}
    )
    assert answer.get_json()["result"] == "kept" and answer.get_json()["now"] == "Was there"


def test_a_mark_for_nobody_is_refused_in_words(boss):
    boss.post("/squad/marks", {"booking": "999", "outcome": "came", "token": TOKEN, "seen": ""})
    boss.get("/squad")
    assert "can no longer be marked here" in boss.html


def test_what_has_not_begun_has_no_buttons(boss, database):
    with database.write() as db:
        db.get(builders.ProgrammeSession, boss.session).starts_at = clock.now() + timedelta(minutes=10)
    boss.get("/squad")
    assert "squad/marks" not in [f.attributes.get("action") for f in boss.page.all("form")]


def test_the_whole_squads_session_is_named_and_a_persons_own_never(boss, database):
    with database.write() as db:
        jo = db.get(builders.Booking, boss.booking).person
        ours = {"squad_id": jo.squad_id, "title": "Food that costs little", "topic": "financial_health"}
        builders.a_booking(db, jo, builders.a_session(db, at=clock.now(), days=2, place="Partick Burgh Hall", **ours))
        theirs = builders.a_session(db, at=clock.now(), days=2, title="Sexual health night", topic="sexual_health",
                                    place="Sandyford", squad_id=builders.a_squad(db).id)  # fmt: skip
        builders.a_booking(db, jo, theirs)
        drugs = builders.a_session(db, at=clock.now(), days=3, title="Drugs and you", place="Gorbals")
        builders.a_booking(db, jo, drugs)
    page = boss.get("/squad")
    said = page.one("main").text
    assert "The whole squad goes" in said and "Food that costs little" in said and "Partick Burgh Hall" in said
    for secret in ("Sexual", "Sandyford", "Drugs", "Gorbals", "Drink and you", "Sample Hall"):
        assert secret.lower() not in boss.html.lower(), secret
    with database.write() as db:
        db.query(builders.ProgrammeSession).update({"squad_id": None})
    boss.get("/squad")
    assert "Food that costs little" not in boss.html and "The whole squad goes" not in boss.html
