"""Which tests stay together, and that one which is alone has the machine to itself."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack

import pytest

from bot.settings import ROOT
from tests import turns

#: Tries to enter without waiting: prints what the lock says.
_TRY = """
import fcntl, sys
from pathlib import Path
real = fcntl.flock
fcntl.flock = lambda file, how: real(file, how if how == fcntl.LOCK_UN else how | fcntl.LOCK_NB)
from tests import turns
try:
    with turns.turn(Path(sys.argv[1]), sys.argv[2] == "alone"):
        print("in")
except BlockingIOError:
    print("waits")
"""


def another(folder, how: str) -> str:
    """What another process meets that wants to run a test now: "in" or "waits"."""
    asked = [sys.executable, "-c", _TRY, str(folder), how]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


@pytest.mark.parametrize(
    "here, there, met",
    [("beside", "beside", "in"), ("beside", "alone", "waits"),
     ("alone", "beside", "waits"), ("alone", "alone", "waits")],
)  # fmt: skip
def test_nothing_runs_beside_a_test_that_is_alone(tmp_path, here, there, met):
    with turns.turn(tmp_path, here == "alone"):
        assert another(tmp_path, there) == met
    assert another(tmp_path, there) == "in"


def test_who_waits_for_an_empty_room_is_not_overtaken(tmp_path):
    with ExitStack() as held:
        door = held.enter_context((tmp_path / "door").open("a"))
        turns.fcntl.flock(door, turns.fcntl.LOCK_EX)  # as whoever is alone does while it waits
        assert another(tmp_path, "beside") == "waits"


def test_what_is_costly_to_set_up_is_in_one_group_and_begins_first():
    costly = turns.group_of("tests/a.py", ["database", "_chromium"])
    assert costly == turns.group_of("tests/b.py", ["_chromium"]) == "browser"
    assert turns.group_of("tests/a.py", ["database"]) == "tests/a.py"
    assert turns.group_of("tests/dialogue/test_a.py", []) == turns.group_of("tests/a.py", ["tiny_model"]) == "dialogue"
    assert turns.place_of("conversations") < turns.place_of(costly) < turns.place_of("tests/a.py")
    alone = turns.group_of("tests/b.py", ["_chromium"], alone=True)
    assert turns.place_of("tests/a.py") < turns.place_of(alone)
