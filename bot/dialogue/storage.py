"""The tracker database without Rasa: how it is opened, what is filled in, how a conversation is taken out of it.

Apart from the tracker store because importing Rasa takes seconds and half a gigabyte, and neither erasure nor a page
that shows what is filled in needs any of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from bot.db import Encrypted

#: Milliseconds that SQLite waits for another writer. A turn has eight seconds in all.
BUSY_TIMEOUT = 3_000
#: The columns of the tracker store's table that are read here.
_events = sa.table(
    "events", sa.column("id", sa.Integer), sa.column("sender_id", sa.String), sa.column("type_name", sa.String),
    sa.column("timestamp", sa.Float), sa.column("data", Encrypted),
)  # fmt: skip


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


#: Kinds of event that say what is filled in and which form is open.
_FILLING = ("slot", "active_loop", "reset_slots", "restart")


@dataclass(frozen=True)
class Filled:
    """What the assistant has filled in so far: slots that are not empty, the form that is open, when it last noted."""

    slots: dict[str, Any]
    form: str | None
    noted_at: datetime | None


class Reader:
    """Looks into the tracker database without Rasa. Opens nothing until it is asked, and makes no file of its own."""

    def __init__(self, url: str):
        self.url, self._engine = url, None

    def filled(self, sender_id: str) -> Filled:
        """What is filled in, from the newest session of the conversation on, as Rasa itself reads it."""
        slots: dict[str, Any] = {}
        form, noted = None, None
        for kind, stamp, data in self._events(sender_id):
            event = json.loads(data)
            if kind in ("reset_slots", "restart"):
                slots, form = {}, None if kind == "restart" else form
            elif kind == "active_loop":
                form = event.get("name")
            else:
                slots[event["name"]], noted = event.get("value"), stamp
        at = None if noted is None else datetime.fromtimestamp(noted, timezone.utc)
        return Filled({name: value for name, value in slots.items() if value not in (None, [], {})}, form, at)

    def _events(self, sender_id: str) -> list[tuple[str, float, str]]:
        if not self._is_there():
            return []
        started = (
            sa.select(sa.func.max(_events.c.id))
            .where(_events.c.sender_id == sender_id, _events.c.type_name == "session_started")
            .scalar_subquery()
        )
        query = (
            sa.select(_events.c.type_name, _events.c.timestamp, _events.c.data)
            .where(_events.c.sender_id == sender_id, _events.c.type_name.in_(_FILLING))
            .where(_events.c.id >= sa.func.coalesce(started, 0))
            .order_by(_events.c.id)
        )
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query)]

    def _is_there(self) -> bool:
        """Whether there is a tracker database with its table. Looking must not make one with loose permissions."""
        if self._engine is None:
            made = make_url(self.url) if self.url else None
            is_file = made is not None and made.drivername.startswith("sqlite")
            if made is None or (is_file and not Path(made.database or "").is_file()):
                return False
            opened = engine(self.url)
            if not sa.inspect(opened).has_table("events"):
                opened.dispose()
                return False
            self._engine = opened
        return True
