"""Telegram without a public address: updates are fetched, and the offset moves only after they are written down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from bot import clock
from bot.db import Database
from bot.gateway import state, updates
from bot.gateway.channels import Event, Misconfigured, SendError, TryAgain, Unreadable
from bot.gateway.intake import NotTaken
from bot.gateway.leader import Leader
from bot.gateway.parts import Inbound
from bot.gateway.telegram import Telegram
from bot.gateway.way_in import sentence

log = logging.getLogger("wellbeing.polling")

#: After a week without updates Telegram numbers them anew, maybe from below: an old offset would skip those.
OFFSET_LIFE = timedelta(days=6)
#: An update that breaks us this often is taken without its words: it would hold up everything behind it for ever.
TRIES = 3
#: Seconds until the next try while nothing can be written down, at most: people's messages wait at Telegram meanwhile.
STORE_WAIT = 10.0
FETCH_WAIT = 60.0


class Polling:
    """Fetches updates in one process at a time and hands their events to `handle`."""

    def __init__(
        self, telegram: Telegram, database: Database, leader: Leader, handle: Callable[[str, Event], Awaitable[None]]
    ):
        self.telegram, self.database, self.leader, self.handle = telegram, database, leader, handle
        #: Why nothing can be fetched or kept, as a code; None while all is well.
        self.problem: str | None = None
        #: What is waited with between two tries.
        self.rest: Callable[[float], Awaitable[None]] = asyncio.sleep
        # Where to go on, also while the database cannot be told: what is in the spool is not to be fetched again.
        self._next: tuple[int, datetime] | None = None
        self._failures: dict[int, int] = {}

    async def run(self) -> None:
        """Work until cancelled, whatever happens to Telegram, to the database or to us."""
        pause = 1.0
        while True:
            try:
                if await run_in_threadpool(self.leader.lead):
                    await self.poll()
                    self.problem, pause = None, 1.0
                else:
                    self.problem = None
                    await self.rest(5.0)
                continue
            except SendError as error:
                level = logging.ERROR if isinstance(error, Misconfigured) else logging.WARNING
                if error.code != self.problem:
                    log.log(level, "messages are not fetched: %s", sentence(error.code))
                self.problem, longest = error.code, FETCH_WAIT
                if isinstance(error, TryAgain) and error.after is not None:
                    pause = max(pause, error.after.total_seconds())
                    longest = max(longest, pause)
            except (NotTaken, SQLAlchemyError) as error:
                log.error("updates could not be kept, so they stay at Telegram: %s", type(error).__name__)
                self.problem, longest = "not_stored", STORE_WAIT
            except Exception as error:  # noqa: BLE001  one fault of ours must not end the fetching
                log.exception("fetching broke down and goes on: %s", type(error).__name__)
                self.problem, longest = "fault", STORE_WAIT
            await self.rest(min(pause, longest))
            pause = min(pause * 2, FETCH_WAIT)

    async def poll(self) -> int:
        """Fetch once and store what came; how many updates. The offset is moved one by one, behind the storing.

        SendError when nothing could be fetched; NotTaken when an update could not be kept: the offset stays before it.
        """
        found = await self.telegram.fetch(await run_in_threadpool(self._offset))
        moved = False
        for update in found:
            update_id = updates.id_of(update)
            if update_id is None:
                log.warning("something that is no update was passed over")
                continue
            await self._take(update_id, update)
            await run_in_threadpool(self._move, update_id + 1)
            moved = True
        if found and not moved:  # asked again at once it would come back at once
            raise TryAgain("no_updates")
        return len(found)

    async def _take(self, update_id: int, update: Any) -> None:
        try:
            events = updates.read(update)
        except Unreadable:
            updates.pass_over(update_id)
            return
        failures = self._failures.get(update_id, 0)
        try:
            for event in events:
                if failures < TRIES:
                    await self.handle("telegram", event)
                elif isinstance(event, Inbound):  # not its words, but that it came: its sender is told so
                    bare = replace(event, text="", kind="other", choice_id=None, edits="", replies_to="")
                    await self.handle("telegram", bare)
                else:
                    updates.pass_over(update_id)
        except (NotTaken, SQLAlchemyError):
            raise
        except Exception:
            self._failures[update_id] = failures + 1
            if failures < TRIES:
                raise
            updates.pass_over(update_id)
        self._failures.pop(update_id, None)

    def _offset(self) -> int | None:
        """Where to go on: what the database says, or what this process knows, if that is newer or all there is."""
        known = self._next
        try:
            with self.database.read() as db:
                found = state.get(db, state.TELEGRAM_OFFSET)
                if found is not None and (known is None or found.at > known[1]):
                    known = (int(found.value), found.at)
        except SQLAlchemyError as error:
            if known is None:
                raise
            log.warning("the offset is the one in memory: %s", type(error).__name__)
        if known is None or clock.now() - known[1] > OFFSET_LIFE:
            return None
        return known[0]

    def _move(self, offset: int) -> None:
        """The updates before `offset` are kept. If only the spool could take them, the database learns of it later."""
        self._next = (offset, clock.now())
        try:
            with self.database.write() as db:
                state.put(db, state.TELEGRAM_OFFSET, str(offset))
        except SQLAlchemyError as error:
            log.warning("the offset was not written down: %s", type(error).__name__)
