"""The gateway: everything put together, and the process. `python -m bot.gateway.app`"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import logs, runtime
from bot.conversations import hours, limits
from bot.db import Database
from bot.gateway import metrics
from bot.gateway.alarming import Alarming
from bot.gateway.answering import Answering
from bot.gateway.assistant import Assistant
from bot.gateway.channels import Channel
from bot.gateway.forgetting import Forgetting
from bot.gateway.health import Health
from bot.gateway.intake import PATIENCE, Intake
from bot.gateway.kannel import Kannel
from bot.gateway.keyboards import Keyboards
from bot.gateway.leader import Leader
from bot.gateway.ledger import Ledger
from bot.gateway.page import Page
from bot.gateway.polling import Polling
from bot.gateway.reception import Reception
from bot.gateway.reconciling import Reconciling
from bot.gateway.redacting import Redacting
from bot.gateway.scheduling import Scheduling, still_wanted
from bot.gateway.sending import Sending
from bot.gateway.simulator import CHANNELS, Simulator
from bot.gateway.sms import Sms
from bot.gateway.spool import Spool
from bot.gateway.staff_answering import StaffAnswering
from bot.gateway.telegram import Telegram
from bot.gateway.voice import Voice
from bot.gateway.webhooks import TurnedAway, Webhooks
from bot.runtime import Runtime
from bot.settings import Settings

log = logging.getLogger("wellbeing.gateway")

#: Seconds between two looks at the spool.
SPOOL_EVERY = 2.0
#: Nothing but what we serve ourselves, nothing inline, in nobody's frame.
HEADERS = [
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
     b"img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
]  # fmt: skip
SENTENCES = {
    400: "That is not a request this service understands.", 403: "Not allowed.", 404: "There is nothing here.",
    405: "Not this way.", 408: "That took too long.", 413: "That is too long.", 415: "Send it plain.",
    500: "Something went wrong.", 503: "Not now. Try again in a moment.",
}  # fmt: skip


@dataclass
class Gateway:
    """The parts of a running gateway."""

    settings: Settings
    database: Database
    intake: Intake
    answering: Answering
    sending: Sending
    alarming: Alarming
    staff_answering: StaffAnswering
    scheduling: Scheduling
    forgetting: Forgetting
    assistant: Assistant
    channels: Mapping[str, Channel]
    keyboards: Keyboards
    leader: Leader
    webhooks: Webhooks
    voice: Voice
    health: Health


def build(
    runtime_: Runtime, *, assistant: Assistant | None = None, channels: Mapping[str, Channel] | None = None,
    workers: int = 8,
) -> Gateway:  # fmt: skip
    """The parts, joined. `assistant` and `channels` replace the real ones in tests."""
    settings, database = runtime_.settings, runtime_.database
    office = hours.parse(settings.office_hours)
    channels = channels if channels is not None else real_channels(settings)
    assistant = assistant or Assistant(settings.rasa_url, settings.internal_secret, settings.turn_budget)
    answering = Answering(database, assistant, office, workers)
    bounds = limits.parse(settings.quiet_hours, settings.texts_a_day)
    sending = Sending(database, channels, bounds, still_wanted)

    staff_answering = StaffAnswering(database, channels)

    def wake() -> None:
        answering.wake()
        sending.wake()
        staff_answering.wake()

    answering.spoke = sending.wake
    keyboards = Keyboards(database, channels)
    answering.used = keyboards.used
    impatient = Database(settings.database_url, busy_timeout=PATIENCE)
    intake = Intake(impatient, office, Spool(settings.var / "spool"), channels, wake)
    leader = Leader(database, settings.var)
    alarming = Alarming(database, channels, leader, timedelta(minutes=settings.alarm_minutes))
    quiet = timedelta(minutes=settings.staff_quiet_minutes)
    return Gateway(
        settings=settings,
        database=database,
        intake=intake,
        answering=answering,
        sending=sending,
        alarming=alarming,
        staff_answering=staff_answering,
        scheduling=Scheduling(database, leader, office, quiet, sending.wake),
        forgetting=Forgetting(
            database, settings.tracker_url, intake.spool, channels, leader, Ledger(settings.var / "erased")
        ),
        assistant=assistant,
        channels=channels,
        keyboards=keyboards,
        leader=leader,
        webhooks=Webhooks(channels, intake, database),
        voice=Voice(channels, impatient, office, settings.public_url),
        health=Health(database, assistant, intake.spool, channels, settings.demo, bounds),
    )


def real_channels(settings: Settings) -> dict[str, Channel]:
    """The channels that the settings switch on; in demo mode simulated ones, and never both."""
    if settings.demo:
        return {name: Simulator(name) for name in CHANNELS}
    found: dict[str, Channel] = {}
    if settings.telegram_on:
        found["telegram"] = Telegram(settings)
    if settings.sms_on:
        found["sms"] = Kannel(settings) if settings.sms_provider == "kannel" else Sms(settings)
    return found


def create(
    runtime_: Runtime, *, assistant: Assistant | None = None, channels: Mapping[str, Channel] | None = None,
    workers: int = 8, background: bool = True,
) -> Starlette:  # fmt: skip
    """The web application with its workers. `background=False` starts none of them: tests step them by hand."""
    gateway = build(runtime_, assistant=assistant, channels=channels, workers=workers)

    async def health(request: Request) -> Response:
        takes, told = await gateway.health.look()
        return JSONResponse(told, status_code=200 if takes else 503)

    async def numbers(request: Request) -> Response:
        # A proxy on this machine would make everybody look local; it says so in a header.
        local = request.client is not None and request.client.host in ("127.0.0.1", "::1")
        if not local or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
            raise TurnedAway(404)
        await gateway.health.look()
        return Response(metrics.text(), media_type="text/plain; version=0.0.4")

    routes = [
        Route("/health", health, methods=["GET"]),
        Route("/metrics", numbers, methods=["GET"]),
        Route("/telegram", gateway.webhooks.telegram, methods=["POST"]),
        Route("/sms", gateway.webhooks.sms, methods=gateway.webhooks.sms_methods),
        Route("/sms/status", gateway.webhooks.sms, methods=gateway.webhooks.sms_methods),
        *gateway.voice.routes(),
    ]
    if gateway.settings.demo:
        routes += Page(gateway.database, gateway.intake, gateway.answering).routes()

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        tasks = _start(gateway) if background else []
        try:
            yield
        finally:
            await _stop(gateway, tasks)

    handlers = {TurnedAway: _turned_away, HTTPException: _http_error, Exception: _fault}
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers)
    app.add_middleware(_Headers)
    app.state.gateway = gateway
    return app


class _Headers:
    """Adds HEADERS to every response."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        async def send_with_headers(message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _error(status: int) -> JSONResponse:
    """A generic sentence and an id to find it by in the log."""
    error_id = secrets.token_hex(6)
    log.log(logging.ERROR if status >= 500 else logging.INFO, "answered %s, id %s", status, error_id)
    return JSONResponse({"error": SENTENCES.get(status, SENTENCES[400]), "id": error_id}, status_code=status)


