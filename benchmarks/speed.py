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
from pathlib import Path

import psutil

from bot import settings

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


@contextlib.contextmanager
def running() -> Iterator[tuple[str, float, psutil.Process]]:
    """A running system: the gateway's address, seconds until it was ready, and the process above the others."""
    with tempfile.TemporaryDirectory() as var:
        ports = {name: _free_port() for name in ("GATEWAY", "CONSOLE", "RASA", "ACTIONS")}
        environment = settings.environment() | {f"WELLBEING_{n}_PORT": str(p) for n, p in ports.items()}
        environment |= {
            "WELLBEING_VAR": var, "WELLBEING_DEMO": "1", "WELLBEING_DATABASE_URL": "", "WELLBEING_TRACKER_URL": "",
            "WELLBEING_SECRET_KEYS": "a secret for benchmarks that is long enough",
            "WELLBEING_INTERNAL_SECRET": "another secret for benchmarks, long enough",
        }  # fmt: skip
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "run"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            for line in process.stdout:
                if line.startswith("ready"):
                    break
            else:
                raise RuntimeError("the system did not start")
            took = time.monotonic() - began
            threading.Thread(target=process.stdout.read, daemon=True).start()
            yield f"http://127.0.0.1:{ports['GATEWAY']}", took, psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


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


def main() -> int:
    """Start, measure, print, stop."""
    with running() as (address, took, top):
        print(f"start-up: ready after {took:.0f} s (model and encoder were built before)")
        text(address, "+447700900000", "hello")  # the first turn loads what the others find loaded
        for number, prefix in ((1, "001"), (8, "002")):
            waits, rate = people(address, number, prefix)
            p50, p95 = statistics.median(waits), waits[int(0.95 * len(waits)) - 1]
            print(
                f"{number} texting: {len(waits)} messages, {rate:.1f} a second, "
                f"p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms",
                flush=True,
            )
        for child in top.children(recursive=True):
            with contextlib.suppress(psutil.Error):
                name = next((a for a in child.cmdline() if a.startswith(("bot.", "actions."))), None)
                if name:
                    print(f"memory: {name} {child.memory_info().rss / 2**20:.0f} MB")
    return 0
