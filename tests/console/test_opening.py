"""Office hours and quiet hours set in the console: checked, audited, and read by all that go by them."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import clock
from bot.conversations import hours, limits, messages
from bot.models import Conversation
from bot.programme import facts
from tests import builders

OFFICE = {"key": "office_hours", "first": "tue", "last": "sat", "opens": "10:00", "closes": "18:30"}
QUIET = {"key": "quiet_hours", "from": "21:30", "to": "08:00"}


def value(database, key):
    with database.read() as db:
        return facts.get(db, key)


def test_they_come_from_the_settings_until_an_administrator_sets_others(signed_in, database, audited):
    there = signed_in("admin", "Ada Min")
    page = there.get("/office-hours")
    assert "Nobody has set anything else here" in page.text and "Mon-Fri 09:00-17:00" in page.text
    there.post("/office-hours", OFFICE)
    there.post("/office-hours", QUIET)
    page = there.get("/office-hours")
    assert "Tue-Sat 10:00-18:30" in page.text and "21:30-08:00" in page.text
    assert page.text.count("Set by Ada Min, today") == 2 and "settings of this machine say 20:00-09:00" in page.text
    assert [d for _, _, _, d in audited("hours.set")] == [
        {"key": "office_hours", "value": "Tue-Sat 10:00-18:30"}, {"key": "quiet_hours", "value": "21:30-08:00"},
    ]  # fmt: skip
    there.post("/office-hours", OFFICE)
    assert len(audited("hours.set")) == 2, "the same again is no change"
    there.post("/office-hours", {"key": "office_hours", "do": "back"})
    assert value(database, "office_hours") is None and value(database, "quiet_hours") == "21:30-08:00"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (OFFICE | {"opens": "19:00"}, "first"),
        (OFFICE | {"opens": "25:00", "closes": "26:00"}, "first"),
        (OFFICE | {"first": "someday"}, "first"),
        (OFFICE | {"closes": ""}, "first"),
        (QUIET | {"to": "21:30"}, "from"),
        (QUIET | {"from": "9pm"}, "from"),
    ],
)
def test_what_no_clock_shows_is_refused_at_its_field_and_not_kept(signed_in, database, form, field):
    there = signed_in("admin")
    there.post("/office-hours", form, status=422)
    (wrong,) = [n for n in there.page.all("input", "select") if n.attributes.get("aria-invalid")]
    assert wrong.attributes["id"] == field
    assert value(database, form["key"]) is None


def test_only_an_administrator_sets_them(signed_in, database):
    there = signed_in("coordinator")
    there.get("/office-hours", status=403)
    there.post("/office-hours", OFFICE, status=403)
    assert value(database, "office_hours") is None


def test_every_page_that_speaks_of_them_goes_by_them(signed_in, database, monkeypatch):
    with database.write() as db:
        admin = builders.a_member_of_staff(db, "admin").id
        facts.set(db, "office_hours", "Mon-Sun 00:00-23:59", admin)
        facts.set(db, "quiet_hours", "03:00-04:00", admin)
        conversation = builders.a_conversation(db, last_inbound_at=clock.now())
        assert conversation.id
    there = signed_in("coordinator")
    assert "Office hours are Mon-Sun 00:00-23:59" in there.get("/facts").text
    assert "It is office hours (Mon-Sun 00:00-23:59)" in there.get("/handoffs").text
    form = {"audience": "everyone", "text": "The hall is shut.", "hours": "24", "day": "", "at": ""}
    night = clock.from_london(clock.today(), datetime(2026, 1, 1, 3, 30).time())
    monkeypatch.setattr(clock, "now", lambda: night)
    there = signed_in("coordinator", "Bea Night")
    there.post("/texts/new", form, status=200)
    assert "nobody is texted in the quiet hours (03:00-04:00)" in there.page.text


def test_a_running_gateway_goes_by_them_from_the_next_round(database):
    office = hours.parse("Mon-Fri 09:00-17:00")
    saturday = datetime(2026, 11, 28, 12, tzinfo=clock.UTC)
    assert not office.open_at(saturday)
    with database.write() as db:
        admin = builders.a_member_of_staff(db, "admin").id
        facts.set(db, "office_hours", "Sat-Sun 10:00-14:00", admin)
    with database.read() as db:
        office.learn(db)  # what the scheduler does each round
    assert office.open_at(saturday) and office.when_words(saturday) == "today"
    with database.write() as db:
        facts.set(db, "office_hours", None, admin)
        db.flush()
        office.learn(db)
    assert not office.open_at(saturday) and office.text == "Mon-Fri 09:00-17:00"


def test_the_outbox_goes_by_the_quiet_hours_at_once(database):
    bounds = limits.parse("20:00-09:00", 100)
    noon = datetime(2026, 11, 23, 12, tzinfo=clock.UTC)
    with database.write() as db:
        admin = builders.a_member_of_staff(db, "admin").id
        conversation = db.get(Conversation, builders.a_conversation(db).id)
        row = messages.say(db, conversation, "Tomorrow at 2pm.", author="system", purpose="reminder")
        assert limits.wait(db, bounds, row, noon) is None
        facts.set(db, "quiet_hours", "11:00-13:00", admin)
        db.flush()
        assert limits.wait(db, bounds, row, noon) == datetime(2026, 11, 23, 13, tzinfo=clock.UTC)
