"""`wellbeing run`: everything set up and started, watched until Ctrl-C. Safe to repeat."""

from __future__ import annotations

import argparse
import fcntl
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

from bot.settings import ROOT, Settings

#: Seconds between two looks at the children, and between two lines about who is still starting.
TICK, TELL_EVERY = 0.25, 5.0
#: Rasa draws bars, rewritten hundreds of times, unless it is told to be quiet.
NO_PROGRESS_BARS = {"LOG_LEVEL": "WARNING"}
DEMO_EMAIL = "demo@example.org"
DEMO_FILE = "demo-staff.txt"


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("run", help="set everything up and run it, until Ctrl-C")
    made.set_defaults(call=call)


def call(_arguments: argparse.Namespace) -> int:
    """Run; 1 with a sentence when it cannot start."""
    from bot import settings

    os.umask(0o077)
    # Whoever gives the secrets in the environment wants no second ones in a file.
    if "WELLBEING_SECRET_KEYS" not in settings.environment() and settings.ensure_env_file():
        tell("settings: a new .env with fresh secrets; keep it")
    loaded = settings.load()
    loaded.var.mkdir(mode=0o700, parents=True, exist_ok=True)
    loaded.var.chmod(0o700)
    logs = loaded.var / "log"
    logs.mkdir(mode=0o700, exist_ok=True)
    with (loaded.var / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"It is running already: http://127.0.0.1:{loaded.gateway_port}/", file=sys.stderr)
            return 1
        if (wrong := ports_taken(loaded)) is not None:
            print(wrong, file=sys.stderr)
            return 1
        return Run(loaded, logs).until_stopped()


class Stopped(Exception):
    """Ctrl-C, or a signal to end."""


class Run:
    """One run: set up and start as much as possible at once, then watch."""

    def __init__(self, loaded: Settings, logs: Path):
        from bot import settings
        from bot.commands.supervisor import Supervisor

        self.loaded, self.logs = loaded, logs
        # Rasa is pinned to SQLAlchemy 1.4, which says at each start that there is a 2.0.
        self.environment = settings.environment() | {"PYTHONUNBUFFERED": "1", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
        self.supervisor = Supervisor(logs, self.environment, tell, ROOT)
        self.began = time.monotonic()
        self.trainer: subprocess.Popen | None = None

    def until_stopped(self) -> int:
        """Start, watch, stop. 0 when stopped from outside, 1 when it could not start."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        try:
            return self._run()
        except Stopped:
            tell("stopping")
            return 0
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of them behind
            if self.trainer is not None and self.trainer.poll() is None:
                os.killpg(self.trainer.pid, signal.SIGKILL)
            self.supervisor.stop()
            tell("stopped")

    def _run(self) -> int:
        from bot.commands import health

        # The model in a process of its own: it takes half a gigabyte that we would otherwise keep.
        command = [sys.executable, "-m", "bot.nlu.training"]
        environment = self.environment | NO_PROGRESS_BARS
        self.trainer = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        demo_password = set_up_database(self.loaded)
        rasa, *others = health.processes(self.loaded)
        for process in others:
            self._start(process)
        while self.trainer.poll() is None:
            self.supervisor.tick()
            time.sleep(TICK)
        if self.trainer.returncode != 0:
            print("The language model could not be trained, see above.", file=sys.stderr)
            return 1
        self._start(rasa)
        self._wait([rasa, *others])
        self._welcome(demo_password)
        while True:
            self.supervisor.tick()
            time.sleep(TICK)

    def _start(self, process) -> None:
        self.supervisor.start(process.name, [sys.executable, "-m", process.module])

    def _wait(self, waiting: list) -> None:
        from bot.commands import health

        told = time.monotonic()
        while waiting:
            self.supervisor.tick()
            waiting = [p for p in waiting if not (self.supervisor.children[p.name].alive and health.well(p, 1.0))]
            if waiting and time.monotonic() - told >= TELL_EVERY:
                told = time.monotonic()
                tell(f"starting: {', '.join(p.name for p in waiting)} ({told - self.began:.0f} s)")
            time.sleep(TICK)

    def _welcome(self, demo_password: str | None) -> None:
        loaded = self.loaded
        tell(f"ready after {time.monotonic() - self.began:.0f} s; logs in {_short(self.logs)}, Ctrl-C stops it")
        if loaded.demo:
            tell(f"  text the assistant:  http://127.0.0.1:{loaded.gateway_port}/   (or `make chat`)")
        else:
            tell(f"  gateway:             http://127.0.0.1:{loaded.gateway_port}/health")
        tell(f"  staff console:       http://127.0.0.1:{loaded.console_port}/")
        if demo_password:
            tell(f"  sign in as:          {DEMO_EMAIL}   {demo_password}")
        elif loaded.demo:
            tell(f"  sign in as:          see {_short(loaded.var / DEMO_FILE)}")


def ports_taken(loaded: Settings) -> str | None:
    """A sentence for each port that somebody else uses, or None."""
    from bot.commands import health

    wrong = [
        f"Port {p.port} ({p.name}) is taken: stop what uses it, or set {p.setting} in .env to another."
        for p in health.processes(loaded)
        if health.taken(p.port)
    ]
    return "\n".join(wrong) or None


def set_up_database(loaded: Settings) -> str | None:
    """Migrate and seed; in demo mode make an account for the console. Returns its password if it was made now."""
    from bot import clock, migrations, runtime
    from bot.programme import samples, seeds

    built = runtime.build(loaded)
    try:
        migrations.upgrade(built.database)
        with built.database.write() as db:
            added = seeds.seed(db, demo=loaded.demo, today=clock.today())
            added["sample registers"] = samples.begun(db, clock.now()) if loaded.demo else 0
        new = ", ".join(f"{n} {what}" for what, n in added.items() if n)
        tell(f"database: ready{', added ' + new if new else ''}")
        return demo_account(built.database, loaded.var / DEMO_FILE) if loaded.demo else None
    finally:
        built.database.close()


def demo_account(database, file: Path) -> str | None:
    """An account to try the console with; its password once on screen, and in `file` (0600). None if there was one."""
    from bot.console import accounts

    with database.write() as db:
        if accounts.find(db, DEMO_EMAIL) is not None:
            return None
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        accounts.add(db, email=DEMO_EMAIL, name="Demo", role="coordinator", password=password)
        file.unlink(missing_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(f"{DEMO_EMAIL} {password}\n")
    return password


def tell(line: str) -> None:
    """A line on the screen, at once. A screen that has gone is no reason to stop."""
    try:
        print(line, flush=True)
    except OSError:
        pass


def _stop(_number, _frame) -> None:
    raise Stopped


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
