"""Keeps the processes running: starts them, watches their logs and their lives, starts again what dies, stops them all.

Each child leads a process group of its own and writes straight into its log file, so that a terminal that is not read
blocks nobody. On Linux a child is told to end when we die ourselves, however that happens: no orphan stays.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: Seconds between a death and the next start, doubling up to the longest; a minute of life sets it back.
FIRST_PAUSE, LONGEST_PAUSE, STEADY = 1.0, 30.0, 60.0
#: Seconds that the children have to end before they are killed.
PATIENCE = 8.0
#: Bytes of a log that is moved aside, and lines of it that are shown at a time.
LARGE_LOG, LINES_SHOWN = 10_000_000, 8
_LOUD = re.compile(r"\b(WARNING|ERROR|CRITICAL|Traceback)\b")
_PR_SET_PDEATHSIG = 1

try:
    _libc = ctypes.CDLL(None) if sys.platform == "linux" else None
except OSError:
    _libc = None


def _die_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process and its log."""

    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float | None = None
    read: int = field(default=0, repr=False)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs children until told to stop. Everything happens in `tick`, which the caller's loop calls often.

    Only one thread may start children: Linux ties "end when the parent does" to the thread that started them.
    """

    def __init__(
        self, logs: Path, environment: dict[str, str], tell: Callable[[str], None], folder: Path | None = None
    ) -> None:
        self.logs, self.environment, self.tell, self.folder = logs, environment, tell, folder
        self.clock = time.monotonic
        self.children: dict[str, Child] = {}

    def start(self, name: str, command: Sequence[str]) -> Child:
        """Start a child and keep it running."""
        child = Child(name, command, self.logs / f"{name}.log")
        self.children[name] = child
        self._spawn(child)
        return child

    def tick(self) -> None:
        """Show warnings, notice deaths, start again what is due."""
        for child in self.children.values():
            self._show(child)
            if child.process is not None and not child.alive:
                self._died(child)
            if child.again_at is not None and self.clock() >= child.again_at:
                child.again_at = None
                self._spawn(child)

    def stop(self, patience: float = PATIENCE) -> None:
        """End every child: asked first, killed after `patience` seconds, and their groups with them."""
        for child in self.children.values():
            child.again_at = None
            self._signal(child, signal.SIGTERM)
        end = time.monotonic() + patience
        for child in self.children.values():
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.05, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.tell(f"{child.name}: does not end, killed")
            self._signal(child, signal.SIGKILL)  # whatever it may have left in its group
            child.process.wait()
            child.process = None

    def _spawn(self, child: Child) -> None:
        rotate(child.log)
        child.read = child.log.stat().st_size if child.log.exists() else 0
        with open(child.log, "ab", opener=lambda path, flags: os.open(path, flags, 0o600)) as log:
            child.process = subprocess.Popen(
                child.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                cwd=self.folder,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        child.started = self.clock()

    def _died(self, child: Child) -> None:
        code = child.process.returncode
        self._signal(child, signal.SIGKILL)
        child.process = None
        if self.clock() - child.started >= STEADY:
            child.pause = FIRST_PAUSE
        child.again_at = self.clock() + child.pause
        self.tell(f"{child.name}: ended ({how(code)}), again in {child.pause:.0f} s; see {child.log.name}")
        for line in tail(child.log):
            self.tell(f"{child.name}: | {line}")
        child.pause = min(child.pause * 2, LONGEST_PAUSE)

    def _show(self, child: Child) -> None:
        """Print what is loud among the lines that came since the last look."""
        try:
            with child.log.open("rb") as log:
                log.seek(child.read)
                new = log.read(200_000)
        except OSError:
            return
        whole, _, _rest = new.rpartition(b"\n")
        child.read += len(whole) + 1 if whole else 0
        loud = [line for line in whole.decode("utf-8", "replace").splitlines() if _LOUD.search(line)]
        for line in loud[:LINES_SHOWN]:
            self.tell(f"{child.name}: {line[:300]}")
        if len(loud) > LINES_SHOWN:
            self.tell(f"{child.name}: and {len(loud) - LINES_SHOWN} more in {child.log.name}")

    @staticmethod
    def _signal(child: Child, number: int) -> None:
        if child.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, number)


def rotate(log: Path) -> None:
    """Move a large log aside, over the one that was moved before."""
    if log.exists() and log.stat().st_size > LARGE_LOG:
        log.replace(log.with_suffix(".old.log"))


def tail(log: Path, lines: int = 5) -> list[str]:
    """The last lines of a log."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 4_000))
            return file.read().decode("utf-8", "replace").splitlines()[-lines:]
    except OSError:
        return []


def how(code: int) -> str:
    """An exit status in words."""
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"
