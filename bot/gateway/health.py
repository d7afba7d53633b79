"""What state the gateway is in: /health for people and load balancers, gauges for Prometheus."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool

from bot import clock
from bot.conversations import limits, outbox
from bot.db import Database
from bot.gateway import metrics, state
from bot.gateway.assistant import Assistant
from bot.gateway.channels import Channel
from bot.gateway.spool import Spool
from bot.models import Message

#: Rasa is asked at most this often, in seconds.
CACHE = 5.0
#: A message that waits longer than this is a sign that nobody answers or sends.
LATE = timedelta(seconds=60)
#: The scheduler's last round may be this long ago.
HEARTBEAT = timedelta(seconds=90)
#: The day's limit of texts that we begin is as good as reached: somebody should look while there is room.
LIMIT_NEAR = 0.8
#: Missed texts may have been asked for this long ago: two rounds have failed by then.
RECONCILED = timedelta(minutes=12)


class Health:
    """Looks at each component."""

    def __init__(
        self, database: Database, assistant: Assistant, spool: Spool, channels: Mapping[str, Channel], demo: bool,
        limits_: limits.Limits,
    ):  # fmt: skip
        self.database, self.assistant, self.spool, self.channels, self.demo = database, assistant, spool, channels, demo
        self.limits = limits_
        self._rasa: tuple[float, bool] = (-CACHE, False)
        self._asking = asyncio.Lock()
        #: Says why a part of the process does not run; empty when all do.
        self.faults: Callable[[], list[str]] = list
        #: Says how Telegram's messages get here; None where there is no Telegram.
        self.telegram: Callable[[], dict[str, Any]] | None = None

    async def look(self) -> tuple[bool, dict[str, Any]]:
        """Whether messages can be taken, and the state of every component."""
        rasa, table = await asyncio.gather(self._rasa_up(), self._table())
        database_up = table is not None
        spool = {"waiting": len(self.spool.waiting()), "set_aside": self.spool.aside()}
        spool["state"] = "down" if not self.spool.writable() else "degraded" if spool["set_aside"] else "ok"
        components: dict[str, Any] = {
            "database": {"state": "ok" if database_up else "down"},
            "rasa": {"state": "ok" if rasa else "down"},
            "spool": spool,
            "channels": {name: "simulated" if self.demo else "on" for name in self.channels},
            "tasks": {"state": "degraded" if self.faults() else "ok", "down": self.faults()},
        }
        if self.telegram is not None:
            components["telegram"] = self.telegram()
        components |= table or {name: {"state": "unknown"} for name in ("inbox", "outbox", "scheduler")}
        takes = database_up or spool["state"] != "down"
        states = [part.get("state", "ok") for name, part in components.items() if name != "channels"]
        overall = "down" if not takes else "ok" if all(s == "ok" for s in states) else "degraded"
        return takes, {"status": overall, **components}

    async def _rasa_up(self) -> bool:
        async with self._asking:
            asked, up = self._rasa
            if time.monotonic() - asked >= CACHE:
                up = await self.assistant.healthy()
                self._rasa = (time.monotonic(), up)
            return up

    async def _table(self) -> dict[str, Any] | None:
        try:
            return await asyncio.wait_for(run_in_threadpool(self._count), 2.0)
        except Exception:  # noqa: BLE001  whatever it is, the database does not answer
            return None

    def _count(self) -> dict[str, Any]:
        now = clock.now()
        with self.database.read() as db:
            inbox = _waiting(db, now, "in", ("received", "answering"))
            outbox = _waiting(db, now, "out", ("queued", "sending"))
            beat = state.get(db, state.HEARTBEAT)
            begun = limits.today(db, now)
            reconciled = state.get(db, state.RECONCILED) if self._reconciles() else None
        for name, part in (("inbox", inbox), ("outbox", outbox)):
            metrics.WAITING.labels(name).set(part["waiting"])
            metrics.OLDEST.labels(name).set(part["oldest_seconds"])
        fresh = beat is not None and now - beat.at < HEARTBEAT
        failed = [] if beat is None or beat.value == "ok" else beat.value.split(",")
        scheduler = {
            "state": "ok" if fresh and not failed else "degraded" if fresh else "down",
            "last": beat.at.isoformat() if beat else None,
            "seconds_ago": round((now - beat.at).total_seconds(), 1) if beat else None,
            "failed": failed,
        }
        near = begun >= self.limits.a_day * LIMIT_NEAR
        texts = {"state": "degraded" if near else "ok", "begun_today": begun, "a_day": self.limits.a_day}
        found = {"inbox": inbox, "outbox": outbox, "scheduler": scheduler, "texts": texts}
        if self._reconciles():
            late = reconciled is None or now - reconciled.at > RECONCILED
            found["reconciling"] = {
                "state": "degraded" if late else "ok",
                "last": reconciled.at.isoformat() if reconciled else None,
            }
        return found

    def _reconciles(self) -> bool:
        """Whether there is a provider that is asked what was missed."""
        return any(hasattr(channel, "received") for channel in self.channels.values())


def _waiting(db, now: datetime, direction: str, statuses: tuple[str, ...]) -> dict[str, Any]:
    # What was put off on purpose (quiet hours) has waited since then only; what is tried again, from its beginning.
    due = sa.func.coalesce(Message.send_after, Message.created_at)
    tried = sa.and_(Message.attempts > 0, sa.func.coalesce(Message.error, "") != outbox.OUT_OF_REACH)
    since = sa.case((tried, Message.created_at), else_=due)
    query = sa.select(sa.func.count(), sa.func.min(since)).where(
        Message.direction == direction,
        Message.status.in_(statuses),
        sa.or_(Message.send_after.is_(None), Message.send_after <= now, tried),
    )
    count, oldest = db.execute(query).one()
    age = (now - clock.aware(oldest)).total_seconds() if oldest else 0.0
    late = age > LATE.total_seconds()
    return {"state": "degraded" if late else "ok", "waiting": count, "oldest_seconds": round(age, 1)}
