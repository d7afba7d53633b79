"""A very small assistant, trained once, served on loopback by the same code that serves the real one."""

from __future__ import annotations

import asyncio
import logging
import shutil
import socket
from pathlib import Path

import httpx
import pytest

from bot.dialogue import server
from bot.settings import ROOT, Settings
from tests.conftest import SECRET

INTERNAL = "an internal secret that is long enough"
TINY = Path(__file__).parent / "tiny"


@pytest.fixture(autouse=True)
def logging_as_before():
    """The servers set up logging for a whole process; a test is a part of one."""
    root = logging.getLogger()
    before, errors = list(root.handlers), logging.raiseExceptions
    yield
    root.handlers[:], logging.raiseExceptions = before, errors


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """The model of the assistant in `tiny/`."""
    from bot.nlu import training

    root = tmp_path_factory.mktemp("tiny")
    shutil.copytree(TINY, root, dirs_exist_ok=True)
    return training.train(root=root, model=root / "models" / "tiny.tar.gz")


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    """Settings of a process in a folder of its own."""
    monkeypatch.setenv("WELLBEING_VAR", str(tmp_path))
    monkeypatch.setenv("WELLBEING_SECRET_KEYS", SECRET)
    monkeypatch.setenv("WELLBEING_INTERNAL_SECRET", INTERNAL)
    monkeypatch.delenv("WELLBEING_TRACKER_URL", raising=False)
    return Settings(
        var=tmp_path,
        tracker_url=f"sqlite:///{tmp_path / 'tracker.db'}",
        secret_keys=(SECRET,),
        internal_secret=INTERNAL,
    )


class Served:
    """An application of Sanic's that listens, and a client of it."""

    def __init__(self, application, client):
        self.application, self.client = application, client

    @property
    def agent(self):
        return self.application.ctx.agent

    async def say(self, text, message_id="1", conversation="c1", secret=INTERNAL):
        """Ask as the gateway does."""
        body = {"conversation": conversation, "message_id": message_id, "text": text}
        headers = {"X-Wellbeing-Secret": secret}
        return await self.client.post("/webhooks/wellbeing/webhook", json=body, headers=headers)


def serving(application, test):
    """Run the coroutine function `test(Served)` against `application`, on a free port of the loopback."""
    from sanic import Sanic

    Sanic.test_mode = True  # it compiles its own methods anew at each start, which otherwise works once in a process

    async def run():
        with socket.create_server(("127.0.0.1", 0)) as sock:
            running = await application.create_server(sock=sock, return_asyncio_server=True, access_log=False)
            await running.startup()
            await running.before_start()
            await running.start_serving()
            try:
                url = f"http://127.0.0.1:{sock.getsockname()[1]}"
                async with httpx.AsyncClient(base_url=url, timeout=60) as client:
                    return await test(Served(application, client))
            finally:
                running.close()
                await running.wait_closed()

    try:
        return asyncio.run(run())
    finally:
        Sanic._app_registry.clear()


@pytest.fixture
def rasa(loaded, tiny_model):
    """Runs a test against the small assistant: `rasa(test)`, or `rasa(test, action=...)` with an action server."""

    def run(test, action=None):
        application = server.build(loaded, tiny_model, ROOT)

        async def with_action(served):
            if action is not None:
                served.agent.action_endpoint.ask = action
            return await test(served)

        return serving(application, with_action)

    return run
