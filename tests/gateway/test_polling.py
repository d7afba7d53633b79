"""Fetching updates: a bad update, a store that is away, another program that fetches too. The offset does not lie."""

from __future__ import annotations

import asyncio
import logging

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from bot.gateway import channels, polling, state, way_in
from bot.gateway.intake import NotTaken
from bot.gateway.polling import Polling
from bot.gateway.reception import Reception
from bot.gateway.telegram import Telegram
from tests.gateway import kit
from tests.gateway.test_telegram import MESSAGE, Wire
from tests.gateway.test_updates import BAD, UPDATES

DANGER = "i want to die"


class Enough(Exception):
    """Ends a loop that would go on."""


@pytest.fixture
def wire():
    return Wire()


@pytest.fixture
def bot(database, tmp_path, wire):
    """A live-mode gateway that fetches; its poller rests by counting, and stops when it has rested often enough."""
    live = {"demo": False, "telegram_token": "1:canary"}
    telegram = Telegram(kit.settings(database, tmp_path, **live), transport=httpx.MockTransport(wire))
    world = kit.World(database, tmp_path, channels={"telegram": telegram}, **live)
    world.polling = Polling(telegram, world.database, world.gateway.leader, world.gateway.webhooks.handle)
    world.reception = Reception(telegram, world.polling)
    world.rests = []
    world.polling.rest = world.reception.rest = resting(world.rests)
    yield world
    world.gateway.leader.let_go()


def resting(rests, often=3):
    async def rest(seconds):
        rests.append(seconds)
        if len(rests) >= often:
            raise Enough

    return rest


def run(part):
    with pytest.raises(Enough):
        asyncio.run(part())


def text(number, words=None):
    return {"update_id": number, "message": {**MESSAGE, "message_id": number, "text": words or f"text {number}"}}


def bodies(world):
    return [row.body for row in world.rows("in")]


def asked(wire):
    return [fields.get("offset") for method, fields in wire.asked if method == "getUpdates"]


def offset(world):
    with world.database.read() as db:
        found = state.get(db, state.TELEGRAM_OFFSET)
        return found and int(found.value)


@pytest.mark.parametrize(
    "bad", [bad for bad in BAD.values() if isinstance(bad, dict) and bad.get("update_id") == 3], ids=str
)
def test_a_bad_update_is_passed_over_without_a_word_of_it(bot, wire, caplog, bad):
    bad = {**bad, "update_id": 41, "note": "canary words"}
    wire.answers["getUpdates"] = [(200, [text(40), bad, text(42)])]
    with caplog.at_level(logging.INFO, logger="wellbeing"):
        assert asyncio.run(bot.polling.poll()) == 3
    assert bodies(bot) == ["text 40", "text 42"] and offset(bot) == 43
    assert "update 41 could not be read" in caplog.text and "canary" not in caplog.text


def test_what_is_no_update_at_all_is_stepped_over_and_alone_makes_the_poller_wait(bot, wire):
    wire.answers["getUpdates"] = [(200, ["x", None, text(40)]), (200, ["x"]), (200, "x"), (200, None)]
    asyncio.run(bot.polling.poll())
    assert bodies(bot) == ["text 40"]
    run(bot.polling.run)
    assert bot.rests == [1.0, 2.0, 4.0], "no tight loop"


def test_an_offset_is_moved_behind_the_storing_and_not_past_what_was_not_stored(bot, wire):
    async def killed(name, event):
        if event.text == "text 41":
            raise RuntimeError("killed")
        await bot.gateway.webhooks.handle(name, event)

    bot.polling.handle = killed
    wire.answers["getUpdates"] = [(200, [text(40), text(41)])]
    with pytest.raises(RuntimeError):
        asyncio.run(bot.polling.poll())
    bot.polling.handle = bot.gateway.webhooks.handle
    wire.answers["getUpdates"] = [(200, [text(41)])]
    asyncio.run(bot.polling.poll())
    assert bodies(bot) == ["text 40", "text 41"] and asked(wire) == [None, "41"] and offset(bot) == 42


