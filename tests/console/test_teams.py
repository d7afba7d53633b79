"""Teams: who is in one, what that changes, and danger, which goes through the wall between two where it has to."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import clock
from bot.conversations import alarms, handoffs
from bot.models import Booking, Conversation, Handoff, Person, Staff, Team
from bot.programme import merges, people
from tests import builders


def test_a_person_is_given_to_a_team_and_is_gone_from_the_others(of_team, two, database, audited):
    there, whole = of_team("worker", two.one), of_team("worker", None, "Cat Whole")
    path = f"/people/{two.ours}"
    there.get(path)
    assert there.post(path, {"do": "team", "team": f"{two.other}"}).location == "/people"
    there.get(path, status=404)
    whole.post(path, {"do": "team", "team": ""})
    assert "No team yet" in there.get(path).text
    there.post(path, {"do": "team", "team": "99"}, status=422)
    assert [details["team"] for *_, details in audited("person.team_set")] == [two.other, None]


def test_whoever_is_added_belongs_to_the_team_of_whoever_adds_them(of_team, two, database):
    there = of_team("worker", two.one)
    there.post("/people", {"do": "add", "who": "New Person"})
    with database.read() as db:
        assert db.query(Person).order_by(Person.id.desc()).first().team_id == two.one


def test_a_merge_takes_the_team_over_and_its_undoing_gives_it_back(two, database):
    with database.write() as db:
        bare = builders.a_person(db).id
        merges.merge(db, bare, two.ours, by_staff=two.known["staff_id"])
        assert db.get(Person, bare).team_id == two.one


def test_an_administrator_makes_teams_and_puts_staff_into_them(signed_in, account, database, audited):
    there, worker = signed_in("admin"), account("worker", "Ann Worker")
    there.get("/teams")
    there.post("/teams", {"name": "South"})
    there.post("/teams", {"name": " south "}, status=422)
    there.post("/teams", {"name": ""}, status=422)
    there.post(f"/staff/{worker.id}", {"do": "team", "team": "1"})
    assert "Ann Worker" in there.get("/teams").one("tbody").text
    there.post("/teams/1", {"do": "off"})
    there.post("/teams/9", {"do": "off"}, status=404)
    there.post(f"/staff/{worker.id}", {"do": "team", "team": "9"})
    with database.read() as db:
        assert (db.get(Staff, worker.id).team_id, db.get(Team, 1).active) == (1, False)
    there.post(f"/staff/{worker.id}", {"do": "team", "team": ""})
    assert [details["team"] for *_, details in audited("staff.team_set")] == [1, None]


def test_people_of_no_team_are_seen_by_every_team(of_team, two, database):
    with database.write() as db:
        db.get(Person, two.known["person_id"]).team_id = None
    assert "Zebedee" in of_team("worker", two.one).get(f"/people/{two.known['person_id']}").text
    with database.read() as db:
        assert db.query(Booking).count() and people.find(db, "zebedee", team=two.one)


# --- danger goes through the wall where it has to ------------------------------------------


@pytest.fixture
def in_danger(two, database) -> str:
    with database.write() as db:
        conversation = db.get(Conversation, two.known["conversation_id"])
        handoffs.open_for(db, conversation, "crisis_suicide")
        return conversation.id


def test_whoever_is_on_duty_sees_danger_of_every_team(of_team, two, in_danger, database):
    there = of_team("worker", two.one)
    there.get(f"/conversations/{in_danger}", status=404)
    with database.write() as db:
        builders.a_duty(db, db.get(Staff, there.staff.id), at=clock.now())
    assert "1 danger" in there.get("/handoffs").text and there.http.get("/alarms").json == {"ringing": 1}
    assert "zanzibar" in there.get(f"/conversations/{in_danger}").text
    there.post(f"/conversations/{in_danger}/on-it")
    there.post(f"/conversations/{in_danger}/take")
    there.get(f"/people/{two.known['person_id']}", status=404)  # the conversation, and no more than that
    there.post(f"/conversations/{in_danger}/close", {"outcome": "phoned"})
    there.get(f"/conversations/{in_danger}", status=404)


def test_danger_that_nobody_on_duty_answers_is_seen_by_every_worker(of_team, two, in_danger, database):
    there = of_team("worker", two.one)
    with database.write() as db:
        for minutes in (0, 6):  # whoever is on duty is alarmed, and says nothing
            alarms.advance(db, timedelta(minutes=5), clock.now() + timedelta(minutes=minutes))
    assert "zanzibar" in there.get(f"/conversations/{in_danger}").text
    with database.write() as db:
        alarms.acknowledge(db, db.query(Handoff).filter_by(conversation_id=in_danger).one(), db.query(Staff).first())
    there.get(f"/conversations/{in_danger}", status=404)


def test_whoever_has_a_conversation_keeps_it_when_their_duty_ends(of_team, two, in_danger, database):
    there = of_team("worker", two.one)
    with database.write() as db:
        duty = builders.a_duty(db, db.get(Staff, there.staff.id), at=clock.now()).id
    there.post(f"/conversations/{in_danger}/take")
    with database.write() as db:
        db.execute(sa.text("update duties set removed_at = starts_at where id = :id"), {"id": duty})
    assert "zanzibar" in there.get(f"/conversations/{in_danger}").text
    there.get("/handoffs?view=mine")
    assert in_danger in there.html
