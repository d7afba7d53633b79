"""The programme database: engine, transactions, column types.

`Database.write()` begins at once with the write lock (BEGIN IMMEDIATE on SQLite), so that what was checked is still
true when it is written; `Database.read()` never blocks a writer. Functions that write take the SQLAlchemy session
first, call it `db`, and never commit: leaving the `with` block does.
"""

from __future__ import annotations

import contextlib
import threading
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session, declarative_base

from bot import clock, crypto

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
Base = declarative_base(metadata=sa.MetaData(naming_convention=NAMING))

#: How long a writer waits for another (SQLite), in milliseconds; the gateway spools after a second.
BUSY_TIMEOUT = 5_000

#: Writers of one process queue here before SQLite's lock: SQLite itself lets them poll, and one may starve for seconds.
_queues: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class Moment(sa.TypeDecorator):
    """A point in time: stored in UTC, always aware in Python."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        value = value.astimezone(clock.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect):
        return None if value is None else clock.aware(value)


class Encrypted(sa.TypeDecorator):
    """Text encrypted at rest with the process's keys."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect):
        return None if value is None else crypto.keyring().encrypt(value)

    def process_result_value(self, value: str | None, dialect):
        return None if value is None else crypto.keyring().decrypt(value)


class Database:
    """The engine behind one database URL, and its transactions."""

    def __init__(self, url: str, *, busy_timeout: int = BUSY_TIMEOUT):
        self.url = make_url(url)
        self.engine = _engine(url, busy_timeout)
        self._writers = self.engine.execution_options(write=True)
        self._patience = busy_timeout / 1000

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextlib.contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that holds the write lock from its start; commits when left, rolls back on an exception."""
        with self._queue(), Session(self._writers, future=True, expire_on_commit=False) as db, db.begin():
            db.connection()  # begin now: on SQLite this takes the write lock before anything is read
            yield db

    @contextlib.contextmanager
    def _queue(self) -> Iterator[None]:
        """The turn of a writer among those of this process. Who waits too long goes on to SQLite's own lock."""
        queue = _queues[str(self.url)] if self.is_sqlite else None
        first = queue is not None and queue.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if first:
                queue.release()

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction for reading; whatever is changed in it is thrown away. What was loaded can be read after it."""
        with Session(self.engine, future=True, expire_on_commit=False) as db:
            try:
                yield db
            finally:
                db.expunge_all()
                db.rollback()

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str, busy_timeout: int) -> Engine:
    if not make_url(url).drivername.startswith("sqlite"):
        return sa.create_engine(url, future=True, pool_pre_ping=True, pool_size=10, max_overflow=10)
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    arguments = {"timeout": busy_timeout / 1000, "check_same_thread": False}
    # SQLAlchemy 1.4 would open the file anew for each transaction, and the last one to leave it would write the whole
    # log back into it: more work than most transactions are.
    kept = {"poolclass": sa.pool.QueuePool, "pool_size": 20, "max_overflow": 40} if path and path != ":memory:" else {}
    engine = sa.create_engine(url, future=True, connect_args=arguments, **kept)

    @event.listens_for(engine, "connect")
    def _connect(connection, _record):
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={busy_timeout}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # what was acknowledged survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # or what was erased stays in the pages that it stood in
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection):
        writing = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def lock(db: Session, model: type, key: object):
    """The row of `model` with primary key `key`, locked until the transaction ends; None if there is none.

    On SQLite the whole database is already locked by the writer; on PostgreSQL this is SELECT ... FOR UPDATE.
    """
    return db.get(model, key, with_for_update=True, populate_existing=True)
