"""Duty and alarms in the console: the rota, the code of the test, the badge of every page, "I am on it", "reached"."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import clock
from bot.conversations import alarms, duty, handoffs
from bot.models import AlarmCall, Duty
from tests import builders


@pytest.fixture
def rota(database):
    def rows():
        with database.read() as db:
            return list(db.execute(sa.select(Duty).order_by(Duty.id)).scalars())

    return rows


def form(staff_id, **values):
    day = f"{clock.today() + timedelta(days=1):%Y-%m-%d}"
    defaults = {"staff": staff_id, "day": day, "starts": "17:00", "ends": "09:00", "rung": "1", "channel": "sms"}
    return defaults | {"address": "07700 900555"} | values


def test_a_coordinator_puts_somebody_on_duty_over_night_and_takes_them_off(signed_in, account, rota, audited):
    worker, there = account("worker", "Bob Other"), signed_in("coordinator")
    there.post("/duty", form(worker.id))
    [row] = rota()
    assert (row.ends_at - row.starts_at, row.address) == (timedelta(hours=16), "+447700900555")
    page = there.get("/duty")
    assert "Bob Other" in page.text and "******555" in page.text and "900555" not in there.html
    there.post(f"/duty/{row.id}/remove")
    assert rota()[0].removed_at is not None
    assert [action for _, action, _, _ in audited("duty")] == ["duty.added", "duty.removed"]


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"address": "0141 496 0000"}, "UK mobile"), ({"channel": "telegram", "address": "@bob"}, "Telegram id"),
        ({"day": "soon"}, "Enter a day"), ({"day": "2020-01-01"}, "over already"), ({"rung": "9"}, "ladder"),
        ({"staff": "0"}, "Choose who"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_the_form_is_kept(signed_in, account, rota, wrong, sentence):
    there = signed_in("coordinator")
    there.post("/duty", form(account("worker", "Bob Other").id) | wrong, status=422)
    assert sentence in there.page.text and rota() == []


def test_a_worker_reads_the_rota_and_cannot_change_it(signed_in, rota):
    there = signed_in("worker")
    there.post("/duty", form(there.staff.id), status=403)
    assert "Put somebody on duty" not in there.get("/duty").text and rota() == []


def test_typing_the_code_of_the_test_makes_them_count_as_on(signed_in, database, rota):
    there = signed_in("worker")
    with database.write() as db:
        mine = builders.a_duty(db, there.staff, at=clock.now(), tested=False)
        duty.send_test(db, mine, clock.now())
        code = mine.code
    page = there.get("/duty")
    assert "Nobody counts as on duty" in page.text and code not in there.html
    there.post(f"/duty/{mine.id}/confirm", {"code": "1" if code != "1" else "2"})
    assert "Nobody counts" in there.get("/duty").text
    there.post(f"/duty/{mine.id}/confirm", {"code": code})
    assert "Somebody is on duty" in there.get("/duty").text
    assert "Somebody is on duty for danger" in there.get("/handoffs").text


def test_a_test_can_be_asked_for_again_by_whoever_is_on_duty_alone(signed_in, database):
    there, other = signed_in("worker"), signed_in("worker", "Bob Other")
    with database.write() as db:
        mine = builders.a_duty(db, there.staff, at=clock.now())
    other.post(f"/duty/{mine.id}/test")
    with database.read() as db:
        assert db.execute(sa.select(AlarmCall)).first() is None
    there.post(f"/duty/{mine.id}/test")
    with database.read() as db:
        assert len(db.execute(sa.select(AlarmCall)).all()) == 1


def test_every_page_has_the_alarm_in_its_title_and_a_line_without_any_script(signed_in, waiting):
    there = signed_in("coordinator")
    assert "hidden" in there.get("/people").one("p", id_="alarm").attributes
    waiting(reason="complaint")
    assert "hidden" in there.get("/people").one("p", id_="alarm").attributes
    waiting("secret words", reason="crisis_suicide")
    page = there.get("/people")
    assert page.one("title").text.startswith("(1 danger) ")
    assert "hidden" not in page.one("p", id_="alarm").attributes and "secret" not in page.one("p", id_="alarm").text
    assert there.http.get("/alarms?auto=1").get_json() == {"ringing": 1}


def test_on_it_ends_the_alarm_and_reached_is_another_thing(signed_in, waiting, database, audited):
    conversation_id = waiting(reason="crisis_suicide")
    there, other = signed_in("worker"), signed_in("worker", "Bob Other")
    there.get(f"/conversations/{conversation_id}")
    with database.read() as db:
        assert alarms.ringing(db, there.staff) == 1, "reading it answers no alarm"
    there.post(f"/conversations/{conversation_id}/on-it")
    assert there.http.get("/alarms").get_json() == {"ringing": 0}
    other.post(f"/conversations/{conversation_id}/on-it")
    row = other.get("/handoffs").one("tbody").one("tr").text
    assert "Ann Worker is on it" in row and "Not reached yet" in row
    there.post(f"/conversations/{conversation_id}/reached")
    with database.read() as db:
        found = handoffs.current(db, conversation_id)
        assert found.contacted_by == there.staff.id and found.taken_by is None
    assert "Ann Worker reached them" in other.get(f"/conversations/{conversation_id}").text
    assert [a for _, a, _, _ in audited("alarm")] == ["alarm.raised", "alarm.acknowledged"]


def test_taking_the_conversation_answers_the_alarm(signed_in, waiting, database):
    conversation_id = waiting(reason="crisis_abuse")
    there = signed_in("worker")
    there.post(f"/conversations/{conversation_id}/take")
    with database.read() as db:
        assert alarms.ringing(db, there.staff) == 0


def test_an_administrator_sees_no_alarm(signed_in, waiting):
    waiting(reason="crisis_suicide")
    there = signed_in("admin")
    assert there.get("/staff").all("p", id_="alarm") == []
    there.get("/alarms", status=403)


def test_an_alarm_that_did_not_arrive_is_on_the_page_of_the_conversation_and_on_the_rota(signed_in, waiting, database):
    conversation_id, there = waiting(reason="crisis_suicide"), signed_in("worker")
    with database.write() as db:
        ann = builders.a_duty(db, builders.a_member_of_staff(db, "worker", name="Ann Away"), at=clock.now())
        bob = builders.a_duty(db, builders.a_member_of_staff(db, "worker", name="Bob Back"), at=clock.now())
        handoff = handoffs.current(db, conversation_id)
        alarm = alarms.latest(db, [handoff.id])[handoff.id]
        for duty_, status, error in ((ann, "undelivered", "30003"), (bob, "delivered", None)):
            row = {"alarm_id": alarm.id, "duty_id": duty_.id, "status": status, "error": error}
            db.add(AlarmCall(**row, settled_at=clock.now()))
    page = there.get(f"/conversations/{conversation_id}")
    assert "Alarm to Ann Away, today" in page.text
    assert "not reached: the phone was off or out of reach" in page.text
    assert "arrived at their phone" in page.text
    assert "not reached: the phone was off" in there.get(f"/conversations/{conversation_id}/handover").text
    rows = {row.all("td")[0].text: row.text for row in there.get("/duty").one("tbody").all("tr")}
    assert "did not arrive. They do not count as on" in rows["Ann Away"] and "On: alarms" in rows["Bob Back"]
