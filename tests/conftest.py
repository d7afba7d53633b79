"""What every test may ask for: keys, a migrated database, a fixed clock."""

from __future__ import annotations

import contextlib
import functools
import ipaddress
import os
import shutil
import socket
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import crypto, migrations
from bot.db import Database
from tests import turns

#: A PostgreSQL server to run some of the tests on as well; its user must be allowed to create databases.
POSTGRES = os.environ.get("WELLBEING_TEST_POSTGRES_URL")
SECRET = "a secret for tests that is long enough"


@pytest.hookimpl(tryfirst=True)  # before xdist writes the group into the test's name
def pytest_collection_modifyitems(config, items):
    """Where several processes share the tests (`make test`), each test gets its group, and the longest begin."""
    if not hasattr(config, "workerinput"):
        return
    groups = {
        item: turns.group_of(item.nodeid.split("::")[0], item.fixturenames, bool(item.get_closest_marker("alone")))
        for item in items
    }
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: turns.place_of(groups[item]))


@pytest.hookimpl(wrapper=True, tryfirst=True)  # outermost: to wait for one's turn takes none of a test's time
def pytest_runtest_protocol(item):
    """A test that is `alone` has the machine to itself."""
    if not hasattr(item.config, "workerinput"):
        return (yield)
    shared = Path(item.config.option.basetemp).parent
    shared.mkdir(parents=True, exist_ok=True)
    with turns.turn(shared, item.get_closest_marker("alone") is not None):
        return (yield)


def _is_here(host: object) -> bool:
    """Whether a host is this machine."""
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def _on_loopback(function, host_of):
    """`function`, refusing every host that is not this machine."""

    def guarded(*args, **kwargs):
        host = host_of(*args, **kwargs)
        if not _is_here(host):
            raise RuntimeError(f"tests reach loopback only, not {host}: give the code under test a fake transport")
        return function(*args, **kwargs)

    return guarded


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Sockets other than loopback are refused in every test."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):  # a path (str) is a Unix socket, which never leaves this machine
        real = getattr(socket.socket, name)
        patch.setattr(
            socket.socket, name, _on_loopback(real, lambda _, to: to[0] if isinstance(to, tuple) else "localhost")
        )
    patch.setattr(socket, "getaddrinfo", _on_loopback(socket.getaddrinfo, lambda host, *_, **__: host))
    yield
    patch.undo()


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


class _Server:
    """The PostgreSQL server. A database is dropped when the next is made: by then whoever used it has gone, and the
    server, which waits a tenth of a second for them otherwise, waits for nobody."""

    def __init__(self) -> None:
        self._engine = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        self._done_with: list[str] = []

    def new(self, template: str | None) -> str:
        """The name of a new database, a copy of `template` if one is given."""
        self._drop()
        name = f"wellbeing_{uuid.uuid4().hex}"
        with self._engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return name

    def done_with(self, name: str) -> None:
        self._done_with.append(name)

    def close(self) -> None:
        self._drop()
        self._engine.dispose()

    def _drop(self) -> None:
        while self._done_with:
            with self._engine.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE {self._done_with.pop()} WITH (FORCE)")


@functools.cache
def _server() -> _Server:
    return _Server()


def pytest_sessionfinish():
    if _server.cache_info().currsize:
        _server().close()


@contextlib.contextmanager
def postgres_database(template: str | None = None):
    """A database of its own on the test server, a copy of `template` if one is given."""
    name = _server().new(template)
    database = Database(sa.engine.make_url(POSTGRES).set(database=name).render_as_string(hide_password=False))
    try:
        yield database
    finally:
        database.close()
        _server().done_with(name)


@pytest.fixture(scope="session")
def _migrated_postgres():
    """The name of a migrated, empty PostgreSQL database to copy; None without a server."""
    if not POSTGRES:
        yield None
        return
    with postgres_database() as database:
        migrations.upgrade(database)
        database.close()
        yield database.url.database


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request):
    """`database`, on SQLite and, where WELLBEING_TEST_POSTGRES_URL names a server, on PostgreSQL too."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database")
        return
    template = request.getfixturevalue("_migrated_postgres")
    if template is None:
        pytest.skip("WELLBEING_TEST_POSTGRES_URL is not set")
    with postgres_database(template) as database:
        yield database


@pytest.fixture(scope="session")
def understander():
    """The assistant's trained model, trained first if its sources changed: minutes, so once for all tests."""
    from bot.nlu import training
    from bot.nlu.understanding import Understander

    return Understander.load(training.train())
