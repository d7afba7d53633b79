"""The worker that answers: claims a message, asks Rasa, says what came back. Several run side by side.

Nothing is held in memory that matters: kill it at any point and the message table knows what is left to do.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

from bot.conversations import messages
from bot.conversations.hours import OfficeHours
from bot.db import Database
from bot.gateway import metrics, points, turns
from bot.gateway.assistant import Answered, Assistant, Speechless
from bot.gateway.bell import Bell

log = logging.getLogger("wellbeing.answering")

#: Seconds until the next try after a fault of ours.
FAULT_PAUSE = 0.5


class Answering:
    """Answers waiting messages: different conversations in parallel, each conversation in order."""

    def __init__(self, database: Database, assistant: Assistant, hours: OfficeHours, workers: int = 8):
        self.database, self.assistant, self.hours, self.workers = database, assistant, hours, workers
        self._bell = Bell(workers)
        #: Called after every turn: there may be something to send.
        self.spoke: Callable[[], None] = lambda: None
        #: Told of every outbound message whose buttons are to go, by its id.
        self.used: Callable[[int], None] = lambda message_id: None
        #: Told of every message id that was settled (the simulator waits for its own).
        self.settled: dict[int, asyncio.Event] = {}

    def wake(self) -> None:
        """There is a new message; a worker need not wait for its next look."""
        self._bell.ring()

    async def run(self) -> None:
        """Work until cancelled."""
        await asyncio.gather(*(self._worker() for _ in range(self.workers)))

    async def _worker(self) -> None:
        while True:
            try:
                worked = await self.answer_one()
            except asyncio.CancelledError:
                raise
            except Exception:  # noqa: BLE001  one bad turn must not stop the worker; the claim is taken up again
                log.exception("a turn broke down")
                await asyncio.sleep(FAULT_PAUSE)
                continue
            if not worked:
                await self._bell.wait()

    async def answer_one(self) -> bool:
        """Answer the next waiting message. False when there was none."""
        claimed = await run_in_threadpool(self._claim)
        if claimed is None:
            return False
        message_id, ask = claimed
        self._bell.ring()  # where there is one there may be more: the next worker looks
        points.reached("answering.claimed")
        if ask is not None:
            outcome = await self.assistant.ask(ask)
            points.reached("answering.asked")
            await run_in_threadpool(self._settle, ask, outcome)
            points.reached("answering.settled")
            if ask.keyboard_of is not None:
                self.used(ask.keyboard_of)
        self._tell(message_id)
        self.spoke()
        return True

    def _claim(self) -> tuple[int, turns.Ask | None] | None:
        with self.database.read() as db:  # most looks find nothing: do not take the write lock for them
            if not messages.any_waiting(db):
                return None
        message_id = None
        try:
            with self.database.write() as db:
                message = messages.claim(db)
                if message is None:
                    return None
                message_id = message.id
                return message_id, turns.prepare(db, message, self.hours)
        except Exception:
            if message_id is not None:
                self._broke_down(message_id)
            raise

    def _broke_down(self, message_id: int) -> None:
        with self.database.write() as db:
            turns.broke_down(db, message_id, self.hours)

    def _settle(self, ask: turns.Ask, outcome) -> None:
        metrics.TURNS.labels(type(outcome).__name__.lower()).inc()
        with self.database.write() as db:
            if isinstance(outcome, Answered):
                turns.conclude(db, ask, outcome.replies, self.hours, outcome.meaning)
            elif isinstance(outcome, Speechless):
                if turns.give_up(db, ask, self.hours):  # of danger that was answered already, nothing is expected
                    log.warning("no words for message %s: %s", ask.message_id, outcome.why)
            else:
                log.warning("message %s waits: %s", ask.message_id, outcome.why)
                turns.postpone(db, ask, self.hours)
            points.reached("answering.settling")

    def _tell(self, message_id: int) -> None:
        if (waiter := self.settled.pop(message_id, None)) is not None:
            waiter.set()
