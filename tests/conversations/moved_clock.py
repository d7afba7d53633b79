"""A clock that a test can set, in this process and in the servers beside it.

The tests and the two servers read one small file: seconds to add to the real time. `MovedClock` writes it, and
`python -m tests.conversations.moved_clock FILE MODULE` runs one of our servers by it. bot/ and actions/ know nothing.
"""

from __future__ import annotations

import runpy
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from bot import clock


class MovedClock:
    """The time as the tests have it. Runs on from wherever it is put."""

    def __init__(self, file: Path):
        self.file = file
        self._ahead(0.0)

    def put(self, moment: datetime) -> None:
        """It is `moment` (aware) now."""
        self._ahead(moment.timestamp() - time.time())

    def move(self, by: timedelta) -> None:
        """It is later by that much."""
        self._ahead(read(self.file) + by.total_seconds())

    def _ahead(self, seconds: float) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(repr(seconds))
        fresh.replace(self.file)  # in one step: a server may be reading it


def read(file: Path) -> float:
    """By how many seconds the clock is ahead of the real one."""
    return float(file.read_text())


def moved_datetime(file: Path) -> type[datetime]:
    """What stands in for `datetime` in bot/clock.py: its `now` goes by the file, the rest is datetime's own."""

    class Moved(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(seconds=read(file))

        @classmethod
        def combine(cls, *args, **kwargs):
            return datetime.combine(*args, **kwargs)

    return Moved


def move_rasa(file: Path) -> None:
    """Rasa stamps its events with the time of its own; the pause in a form is measured by those stamps."""
    from rasa.shared.core import events

    events.time = SimpleNamespace(time=lambda: time.time() + read(file))


def main() -> None:
    """Run a module of ours by the file's clock."""
    file, module = Path(sys.argv[1]), sys.argv[2]
    clock.datetime = moved_datetime(file)
    if module == "bot.dialogue.server":
        move_rasa(file)
    sys.argv = [module]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
