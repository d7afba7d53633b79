"""The list of hand-offs: who waits, why, since when, and who has it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine

from bot import clock
from bot.clock import UTC
from bot.console import words
from bot.conversations import handoffs, hours
from bot.models import Conversation, Handoff


def test_the_most_urgent_is_first_in_words_and_not_in_colour_alone(signed_in, waiting):
    waiting(reason="shift")
    waiting(reason="complaint")
    waiting(reason="crisis_suicide")
    page = signed_in().get("/handoffs")
    rows = page.one("tbody").all("tr")
    assert [row.all("td")[0].text for row in rows] == ["Danger", "Soon", "Ordinary"]
    assert "may be thinking of suicide" in rows[0].text.lower()
    assert page.one("h1").text == "Hand-offs: 3 waiting, 1 danger"


def test_the_list_shows_a_masked_number_the_channel_and_who_has_it(signed_in, waiting, database):
    conversation_id = waiting(reason="asked")
    there = signed_in()
    row = there.get("/handoffs").one("tbody").one("tr")
    assert "******" in row.text and "+4477" not in there.html
    assert "SMS" in row.text and "Nobody" in row.text and "Not opened yet" in row.text
    there.post(f"/conversations/{conversation_id}/take")
    assert there.get("/handoffs").one("tbody").one("tr").all("td")[4].text == "You"
    other = signed_in(name="Bob Other")
    assert other.get("/handoffs").one("tbody").one("tr").all("td")[4].text == "Ann Worker"


def test_what_was_passed_on_is_read_only_by_opening_it_and_then_the_person_is_told_once(
    signed_in, waiting, texts, database
):
    conversation_id = waiting(reason="shift", note="cannae make my shift the morra")
    before = texts(conversation_id)
    there = signed_in()
    there.get("/handoffs")
    assert "Passed something on" in there.html and "cannae" not in there.html
    assert texts(conversation_id) == before
    for _ in range(2):
        page = there.get(f"/conversations/{conversation_id}")
        assert "cannae make my shift the morra" in page.text
    assert [body for _, body in texts(conversation_id)][len(before) :] == [
        "A worker has read what you sent. They may text or ring you about it."
    ]
    with database.read() as db:
        assert handoffs.current(db, conversation_id).seen_by == there.staff.id


def test_every_look_at_the_list_is_audited(signed_in, waiting, audited):
    waiting()
    there = signed_in()
    there.get("/handoffs")
    there.get("/handoffs?auto=1")
    assert audited("handoffs.listed") == [(f"staff:{there.staff.id}", "handoffs.listed", "handoffs", {"count": 1})] * 2


def test_several_reasons_are_all_said(signed_in, waiting, database):
    conversation_id = waiting(reason="shift")
    with database.write() as db:
        handoffs.open_for(db, db.get(Conversation, conversation_id), "complaint")
    text = signed_in().get("/handoffs").one("tbody").text
    assert "A complaint" in text and "also: can't make their shift" in text


def test_nobody_waiting_is_said_in_words(signed_in):
    page = signed_in().get("/handoffs")
    assert page.one("h1").text == "Hand-offs: nobody waiting"
    assert "Nobody waits" in page.text


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), "It is office hours (Mon-Fri 09:00-17:00)"),
        (datetime(2026, 11, 23, 20, 0, tzinfo=UTC), "somebody reads this tomorrow after 9am"),
    ],
)
def test_the_list_says_what_people_are_told_about_hours(signed_in, at, said):
    with time_machine.travel(at, tick=False):
        assert said in signed_in().get("/handoffs").text


def test_the_list_refreshes_without_a_script_and_can_be_told_not_to(signed_in):
    there = signed_in()
    refresh = there.get("/handoffs").one("head").one("noscript").one("meta")
    assert refresh.attributes["http-equiv"] == "refresh" and "auto=1" in refresh.attributes["content"]
    assert refresh.attributes["content"].startswith("15;")
    stop = there.page.one("main").one("noscript").one("a")  # the first thing on the page, before what jumps away
    assert stop.attributes["href"] == "/handoffs?refresh=off&view=waiting"
    assert not there.get("/handoffs?refresh=off").all("noscript") and "data-refresh" not in there.html


def test_a_closed_hand_off_is_not_on_the_list(signed_in, waiting, database):
    conversation_id = waiting()
    there = signed_in()
    there.post(f"/conversations/{conversation_id}/close", {"outcome": "answered"})
    assert not there.get("/handoffs").all("tbody")
    with database.read() as db:
        handoff = db.query(Handoff).one()
        assert (handoff.closed_how, handoff.closed_by) == ("staff", there.staff.id)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "just now"), (1, "1 minute"), (60, "1 hour"), (125, "2 hours 5 minutes"), (2880, "2 days")],
)
def test_how_long_somebody_has_waited(minutes, said):
    assert words.ago(clock.now() - timedelta(minutes=minutes)) == said


@time_machine.travel(datetime(2026, 6, 15, 12, 0, tzinfo=UTC), tick=False)
def test_times_are_londons():
    assert words.moment(datetime(2026, 6, 15, 13, 5, tzinfo=UTC)) == "today, 2:05pm"
    assert words.moment(datetime(2026, 6, 14, 23, 30, tzinfo=UTC)) == "today, 12:30am"
    assert words.moment(datetime(2026, 6, 14, 12, 0, tzinfo=UTC)) == "yesterday, 1pm"
    assert words.moment(datetime(2025, 1, 8, 9, 0, tzinfo=UTC)) == "Wed 8 Jan 2025, 9am"


def test_the_stamp_changes_with_the_list_and_a_look_at_it_says_nothing_and_keeps_nobody_signed_in(
    signed_in, waiting, database, audited
):
    there = signed_in()

    def stamp():
        answer = there.http.get("/handoffs/stamp?auto=1").json
        assert list(answer) == ["stamp"]
        return answer["stamp"]

    seen = [stamp()]
    conversation_id = waiting(reason="shift")
    seen.append(stamp())
    with database.write() as db:
        handoffs.open_for(db, db.get(Conversation, conversation_id), "crisis_suicide")
    seen.append(stamp())
    there.get(f"/conversations/{conversation_id}")
    seen.append(stamp())
    there.post(f"/conversations/{conversation_id}/take")
    seen.append(stamp())
    there.post(f"/conversations/{conversation_id}/give-back")
    seen.append(stamp())
    assert stamp() == seen[-1]
    there.post(f"/conversations/{conversation_id}/close", {"outcome": "answered"})
    seen.append(stamp())
    assert all(one != other for one, other in zip(seen, seen[1:], strict=False)) and seen[-1] == seen[0]
    page = there.get("/handoffs")
    assert page.one("div", id="live").attributes["data-stamp"] == stamp()
    assert [action for _, action, _, _ in audited("handoffs.")] == ["handoffs.listed"]


@time_machine.travel(datetime(2026, 12, 25, 12, 0, tzinfo=UTC), tick=False)
def test_days_when_nobody_reads_are_set_under_facts_and_said_on_the_list(signed_in):
    there = signed_in("coordinator")
    for wrong in ("soon", "2026-12-32", "25/12/2026"):
        there.post("/facts", {hours.CLOSED_DAYS: wrong}, status=422)
        assert there.page.one("textarea").text == wrong
    there.post("/facts", {hours.CLOSED_DAYS: "2026-12-28, 2026-12-25\n2025-12-25 2026-12-25"})
    assert there.get("/facts").one("textarea").text == "2026-12-25 2026-12-28", "in order, those that are over gone"
    text = there.get("/handoffs").text
    assert "It is outside office hours" in text and "on Tuesday after 9am" in text
