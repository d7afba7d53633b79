"""The worker that sends: claims a message, hands it to its channel outside any transaction, settles it.

At least once by choice: a send that a crash cut off is tried again, because a reply that never comes is worse.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool

from bot import clock, wording
from bot.conversations import choices, limits, outbox
from bot.db import Database
from bot.gateway import channels, delivery, metrics, pace, points
from bot.gateway.bell import SWEEP, Bell
from bot.gateway.channels import Button, Channel, Rendered, SendError, Sent

log = logging.getLogger("wellbeing.sending")

#: Seconds until the next try after a fault of ours.
FAULT_PAUSE = 0.5
#: Seconds that one message may take; less than outbox.SEND_CUT_OFF, so that nobody else begins it meanwhile.
PATIENCE = 40.0


@dataclass(frozen=True)
class Job:
    """A claimed message, with all that is needed to send it."""

    message_id: int
    conversation_id: str
    channel: str
    address: str
    parts: tuple[Rendered, ...]
    purpose: str


class Sending:
    """Sends waiting messages: crisis first, each conversation in order, one of it in flight."""

    def __init__(
        self, database: Database, channels_: Mapping[str, Channel], limits_: limits.Limits | None = None,
        still_wanted: outbox.StillWanted | None = None, workers: int = 4,
    ):  # fmt: skip
        self.database, self.channels, self.workers = database, channels_, workers
        self.limits, self.still_wanted = limits_, still_wanted
        #: Channel → how fast it may be sent to, where the channel says so.
        self.paces = {name: c.pace for name, c in channels_.items() if getattr(c, "pace", None) is not None}
        self._bell = Bell(workers)
        #: What is waited with between the parts of a long text.
        self.rest: Callable[[float], Awaitable[None]] = asyncio.sleep
        self._claiming = threading.Lock()

    def wake(self) -> None:
        """There is something new to send."""
        self._bell.ring()

    async def run(self) -> None:
        """Work until cancelled."""
        await asyncio.gather(*(self._worker() for _ in range(self.workers)))

    async def _worker(self) -> None:
        while True:
            try:
                worked = await self.send_one()
            except asyncio.CancelledError:
                raise
            except Exception:  # noqa: BLE001  the claim is taken up again after SEND_CUT_OFF
                log.exception("a send broke down")
                await asyncio.sleep(FAULT_PAUSE)
                continue
            if not worked:
                await self._bell.wait(self._until_next())

    def _until_next(self) -> float:
        """Seconds until the next look at the latest: when what was held back for its channel's sake may go."""
        waits = [wait for p in self.paces.values() if (wait := p.until_free()) is not None]
        return min([SWEEP, *(max(wait, 0.01) for wait in waits)])

    async def send_one(self) -> bool:
        """Send the next message. False when there was none."""
        job = await run_in_threadpool(self._claim)
        if job is None:
            return False
        self._bell.ring()  # where there is one there may be more: the next worker looks
        points.reached("sending.claimed")
        try:
            outcome: Sent | SendError = await asyncio.wait_for(self._send(job), PATIENCE)
        except SendError as error:
            outcome = error
        except asyncio.TimeoutError:
            outcome = channels.TryAgain("timeout")
        except Exception:  # noqa: BLE001  a fault of ours in an adapter: the message must not be lost for it
            log.exception("message %s could not be handed over", job.message_id)
            outcome = channels.TryAgain("fault")
        if (paced := self.paces.get(job.channel)) is not None:
            paced.ended(job.conversation_id)
            theirs = isinstance(outcome, channels.OutOfReach)  # says nothing about the provider
            if isinstance(outcome, channels.TryAgain) and outcome.after is not None and not theirs:
                paced.pause(outcome.after.total_seconds())  # it means all of us, not only this message
        points.reached("sending.taken")
        await run_in_threadpool(self._settle, job, outcome)
        points.reached("sending.settled")
        return True

    async def _send(self, job: Job) -> Sent:
        channel = self.channels[job.channel]
        taken = None
        paced = self.paces.get(job.channel)
        for part in job.parts:
            if taken is not None and paced is not None:
                await self.rest(paced.rate.apart)
                paced.began(job.conversation_id)
            taken = await channel.send(job.address, part, job.message_id)
        if taken is None:
            raise channels.Refused("empty")
        return taken

    def _claim(self) -> Job | None:
        with self.database.read() as db:  # most looks find nothing: do not take the write lock for them
            if not outbox.any_waiting(db, self.channels):
                return None
        with self._claiming, self.database.write() as db:  # two claims must not both see the same room
            held = pace.held(self.paces)
            message = outbox.claim(db, self.channels, limits_=self.limits, still_wanted=self.still_wanted, held=held)
            if message is None:
                return None
            if message.channel in self.paces:
                self.paces[message.channel].began(message.conversation_id)
            buttons = tuple(Button(c.id, c.position, c.label) for c in choices.of_message(db, message.id))
            address = message.conversation.address.address
            life = message.expires_at - clock.now() if message.expires_at is not None else None
            rendered = self.channels[message.channel].render(message.body, buttons)
            if message.channel == "sms":
                message.segments = sum(wording.size(part.text).segments for part in rendered)
            parts = tuple(replace(part, life=life) for part in rendered)
            return Job(message.id, message.conversation_id, message.channel, address, parts, message.purpose)

    def _settle(self, job: Job, outcome: Sent | SendError) -> None:
        with self.database.write() as db:
            if isinstance(outcome, Sent):
                delivery.sent(db, job.message_id, outcome)
                told = "sent"
            else:
                told = delivery.not_taken(db, job.message_id, outcome)
                level = logging.ERROR if isinstance(outcome, channels.Misconfigured) else logging.WARNING
                kind = type(outcome).__name__
                log.log(level, "message %s was not taken: %s (%s)", job.message_id, kind, outcome.code)
            points.reached("sending.settling")
        metrics.SENT.labels(job.channel, job.purpose, told).inc()
