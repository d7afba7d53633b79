"""The tracker store: encrypted, in order of rows, and able to forget."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.storage import Reader, engine, forget
from bot.dialogue.tracker import EncryptedTrackerStore
from tests.conftest import POSTGRES, postgres_database

CANARY = "zanzibarcanary"
DOMAIN = Domain.from_dict({"slots": {"topic": {"type": "text", "mappings": [{"type": "custom"}]}}})


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'tracker.db'}"
        return
    if not POSTGRES:
        pytest.skip("WELLBEING_TEST_POSTGRES_URL is not set")
    with postgres_database() as database:
        yield database.url.render_as_string(hide_password=False)


def a_tracker(sender="c1"):
    tracker = DialogueStateTracker(sender, DOMAIN.slots)
    intent = {"name": "ask_" + CANARY, "confidence": 1.0}
    tracker.update_with_events(
        [
            ActionExecuted("action_session_start"),
            SessionStarted(),
            UserUttered(CANARY, intent, [], {"text": CANARY, "intent": intent, "entities": []}, message_id="7"),
            SlotSet("topic", CANARY),
            BotUttered(f"You said {CANARY}."),
            ActionExecuted("action_listen"),
        ],
        DOMAIN,
    )
    return tracker


def test_stores_and_returns_a_conversation(url):
    store = EncryptedTrackerStore(DOMAIN, url)
    asyncio.run(store.save(a_tracker()))
    tracker = asyncio.run(store.retrieve("c1"))
    assert tracker.latest_message.text == CANARY and tracker.latest_message.message_id == "7"
    assert tracker.get_slot("topic") == CANARY
    assert asyncio.run(store.keys()) == ["c1"]
    assert asyncio.run(store.retrieve("c2")) is None


def test_nothing_that_was_written_is_readable_in_the_files(tmp_path):
    store = EncryptedTrackerStore(DOMAIN, f"sqlite:///{tmp_path / 'tracker.db'}")
    asyncio.run(store.save(a_tracker()))
    files = list(tmp_path.iterdir())
    assert any(f.name.endswith("-wal") for f in files)
    assert all(CANARY.encode() not in f.read_bytes() for f in files)
    with engine(f"sqlite:///{tmp_path / 'tracker.db'}").connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_clock_that_is_set_back_loses_no_event(url):
    store = EncryptedTrackerStore(DOMAIN, url)
    tracker = a_tracker()
    for event, stamp in zip(tracker.events, [100, 100, 50, 50, 50, 50]):  # noqa: B905
        event.timestamp = float(stamp)
    asyncio.run(store.save(tracker))
    assert len(asyncio.run(store.retrieve("c1")).events) == 5  # all but what came before the session's start


def test_forgets_one_conversation_and_no_other(url):
    store = EncryptedTrackerStore(DOMAIN, url)
    asyncio.run(store.save(a_tracker("c1")))
    asyncio.run(store.save(a_tracker("c2")))
    assert forget(url, "c1") == 6
    assert asyncio.run(store.retrieve("c1")) is None
    assert asyncio.run(store.retrieve("c2")) is not None
    assert forget(url, "c1") == 0


def test_forgetting_before_rasa_ever_ran_is_no_error(tmp_path):
    assert forget(f"sqlite:///{tmp_path / 'none.db'}", "c1") == 0


def test_the_url_and_the_keys_come_from_the_settings(loaded):
    store = EncryptedTrackerStore(DOMAIN)
    assert store.engine.url == sa.engine.make_url(loaded.tracker_url)


def test_what_is_filled_in_is_read_without_rasa(url):
    store, reader = EncryptedTrackerStore(DOMAIN, url), Reader(url)
    asyncio.run(store.save(a_tracker()))
    filled = reader.filled("c1")
    assert filled.slots == {"topic": CANARY} and filled.form is None and filled.noted_at is not None
    assert reader.filled("c2").slots == {}
    tracker = asyncio.run(store.retrieve("c1"))
    events = [ActiveLoop("booking_form"), SlotSet("topic", None), SlotSet("search", {"a": 1})]
    tracker.update_with_events(events, DOMAIN)
    asyncio.run(store.save(tracker))
    assert reader.filled("c1").slots == {"search": {"a": 1}} and reader.filled("c1").form == "booking_form"
    tracker.update_with_events([AllSlotsReset(), ActiveLoop(None)], DOMAIN)
    asyncio.run(store.save(tracker))
    assert reader.filled("c1") == replace(reader.filled("c1"), slots={}, form=None)


def test_a_new_session_begins_with_nothing_but_what_is_carried_over(url):
    store = EncryptedTrackerStore(DOMAIN, url)
    asyncio.run(store.save(a_tracker()))
    tracker = asyncio.run(store.retrieve("c1"))
    tracker.update_with_events([ActionExecuted("action_session_start"), SessionStarted()], DOMAIN)
    asyncio.run(store.save(tracker))
    assert Reader(url).filled("c1").slots == {}
    tracker.update_with_events([SlotSet("topic", "carried over")], DOMAIN)
    asyncio.run(store.save(tracker))
    assert Reader(url).filled("c1").slots == {"topic": "carried over"}
