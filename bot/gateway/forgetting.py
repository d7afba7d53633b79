"""What follows outside our database once somebody has been erased: Rasa's tracker, the provider's records, the spool.

Beside the database stands a ledger of who was erased. Whom a restored backup brings back is erased again by it.

A named seam of the gateway: it may import `bot.dialogue.storage` and `bot.programme.erasure`. Everything here can be
done twice, and is done again until it has been: a tracker that is locked, or a provider that is down, leaves nothing
behind for good.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from bot import clock
from bot.conversations import leftovers
from bot.db import Database
from bot.dialogue import storage
from bot.gateway import channels
from bot.gateway.channels import Channel, SendError
from bot.gateway.leader import Leader
from bot.gateway.ledger import Ledger
from bot.gateway.spool import Spool
from bot.programme import erasure

log = logging.getLogger("wellbeing.forgetting")

EVERY = 20.0
#: A turn that ran while its person was erased writes the tracker once more at its end. By then it has ended.
TURNS_END = timedelta(minutes=5)
#: A text that the provider has not settled yet keeps its words until it has; after this it never will.
SETTLED = timedelta(days=1)
#: How often it is looked whether a backup has brought somebody back; the first time when the gateway starts.
LOOKED = timedelta(hours=1)
#: How many texts a round asks the provider about at most.
A_ROUND = 200


def forget_turns(database: Database, tracker_url: str, at: datetime) -> int:
    """Take the turns of erased conversations out of Rasa's tracker; how many events that were.

    SQLAlchemyError when the tracker cannot be written to: what is left is done the next time.
    """
    with database.read() as db:
        waiting = [(row.id, row.key, clock.aware(row.at)) for row in leftovers.of_kind(db, leftovers.TRACKER)]
    if not waiting:
        return 0
    events = sum(storage.forget(tracker_url, conversation_id) for _, conversation_id, _ in waiting)
    with database.write() as db:
        leftovers.done(db, [id_ for id_, _, since in waiting if since <= at - TURNS_END])
    if database.is_sqlite:  # what was deleted must not stay readable in the write-ahead log
        with database.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return events


class Forgetting:
    """Does it every EVERY seconds. The spool is each process's own; the rest is done by one of them."""

    def __init__(
        self, database: Database, tracker_url: str, spool: Spool, channels_: Mapping[str, Channel], leader: Leader,
        ledger: Ledger,
    ):  # fmt: skip
        self.database, self.tracker_url, self.spool = database, tracker_url, spool
        self.channels, self.leader, self.ledger = channels_, leader, ledger
        self._looked: datetime | None = None

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self.round()
            await asyncio.sleep(EVERY)

    async def round(self, at: datetime | None = None) -> None:
        """Everything once, as of `at`."""
        at = at or clock.now()
        await self._tried("the spool", run_in_threadpool(self._spool))
        if await run_in_threadpool(self.leader.lead):
            await self._tried("reach of a backup", run_in_threadpool(self._ledger, at))
            await self._tried("the tracker", run_in_threadpool(forget_turns, self.database, self.tracker_url, at))
            await self._tried("the provider's records", self._provider(at))

    async def _tried(self, where: str, work: Awaitable[object]) -> None:
        """One part; what cannot be done there now keeps none of the others from being done."""
        try:
            await work
        except (SendError, SQLAlchemyError, OSError) as error:
            log.error("somebody who was erased is still in %s: %s", where, type(error).__name__)

    def _ledger(self, at: datetime) -> None:
        """Write down who was erased; erase again whom a backup has brought back."""
        with self.database.read() as db:
            waiting = [(row.id, row.key) for row in leftovers.of_kind(db, leftovers.LEDGER)]
        if waiting:
            self.ledger.add([key for _, key in waiting])
            with self.database.write() as db:
                leftovers.done(db, [id_ for id_, _ in waiting])
        if self._looked is not None and at < self._looked + LOOKED:
            return
        known = self.ledger.read()
        with self.database.read() as db:
            back = erasure.brought_back(db, known) if known else []
        for person_id in back:
            try:
                with self.database.write() as db:
                    erasure.erase_again(db, person_id, at)
                log.warning("person %s, who had been erased, was in a backup: erased again", person_id)
            except (erasure.Wrong, LookupError):  # in danger when the backup was made, or gone: looked at again
                log.error("person %s, who had been erased, is back from a backup and cannot be erased yet", person_id)
        self._looked = at

    def _spool(self) -> None:
        with self.database.read() as db:
            waiting = [(row.key, clock.aware(row.at)) for row in leftovers.of_kind(db, leftovers.SPOOL)]
        for sender, since in waiting:
            self.spool.forget(sender, since)

    async def _provider(self, at: datetime) -> None:
        """Ask the provider to take out the words of our texts. SendError when it cannot be asked now."""
        for id_, channel, provider_id, since in await run_in_threadpool(self._texts):
            redact = getattr(self.channels.get(channel), "redact", None)
            if redact is not None:
                try:
                    await redact(provider_id)
                except channels.Refused as error:  # gone there already, or not settled yet
                    if error.code != "http_404" and since > at - SETTLED:
                        continue
            await run_in_threadpool(self._done, id_)

    def _texts(self) -> list[tuple[int, str, str, datetime]]:
        with self.database.read() as db:
            rows = leftovers.of_kind(db, leftovers.PROVIDER)[:A_ROUND]
            return [(row.id, row.channel, row.key, clock.aware(row.at)) for row in rows]

    def _done(self, id_: int) -> None:
        with self.database.write() as db:
            leftovers.done(db, [id_])
