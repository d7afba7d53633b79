"""The views of the inbox: what waits, mine, nobody's, put off, closed; first replies; and danger is never put off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock
from bot.conversations import desk, handoffs, inbox, messages, teams
from bot.models import Conversation, Staff
from tests import builders


def shown(there, view: str) -> int:
    """How many rows a view has."""
    page = there.get(f"/handoffs?view={view}")
    return len(page.one("tbody").all("tr")) if page.all("tbody") else 0


def put_off(there, conversation_id: str, how_long: str = "hour") -> None:
    there.post(f"/conversations/{conversation_id}/snooze", {"how_long": how_long})


def test_each_view_has_what_its_name_says(signed_in, waiting):
    there, other = signed_in(), signed_in(name="Bob Other")
    mine, theirs, free, later = (waiting() for _ in range(4))
    there.post(f"/conversations/{mine}/take")
    other.post(f"/conversations/{theirs}/take")
    put_off(there, later)
    assert {v: shown(there, v) for v in inbox.VIEWS} == {
        "waiting": 3, "mine": 1, "unassigned": 1, "snoozed": 1, "closed": 0,
    }  # fmt: skip
    there.post(f"/conversations/{mine}/close", {"outcome": "answered"})
    assert (shown(there, "mine"), shown(there, "closed"), shown(there, "waiting")) == (0, 1, 2)
    there.get("/handoffs?view=everything", status=404)
    assert free in there.http.get("/handoffs?view=unassigned").get_data(as_text=True)


def test_the_tabs_say_how_many_there_are_and_which_one_is_open(signed_in, waiting):
    waiting()
    page = signed_in().get("/handoffs?view=unassigned")
    tabs = page.one("ul", class_="tabs").all("a")
    assert [tab.text for tab in tabs] == ["Waiting (1)", "Mine (0)", "Nobody has (1)", "Put off (0)", "Closed"]
    assert [tab.text for tab in tabs if "aria-current" in tab.attributes] == ["Nobody has (1)"]


@pytest.mark.parametrize("how_long, comes_back", [("hour", timedelta(hours=1)), ("week", timedelta(days=7, hours=24))])
def test_what_is_put_off_comes_back_by_itself(database, waiting, how_long, comes_back):
    conversation_id, now = waiting(), clock.now()
    with database.write() as db:
        staff, handoff = builders.a_member_of_staff(db), handoffs.current(db, conversation_id)
        inbox.snooze(db, handoff, staff, how_long, now)
        assert inbox.view(db, "waiting", staff, now) == [] and inbox.view(db, "snoozed", staff, now) == [handoff]
        later = now + comes_back
        assert inbox.view(db, "waiting", staff, later) == [handoff] and not inbox.is_snoozed(handoff, later)


def test_a_text_of_theirs_brings_it_back_and_so_does_a_new_reason(signed_in, waiting, database):
    there, wrote, raised = signed_in(), waiting(), waiting()
    put_off(there, wrote), put_off(there, raised)
    assert shown(there, "waiting") == 0
    with database.write() as db:
        address = db.get(Conversation, wrote).address
        messages.receive(db, channel=address.channel, address=address.address, external_id="again", text="hello?")
    assert shown(there, "waiting") == 1
    with database.write() as db:
        handoffs.open_for(db, db.get(Conversation, raised), "complaint")
    assert shown(there, "waiting") == 2


def test_danger_cannot_be_put_off_and_ends_what_was(signed_in, waiting, database):
    there, danger, calm = signed_in(), waiting(reason="crisis_suicide"), waiting()
    assert "Put off" not in there.get(f"/conversations/{danger}").text.replace("Put off (", "")
    put_off(there, danger)
    put_off(there, calm)
    with database.write() as db:
        handoffs.open_for(db, db.get(Conversation, calm), "crisis_abuse")
    assert (shown(there, "waiting"), shown(there, "snoozed")) == (2, 0)


def test_the_worker_who_put_it_off_can_have_it_back(signed_in, waiting, audited):
    there, conversation_id = signed_in(), waiting()
    put_off(there, conversation_id)
    assert "It is put off till" in there.get(f"/conversations/{conversation_id}").text
    put_off(there, conversation_id, "now")
    assert shown(there, "waiting") == 1
    assert [a for _, a, _, _ in audited("handoff.") if "snooze" in a] == ["handoff.snoozed", "handoff.unsnoozed"]


def test_the_first_reply_is_measured_and_only_the_first(signed_in, waiting, database):
    there, conversation_id = signed_in(), waiting()
    there.post(f"/conversations/{conversation_id}/take")
    for text in ("Hello, it is Ann.", "Are you there?"):
        there.post(f"/conversations/{conversation_id}/reply", {"text": text})
    with database.write() as db:
        handoff = handoffs.current(db, conversation_id)
        replied = handoff.first_reply_at
        handoff.opened_at = replied - timedelta(minutes=14)
        assert inbox.first_replies(db, there.staff, clock.now()) == (1, timedelta(minutes=14))
    assert "first reply after 14 minutes" in there.get("/handoffs").text
    there.post(f"/conversations/{conversation_id}/close", {"outcome": "answered"})
    assert "half of the first replies came within 14 minutes" in there.get("/handoffs?view=closed").text


def test_danger_has_a_clock_and_is_first(signed_in, waiting):
    waiting(reason="shift"), waiting(reason="crisis_suicide")
    page = signed_in().get("/handoffs")
    first = page.one("tbody").all("tr")[0]
    assert first.one("strong", class_="clock").text == "just now" and page.all("strong", class_="clock")[1:] == []


# --- one tag, one team ----------------------------------------------------------------------


@pytest.fixture
def sorted_(signed_in, waiting, database):
    """Three who wait: one tagged housing and of team South, one tagged money, one in danger with neither."""
    there = signed_in()
    housing, money, danger = waiting(), waiting(), waiting(reason="crisis_suicide")
    with database.write() as db:
        south = teams.add(db, "South", by_staff=there.staff.id)
        for conversation_id, tag in ((housing, "housing"), (money, "money")):
            desk.tag(db, db.get(Conversation, conversation_id), there.staff, [tag])
        db.get(Conversation, housing).person.team_id = south.id
    return there, {"housing": housing, "money": money, "danger": danger}, south.id


@pytest.mark.parametrize("asked, shown", [
    ("tag=housing", {"housing"}), ("tag=money", {"money"}), ("tag=mood", set()), ("team=1", {"housing"}),
    ("team=none", {"money"}), ("team=none&tag=money", {"money"}), ("", {"housing", "money"}),
])  # fmt: skip
def test_the_list_is_narrowed_to_a_tag_or_a_team(sorted_, asked, shown):
    there, ids, _ = sorted_
    there.get(f"/handoffs?{asked}")
    # Danger is never narrowed away.
    assert {name for name, id_ in ids.items() if f"/conversations/{id_}" in there.html} == shown | {"danger"}


def test_a_narrowed_list_says_so_and_stays_so(sorted_):
    there, _, _ = sorted_
    page = there.get("/handoffs?tag=housing&team=1")
    assert "Only those tagged housing of team South are shown, and whoever may be in danger" in page.text
    assert "Tags: Housing" in page.text
    assert "tag=housing" in page.one("div", id="live").attributes["data-url"]  # and it stays so when it refreshes


def test_there_is_no_list_of_a_tag_or_team_that_there_is_not(sorted_):
    there, _, _ = sorted_
    for asked in ("tag=nonsense", "team=99", "team=x"):
        there.get(f"/handoffs?{asked}", status=404)


def test_staff_of_a_team_choose_among_what_they_see(sorted_, database):
    there, _, south = sorted_
    with database.write() as db:
        teams.add(db, "North", by_staff=there.staff.id)
        db.get(Staff, there.staff.id).team_id = south
    assert there.get("/handoffs").one("select", id="team").text == "Any South No team yet"
