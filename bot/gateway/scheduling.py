"""What happens by the clock: offers that run out, workers gone quiet, reminders, old counts, the audit trail's seal.

A named seam of the gateway: it may import `bot.programme`, as staff_answering may, and no other module here. Each job
has its own transaction, so that one that fails keeps none of the others from running.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from bot import audit, clock
from bot.conversations import call_backs, handoffs, leftovers, limits, link_codes, nudges, staff_texts
from bot.conversations.hours import OfficeHours
from bot.db import Database
from bot.gateway import state
from bot.gateway.leader import Leader
from bot.models import Message
from bot.programme import bookings, broadcasts, erasure, reminders, signposts, unmerges

log = logging.getLogger("wellbeing.scheduling")

EVERY = 20.0
#: Purpose of a text → what knows whether it is still wanted.
_ASKED = {"reminder": reminders, "nudge": nudges, "did_you_go": signposts, "broadcast": broadcasts}


def still_wanted(db: Session, message: Message, at: datetime) -> str | None:
    """Why what we begin is of no use any more when it is about to go out."""
    return _ASKED[message.purpose].still_wanted(db, message, at)


class Scheduling:
    """Runs the jobs every EVERY seconds, in one process at a time."""

    def __init__(
        self, database: Database, leader: Leader, hours: OfficeHours, quiet: timedelta, wake: Callable[[], None]
    ):
        self.database, self.leader, self.hours, self.quiet, self.wake = database, leader, hours, quiet, wake

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await run_in_threadpool(self.round)
            await asyncio.sleep(EVERY)

    def round(self, at: datetime | None = None) -> bool:
        """Every job once, as of `at`. False when another process is the one that does it."""
        self._do_reading(self.hours.learn)
        if not self.leader.lead():
            return False
        at = at or clock.now()
        jobs = (
            self.offers, self.quiet_workers, self.nudges, self.reminders, self.call_backs, self.signposts,
            self.staff_texts, self.merges, self.erased, self.prune, self.seal,
        )  # fmt: skip
        failed = [job.__name__ for job in jobs if not self._do(job, at)]
        self._do(self._heartbeat(failed), at)
        self.wake()
        return True

    def _do(self, job: Callable[[Session, datetime], object], at: datetime) -> bool:
        try:
            with self.database.write() as db:
                job(db, at)
            return True
        except Exception:  # noqa: BLE001  the other jobs are due all the same, and this one is again in a while
            log.exception("a scheduled job failed")
            return False

    def _do_reading(self, learn: Callable[[Session], None]) -> None:
        """What every gateway has to know, whoever does the work. What it knew before stays when it cannot be read."""
        try:
            with self.database.read() as db:
                learn(db)
        except SQLAlchemyError as problem:
            log.error("the office hours could not be read: %s", type(problem).__name__)

    def offers(self, db: Session, at: datetime) -> None:
        """Offers whose time is up go to the next in line."""
        bookings.expire_offers(db, at)

    def quiet_workers(self, db: Session, at: datetime) -> None:
        """A worker who says nothing gives the conversation back to the assistant."""
        handoffs.give_back_quiet(db, quiet=self.quiet, in_hours=self.hours.open_at(at), at=at)

    def nudges(self, db: Session, at: datetime) -> None:
        """Whoever has not answered what a worker asked is told once that there is a question."""
        nudges.due(db, self.quiet, at)

    def reminders(self, db: Session, at: datetime) -> None:
        """People are reminded of tomorrow's sessions."""
        reminders.due(db, at)

    def call_backs(self, db: Session, at: datetime) -> None:
        """Whoever asked for a call is asked whether it came."""
        call_backs.due(db, self.hours.next_open, at)

    def signposts(self, db: Session, at: datetime) -> None:
        """Whoever was pointed to a service two weeks ago is asked whether they went."""
        signposts.due(db, at)

    def staff_texts(self, db: Session, at: datetime) -> None:
        """What went to and from workers' phones is not kept for long."""
        staff_texts.forget(db, at)

    def merges(self, db: Session, at: datetime) -> None:
        """A merge that cannot be undone any more forgets how the records were."""
        unmerges.forget_old(db, at)

    def erased(self, db: Session, at: datetime) -> None:
        """What was written about somebody while they were being erased goes too."""
        if number := erasure.sweep(db, at):
            log.warning("%s rows had come in about somebody who was being erased, and are gone", number)

    def prune(self, db: Session, at: datetime) -> None:
        """What was only counted is forgotten when it counts no more."""
        link_codes.prune(db, at)
        limits.prune(db, at)
        leftovers.prune(db, at)

    def seal(self, db: Session, at: datetime) -> None:
        """The audit trail is sealed."""
        audit.seal(db, at)

    def _heartbeat(self, failed: list[str]) -> Callable[[Session, datetime], None]:
        def heartbeat(db: Session, at: datetime) -> None:
            state.put(db, state.HEARTBEAT, ",".join(failed) or "ok")

        return heartbeat
