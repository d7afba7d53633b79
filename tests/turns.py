"""Who runs beside whom when the tests share a machine's cores (`make test`: pytest-xdist).

A group of tests stays in one process: what is costly to set up is set up once. A test marked `alone` measures
time, so every other process waits while it runs, and it waits until theirs have ended: those come last, when there is
hardly anybody left to wait.
"""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

#: Fixture that is costly, or that two processes cannot have at once → the group of whatever asks for it. In the order
#: in which they begin: the longest first, so that no core is left with it at the end.
GROUPS = {
    "_world": "conversations",  # Rasa and the action server
    "_chromium": "browser",
    "tiny_model": "dialogue",  # a model to train
    "home": "commands",  # ports that are fixed
    "understander": "understanding",  # a model to load
}


#: The group of what runs alone.
ALONE = "alone"
#: Folder whose tests import what is costly to import → the group of all of them.
FOLDERS = {"tests/dialogue/": "dialogue"}  # Rasa


def group_of(file: str, fixtures: list[str], alone: bool = False) -> str:
    """The group of a test: that of all that run `alone`, of its costliest fixture, or of its folder, or its file."""
    if alone:
        return ALONE
    by_folder = next((group for folder, group in FOLDERS.items() if file.startswith(folder)), file)
    return next((group for fixture, group in GROUPS.items() if fixture in fixtures), by_folder)


def place_of(group: str) -> int:
    """Where a group stands in the queue; the files keep their order."""
    order = list(GROUPS.values())
    return order.index(group) if group in order else len(order) + (group == ALONE)


@contextlib.contextmanager
def turn(folder: Path, alone: bool) -> Iterator[None]:
    """From here to the end of the block no test runs that is `alone`, or, if this one is, none at all.

    Two files in `folder` are locked: the room, by all who run; and the door, by whoever is about to enter, so that the
    one who waits for an empty room is not overtaken for ever.
    """
    with (folder / "door").open("a") as door, (folder / "room").open("a") as room:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        yield
