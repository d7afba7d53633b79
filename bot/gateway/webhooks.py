"""The doors: provider webhooks, and what becomes of each event that comes through them.

A message is written down before the 200. Bodies are read up to a limit and never unpacked; errors are generic.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot import wording
from bot.db import Database
from bot.gateway import delivery, metrics
from bot.gateway.channels import Back, Call, Channel, Event, Gone, InGroup, Report, Unreadable
from bot.gateway.intake import Intake, NotTaken
from bot.gateway.kannel import Kannel
from bot.gateway.parts import Inbound

log = logging.getLogger("wellbeing.webhooks")

BODY_LIMIT = 64 * 1024
BODY_SECONDS = 10.0
#: An empty answer to Twilio: what we say goes through its API, where we learn what becomes of it.
TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


class TurnedAway(Exception):
    """A request is not let in; `status` is the answer."""

    def __init__(self, status: int):
        super().__init__(str(status))
        self.status = status


async def read_body(request: Request) -> bytes:
    """The body, at most BODY_LIMIT of it, within BODY_SECONDS. TurnedAway: 408, 413, 415."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise TurnedAway(415)  # nothing is unpacked: a small body may hold gigabytes
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > BODY_LIMIT:
        raise TurnedAway(413)
    body = bytearray()

    async def read() -> None:
        async for chunk in request.stream():
            body.extend(chunk)
            if len(body) > BODY_LIMIT:
                raise TurnedAway(413)

    try:
        await asyncio.wait_for(read(), BODY_SECONDS)
    except (asyncio.TimeoutError, ClientDisconnect):
        raise TurnedAway(408) from None
    return bytes(body)


class Webhooks:
    """Takes calls for the channels it is given."""

    def __init__(self, channels: Mapping[str, Channel], intake: Intake, database: Database):
        self.channels, self.intake, self.database = channels, intake, database
        self._leaving: set[asyncio.Task] = set()

    async def telegram(self, request: Request) -> Response:
        """POST /telegram"""
        return await self._take("telegram", request, Response())

    async def sms(self, request: Request) -> Response:
        """POST /sms and /sms/status, and GET where the provider calls so"""
        answer = getattr(self.channels.get("sms"), "answer", TWIML)
        return await self._take("sms", request, Response(answer, media_type="text/xml" if answer else "text/plain"))

    @property
    def sms_methods(self) -> list[str]:
        """How an SMS provider may call: Kannel reports with GET."""
        return ["GET", "POST"] if isinstance(self.channels.get("sms"), Kannel) else ["POST"]

    async def _take(self, name: str, request: Request, accepted: Response) -> Response:
        try:
            channel = self.channels.get(name)
            if channel is None:
                raise TurnedAway(404)
            body = await read_body(request)
            headers = {key.lower(): value for key, value in request.headers.items()}
            call = Call(request.url.path, request.url.query, headers, body)
            if not channel.verify(call):
                raise TurnedAway(403)
            try:
                events = channel.parse(call)
            except Unreadable:
                raise TurnedAway(400) from None
            for event in events:
                await self.handle(name, event)
            return accepted
        except TurnedAway as turned:
            metrics.REFUSED.labels(f"/{name}", str(turned.status)).inc()
            raise
        except NotTaken:
            raise TurnedAway(503) from None

    async def handle(self, name: str, event: Event) -> None:
        """Act on one event. NotTaken when a message could not be written down."""
        if isinstance(event, Inbound):
            await self.intake.take(event)
        elif isinstance(event, InGroup):
            self._later(self.channels[name].refuse_group(event.address, wording.say("gateway.group")))
        else:
            await run_in_threadpool(self._note, name, event)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """Nobody who writes waits while a group is told why we leave."""
        task = asyncio.ensure_future(work)
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def drained(self) -> None:
        """Wait for the groups that are being left."""
        await asyncio.gather(*self._leaving, return_exceptions=True)

    def _note(self, name: str, event: Gone | Back | Report) -> None:
        with self.database.write() as db:
            if isinstance(event, Report):
                if not delivery.report(db, name, event):
                    log.info("a status report changed nothing")
            else:
                delivery.reachable(db, name, event.address, isinstance(event, Back))