@pytest.mark.parametrize(
    "error", [NotTaken(), OperationalError("select", {}, Exception("canary"))], ids=["spool", "db"]
)
def test_while_nothing_can_be_written_down_the_offset_stands_and_the_poller_waits_and_goes_on(bot, wire, caplog, error):
    async def nowhere(name, event):
        if len(bot.rests) < 2:
            raise error
        await bot.gateway.webhooks.handle(name, event)

    bot.polling.handle = nowhere
    wire.answers["getUpdates"] = [(200, [text(40)])] * 3 + [(502, {"description": "Bad Gateway"})]
    run(bot.polling.run)
    assert asked(wire)[:3] == [None, None, None] and bodies(bot) == ["text 40"] and offset(bot) == 41
    assert bot.rests[:2] == [1.0, 2.0] and "canary" not in caplog.text


def test_a_database_that_is_away_is_waited_for(bot, wire, monkeypatch):
    def away():
        raise OperationalError("select", {}, Exception())

    monkeypatch.setattr(bot.database, "read", away)
    run(bot.polling.run)
    assert bot.polling.problem == "not_stored" and wire.asked == []


def test_while_only_the_spool_takes_messages_danger_is_answered_once_and_the_offset_goes_on_in_memory(
    bot, wire, monkeypatch
):
    wire.answers["getUpdates"] = [(200, [text(40, DANGER)]), (200, [])]
    bot.polling.database = bot.gateway.intake.database
    bot.gateway.intake.patience = 1

    async def twice():
        await bot.polling.poll()
        await bot.polling.poll()
        await bot.gateway.intake.drained()

    with bot.locked():
        asyncio.run(twice())
    assert asked(wire) == [None, "41"] and offset(bot) is None
    assert len(bot.gateway.intake.spool.waiting()) == 1
    said = [method for method, _ in wire.asked].count("sendMessage")
    assert said and said == len(set(fields["text"] for method, fields in wire.asked if method == "sendMessage"))
    assert bot.gateway.intake.import_spool() == 1 and bodies(bot) == [DANGER]


def test_a_message_that_breaks_us_is_taken_without_its_words_in_the_end(bot, wire):
    async def breaks(name, event):
        if event.text == "poison":
            raise KeyError("poison")
        await bot.gateway.webhooks.handle(name, event)

    bot.polling.handle = breaks
    wire.answers["getUpdates"] = [(200, [text(40, "poison"), text(41)])] * (polling.TRIES + 1)
    for _ in range(polling.TRIES):
        with pytest.raises(KeyError):
            asyncio.run(bot.polling.poll())
    asyncio.run(bot.polling.poll())
    assert [(row.body, row.kind) for row in bot.rows("in")] == [("", "other"), ("text 41", "text")]
    assert offset(bot) == 42


def test_after_a_quiet_week_updates_are_numbered_anew(bot, at_noon):
    bot.polling._move(900)
    assert bot.polling._offset() == 900
    at_noon.later(days=7)
    assert bot.polling._offset() is None


def test_another_processs_offset_counts_when_it_is_newer(bot, at_noon):
    bot.polling._move(900)
    at_noon.later(minutes=1)
    with bot.database.write() as db:
        state.put(db, state.TELEGRAM_OFFSET, "950")
    assert bot.polling._offset() == 950


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(UPDATES, max_size=5))
def test_whatever_updates_come_the_poller_neither_breaks_nor_loses_its_place(bot, wire, odd):
    first = (offset(bot) or 40) + 1
    numbered = [{**u, "update_id": first + n} if isinstance(u, dict) else u for n, u in enumerate(odd)]
    last = first + len(odd)
    before = len(bot.rows("in"))
    wire.answers["getUpdates"] = [(200, [*numbered, text(last)])]
    asyncio.run(bot.polling.poll())
    assert offset(bot) == last + 1
    assert f"text {last}" in bodies(bot)[before:]


# --- two programs on one bot, and webhooks ----------------------------------------------------

TAKEN = (409, {"description": "Conflict: terminated by other getUpdates request; make sure that only one is running"})
HOOKED = (409, {"description": "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"})
INFO = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}


def health(world):
    world.gateway.health.telegram = world.reception.told
    return TestClient(world.app).get("/health").json()


