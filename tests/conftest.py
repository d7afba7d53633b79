"""What every test may ask for: keys, a migrated database, a fixed clock."""

from __future__ import annotations

import shutil

import pytest

from bot import crypto, migrations
from bot.db import Database

SECRET = "a secret for tests that is long enough"


@pytest.fixture(autouse=True, scope="session")
def keys():
    """The process's keys, for every test."""
    return crypto.use([SECRET])


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory):
    """A migrated, empty SQLite file, made once by running the migrations and copied for each test."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    database = Database(f"sqlite:///{path}")
    migrations.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def database(_migrated, tmp_path):
    """A fresh programme database with the newest schema and nothing in it."""
    path = tmp_path / "wellbeing.db"
    shutil.copy(_migrated, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()
