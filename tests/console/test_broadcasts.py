"""Texts to many, as a coordinator writes, checks, sends and stops them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import clock
from bot.models import Broadcast, Message
from bot.programme import broadcasts
from tests import builders

TEXT = "New sessions are up. Text SESSIONS to see what's on."


@pytest.fixture
def three(database):
    """Three people who have texted, one of them by Telegram; the ids of their conversations."""
    with database.write() as db:
        made = [
            builders.a_conversation(db, channel=channel, last_inbound_at=clock.now() - timedelta(hours=2))
            for channel in ("sms", "sms", "telegram")
        ]
        return [conversation.id for conversation in made]


def form(**more):
    return {"text": TEXT, "audience": "everyone", "hours": "24"} | more


def hidden(page):
    found = {n.attributes["name"]: n.attributes.get("value", "") for n in page.one("main").all("input")}
    del found["csrf_token"]
    return found


def texts(database):
    with database.read() as db:
        return [m.status for m in db.query(Message).filter_by(purpose="broadcast")]


def test_without_a_price_only_segments_are_shown(signed_in, three):
    there = signed_in("coordinator")
    there.post("/texts/new", form(do="check"), status=200)
    assert "In money: not known, as no price of a segment is set." in there.page.text and "£" not in there.page.text


def test_with_a_price_the_cost_is_shown_in_money(signed_in, three, app):
    runtime = app.extensions["wellbeing"]
    app.extensions["wellbeing"] = replace(runtime, settings=replace(runtime.settings, pence_a_segment=4.05))
    there = signed_in("coordinator")
    there.post("/texts/new", form(do="check"), status=200)
    assert "That is £0.09 at 4.05p a segment, the price in the settings." in there.page.text


@pytest.mark.parametrize(
    ("sms", "each", "pence", "said"),
    [(2, 1, 0.0, None), (0, 2, 4.0, "£0.00"), (100, 3, 4.1, "£12.30"), (3, 1, 0.1, "£0.01"), (2500, 2, 4.0, "£200.00")],
)
def test_pennies_are_rounded_up_and_never_made_up(sms, each, pence, said):
    assert broadcasts.Cost(sms, 5, each).pounds(pence) == said


def test_it_is_seen_with_count_and_cost_before_it_goes_to_anybody(signed_in, three, database, audited):
    there = signed_in("coordinator")
    assert there.get("/texts/new?template=new_sessions").one("textarea").text.startswith("Hello from the wellbeing")
    there.post("/texts/new", form(do="check"), status=200)
    page = there.page
    assert f"{TEXT} Text STOP for no more texts." in page.one("div", class_="phone").text
    assert (
        "3 people: 2 by SMS, 1 by Telegram" in page.text and "2 text segments to pay for (1 for each SMS)" in page.text
    )
    assert texts(database) == []
    agreed = hidden(page)
    there.post("/texts/new", agreed | {"do": "change"}, status=200)
    assert there.page.one("textarea").text == TEXT and texts(database) == []
    there.post("/texts/new", agreed | {"do": "confirm"})
    there.post("/texts/new", agreed | {"do": "confirm"})  # a double click
    assert texts(database) == ["queued"] * 3
    page = there.get("/texts")
    assert "3 waiting to go out" in page.text and "by Ann Worker" in page.text
    assert [d for _, _, _, d in audited("broadcast.made")] == [{"count": 3}]


def test_when_the_number_has_changed_it_is_shown_again(signed_in, three, database):
    there = signed_in("coordinator")
    there.post("/texts/new", form(do="check"), status=200)
    agreed = hidden(there.page)
    with database.write() as db:
        builders.a_conversation(db, last_inbound_at=clock.now())
    there.post("/texts/new", agreed | {"do": "confirm"}, status=422)
    assert "to 4 now, not to 3" in there.page.one("div", role="alert").text and texts(database) == []
    there.post("/texts/new", hidden(there.page) | {"do": "confirm"})
    assert len(texts(database)) == 4


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "Text CANCEL to end it."}, "text"),
        ({"text": "Come \U0001f600"}, "text"),
        ({"hours": "lots"}, "hours"),
        ({"hours": "72"}, "hours"),
        ({"audience": "pub"}, "audience"),
        ({"audience": "squad:99"}, "audience"),
        ({"audience": "session"}, "audience"),
        ({"day": "2020-01-01", "at": "10:00"}, "day"),
        ({"day": "9999-12-31", "at": "10:00"}, "day"),
        ({"day": "soon", "at": ""}, "day"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(signed_in, three, database, change, field):
    there = signed_in("coordinator")
    there.post("/texts/new", form(do="confirm", seen="3", nonce="x") | change, status=422)
    (wrong,) = [n for n in there.page.all("input", "select", "textarea") if n.attributes.get("aria-invalid")]
    assert wrong.attributes["id"] == field
    assert texts(database) == []


def test_in_the_quiet_hours_it_waits_for_the_morning(signed_in, three, database):
    there = signed_in("coordinator")
    day = clock.london(clock.now() + timedelta(days=3)).date()
    there.post("/texts/new", form(do="check", day=str(day), at="22:00"), status=200)
    assert "nobody is texted in the quiet hours" in there.page.text
    there.post("/texts/new", hidden(there.page) | {"do": "confirm"})
    with database.read() as db:
        row = db.query(Broadcast).one()
        assert clock.london(row.send_after).date() == day + timedelta(days=1)
        assert clock.london(row.send_after).hour == 9
        assert row.expires_at - row.send_after == timedelta(hours=24)


def test_it_is_stopped_and_one_that_was_cut_off_goes_on(signed_in, three, database, audited):
    there = signed_in("coordinator")
    with database.write() as db:
        cut_off = builders.a_broadcast(db, send_after=clock.now(), expires_at=clock.now() + timedelta(hours=5)).id
    there.get("/texts")
    there.post(f"/texts/{cut_off}", {"do": "go on"})
    assert texts(database) == ["queued"] * 3
    there.post(f"/texts/{cut_off}", {"do": "stop"})
    assert texts(database) == ["stopped"] * 3
    assert "Stopped. 3 had not gone out." in there.get("/texts").text
    assert [d for _, _, _, d in audited("broadcast.stopped")] == [{"count": 3}]
    there.post("/texts/999", {"do": "stop"}, status=404)


def test_empty_words_are_refused_in_a_whole_sentence(signed_in, three):
    there = signed_in("coordinator")
    there.post("/texts/new", form(text=" "), status=422)
    assert there.page.one("p", id="text-problem").text == "Problem: Write what the text says."
