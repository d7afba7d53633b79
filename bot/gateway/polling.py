"""Telegram without a public address: updates are fetched, and the offset moves only after they are written down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from starlette.concurrency import run_in_threadpool

from bot import clock
from bot.db import Database
from bot.gateway import state
from bot.gateway.channels import Event, Misconfigured, SendError
from bot.gateway.leader import Leader
from bot.gateway.telegram import Telegram

log = logging.getLogger("wellbeing.polling")

#: After a week without updates Telegram numbers them anew, maybe from below: an old offset would skip those.
OFFSET_LIFE = timedelta(days=6)


class Polling:
    """Fetches updates in one process at a time and hands their events to `handle`."""

    def __init__(
        self, telegram: Telegram, database: Database, leader: Leader, handle: Callable[[str, Event], Awaitable[None]]
    ):
        self.telegram, self.database, self.leader, self.handle = telegram, database, leader, handle

    async def run(self) -> None:
        """Work until cancelled."""
        pause = 1.0
        while True:
            try:
                if not await run_in_threadpool(self.leader.lead):
                    await asyncio.sleep(5)
                    continue
                await self.poll()
                pause = 1.0
            except SendError as error:
                level = logging.ERROR if isinstance(error, Misconfigured) else logging.WARNING
                log.log(level, "updates could not be fetched: %s", error.code)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 60)

    async def poll(self) -> int:
        """Fetch once and store what came; how many updates. The offset is moved one by one, behind the storing."""
        updates = await self.telegram.fetch(await run_in_threadpool(self._offset))
        for update_id, events in updates:
            for event in events:
                await self.handle("telegram", event)
            await run_in_threadpool(self._move, update_id + 1)
        return len(updates)

    def _offset(self) -> int | None:
        with self.database.read() as db:
            found = state.get(db, state.TELEGRAM_OFFSET)
            if found is None or clock.now() - found.at > OFFSET_LIFE:
                return None
            return int(found.value)

    def _move(self, offset: int) -> None:
        with self.database.write() as db:
            state.put(db, state.TELEGRAM_OFFSET, str(offset))
