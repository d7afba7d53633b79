"""What the crash test needs: the gateway in a process that dies at a named point, and a world around it that counts.

Rasa and the provider are servers in the test's own process, so that their ledgers outlive every crash.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import multiprocessing
import os
import queue
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

#: Seconds by which a restarted process's clock is ahead of the one before: every claim of the dead one is cut off.
LATER = 61


# --- the process that dies -------------------------------------------------------------------


@dataclass(frozen=True)
class Orders:
    """What a process is started with. `dies_at`: the point, and at which time that it is reached; None to live."""

    database_url: str
    var: str
    port: int
    rasa: str
    provider: str
    secret: str
    dies_at: tuple[str, int] | None = None
    clock_ahead: float = 0
    #: The database takes no inbound message in time: all go through the spool.
    database_busy: bool = False


def serve(orders: Orders, armed) -> None:
    """The gateway, as in production but for its channel, its clock and its death."""
    import uvicorn

    from bot import clock, runtime
    from bot.gateway import app, points
    from bot.gateway.assistant import Assistant
    from bot.settings import Settings

    real = clock.now
    clock.now = lambda: real() + timedelta(seconds=orders.clock_ahead)
    if orders.dies_at is not None:
        points.hook = _death(*orders.dies_at, armed)
    app.SPOOL_EVERY = 0.1
    settings = Settings(
        var=Path(orders.var), database_url=orders.database_url, secret_keys=(orders.secret,), demo=True,
        internal_secret="y" * 40,
    )  # fmt: skip
    assistant = Assistant(orders.rasa, "s", 8.0)
    made = app.create(runtime.build(settings), assistant=assistant, channels={"sms": _wire(orders.provider)})
    if orders.database_busy:
        made.state.gateway.intake._store = _takes_nothing
    else:
        made.state.gateway.intake.patience = 30  # a slow test machine is no reason for the spool
    uvicorn.run(made, host="127.0.0.1", port=orders.port, log_config=None, access_log=False, ws="none")


def _death(point: str, times: int, armed) -> Callable[[str], None]:
    left, turn = times, threading.Lock()

    def hook(name: str) -> None:
        nonlocal left
        with turn:
            left -= name == point and armed.is_set()
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return hook


async def _takes_nothing(inbound):
    return None


def _wire(provider: str):
    import httpx

    from bot.gateway.channels import Sent, TryAgain, as_sms
    from bot.gateway.parts import Inbound

    class Wire:
        """A channel whose webhook and API are JSON."""

        name = "sms"

        def __init__(self):
            self.client = httpx.AsyncClient(base_url=provider, trust_env=False)

        def verify(self, call):
            return True

        def parse(self, call):
            told = json.loads(call.body)
            return [Inbound("sms", told["from"], told["id"], told["text"])]

        def render(self, text, buttons=()):
            return as_sms(text, buttons)

        async def send(self, address, message, message_id):
            body = {"to": address, "text": message.text, "message": message_id}
            try:
                answer = await self.client.post("/send", json=body)
            except httpx.HTTPError:
                raise TryAgain("network") from None
            return Sent(answer.json()["id"], "sent")

        async def acknowledge(self, inbound, again=False):
            """The 200 was enough."""

        async def close(self):
            await self.client.aclose()

    return Wire()


# --- the world around it ---------------------------------------------------------------------


class Rasa:
    """Keeps a ledger as our channel in Rasa does: a message id that it knows is replayed, and moves nothing."""

    def __init__(self):
        self.ledger: dict[str, dict] = {}
        #: Conversation → the texts that moved its dialogue, in order.
        self.dialogues: dict[str, list[str]] = {}
        self.replayed = 0
        self._turn = threading.Lock()

    def __call__(self, told: dict) -> dict:
        with self._turn:
            if told["message_id"] in self.ledger:
                self.replayed += 1
            else:
                self.dialogues.setdefault(told["conversation"], []).append(told["text"])
                self.ledger[told["message_id"]] = {"replies": [{"text": f"Answer to {told['text']}"}]}
            return self.ledger[told["message_id"]]


class Provider:
    """Delivers each text until it is told 200, some of them twice, and takes whatever is sent."""

    def __init__(self, port: int, people: list[str], hands: int = 6):
        self.port, self.sent, self.refused = port, [], 0
        self._turn = threading.Lock()
        self._closing = threading.Event()
        self._queues = [queue.Queue() for _ in range(hands)]
        self._hand_of = {person: self._queues[n % hands] for n, person in enumerate(people)}
        self._hands = [threading.Thread(target=self._deliver, args=(q,), daemon=True) for q in self._queues]
        for hand in self._hands:
            hand.start()

    def __call__(self, told: dict) -> dict:
        with self._turn:
            self.sent.append((told["message"], told["to"], told["text"]))
            return {"id": f"P{len(self.sent)}"}

    def text(self, number: int, sender: str, words: str) -> None:
        """Somebody texts us."""
        self._hand_of[sender].put({"id": f"SM{number}", "from": sender, "text": words})

    def delivered(self) -> bool:
        """Whether every text has had its 200."""
        return all(q.unfinished_tasks == 0 for q in self._queues)

    def close(self) -> None:
        self._closing.set()

    def _deliver(self, texts: queue.Queue) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(queue.Empty):
                told = texts.get(timeout=0.2)
                copies = 2 if int(told["id"][2:]) % 10 == 0 else 1
                while copies and not self._closing.is_set():
                    if self._post(told) == 200:
                        copies -= 1
                    else:
                        self._closing.wait(0.02)
                texts.task_done()

    def _post(self, told: dict) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", "/sms", json.dumps(told))
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            self.refused += 1
            return 0
        finally:
            connection.close()


@contextlib.contextmanager
def listening(answer: Callable[[dict], dict]) -> Iterator[str]:
    """A server on loopback that answers every POST's JSON with `answer` of it; its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self):
            said = json.dumps(answer(json.loads(self.rfile.read(int(self.headers["content-length"]))))).encode()
            self._say(said)

        def do_GET(self):
            self._say(b'{"intent": "ask_alcohol"}')

        def _say(self, said: bytes) -> None:
            head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(said)}\r\n\r\n"
            with contextlib.suppress(ConnectionError):  # who asked may be dead by now
                self.wfile.write(head.encode() + said)

        def log_message(self, *args):
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """Who called has died in the middle of it: that is what is tested."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Processes:
    """Starts one gateway after another, each a fork of a process that has imported everything."""

    def __init__(self):
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["uvicorn", "bot.gateway.app", "tests.gateway.crash"])
        self._armed = self._context.Event()
        self.running = None

    def start(self, orders: Orders) -> None:
        self._armed.clear()
        self.running = self._context.Process(target=serve, args=(orders, self._armed), daemon=True)
        self.running.start()

    def arm(self) -> None:
        """From now on the running one counts how often it is at its point."""
        self._armed.set()

    def ended(self, within: float) -> int | None:
        """How the running one ended: minus the signal; None if it did not."""
        self.running.join(within)
        return self.running.exitcode

    def kill(self) -> None:
        if self.running is not None and self.running.is_alive():
            self.running.kill()
            self.running.join(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(done: Callable[[], bool], within: float) -> bool:
    """Wait for another process; whether it happened in time."""
    deadline = time.monotonic() + within
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
