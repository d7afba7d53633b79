"""The whole road, timed: start-up, memory of each process, and replies with one and with eight people texting.

Starts its own system in demo mode on free ports with a database of its own, and stops it again.
"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import figures
from bot import settings
from tests.conftest import POSTGRES, postgres_database

ROOT = Path(__file__).resolve().parent.parent
MESSAGES = (
    "whit's a unit", "whats naloxone", "owt on this week in Govan?", "where do i get tested for hep c", "cant sleep",
    "i cant pay ma rent", "how many hours do i get", "menu", "is vaping safer", "what have i got booked", "ta",
    "who sees this",
)  # fmt: skip
EACH = 25


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class System:
    """A running system: where it is, seconds until it was ready, and the process above the others."""

    gateway: str
    console: str
    environment: dict[str, str]
    took: float = 0.0
    top: psutil.Process | None = None

    def start(self) -> None:
        """Start it and wait until it says that it is ready. RuntimeError when it does not."""
        began = time.monotonic()
        command = [sys.executable, "-m", "bot.cli", "run"]
        self.top = psutil.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self._watch, args=(self.top.stdout, ready := threading.Event()), daemon=True).start()
        if not ready.wait(180):
            raise RuntimeError("the system did not start")
        self.took = time.monotonic() - began

    @staticmethod
    def _watch(output, ready: threading.Event) -> None:
        for line in output:
            if line.startswith("ready"):
                ready.set()


@contextlib.contextmanager
def system(database_url: str = "", tracker_url: str = "") -> Iterator[System]:
    """A system of its own in demo mode, on SQLite unless databases are named."""
    with tempfile.TemporaryDirectory() as var:
        ports = {name: _free_port() for name in ("GATEWAY", "CONSOLE", "RASA", "ACTIONS")}
        environment = settings.environment() | {f"WELLBEING_{n}_PORT": str(p) for n, p in ports.items()}
        environment |= {
            "WELLBEING_VAR": var, "WELLBEING_DEMO": "1", "WELLBEING_DATABASE_URL": database_url,
            "WELLBEING_TRACKER_URL": tracker_url,
            "WELLBEING_SECRET_KEYS": "a secret for benchmarks that is long enough",
            "WELLBEING_INTERNAL_SECRET": "another secret for benchmarks, long enough",
        }  # fmt: skip
        made = System(f"http://127.0.0.1:{ports['GATEWAY']}", f"http://127.0.0.1:{ports['CONSOLE']}", environment)
        try:
            made.start()
            yield made
        finally:
            if made.top is not None and made.top.is_running():
                made.top.send_signal(signal.SIGTERM)
                made.top.wait(30)


def text(address: str, sender: str, words: str) -> float:
    """Text the assistant; seconds until the turn was complete."""
    body = json.dumps({"channel": "sms", "from": sender, "text": words}).encode()
    request = urllib.request.Request(f"{address}/simulator/messages", body, {"content-type": "application/json"})
    began = time.monotonic()
    with urllib.request.urlopen(request, timeout=60) as answer:
        json.load(answer)
    return time.monotonic() - began


def people(address: str, number: int, prefix: str) -> tuple[list[float], float]:
    """`number` people text at once, EACH messages one after another; their waits and messages a second."""
    waits: list[float] = []

    def person(n: int) -> None:
        for i in range(EACH):
            waits.append(text(address, f"+4477009{prefix}{n:02d}", MESSAGES[(i + n) % len(MESSAGES)]))

    threads = [threading.Thread(target=person, args=(n,)) for n in range(number)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(waits), len(waits) / (time.monotonic() - began)


def measure(name: str, database_url: str = "", tracker_url: str = "") -> list[str]:
    """Start a system on one database, time it, stop it; a line for each figure."""
    lines = []

    def note(line: str) -> None:
        lines.append(line)
        print(line, flush=True)

    with system(database_url, tracker_url) as running:
        note(f"start-up, {name}: ready after {running.took:.0f} s (model and encoder were built before)")
        text(running.gateway, "+447700900000", "hello")  # the first turn loads what the others find loaded
        for number, prefix in ((1, "001"), (8, "002")):
            waits, rate = people(running.gateway, number, prefix)
            p50, p95 = statistics.median(waits), waits[int(0.95 * len(waits)) - 1]
            note(
                f"whole road, {name}, {number} texting: {len(waits)} messages, {rate:.1f} a second, "
                f"p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms"
            )
        for child in running.top.children(recursive=True):
            with contextlib.suppress(psutil.Error):
                module = next((a for a in child.cmdline() if a.startswith(("bot.", "actions."))), None)
                if module:
                    note(f"memory, {name}: {module} {child.memory_info().rss / 2**20:.0f} MB")
    return lines


def main() -> int:
    """Both databases, one after the other."""
    lines = measure("SQLite")
    if POSTGRES:
        with postgres_database() as programme, postgres_database() as tracker:
            urls = [d.url.render_as_string(hide_password=False) for d in (programme, tracker)]
            lines += measure("PostgreSQL", *urls)
    figures.keep("speed", lines)
    return 0
