"""A gateway to test, over a database of its own."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from tests.gateway import staff_line
from tests.gateway.kit import Clock, World


@pytest.fixture
def world(database, tmp_path):
    """A gateway with a stub in Rasa's place and phones that remember."""
    return World(database, tmp_path)


@pytest.fixture
def any_world(any_database, tmp_path):
    """`world`, on SQLite and, where there is a server for tests, on PostgreSQL too."""
    return World(any_database, tmp_path)


@pytest.fixture
def at_noon(monkeypatch):
    """The clock stands at noon on Monday 23 November 2026 until it is told otherwise."""
    return Clock(monkeypatch, datetime(2026, 11, 23, 12, tzinfo=timezone.utc))


@pytest.fixture
def line(world, at_noon):
    """A gateway that a worker's linked phone texts; at noon on the Monday."""
    return staff_line.link(world)
