"""Recovery, timed: each process is killed with -9 in a running system, and then all of it with the one above.

From the kill until the thing works again: for gateway, Rasa and actions until a text that is sent after it has its real
answer; for the console until its sign-in page; for the whole, started again by hand, until the first answer. And until
words of danger are answered, which need neither Rasa nor actions.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import time
import urllib.error
import urllib.request

import psutil

from benchmarks import figures, speed

#: Process → a bit of its command line.
PARTS = {
    "gateway": "bot.gateway.app", "rasa": "bot.dialogue.server", "actions": "actions.server",
    "console": "bot.console.app",
}  # fmt: skip
#: Seconds that the slowest may take to come back (M14: Rasa 60 s, the others 10 s).
PROMISED = {"rasa": 60, "gateway": 10, "actions": 10, "console": 10, "all of it": 60}
PATIENCE, PAUSE = 180.0, 0.1
_senders = itertools.count(1)


def said(address: str, words: str) -> str:
    """What somebody who has never texted before is told; empty when nobody answers."""
    body = json.dumps({"channel": "sms", "from": f"+4477005{next(_senders):05d}", "text": words}).encode()
    request = urllib.request.Request(f"{address}/simulator/messages", body, {"content-type": "application/json"})
    with contextlib.suppress(OSError, ValueError), urllib.request.urlopen(request, timeout=15) as answer:
        return " ".join(reply["text"] for reply in json.load(answer)["replies"])
    return ""


def until(done, began: float) -> float:
    """Seconds from `began` until `done()`."""
    while not done():
        if time.monotonic() - began > PATIENCE:
            raise RuntimeError("it did not come back")
        time.sleep(PAUSE)
    return time.monotonic() - began


def answers(address: str) -> bool:
    """Whether a text is answered from the answer bank, which takes Rasa, actions and gateway."""
    return "pure alcohol" in said(address, "whit's a unit")


def helps(address: str) -> bool:
    """Whether danger is answered."""
    return "116 123" in said(address, "i want to die")


def process(top: psutil.Process, module: str) -> psutil.Process:
    """The running process of a module."""
    return next(c for c in top.children(recursive=True) if module in c.cmdline())


def shows(address: str) -> bool:
    """Whether a page answers."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/health", timeout=5) as answer:
        return answer.status == 200
    return False


def main() -> int:
    """Kill one after the other, measure, print."""
    lines, late = [], 0

    def note(name: str, took: float, danger: float | None = None) -> None:
        nonlocal late
        late += took > PROMISED[name]
        beside = "" if danger is None else f", danger answered after {danger:.1f} s"
        lines.append(f"kill -9 of {name}: back after {took:.1f} s (promised {PROMISED[name]}){beside}")
        print(lines[-1], flush=True)

    with speed.system() as system:
        until(lambda: answers(system.gateway), time.monotonic())
        for name, module in PARTS.items():
            process(system.top, module).kill()
            began = time.monotonic()
            if name == "console":
                note(name, until(lambda: shows(system.console), began))
                continue
            danger = until(lambda: helps(system.gateway), began)
            note(name, until(lambda: answers(system.gateway), began), danger)
            time.sleep(2)
        children = system.top.children(recursive=True)
        system.top.kill()
        psutil.wait_procs([system.top, *children], timeout=30)
        began = time.monotonic()
        system.start()
        danger = until(lambda: helps(system.gateway), began)
        note("all of it", until(lambda: answers(system.gateway), began), danger)
    figures.keep("recovery", lines)
    return 1 if late else 0
