"""A gateway as it runs: in a thread of its own, with its workers, on a loopback port, against a provider's stand-in."""

from __future__ import annotations

import contextlib
import socket
import threading

import httpx
import uvicorn

from bot.gateway import app as app_module
from bot.gateway.assistant import Assistant
from bot.runtime import Runtime
from tests.gateway import kit


class Live(kit.World):
    """Subclasses say in `live` which provider is set up, and in `ready` when it can be texted. Rasa is a stub."""

    def __init__(self, database, folder, api, **values):
        self.database, self.api, self.rasa = database, api, kit.Rasa()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        here = {"demo": False, "gateway_port": self.port}
        self.settings = kit.settings(database, folder, **(here | self.live() | values))

    def live(self) -> dict:
        """The provider's settings."""
        return {}

    def ready(self, server: uvicorn.Server) -> bool:
        """Whether the provider can reach it."""
        return server.started

    @contextlib.contextmanager
    def up(self):
        """From here to the end of the block it runs."""
        assistant = Assistant("http://rasa", "s", 2.0, transport=httpx.MockTransport(self.rasa))
        app = app_module.create(Runtime(self.settings, self.database), assistant=assistant)
        self.gateway = app.state.gateway
        config = uvicorn.Config(
            app, host="127.0.0.1", port=self.port, log_config=None, ws="none", timeout_graceful_shutdown=3
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        try:
            self.api.until(lambda: self.ready(server))
            yield self
        finally:
            server.should_exit = True
            thread.join(15)
            assert not thread.is_alive(), "it did not stop"
