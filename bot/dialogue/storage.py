"""The tracker database without Rasa: how it is opened, and how a conversation is taken out of it.

Apart from the tracker store because importing Rasa takes seconds and half a gigabyte, and erasure needs none of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

#: Milliseconds that SQLite waits for another writer. A turn has eight seconds in all.
BUSY_TIMEOUT = 3_000


def engine(url: str) -> Engine:
    """An engine for the tracker database: SQLite in WAL mode with a busy time-out, or PostgreSQL."""
    if not make_url(url).drivername.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=5)
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = sa.create_engine(
        url,
        poolclass=sa.pool.QueuePool,
        connect_args={"timeout": BUSY_TIMEOUT / 1000, "check_same_thread": False},
    )

    @sa.event.listens_for(made, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        for pragma in (f"busy_timeout={BUSY_TIMEOUT}", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return made


def forget(url: str, sender_id: str) -> int:
    """Delete every event of a conversation from the tracker database; returns how many there were."""
    made = engine(url)
    try:
        with made.begin() as connection:
            if not sa.inspect(connection).has_table("events"):
                return 0
            gone = connection.execute(sa.text("DELETE FROM events WHERE sender_id = :sender"), {"sender": sender_id})
        if made.dialect.name == "sqlite":
            with made.connect() as connection:  # what was deleted must not stay readable in the write-ahead log
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone.rowcount
    finally:
        made.dispose()
