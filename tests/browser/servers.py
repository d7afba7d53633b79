"""The gateway and the console as they run for real, over loopback, in threads of this process."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import uvicorn
import waitress.server
from flask import Flask
from waitress.task import ThreadedTaskDispatcher

from bot.console.app import create as create_console
from bot.gateway import app as gateway_app
from bot.gateway.assistant import Assistant
from bot.runtime import Runtime
from bot.settings import Settings
from tests.conftest import SECRET
from tests.gateway import kit


@dataclass(frozen=True)
class Servers:
    """Where the two are, the console's application, the Rasa that the gateway asks (see tests/gateway/kit.py), and
    the address of a tracker database that is not there until somebody writes into it."""

    console: str
    phone: str
    app: Flask
    rasa: kit.Rasa
    tracker: str


@contextlib.contextmanager
def running(database, folder, passwords, *, second_factor: bool) -> Iterator[Servers]:
    """Both servers on `database`, from listening to stopped."""
    rasa, tracker = kit.Rasa(), f"sqlite:///{folder / 'tracker.db'}"
    settings = Settings(secret_keys=(SECRET,), second_factor=second_factor, tracker_url=tracker)
    app = create_console(Runtime(settings, database), passwords)
    with _console(app) as console, _gateway(database, folder, rasa) as phone:
        yield Servers(console, phone, app, rasa, tracker)


@contextlib.contextmanager
def _console(app: Flask) -> Iterator[str]:
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(4)
    server = waitress.server.create_server(
        app, host="127.0.0.1", port=0, threads=4, ident=None, map={}, _dispatcher=dispatcher
    )
    stopping = threading.Event()

    def serve() -> None:
        while not stopping.is_set():
            server.asyncore.loop(timeout=0.2, map=server._map, count=1)

    thread = threading.Thread(target=serve, name="console")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        stopping.set()
        thread.join(10)
        dispatcher.shutdown()
        for channel in list(server._map.values()):
            channel.close()


@contextlib.contextmanager
def _gateway(database, folder, rasa: kit.Rasa) -> Iterator[str]:
    settings = kit.settings(database, folder, secret_keys=(SECRET,))
    assistant = Assistant("http://rasa", "s", 2.0, transport=httpx.MockTransport(rasa))
    app = gateway_app.create(Runtime(settings, database), assistant=assistant)
    app.state.gateway.intake.patience = 30  # a test machine may be slow; a lock is noticed by SQLite itself
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, access_log=False, log_config=None, ws="none", timeout_graceful_shutdown=3)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="gateway")
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
