"""A gateway with a stub in Rasa's place, stepped by hand.

>>> said = await world.says("owt on?")          # through the intake, answered, sent
>>> world.rasa.mode = "down"                    # what Rasa does next
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from datetime import timedelta

import httpx
import sqlalchemy as sa

from bot import clock
from bot.conversations import handoffs
from bot.gateway import app
from bot.gateway.assistant import Assistant
from bot.gateway.channels import Rendered, SendError, Sent, as_sms, as_telegram
from bot.gateway.parts import Inbound
from bot.models import Conversation, Handoff, Message
from bot.runtime import Runtime
from bot.settings import Settings
from tests import builders

SECRET = "a webhook secret that is long enough"
TWILIO_TOKEN = "a twilio token that is long enough"
PUBLIC = "https://texts.example.org"
PHONE = "+447700900123"


def settings(database, folder, **values) -> Settings:
    """Settings of a demo gateway whose files are in `folder`."""
    defaults = {"var": folder, "database_url": str(database.url), "secret_keys": ("x" * 40,), "demo": True}
    return Settings(**(defaults | {"internal_secret": "y" * 40, "turn_budget": 2.0} | values))


class Rasa:
    """Stands in for Rasa at the wire. `mode`: talks, down, slow, broken, empty, error."""

    def __init__(self):
        self.mode, self.asked, self.replies, self.healthy = "talks", [], None, True
        self.reading = self.beside = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"intent": "ask_alcohol" if self.healthy else None})
        body = json.loads(request.content)
        if self.mode == "down":
            raise httpx.ConnectError("refused", request=request)
        if self.mode == "slow":
            raise httpx.ReadTimeout("slow", request=request)
        if self.mode == "broken":
            return httpx.Response(500, text="canary")
        self.asked.append((int(body["message_id"]), body["conversation"], body["text"]))
        self.beside = body.get("also")
        if self.mode == "empty":
            return httpx.Response(200, json={"replies": []})
        if self.mode == "error":
            return httpx.Response(200, json={"replies": [], "error": "action"})
        said = self.replies or [{"text": f"You said {body['text']}"}]
        return httpx.Response(200, json={"replies": said, "reading": self.reading})


class Phones:
    """A channel that remembers what it was given, and does what it is told with it."""

    def __init__(self, name: str):
        self.name, self.got, self.failing = name, [], []

    def verify(self, call):
        return True

    def parse(self, call):
        return []

    def render(self, text, buttons=()):
        return (as_sms if self.name == "sms" else as_telegram)(text, buttons)

    async def send(self, address: str, message: Rendered, message_id: int) -> Sent:
        if self.failing and (error := self.failing.pop(0)) is not None:
            raise error
        self.got.append((address, message.text))
        return Sent(f"{self.name}:{message_id}:{len(self.got)}", "sent")

    async def acknowledge(self, inbound, again=False):
        pass

    async def close(self):
        pass

    def fail(self, *errors: SendError | None) -> None:
        self.failing += errors


class World:
    """The gateway under test and its surroundings."""

    def __init__(self, database, folder, *, channels=None, **values):
        self.database, self.rasa = database, Rasa()
        self.channels = channels or {name: Phones(name) for name in ("sms", "telegram")}
        self.settings = settings(database, folder, **values)
        self.assistant = Assistant("http://rasa", "s", 2.0, transport=httpx.MockTransport(self.rasa))
        self.app = app.create(
            Runtime(self.settings, database), assistant=self.assistant, channels=self.channels, background=False
        )
        self.gateway: app.Gateway = self.app.state.gateway
        self.gateway.intake.patience = 30  # a test machine may be slow; a lock is noticed by SQLite itself
        self._ids = itertools.count(1)

    def inbound(self, text: str, *, sender: str = PHONE, channel: str = "sms", **values) -> Inbound:
        """An inbound message as an adapter makes it."""
        return Inbound(channel, sender, values.pop("external_id", f"id{next(self._ids)}"), text, **values)

    def take(self, text: str, **values):
        """Take a message in; nothing answers it yet."""
        return asyncio.run(self._take(self.inbound(text, **values)))

    async def _take(self, inbound: Inbound):
        taken = await self.gateway.intake.take(inbound)
        await self.gateway.intake.drained()
        return taken

    def step(self) -> None:
        """Answer and send until there is nothing to do now."""

        async def work() -> None:
            await self.gateway.staff_answering.round()
            busy = True
            while busy:
                busy = await self.gateway.answering.answer_one()
                busy = await self.gateway.sending.send_one() or busy

        asyncio.run(work())

    def says(self, text: str, **values) -> list[str]:
        """A message goes in; what arrives on the sender's phone."""
        phones = self.channels[values.get("channel", "sms")]
        before = len(phones.got)
        self.take(text, **values)
        self.step()
        sender = values.get("sender", PHONE)
        return [text for address, text in phones.got[before:] if address == sender]

    def got(self, sender: str = PHONE, channel: str = "sms") -> list[str]:
        """Everything that has arrived on a phone."""
        return [text for address, text in self.channels[channel].got if address == sender]

    def rows(self, direction: str | None = None) -> list[Message]:
        """The message table, in order."""
        with self.database.read() as db:
            query = sa.select(Message).order_by(Message.id)
            rows = list(db.execute(query).scalars())
            return [row for row in rows if direction in (None, row.direction)]

    def handoffs(self) -> list[Handoff]:
        """Every hand-off, in order."""
        with self.database.read() as db:
            return list(db.execute(sa.select(Handoff).order_by(Handoff.id)).scalars())

    @contextlib.contextmanager
    def conversation(self):
        """The only conversation, in a writing transaction."""
        with self.database.write() as db:
            yield db, db.execute(sa.select(Conversation)).scalars().one()

    @contextlib.contextmanager
    def locked(self):
        """Somebody else holds the database's write lock."""
        other = self.database.engine.raw_connection()
        try:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        finally:
            other.close()


class Clock:
    """A clock to be set: `later(minutes=5)`."""

    def __init__(self, monkeypatch, start):
        self.time = start
        monkeypatch.setattr(clock, "now", lambda: self.time)

    def later(self, **how) -> None:
        self.time += timedelta(**how)


def with_worker(world: World):
    """A worker takes the only conversation."""
    with world.conversation() as (db, conversation):
        staff = builders.a_member_of_staff(db)
        handoffs.take(db, handoffs.open_for(db, conversation, "asked"), staff)
        return staff
