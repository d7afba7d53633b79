"""The worker behind the staff line: answers what came from workers' phones, and sends what was answered.

A seam of the gateway: it hands a text to `bot.programme.staff_line` and gets the words back. Answer, booking and "this
is answered" are one transaction, so a crash neither loses a booking nor makes it twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from starlette.concurrency import run_in_threadpool

from bot import clock, wording
from bot.conversations import staff_phones, staff_texts
from bot.db import Database, lock
from bot.gateway import channels
from bot.gateway.channels import Channel, SendError
from bot.models import StaffPhone, StaffText
from bot.programme import staff_line

log = logging.getLogger("wellbeing.staff_line")

#: Seconds between two looks when nobody says that there is something.
POLL = 1.0
#: Seconds that one send may take; less than staff_texts.CUT_OFF.
PATIENCE = 40.0
#: Seconds until the next try; after the last of them it is given up: a worker who hears nothing looks at the console.
BACKOFF = (2, 10, 30)
#: A text that breaks the answer this often is answered with an apology.
TRIES = 3
#: The id that a provider is given: no message of a conversation has it.
NO_MESSAGE = 0


@dataclass(frozen=True)
class Job:
    """A claimed text, with all that is needed to send it."""

    text_id: int
    channel: str
    address: str
    body: str


class StaffAnswering:
    """Answers and sends, one text after the other: there are few of them."""

    def __init__(self, database: Database, channels_: Mapping[str, Channel]):
        self.database, self.channels = database, channels_
        self._work = asyncio.Event()

    def wake(self) -> None:
        """There is something new."""
        self._work.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._work.clear()
            await self.round()
            try:
                await asyncio.wait_for(self._work.wait(), POLL)
            except asyncio.TimeoutError:
                pass

    async def round(self) -> None:
        """Everything that waits now."""
        while await run_in_threadpool(self._answer_one):
            pass
        while await self.send_one():
            pass

    def _answer_one(self) -> bool:
        with self.database.read() as db:  # most looks find nothing: do not take the write lock for them
            if not staff_texts.any_waiting(db):
                return False
        text_id = None
        try:
            with self.database.write() as db:
                row = staff_texts.unanswered(db)
                if row is None:
                    return False
                text_id = row.id
                phone = lock(db, StaffPhone, row.phone_id)
                if staff_phones.counts(phone) and not staff_texts.too_many(db, row):
                    staff_texts.say(db, phone, staff_line.answer(db, phone, row.body), row)
                staff_texts.settle(row)
        except Exception as error:  # noqa: BLE001  a fault of ours over one text must not stop the others
            log.error("staff text %s could not be answered: %s", text_id, type(error).__name__)
            if text_id is None:
                return False
            self._broke_down(text_id)
        return True

    def _broke_down(self, text_id: int) -> None:
        with self.database.write() as db:
            row = lock(db, StaffText, text_id)
            if row is None:  # it named somebody who has been erased
                return
            row.attempts += 1
            if row.attempts >= TRIES:
                staff_texts.settle(row)
                staff_texts.say(db, row.phone, wording.say("staff_line.failed"), row)

    async def send_one(self) -> bool:
        """Send the next text. False when there was none."""
        job = await run_in_threadpool(self._claim)
        if job is None:
            return False
        error: SendError | None = None
        try:
            channel = self.channels.get(job.channel)
            if channel is None:
                raise channels.Refused("no_channel")
            for part in channel.render(job.body):
                await asyncio.wait_for(channel.send(job.address, part, NO_MESSAGE), PATIENCE)
        except SendError as problem:
            error = problem
        except asyncio.TimeoutError:
            error = channels.TryAgain("timeout")
        except Exception as fault:  # noqa: BLE001  a fault of ours in an adapter
            log.error("staff text %s could not be handed over: %s", job.text_id, type(fault).__name__)
            error = channels.TryAgain("fault")
        await run_in_threadpool(self._settle, job, error)
        return True

    def _claim(self) -> Job | None:
        with self.database.read() as db:
            if not staff_texts.any_waiting(db):
                return None
        with self.database.write() as db:
            row = staff_texts.claim(db, clock.now())
            return None if row is None else Job(row.id, row.channel, row.phone.address, row.body)

    def _settle(self, job: Job, error: SendError | None) -> None:
        with self.database.write() as db:
            row = lock(db, StaffText, job.text_id)
            if row is None:
                return
            if error is None:
                staff_texts.settle(row, "sent")
            elif isinstance(error, channels.TryAgain) and row.attempts <= len(BACKOFF):
                staff_texts.retry(row, timedelta(seconds=BACKOFF[row.attempts - 1]), error.code[:40])
            else:
                staff_texts.settle(row, "failed", error.code[:40])
                log.warning("staff text %s was not taken: %s", job.text_id, error.code)
