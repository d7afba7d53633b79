"""One transaction on each database there is, for tests of the programme's own functions."""

from __future__ import annotations

import pytest


@pytest.fixture
def db(any_database):
    with any_database.write() as db:
        yield db
