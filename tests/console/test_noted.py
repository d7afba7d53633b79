"""What the assistant has filled in so far stands beside the thread, in plain words, and never breaks the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.console import noted
from bot.console.app import create
from bot.models import Conversation, Service
from bot.runtime import Runtime
from bot.settings import Settings
from tests import builders
from tests.conftest import SECRET
from tests.console.tracker import note
from tests.house import dialogue


@pytest.fixture
def tracker(tmp_path):
    """The address of a tracker database that is not there yet."""
    return f"sqlite:///{tmp_path / 'tracker.db'}"


@pytest.fixture
def app(database, passwords, tracker):
    """The console, with a tracker database beside the programme's."""
    settings = Settings(secret_keys=(SECRET,), second_factor=False)
    return create(Runtime(replace(settings, tracker_url=tracker), database), passwords)


def rows(page) -> dict[str, str]:
    """What stands in the list, by its label."""
    found = page.one("dl", id="noted-list")
    return {row.one("dt").text: row.one("dd").text for row in found.all("div")}


def path(conversation_id: str) -> str:
    return f"/conversations/{conversation_id}"


def test_a_booking_half_made_stands_beside_the_thread(signed_in, waiting, database, tracker, audited):
    conversation_id = waiting("book me on something")
    with database.write() as db:
        session = builders.a_session(db, topic="alcohol", title="Drink and you")
        other = builders.a_session(db, topic="alcohol", title="Sleep well")
        db.get(Conversation, conversation_id).task = "booking"
    search = {"topic": "alcohol", "area": "Govan", "sector": "south", "start": "2026-12-07", "end": "2026-12-13",
              "part": "evening", "audience": "women"}  # fmt: skip
    filled = {"topic": "alcohol", "search": search, "offered": [session.id, other.id], "booking_session": session.id,
              "requested_slot": "booking_confirm", "remark": None, "last_said": "sessions"}  # fmt: skip
    note(tracker, conversation_id, filled, "booking_form")
    there = signed_in()
    page = there.get(path(conversation_id))
    found = rows(page)
    assert found["Talked about"] == "Alcohol"
    assert found["Looking for a session"] == "about alcohol; in Govan; 7 Dec to 13 Dec; in the evening; for women"
    first, second = found["Sessions shown to them"].split("; ")
    assert first.startswith("Drink and you, ") and second.startswith("Sleep well, ")
    assert found["Session they chose"].startswith("Drink and you, ")
    assert found["Waiting to hear"] == "whether to book it"
    assert "last_said" not in page.text and "None" not in page.one("dl", id="noted-list").text
    assert "20 Nov" in page.one("p", id="noted-at").text
    assert [why for *_, why in audited("conversation.viewed")], "the look is recorded as a look at the conversation"


def test_feedback_and_bookings_are_named_and_own_words_are_left_to_the_thread(signed_in, waiting, database, tracker):
    conversation_id = waiting("wit")
    with database.write() as db:
        person = db.get(Conversation, conversation_id).person
        booking = builders.a_booking(db, person, builders.a_session(db, title="Money talk"))
        theirs = builders.a_booking(db, None, builders.a_session(db, title="Somebody else"))
    filled = {"feedback_session": 0, "feedback_score": 4, "words": "i was ill that day", "words_for": "complaint",
              "cancel_booking_id": booking.id, "change_booking": theirs.id}  # fmt: skip
    note(tracker, conversation_id, filled)
    page = signed_in().get(path(conversation_id))
    found = rows(page)
    assert found["Feedback on"] == "the programme as a whole" and found["Score"] == "4 of 5"
    assert found["Booking to give back"].startswith("Money talk, ")
    assert found["Their words are for"] == "a complaint"
    assert "i was ill" not in page.one("dl", id="noted-list").text and "Somebody else" not in page.text


def test_a_search_for_a_service(signed_in, waiting, database, tracker):
    conversation_id = waiting("help wi debt")
    with database.write() as db:
        builders.a_topic(db, "financial_health")
        service: Service = builders.a_service(db, "money-help", name="Money Help")
    search = {"topic": "financial_health", "area": "Govan", "text": "my own words", "women": True}
    note(tracker, conversation_id, {"service_search": search, "services_seen": [service.slug, "gone"]})
    found = rows(signed_in().get(path(conversation_id)))
    assert found["Looking for a service"].endswith("; near Govan; for women")
    assert found["Services told"] == "Money Help" and "my own words" not in str(found)


def test_what_was_emptied_is_gone_and_another_conversation_is_left_alone(signed_in, waiting, database, tracker):
    conversation_id = waiting()
    with database.write() as db:
        builders.a_topic(db)
    note(tracker, conversation_id, {"topic": "alcohol", "feedback_score": 2})
    note(tracker, conversation_id, {"feedback_score": None})
    page = signed_in().get(path(conversation_id))
    assert set(rows(page)) == {"Talked about"}
    note(tracker, "f" * 32, {"feedback_score": 5})
    assert "5 of 5" not in signed_in(name="Bob Other").get(path(conversation_id)).text


@pytest.mark.parametrize("how", ["no file", "no table", "nothing filled in"])
def test_nothing_noted_is_said(signed_in, waiting, tracker, tmp_path, how):
    conversation_id = waiting()
    if how == "no table":
        (tmp_path / "tracker.db").touch()
    if how == "nothing filled in":
        note(tracker, conversation_id, {})
    page = signed_in().get(path(conversation_id))
    assert "It has filled nothing in." in page.text
    assert how != "no file" or not (tmp_path / "tracker.db").exists()


def test_a_tracker_that_cannot_be_read_does_not_hide_the_thread(signed_in, waiting, tracker, tmp_path, caplog):
    conversation_id = waiting("my secret words")
    (tmp_path / "tracker.db").write_text("this is no database at all, and long enough that nobody takes it for one")
    page = signed_in().get(path(conversation_id))
    assert "could not be read just now" in page.text and "my secret words" in page.one("ol", id="thread").text
    assert "my secret words" not in caplog.text


def test_slots_of_another_shape_are_passed_over(signed_in, waiting, tracker):
    """A tracker may be older than the code that reads it."""
    conversation_id = waiting()
    odd = {"search": ["x"], "offered": "7", "booking_session": "x", "topic": {"a": 1}, "feedback_score": "high",
           "service_search": 3, "requested_slot": "gone_slot", "words_for": 5, "answer": 9, "services_seen": 4,
           "change_booking": {}, "cancel_booking_id": "x"}  # fmt: skip
    note(tracker, conversation_id, odd)
    assert "It has filled nothing in." in signed_in().get(path(conversation_id)).text
    note(tracker, conversation_id, {"search": {"start": "soon", "topic": "gone", "part": "x", "new": 1}})
    assert "It has filled nothing in." in signed_in(name="Bob Other").get(path(conversation_id)).text


def test_every_question_of_a_form_has_words():
    asked = {slot for form in dialogue.domain()["forms"].values() for slot in form["required_slots"]} | {"resume"}
    assert asked == set(noted.ASKED)


def test_every_slot_is_shown_or_left_out_on_purpose():
    assert set(dialogue.domain()["slots"]) == noted.SHOWN | noted.LEFT_OUT
    assert not noted.SHOWN & noted.LEFT_OUT
