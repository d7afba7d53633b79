"""The worker that alarms staff: every second the ladder is looked at, and calls go out beside the messages to people.

It has its own small outbox, so that nothing that waits for a phone of somebody else can hold an alarm up.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from starlette.concurrency import run_in_threadpool

from bot import clock
from bot.conversations import alarms
from bot.db import Database, lock
from bot.gateway import channels
from bot.gateway.channels import Channel, SendError
from bot.gateway.leader import Leader
from bot.models import AlarmCall

log = logging.getLogger("wellbeing.alarming")

#: Seconds between two looks. An alarm is on its way within five seconds of the message.
POLL = 1.0
#: Seconds that one call may take; less than alarms.CUT_OFF.
PATIENCE = 20.0
#: Seconds until the next try; after the last of them the next on the ladder is alarmed instead.
BACKOFF = (1, 3, 10)

@dataclass(frozen=True)
class Job:
    """A claimed call, with all that is needed to make it."""

    call_id: int
    channel: str
    address: str
    text: str


class Alarming:
    """Climbs the ladder (in one process at a time) and makes the calls."""

    def __init__(self, database: Database, channels_: Mapping[str, Channel], leader: Leader, patience: timedelta):
        self.database, self.channels, self.leader, self.patience = database, channels_, leader, patience

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self.round()
            await asyncio.sleep(POLL)

    async def round(self) -> None:
        """What is due now: the next steps of the ladders, then every call that waits."""
        await run_in_threadpool(self._advance)
        while await self.call_one():
            pass

    async def call_one(self) -> bool:
        """Make the next call. False when there was none."""
        job = await run_in_threadpool(self._claim)
        if job is None:
            return False
        error: SendError | None = None
        provider_id = None
        try:
            channel = self.channels.get(job.channel)
            if channel is None:
                raise channels.Refused("no_channel")
            for part in channel.render(job.text):
                # A call goes by its own number below nought: no message of a conversation has that.
                taken = await asyncio.wait_for(channel.send(job.address, part, -job.call_id), PATIENCE)
                provider_id = taken.provider_id
        except SendError as problem:
            error = problem
        except asyncio.TimeoutError:
            error = channels.TryAgain("timeout")
        except Exception:  # noqa: BLE001  a fault of ours in an adapter: the alarm must not be lost for it
            log.exception("call %s could not be handed over", job.call_id)
            error = channels.TryAgain("fault")
        await run_in_threadpool(self._settle, job, error, provider_id)
        return True

    def _advance(self) -> None:
        now = clock.now()
        with self.database.read() as db:  # most looks find nothing: do not take the write lock for them
            if not alarms.any_due(db, now):
                return
        if not self.leader.lead():
            return
        with self.database.write() as db:
            alarms.advance(db, self.patience, now)

    def _claim(self) -> Job | None:
        with self.database.read() as db:
            if not alarms.any_waiting(db):
                return None
        with self.database.write() as db:
            call = alarms.claim(db, clock.now())
            if call is None:
                return None
            return Job(call.id, call.duty.channel, call.duty.address, alarms.text_of(call))

    def _settle(self, job: Job, error: SendError | None, provider_id: str | None) -> None:
        with self.database.write() as db:
            call = lock(db, AlarmCall, job.call_id)
            if call is None:  # whom it was about was erased meanwhile
                return
            if error is None:
                alarms.sent(db, call, clock.now(), provider_id)
                return
            again = None
            if isinstance(error, channels.TryAgain) and call.attempts <= len(BACKOFF):
                again = timedelta(seconds=BACKOFF[call.attempts - 1])
            alarms.not_sent(db, call, clock.now(), error.code[:40], again)
        kind = type(error).__name__
        log.error("alarm call %s was not taken: %s (%s)", job.call_id, kind, error.code)
