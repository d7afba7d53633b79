"""The action server's door: the secret, sizes, and what it says when an action breaks."""

from __future__ import annotations

import sys
import types
import zlib

import pytest
from rasa_sdk import Action

from actions import server
from bot import logs
from tests.dialogue.conftest import INTERNAL, serving

CANARY = "zanzibarcanary"


@pytest.fixture
def application(loaded, monkeypatch):
    package = types.ModuleType("tiny_actions")

    class Speaks(Action):
        def name(self):
            return "action_speaks"

        async def run(self, dispatcher, tracker, domain):
            dispatcher.utter_message(text=tracker.latest_message["text"])
            return []

    class Breaks(Action):
        def name(self):
            return "action_breaks"

        async def run(self, dispatcher, tracker, domain):
            raise ValueError(tracker.latest_message["text"])

    monkeypatch.setitem(sys.modules, "tiny_actions", package)
    application = server.build(loaded, package)
    yield application
    del Speaks, Breaks


def call(action, text=CANARY):
    return {"next_action": action, "tracker": {"sender_id": "c1", "latest_message": {"text": text}, "slots": {}},
            "domain": {}, "version": "3.6.21"}  # fmt: skip


SECRET = {"X-Wellbeing-Secret": INTERNAL}


def test_runs_an_action_for_who_knows_the_secret(application):
    async def test(served):
        response = await served.client.post("/webhook", json=call("action_speaks"), headers=SECRET)
        assert response.json()["responses"][0]["text"] == CANARY
        for headers in ({}, {"X-Wellbeing-Secret": "wrong"}):
            response = await served.client.post("/webhook", json=call("action_speaks"), headers=headers)
            assert response.status_code == 401
            assert (await served.client.get("/actions", headers=headers)).status_code == 401
        assert (await served.client.get("/health")).status_code == 200

    serving(application, test)


def test_an_action_that_breaks_gives_an_id_and_nothing_of_the_tracker(application, capfd):
    logs.configure()  # again: here standard error is another one than in the fixture

    async def test(served):
        response = await served.client.post("/webhook", json=call("action_breaks"), headers=SECRET)
        assert response.status_code == 500
        assert set(response.json()) == {"error", "id"}
        assert CANARY not in response.text
        return response.json()["id"]

    mark = serving(application, test)
    err = capfd.readouterr().err
    assert mark in err and "ValueError" in err and CANARY not in err


def test_an_unknown_action_is_404(application):
    async def test(served):
        assert (await served.client.post("/webhook", json=call("action_none"), headers=SECRET)).status_code == 404

    serving(application, test)


def test_large_and_compressed_bodies_are_refused(application):
    async def test(served):
        large = await served.client.post("/webhook", json=call("action_speaks", "x" * 1_100_000), headers=SECRET)
        assert large.status_code == 413
        for encoding in ("deflate", "gzip"):
            headers = SECRET | {"Content-Encoding": encoding}
            response = await served.client.post("/webhook", content=zlib.compress(b"{}"), headers=headers)
            assert response.status_code == 415

    serving(application, test)


def test_rubbish_is_400_and_echoes_nothing(application):
    async def test(served):
        response = await served.client.post("/webhook", content=f"{{{CANARY}".encode(), headers=SECRET)
        assert response.status_code == 400 and CANARY not in response.text

    serving(application, test)
