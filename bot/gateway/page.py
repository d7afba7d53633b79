"""Demo mode: a page with a phone on it, and the doors that it and scripts text through."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from pathlib import Path
from typing import Any

import jinja2
import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.conversations import choices
from bot.db import Database
from bot.gateway import simulator
from bot.gateway.answering import Answering
from bot.gateway.intake import Intake, NotTaken, Taken
from bot.gateway.parts import Inbound
from bot.gateway.webhooks import TurnedAway, read_body
from bot.models import Message, StaffText

HERE = Path(__file__).parent
#: Seconds until a request is answered with what there is by then.
PATIENCE = 12.0
#: To try, with what each shows.
SAMPLES = (
    ("Ask anything", ("whit's a unit?", "how much is too much to drink?", "i cannae sleep", "help wi my rent")),
    ("Find and book", ("owt on this week in Govan?", "book me a session", "when am i booked?", "where's naloxone?")),
    ("Get a person", ("can i talk to someone", "i cant make my shift the morra", "STOP")),
    ("When it matters", ("i dont want to be here any more", "my pal has taken too much")),
)


class Page:
    """The demo routes."""

    def __init__(self, database: Database, intake: Intake, answering: Answering):
        self.database, self.intake, self.answering = database, intake, answering
        loader = jinja2.FileSystemLoader(HERE / "templates")
        self._templates = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.show, methods=["GET"]),
            Route("/simulator/messages", self.post, methods=["POST"]),
            Route("/simulator/thread", self.thread, methods=["GET"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ]

    async def show(self, request: Request) -> Response:
        """GET /"""
        template = self._templates.get_template("phone.html")
        return HTMLResponse(template.render(samples=SAMPLES, pence=simulator.PENCE_A_PART))

    async def thread(self, request: Request) -> Response:
        """GET /simulator/thread?channel=&from=&after=&own="""
        query = request.query_params
        after = query.get("after") or "0"
        if not (after.isascii() and after.isdigit() and len(after) < 16):
            return _bad("after must be a number.")
        try:
            found = await run_in_threadpool(
                self._thread, query.get("channel"), query.get("from"), int(after), query.get("own") == "1"
            )  # fmt: skip
        except simulator.BadMessage as error:
            return _bad(str(error))
        return JSONResponse(found)

    def _thread(self, channel: str | None, sender: str | None, after: int, own: bool) -> dict[str, Any]:
        # A plus sign in a query reads as a space.
        with self.database.read() as db:
            return simulator.thread(db, channel, (sender or "").replace(" 44", "+44"), after, own)

    async def post(self, request: Request) -> Response:
        """POST /simulator/messages: the same road as a real message; answers when the turn is complete."""
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            raise TurnedAway(403)
        body = await read_body(request)
        try:
            posted = simulator.check(json.loads(body.decode("utf-8")))
        except simulator.BadMessage as error:
            return _bad(str(error))
        except (ValueError, RecursionError):
            return _bad("The body must be JSON in UTF-8.")
        kind = "choice" if posted.choice_id is not None else posted.kind
        inbound = Inbound(
            posted.channel,
            posted.address,
            posted.external_id or secrets.token_hex(16),
            posted.text,
            kind,
            choice_id=posted.choice_id,
        )
        try:
            taken = await self.intake.take(inbound)
        except NotTaken:
            raise TurnedAway(503) from None
        if taken.staff_text is not None:
            return JSONResponse(await self._answer_staff(taken.staff_text))
        if taken.message_id is None:
            replies = [{"text": text, "choices": []} for text in taken.said]
            return JSONResponse({"replies": replies, "conversation": None, "with_staff": False, "waiting": True})
        return JSONResponse(await self._answer(taken))

    async def _answer(self, taken: Taken) -> dict[str, Any]:
        """What was said, once the turn is settled and its messages have arrived, or PATIENCE is over."""
        end, pause = time.monotonic() + PATIENCE, 0.01
        try:
            while True:
                told = self.answering.settled.setdefault(taken.message_id, asyncio.Event())
                complete, answer = await run_in_threadpool(self._look, taken)
                if complete or time.monotonic() >= end:
                    return answer
                try:  # another process may be the one that answers: look again now and then
                    await asyncio.wait_for(told.wait(), min(pause, max(0.0, end - time.monotonic())))
                except asyncio.TimeoutError:
                    pause = min(pause * 1.5, 0.25)
        finally:
            self.answering.settled.pop(taken.message_id, None)

    async def _answer_staff(self, text_id: int) -> dict[str, Any]:
        """What a worker's linked phone was answered, once it has arrived, or PATIENCE is over."""
        end = time.monotonic() + PATIENCE
        while True:
            complete, said = await run_in_threadpool(self._look_staff, text_id)
            if complete or time.monotonic() >= end:
                replies = [{"text": text, "choices": []} for text in said]
                return {"replies": replies, "conversation": None, "with_staff": False}
            await asyncio.sleep(0.05)

    def _look_staff(self, text_id: int) -> tuple[bool, list[str]]:
        with self.database.read() as db:
            query = sa.select(StaffText).where(StaffText.reply_to == text_id).order_by(StaffText.id)
            said = list(db.execute(query).scalars())
            under_way = any(row.status in ("queued", "sending") for row in said)
            answered = db.get(StaffText, text_id).status == "answered"
            return answered and not under_way, [row.body for row in said if row.status == "sent"]

    def _look(self, taken: Taken) -> tuple[bool, dict[str, Any]]:
        with self.database.read() as db:
            message = db.get(Message, taken.message_id)
            query = (
                sa.select(Message)
                .where(
                    Message.conversation_id == message.conversation_id,
                    Message.direction == "out",
                    Message.id > message.id,
                    # What answers another message of theirs is that one's business.
                    sa.or_(Message.reply_to == message.id, Message.reply_to.is_(None)),
                )
                .order_by(Message.id)
            )
            said = list(db.execute(query).scalars())
            settled = message.status not in ("received", "answering")
            under_way = any(m.status in ("queued", "sending") for m in said)
            replies = [
                {"text": m.body, "choices": [c.label for c in choices.of_message(db, m.id)]}
                for m in said
                if m.status in simulator.ARRIVED
            ]
            with_staff = message.conversation.taken_by is not None
            answer = {"replies": replies, "conversation": message.conversation_id, "with_staff": with_staff}
            return settled and not under_way, answer


def _bad(sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status_code=400)
