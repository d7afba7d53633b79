"""The servers, started once for all conversations, and the world they share."""

from __future__ import annotations

import asyncio

import pytest

from bot import clock, migrations, runtime
from bot.db import Database
from tests.conftest import SECRET
from tests.conversations import servers
from tests.conversations.moved_clock import MovedClock, moved_datetime
from tests.conversations.world import NOON, World

INTERNAL = "an internal secret that is long enough"


@pytest.fixture(scope="session")
def _clock_file(tmp_path_factory):
    return tmp_path_factory.mktemp("clock") / "ahead"


@pytest.fixture(scope="session")
def _world(tmp_path_factory, _clock_file, keys):
    """The trained model, both servers, and a migrated database that all of them use."""
    servers.make_sure_it_is_trained()
    var, logs = tmp_path_factory.mktemp("var"), tmp_path_factory.mktemp("logs")
    moved = MovedClock(_clock_file)
    moved.put(NOON)
    values = servers.environment(var, SECRET, INTERNAL)
    database = Database(values["WELLBEING_DATABASE_URL"])
    migrations.upgrade(database)
    loop = asyncio.new_event_loop()
    with servers.running(values, _clock_file, logs) as loaded:
        world = World(database, loaded, moved, loop, logs)
        yield world
        loop.run_until_complete(world.assistant.close())
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()
    database.close()


@pytest.fixture
def world(_world, _clock_file, monkeypatch):
    """The world, with this process's clock on the test's time while the test runs."""
    monkeypatch.setattr(clock, "datetime", moved_datetime(_clock_file))
    yield _world
    runtime.install(None)
