"""Coming back to somebody on a day: it is on the list that morning, and not before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock
from bot.conversations import handoffs, inbox, messages
from bot.models import Conversation, Staff
from tests import builders


@pytest.fixture
def talked(database):
    """A conversation in which nobody is waited for."""
    with database.write() as db:
        return builders.conversation_id(db, builders.a_person(db, name="Jo Bloggs"))


def in_days(days: int):
    return clock.today() + timedelta(days=days)


def views(database, staff_id: int, days: int) -> tuple[int, int]:
    """How many wait and how many are put off, some days from now at noon."""
    at = clock.start_of_day(in_days(days)) + timedelta(hours=12)
    with database.read() as db:
        return tuple(len(inbox.view(db, name, Staff(id=staff_id), at)) for name in ("waiting", "snoozed"))


def test_it_comes_back_that_morning_for_whoever_planned_it_whatever_they_text_till_then(
    signed_in, talked, database, audited
):
    there = signed_in("worker")
    there.post(f"/conversations/{talked}/follow-up", {"day": f"{in_days(14)}"})
    page = there.get(f"/conversations/{talked}")
    assert "Ann Worker comes back to this on" in page.one("ol", id="thread").text
    assert "It is put off till" in page.text and "Come back to them" in page.text
    with database.write() as db:
        address = db.get(Conversation, talked).address
        messages.receive(db, channel="sms", address=address.address, external_id="m1", text="what is a unit")
    assert views(database, there.staff.id, 13) == (0, 1) and views(database, there.staff.id, 14) == (1, 0)
    assert "Mine (1)" in there.get("/handoffs").text
    assert [d["how_long"] for _, a, _, d in audited("handoff.snoozed")] == [f"{in_days(14)}"]
    assert [a for a, e, _, _ in audited("handoff.opened")] == [f"staff:{there.staff.id}"]


def test_a_new_reason_brings_it_back_at_once(signed_in, talked, database):
    there = signed_in("worker")
    there.post(f"/conversations/{talked}/follow-up", {"day": f"{in_days(14)}"})
    with database.write() as db:
        handoffs.open_for(db, db.get(Conversation, talked), "asked")
    assert views(database, there.staff.id, 1) == (1, 0)


def test_what_waits_is_put_off_till_a_day_and_a_text_brings_it_back(signed_in, waiting, database):
    there, conversation_id = signed_in("worker"), waiting()
    there.post(f"/conversations/{conversation_id}/follow-up", {"day": f"{in_days(3)}"})
    assert views(database, there.staff.id, 1) == (0, 1)
    with database.write() as db:
        address = db.get(Conversation, conversation_id).address
        messages.receive(db, channel="sms", address=address.address, external_id="m2", text="hello?")
    assert views(database, there.staff.id, 1) == (1, 0)


@pytest.mark.parametrize("day", ["", "soon", "today", "a year ahead"])
def test_a_day_that_cannot_be_is_refused_in_words(signed_in, talked, day):
    there = signed_in("worker")
    typed = {"today": f"{in_days(0)}", "a year ahead": f"{in_days(365)}"}.get(day, day)
    there.post(f"/conversations/{talked}/follow-up", {"day": typed})
    page = there.get(f"/conversations/{talked}")
    assert "Choose a day" in page.text and "No. The assistant is answering." in page.text


def test_danger_does_not_wait_for_a_day(signed_in, waiting):
    there, conversation_id = signed_in("worker"), waiting(reason="crisis_suicide")
    assert "Come back to them" not in there.get(f"/conversations/{conversation_id}").text
    there.post(f"/conversations/{conversation_id}/follow-up", {"day": f"{in_days(3)}"})
    page = there.get("/handoffs")
    assert "cannot wait for a day" in page.text and "1 danger" in page.text


def test_what_another_worker_has_is_theirs(signed_in, waiting):
    conversation_id = waiting()
    signed_in("worker", "Bob Other").post(f"/conversations/{conversation_id}/take")
    there = signed_in("worker")
    there.post(f"/conversations/{conversation_id}/follow-up", {"day": f"{in_days(3)}"})
    assert "theirs to put off" in there.get(f"/conversations/{conversation_id}").text
