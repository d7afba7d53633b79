"""Texts that the provider could not hand over are fetched from its API: at the start, and every five minutes.

Twilio gives a webhook fifteen seconds and a few tries; what came in while this machine was away would be lost. The list
overlaps what was fetched before, and the intake takes no message twice, so nothing hangs on exact times. One process
at a time does it. The mark moves only when everything up to it is written down.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from starlette.concurrency import run_in_threadpool

from bot import clock
from bot.db import Database
from bot.gateway import metrics, state
from bot.gateway.channels import Misconfigured, SendError
from bot.gateway.intake import NotTaken, Taken
from bot.gateway.leader import Leader
from bot.gateway.parts import Inbound

log = logging.getLogger("wellbeing.reconciling")

EVERY = timedelta(minutes=5)
#: The provider may list a message a while after it came.
OVERLAP = timedelta(minutes=15)
#: What a first start looks back on; and the furthest that any start does: older texts make no sense any more.
FIRST, FURTHEST = timedelta(hours=1), timedelta(days=3)


class Lists(Protocol):
    """A channel whose provider can say what came in."""

    name: str

    async def received(self, since: datetime) -> list[Inbound]:
        """Every message to us since then, in the order in which it was sent. SendError when that cannot be said."""


class Reconciling:
    """Fetches what was missed on one channel and hands it to `take`."""

    def __init__(
        self, channel: Lists, database: Database, leader: Leader, take: Callable[[Inbound], Awaitable[Taken]]
    ):
        self.channel, self.database, self.leader, self.take = channel, database, leader, take

    async def run(self) -> None:
        """Work until cancelled. After a fault it tries again soon, and ever later."""
        pause = 5.0
        while True:
            wait = EVERY.total_seconds()
            try:
                if await run_in_threadpool(self.leader.lead):
                    await self.round()
                    pause = 5.0
                else:
                    wait = 5.0  # the other process may die at any moment, and this one is to start where it stopped
            except (SendError, NotTaken) as error:
                level = logging.ERROR if isinstance(error, Misconfigured) else logging.WARNING
                log.log(level, "missed messages could not be fetched: %s", getattr(error, "code", "not stored"))
                wait, pause = pause, min(pause * 2, EVERY.total_seconds())
            await asyncio.sleep(wait)

    async def round(self) -> int:
        """Fetch once; how many messages had been missed. SendError or NotTaken leave the mark where it was."""
        began = clock.now()
        missed = 0
        for inbound in await self.channel.received(await run_in_threadpool(self._since, began)):
            taken = await self.take(inbound)
            missed += not taken.duplicate
        await run_in_threadpool(self._mark, began, missed)
        if missed:
            metrics.RECONCILED.labels(self.channel.name).inc(missed)
            log.warning("%s messages had been missed and were fetched", missed)
        return missed

    def _since(self, now: datetime) -> datetime:
        with self.database.read() as db:
            found = state.get(db, state.RECONCILED)
        if found is None:
            return now - FIRST
        return max(datetime.fromisoformat(found.value) - OVERLAP, now - FURTHEST)

    def _mark(self, began: datetime, missed: int) -> None:
        with self.database.write() as db:
            state.put(db, state.RECONCILED, began.isoformat())
