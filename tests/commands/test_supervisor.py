"""Children are started again when they die, and none is left when we stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from bot import settings
from bot.commands.supervisor import FIRST_PAUSE, LARGE_LOG, Supervisor, rotate

#: Says that it is up, then waits for a signal.
WAITS = "import signal; print('up', flush=True); signal.pause()"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()"


@pytest.fixture
def told():
    return []


@pytest.fixture
def supervisor(tmp_path, told):
    made = Supervisor(tmp_path, settings.environment(), told.append)
    yield made
    made.stop(0)


def start(supervisor, code, name="child"):
    return supervisor.start(name, [sys.executable, "-c", code])


def until(child, text):
    """Wait for `text` in the child's log, reading it again and again; the test's time-out ends it."""
    while text.encode() not in (child.log.read_bytes() if child.log.exists() else b""):
        os.sched_yield()


def test_a_child_that_dies_is_reported_and_started_again_after_a_pause(supervisor, told):
    now = [1000.0]
    supervisor.clock = lambda: now[0]
    child = start(supervisor, "print('reason', flush=True); raise SystemExit(3)")
    child.process.wait()
    supervisor.tick()
    assert told[0] == "child: ended (status 3), again in 1 s; see child.log" and "child: | reason" in told
    assert child.process is None
    now[0] += FIRST_PAUSE
    supervisor.tick()
    assert child.process is not None
    child.process.wait()
    supervisor.tick()
    assert "again in 2 s" in told[2]


def test_stop_ends_every_child_and_what_it_started(supervisor):
    code = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {WAITS!r}]); {WAITS}"
    child, other = start(supervisor, code), start(supervisor, WAITS, "other")
    until(child, "up\nup\n")
    until(other, "up")
    groups = [child.process.pid, other.process.pid]
    supervisor.stop()
    for group in groups:
        members = subprocess.run(["ps", "-o", "stat=", "-g", str(group)], capture_output=True, text=True).stdout.split()
        assert all(state.startswith("Z") for state in members)


def test_a_child_that_does_not_end_is_killed(supervisor, told):
    child = start(supervisor, DEAF)
    until(child, "up")
    supervisor.stop(0)
    assert child.process is None and "killed" in told[-1]


def test_warnings_are_shown_and_the_rest_stays_in_the_log(supervisor, told):
    child = start(supervisor, "print('INFO fine'); print('2026 WARNING x bad', flush=True)")
    child.process.wait()
    supervisor.tick()
    assert told[0] == "child: 2026 WARNING x bad"
    assert b"INFO fine" in child.log.read_bytes()
    assert child.log.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells children when their parent has gone")
def test_no_child_outlives_a_parent_that_is_killed(tmp_path):
    parent = (
        "import pathlib, sys, signal; from bot import settings; from bot.commands.supervisor import Supervisor\n"
        f"s = Supervisor(pathlib.Path({str(tmp_path)!r}), settings.environment(), print)\n"
        f"c = s.start('child', [sys.executable, '-c', {WAITS!r}])\n"
        "print(c.process.pid, flush=True); signal.pause()"
    )
    command = [sys.executable, "-c", parent]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=settings.ROOT) as running:
        pid = int(running.stdout.readline())
        while b"up" not in (tmp_path / "child.log").read_bytes():
            os.sched_yield()
        watched = os.pidfd_open(pid)
        running.send_signal(signal.SIGKILL)
    import select

    assert select.select([watched], [], [], 10)[0]  # readable when the process has ended
    os.close(watched)


def test_a_large_log_is_moved_aside(tmp_path):
    log = tmp_path / "rasa.log"
    with log.open("wb") as file:
        file.truncate(LARGE_LOG + 1)
    rotate(log)
    assert not log.exists() and (tmp_path / "rasa.old.log").exists()
