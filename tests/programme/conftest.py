"""One transaction on each database there is, for tests of the programme's own functions."""

from __future__ import annotations

import pytest

from tests import builders


@pytest.fixture
def db(any_database):
    with any_database.write() as db:
        yield db


@pytest.fixture
def staff(db):
    """The id of a member of staff, Sam Case."""
    return builders.a_member_of_staff(db, name="Sam Case").id
