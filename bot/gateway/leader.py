"""One scheduler at a time: an advisory lock on PostgreSQL, a lock file beside a SQLite database.

Both are given up by the operating system or the server when their holder dies, so the next process takes over at once.
"""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path

import sqlalchemy as sa

from bot.db import Database

#: Any number that nobody else uses on this database.
ADVISORY = 7_231_104


class Leader:
    """Whether this process is the one that runs what must run once."""

    def __init__(self, database: Database, folder: Path):
        self.database, self.path = database, folder / "scheduler.lock"
        self._file: int | None = None
        self._connection = None
        self._turn = threading.Lock()  # several parts of this process ask, each from a thread of its own

    def lead(self) -> bool:
        """Take the lock or make sure that it is still held; False when another process has it."""
        with self._turn:
            return self._lead_by_file() if self.database.is_sqlite else self._lead_by_advisory_lock()

    def _lead_by_file(self) -> bool:
        if self._file is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        self._file = file
        return True

    def _lead_by_advisory_lock(self) -> bool:
        if self._connection is not None:
            try:
                self._connection.execute(sa.text("SELECT 1"))  # the lock is gone with the connection
                return True
            except sa.exc.DBAPIError:
                self._connection.invalidate()
                self._connection = None
        connection = self.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.execute(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY}).scalar():
            self._connection = connection
            return True
        connection.close()
        return False

    def let_go(self) -> None:
        """Give the lock up: whoever asks next, once this has returned, gets it."""
        with self._turn:
            if self._file is not None:
                os.close(self._file)
                self._file = None
            if self._connection is not None:
                self._unlock(self._connection)
                self._connection = None

    @staticmethod
    def _unlock(connection: sa.engine.Connection) -> None:
        # Said to the server, which waits for it to be done: that a connection is closed it may notice a moment later.
        try:
            connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY})
        except sa.exc.DBAPIError:
            pass  # the connection is gone, and the lock with it
        connection.invalidate()  # and never back in the pool, where it might keep the lock
        connection.close()