async def _turned_away(request: Request, error: Exception) -> Response:
    return _error(error.status)


async def _http_error(request: Request, error: Exception) -> Response:
    return _error(error.status_code)


async def _fault(request: Request, error: Exception) -> Response:
    return _error(500)


def _start(gateway: Gateway) -> list[asyncio.Task]:
    parts: dict[str, Callable[[], Awaitable[None]]] = {
        "answering": gateway.answering.run,
        "sending": gateway.sending.run,
        "alarming": gateway.alarming.run,
        "staff line": gateway.staff_answering.run,
        "scheduling": gateway.scheduling.run,
        "spool": lambda: _watch_spool(gateway.intake),
        "forgetting": gateway.forgetting.run,
    }
    telegram = gateway.channels.get("telegram")
    if isinstance(telegram, Telegram):
        # The impatient database: what it cannot take in time is in the spool, and the offset goes on in memory.
        polling = Polling(telegram, gateway.intake.database, gateway.leader, gateway.webhooks.handle)
        reception = Reception(telegram, polling)
        gateway.health.telegram = reception.told
        parts["telegram"] = reception.run
    if isinstance(sms := gateway.channels.get("sms"), Sms):
        parts["reconciling"] = Reconciling(sms, gateway.database, gateway.leader, gateway.intake.take).run
        if gateway.settings.sms_redact:
            parts["redacting"] = Redacting(sms, gateway.database, gateway.leader).run
    down: set[str] = set()
    gateway.health.faults = lambda: sorted(down)
    return [asyncio.create_task(_kept_up(name, part, down), name=name) for name, part in parts.items()]


async def _kept_up(name: str, part: Callable[[], Awaitable[None]], down: set[str]) -> None:
    """Run a part for as long as the process lives: what breaks it once must not silence it for good."""
    while True:
        try:
            await part()
            return
        except asyncio.CancelledError:
            raise
        except Exception:  # noqa: BLE001
            log.exception("%s broke down and is started again", name)
            down.add(name)
            await asyncio.sleep(1)
            asyncio.get_running_loop().call_later(30, down.discard, name)


async def _watch_spool(intake: Intake) -> None:
    while True:
        await intake.drained()
        await run_in_threadpool(intake.import_spool)
        await asyncio.sleep(SPOOL_EVERY)


async def _stop(gateway: Gateway, tasks: list[asyncio.Task]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await gateway.intake.drained()
    await gateway.keyboards.drained()
    await gateway.webhooks.drained()
    for channel in gateway.channels.values():
        await channel.close()
    await gateway.assistant.close()
    gateway.leader.let_go()
    gateway.intake.database.close()


def main() -> None:
    """Run the gateway until it is told to stop."""
    os.umask(0o077)
    current = runtime.current()
    app = create(current)
    logs.configure()
    uvicorn.run(
        app,
        host=current.settings.host,
        port=current.settings.gateway_port,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        ws="none",  # the websockets that Rasa pins is older than uvicorn wants
        timeout_keep_alive=5,
        timeout_graceful_shutdown=20,
    )


if __name__ == "__main__":
    main()
