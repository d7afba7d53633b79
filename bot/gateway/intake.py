"""How an inbound message gets in: written down in the database, or in the spool, before anybody is told "200".

Danger is seen even while the database cannot be written to: then the crisis words go straight to the channel.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError, OperationalError
from starlette.concurrency import run_in_threadpool

from bot import clock, crisis, crypto
from bot.conversations import messages
from bot.conversations.hours import OfficeHours
from bot.db import Database
from bot.gateway import danger, metrics, points, staff_line, turns
from bot.gateway.channels import Channel, SendError
from bot.gateway.parts import Inbound
from bot.gateway.spool import Spool

log = logging.getLogger("wellbeing.intake")

#: The database has this long to take a message, in milliseconds; then it goes to the spool.
PATIENCE = 1_000
#: The crisis words that bypass the database are tried this often.
TRIES = 3


class NotTaken(Exception):
    """Neither database nor spool could take the message: the provider must send it again."""


@dataclass(frozen=True)
class Taken:
    """Where a message is now: its row, or (message_id None) the spool, with what was said directly."""

    message_id: int | None
    conversation_id: str | None
    duplicate: bool = False
    said: tuple[str, ...] = ()
    #: The row of a text from a worker's linked phone, which is in no conversation.
    staff_text: int | None = None


class Intake:
    """Takes messages in. `database` is one that gives up after PATIENCE."""

    def __init__(
        self,
        database: Database,
        hours: OfficeHours,
        spool: Spool,
        channels: Mapping[str, Channel],
        wake: Callable[[], None],
    ):
        self.database, self.hours, self.spool, self.channels, self.wake = database, hours, spool, channels, wake
        #: Seconds until the spool, for whatever else than a lock keeps the database busy.
        self.patience = PATIENCE / 1000 + 0.2
        self._sending: set[asyncio.Task] = set()
        self._failures: dict[str, int] = {}

    async def take(self, inbound: Inbound) -> Taken:
        """Write a message down. NotTaken when that is impossible."""
        began = time.monotonic()
        taken = None
        if not self.spool.holds(inbound):
            taken = await self._store(inbound)
        if taken is None:
            taken = await self._put_in_spool(inbound)
        else:
            metrics.TAKEN.labels(inbound.channel, "duplicate" if taken.duplicate else "stored").inc()
            self.wake()
        metrics.INTAKE_SECONDS.observe(time.monotonic() - began)
        if inbound.receipt and inbound.channel in self.channels:
            self._later(self.channels[inbound.channel].acknowledge(inbound, taken.duplicate))
        return taken

    async def _store(self, inbound: Inbound) -> Taken | None:
        """The stored message; None when the database could not take it in time, whatever the reason."""
        task = asyncio.ensure_future(run_in_threadpool(self._accept, inbound))
        try:
            # A thread cannot be stopped. If it stores the message after all, the import finds it and changes nothing.
            received = await asyncio.wait_for(asyncio.shield(task), self.patience)
        except Exception as error:  # noqa: BLE001  whatever the reason, the message must not be lost
            task.add_done_callback(lambda t: t.cancelled() or t.exception())
            log.warning("the database did not take a message: %s", type(error).__name__)
            return None
        return Taken(
            received.message_id, received.conversation_id, received.duplicate, staff_text=received.staff_text
        )  # fmt: skip

    def _accept(self, inbound: Inbound) -> messages.Received:
        try:
            return self._accept_once(inbound)
        except IntegrityError:  # the same message, or the same new sender, came through another door just now
            return self._accept_once(inbound)

    def _accept_once(self, inbound: Inbound) -> messages.Received:
        with self.database.write() as db:
            received = turns.accept(db, inbound, self.hours)
            points.reached("intake.storing")
        points.reached("intake.stored")
        return received

    async def _put_in_spool(self, inbound: Inbound) -> Taken:
        try:
            path = await run_in_threadpool(self.spool.put, inbound)
        except OSError as error:
            log.error("the spool did not take a message either: %s", type(error).__name__)
            metrics.TAKEN.labels(inbound.channel, "refused").inc()
            raise NotTaken from None
        points.reached("intake.spooled")
        metrics.TAKEN.labels(inbound.channel, "spooled").inc()
        said: tuple[str, ...] = ()
        verdict = danger.screened(inbound.text)
        if verdict is not None:
            said = tuple(crisis.replies(verdict, when=self.hours.when_words(clock.now())))
            self._later(self._say_directly(inbound, said, path))
        return Taken(None, None, said=said)

    async def _say_directly(self, inbound: Inbound, said: tuple[str, ...], path) -> None:
        channel = self.channels[inbound.channel]
        for text in said:
            for part in channel.render(text):
                for attempt in range(1, TRIES + 1):
                    try:
                        await channel.send(inbound.address, part, 0)
                        break
                    except SendError as error:
                        log.error("crisis words past the database failed: %s", error.code)
                        if attempt == TRIES:
                            return  # not marked: they go out when the message is imported
                        await asyncio.sleep(attempt)
        await run_in_threadpool(self.spool.mark_said, path, said)

    def _later(self, work) -> None:
        task = asyncio.ensure_future(work)
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def drained(self) -> None:
        """Wait for what is being sent past the database."""
        await asyncio.gather(*self._sending, return_exceptions=True)

    def import_spool(self) -> int:
        """Store what is in the spool, in order; how many messages. Stops at the first that the database cannot take."""
        imported, stuck = 0, set()
        for path in self.spool.waiting():
            sender = path.name.rpartition("-")[2]
            if sender in stuck:
                continue
            try:
                spooled = self.spool.read(path)
                with self.database.write() as db:
                    received = turns.accept(db, spooled.inbound, self.hours, spooled.said)
                    if spooled.said and not received.duplicate and received.staff_text is not None:
                        staff_line.already_said(db, received.staff_text)
                    points.reached("intake.importing")
            except FileNotFoundError:
                continue  # another process has it
            except OperationalError:
                break
            except (crypto.Undecryptable, ValueError) as error:
                log.error("a spooled message cannot be read and was set aside: %s", type(error).__name__)
                self.spool.set_aside(path)
                continue
            except Exception as error:  # noqa: BLE001  one bad message must not keep the others in the spool
                self._failures[path.name] = self._failures.get(path.name, 0) + 1
                log.error("a spooled message was not stored: %s", type(error).__name__)
                if self._failures[path.name] >= TRIES:
                    self.spool.set_aside(path)
                else:
                    stuck.add(sender)  # their later messages wait behind it
                continue
            points.reached("intake.imported")
            self.spool.remove(path)
            imported += 1
        if imported:
            self.wake()
        return imported