@pytest.mark.parametrize("answer, code", [(TAKEN, "409"), (HOOKED, "409_webhook")])
def test_a_conflict_is_told_clearly_in_the_log_and_in_health(bot, wire, caplog, answer, code):
    wire.answers = {"getWebhookInfo": [(200, INFO)], "getUpdates": [answer] * 3}
    run(bot.reception.run)
    assert caplog.text.count(way_in.sentence(code)) == 1, "once, not at every try"
    told = health(bot)
    assert told["status"] == "degraded" and told["telegram"]["state"] == "degraded"
    assert told["telegram"]["problem"] == code and told["telegram"]["what"] == way_in.sentence(code)


def test_once_the_other_program_has_gone_all_is_well_again(bot, wire):
    wire.answers = {"getWebhookInfo": [(200, INFO)], "getUpdates": [TAKEN, (200, [text(40)]), (502, {})]}
    bot.rests.append(0)
    bot.polling.handle = lambda name, event: check(bot)

    async def check(world):
        world.seen = world.reception.told()

    run(bot.reception.run)
    assert bot.reception.told()["problem"] == "NetworkError"
    wire.answers = {"getUpdates": [(200, [])]}
    bot.polling.problem = None
    assert bot.reception.told() == {"state": "ok", "by": "polling"}


def test_polling_while_a_webhook_is_set_takes_it_away_and_says_so(bot, wire, caplog):
    wire.answers = {"getWebhookInfo": [(200, {**INFO, "url": "https://elsewhere.example.org/canary"})]}
    asyncio.run(bot.reception.set_up())
    assert wire.methods() == ["getWebhookInfo", "deleteWebhook"]
    told = bot.reception.told()
    assert told["state"] == "ok" and told["problem"] == "webhook_was_set"
    assert way_in.sentence("webhook_was_set") in caplog.text and "canary" not in caplog.text + str(told)


@pytest.fixture
def hooked(database, tmp_path, wire):
    """A gateway with a public address, that Telegram is to call."""
    live = {
        "demo": False,
        "telegram_token": "1:canary",
        "telegram_webhook_secret": kit.SECRET,
        "public_url": kit.PUBLIC,
    }
    telegram = Telegram(kit.settings(database, tmp_path, **live), transport=httpx.MockTransport(wire))
    world = kit.World(database, tmp_path, channels={"telegram": telegram}, **live)
    world.reception = Reception(telegram, Polling(telegram, database, world.gateway.leader, None))
    return world


OURS = f"{kit.PUBLIC}/telegram"


@pytest.mark.parametrize(
    "found, problem",
    [
        ({"url": OURS}, None),
        ({"url": ""}, "webhook_missing"),
        ({"url": "https://elsewhere.example.org/canary"}, "webhook_elsewhere"),
        ({"url": OURS, "last_error_date": 1795435190, "last_error_message": "canary"}, "webhook_failing"),
        ({"url": OURS, "last_error_date": 1795430000, "last_error_message": "canary"}, None),
    ],
)
def test_how_the_webhook_stands_is_asked_at_the_start_and_told(hooked, wire, at_noon, found, problem):
    assert at_noon.time.timestamp() == 1795435200
    wire.answers = {"getWebhookInfo": [(200, {**INFO, "pending_update_count": 7, **found})]}
    asyncio.run(hooked.reception.set_up())
    told = health(hooked)["telegram"]
    assert told.get("problem") == problem and told["by"] == "webhook" and told["pending"] == 7
    assert told["state"] == ("degraded" if problem else "ok") and "canary" not in str(told)
    assert wire.methods().count("setWebhook") == (2 if problem == "webhook_missing" else 1)


def test_a_wrong_token_is_told(bot, wire):
    wire.answers = {"getWebhookInfo": [(401, {"description": "Unauthorized"})] * 3}
    run(bot.reception.run)
    assert bot.reception.told()["problem"] == "token" and wire.methods() == ["getWebhookInfo"] * 3


def test_a_throttled_poller_waits_as_long_as_it_is_told(bot, wire):
    wire.answers = {"getUpdates": [(429, {"description": "x", "parameters": {"retry_after": 90}})] * 3}
    run(bot.polling.run)
    assert bot.rests[0] == 90 and isinstance(bot.polling, Polling) and channels.TryAgain
