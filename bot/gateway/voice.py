"""Somebody rings the number that they text. Twilio asks what to say; nobody picks up, and the words say where help is.

    POST /voice          the words, and "press 1 to be rung back"
    POST /voice/choice   the key that was pressed: 1 opens a hand-off
    POST /voice/status   how the call ended: one that was never connected is a missed call, and opens one too

The words need no database: what is said of danger is said whatever else is broken.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import clock, phone, wording
from bot.conversations import handoffs, messages
from bot.conversations.hours import OfficeHours
from bot.db import Database
from bot.gateway import metrics
from bot.gateway.channels import Call, Channel, Unreadable
from bot.gateway.sms import Sms, form_of
from bot.gateway.webhooks import TurnedAway, read_body
from bot.models import Message

log = logging.getLogger("wellbeing.voice")

#: Seconds that a person has to press a key.
PATIENCE = 10
#: What Twilio gives as the caller when the number is withheld, some of it spelt on the keys of a telephone.
HIDDEN = frozenset({"+266696687", "+7378742833", "+7378742883", "+2562533", "+8656696", "+86282452253"})
#: How a call ends that was never connected.
MISSED = frozenset({"no-answer", "busy", "canceled", "failed"})


class Voice:
    """Answers calls for the SMS channel that it is given. `database` is one that gives up soon."""

    def __init__(self, channels: Mapping[str, Channel], database: Database, hours: OfficeHours, public_url: str):
        self.channels, self.database, self.hours, self.base = channels, database, hours, public_url.rstrip("/")

    def routes(self) -> list[Route]:
        """The doors; closed (404) unless texts go by Twilio."""
        doors = {"/voice": self.ring, "/voice/choice": self.choice, "/voice/status": self.status}
        return [Route(path, door, methods=["POST"]) for path, door in doors.items()]

    async def ring(self, request: Request) -> Response:
        """Somebody rings."""
        await self._fields(request)
        return self._twiml(self._menu())

    async def choice(self, request: Request) -> Response:
        """A key was pressed; any but 1 hears the words again."""
        fields = await self._fields(request)
        if fields.get("Digits") != "1":
            return self._twiml(self._menu())
        number = _number(fields["From"])
        if number is None:
            return self._twiml(_say("hidden"))
        if not await self._noted(number, fields["CallSid"], "marker.rang"):
            return self._twiml(_say("not_noted"))
        return self._twiml(_say("noted", when=self.hours.when_words(clock.now())))

    async def status(self, request: Request) -> Response:
        """How a call ended. 503 when a missed one could not be noted."""
        fields = await self._fields(request)
        number = _number(fields["From"])
        if fields.get("CallStatus") in MISSED and number is not None:
            if not await self._noted(number, fields["CallSid"], "marker.missed_call"):
                raise TurnedAway(503)
        return self._twiml("")

    async def _fields(self, request: Request) -> dict[str, str]:
        """What Twilio says of the call. TurnedAway: 404 without Twilio, 403 unsigned, 400 when it is no call."""
        try:
            channel = self.channels.get("sms")
            if not isinstance(channel, Sms):
                raise TurnedAway(404)
            headers = {key.lower(): value for key, value in request.headers.items()}
            call = Call(request.url.path, request.url.query, headers, await read_body(request))
            if not channel.verify(call):
                raise TurnedAway(403)
            fields = dict(form_of(call.body))
            if not fields.get("CallSid") or not fields.get("From"):
                raise TurnedAway(400)
            return fields
        except Unreadable:
            raise TurnedAway(400) from None
        except TurnedAway as turned:
            metrics.REFUSED.labels("/voice", str(turned.status)).inc()
            raise

    async def _noted(self, number: str, call_id: str, marker: str) -> bool:
        """Open the hand-off, once for a call. False when that could not be written down."""
        try:
            await run_in_threadpool(self._note, number, call_id, marker)
        except Exception as error:  # noqa: BLE001  whatever the reason, the person is told so
            log.error("a call could not be noted: %s", type(error).__name__)
            return False
        return True

    def _note(self, number: str, call_id: str, marker: str) -> None:
        try:
            self._note_once(number, call_id, marker)
        except IntegrityError:  # the same call, or the same new caller, came through another door just now
            self._note_once(number, call_id, marker)

    def _note_once(self, number: str, call_id: str, marker: str) -> None:
        with self.database.write() as db:
            received = messages.receive(
                db, channel="sms", address=number, external_id=f"call:{call_id}", text="", kind="call",
                status="answered",
            )  # fmt: skip
            if received.duplicate:
                return
            conversation = db.get(Message, received.message_id).conversation
            messages.mark(db, conversation, wording.say(marker))
            handoffs.open_for(db, conversation, "call_me")

    def _menu(self) -> str:
        action = quoteattr(f"{self.base}/voice/choice")
        asked = f'<Gather numDigits="1" timeout="{PATIENCE}" action={action}>{_say("greeting")}{_say("press")}</Gather>'
        return asked + _say("bye")

    def _twiml(self, inside: str) -> Response:
        text = f'<?xml version="1.0" encoding="UTF-8"?><Response>{inside}</Response>'
        return Response(text, media_type="text/xml")


def _say(key: str, **facts: str) -> str:
    numbers = {name: spoken(number) for name, number in wording.crisis_numbers().items()}
    words = wording.say(f"voice.{key}", **(numbers | facts))
    return f'<Say language="en-GB">{escape(words)}</Say>'


def spoken(number: str) -> str:
    """A telephone number digit by digit, with a rest between its groups: "1 1 6, 1 2 3", never "one hundred"."""
    return ", ".join(" ".join(group) for group in re.sub(r"[^\d ]", "", number).split())


def _number(caller: str) -> str | None:
    """The number to ring back, None when it is withheld."""
    if caller in HIDDEN:
        return None
    try:
        return phone.normalise(caller)
    except phone.NotANumber:
        return None
