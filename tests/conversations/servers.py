"""Rasa and the actions as they run for real: two processes on free ports of the loopback, with a `var` of their own."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from bot import settings as settings_module
from bot.settings import ROOT, Settings

SECRET_HEADER = "X-Wellbeing-Secret"
#: Seconds until a server must be up. Importing Rasa and loading the model takes ten on a quiet machine.
PATIENCE = 240.0


def make_sure_it_is_trained() -> None:
    """Train the model where something changed; in a process of its own, for what training fills memory with."""
    done = subprocess.run([sys.executable, "-m", "bot.nlu.training"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the model could not be trained:\n{done.stdout[-500:]}\n{done.stderr[-4000:]}")


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def environment(var: Path, secret: str, internal: str) -> dict[str, str]:
    """The settings of the servers under test as environment variables; real channels are switched off."""
    return {
        "WELLBEING_VAR": str(var),
        "WELLBEING_DATABASE_URL": f"sqlite:///{var / 'wellbeing.db'}",
        "WELLBEING_TRACKER_URL": f"sqlite:///{var / 'tracker.db'}",
        "WELLBEING_SECRET_KEYS": secret,
        "WELLBEING_INTERNAL_SECRET": internal,
        "WELLBEING_DEMO": "1",
        "WELLBEING_RASA_PORT": str(free_port()),
        "WELLBEING_ACTIONS_PORT": str(free_port()),
        "WELLBEING_OFFICE_HOURS": "Mon-Fri 09:00-17:00",
        # Not given by the environment they would be taken from a `.env` beside the code.
        "WELLBEING_TURN_BUDGET": "20",
        "TELEGRAM_TOKEN": "",
        "TWILIO_ACCOUNT_SID": "",
    }


@contextlib.contextmanager
def running(values: dict[str, str], clock_file: Path, logs: Path) -> Iterator[Settings]:
    """Both servers, from healthy to stopped."""
    loaded = settings_module.load(env_file=logs / "no.env", environ=values)
    started = []
    try:
        for module in ("bot.dialogue.server", "actions.server"):
            started.append(_start(module, values, clock_file, logs))
        secret = {SECRET_HEADER: loaded.internal_secret}
        _wait_until_up(started[1], f"{loaded.actions_url}/health", {})
        _wait_until_up(started[0], f"{loaded.rasa_url}/webhooks/wellbeing/health?text=hiya", secret)
        yield loaded
    finally:
        for server in started:
            server.process.terminate()
        for server in started:
            server.stop()


class Server:
    """One process and what it wrote."""

    def __init__(self, module: str, process: subprocess.Popen, log: Path):
        self.module, self.process, self.log = module, process, log

    def stop(self) -> None:
        """Wait for its end, and end it when it does not come."""
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)

    def last_words(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-4000:]


def _start(module: str, values: dict[str, str], clock_file: Path, logs: Path) -> Server:
    log = logs / f"{module}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.conversations.moved_clock", str(clock_file), module],
            cwd=ROOT,
            env=settings_module.environment() | values,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    return Server(module, process, log)


def _wait_until_up(server: Server, url: str, headers: dict[str, str]) -> None:
    until, pause = time.monotonic() + PATIENCE, threading.Event()
    with httpx.Client(trust_env=False, timeout=5.0, headers=headers) as client:
        while time.monotonic() < until:
            if server.process.poll() is not None:
                raise RuntimeError(f"{server.module} ended with {server.process.returncode}:\n{server.last_words()}")
            with contextlib.suppress(httpx.HTTPError):
                if client.get(url).status_code == 200:
                    return
            pause.wait(0.1)
    raise RuntimeError(f"{server.module} is not up after {PATIENCE:.0f} s:\n{server.last_words()}")
