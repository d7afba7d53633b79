"""What we said is taken out of the provider's records once it has come to its end, if a setting says so.

Only the words go: that a text was sent, and what it cost, stays there. One process at a time does it. The mark moves
past a text only when the provider has answered; to take the words out twice is harmless.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool

from bot import clock
from bot.db import Database
from bot.gateway import channels, state
from bot.gateway.channels import SendError
from bot.gateway.leader import Leader
from bot.models import Message

log = logging.getLogger("wellbeing.redacting")

EVERY = 60.0
#: A transaction that settled a text may end a while after the time that it wrote down.
OVERLAP = timedelta(minutes=5)
#: The furthest that a first round looks back.
FURTHEST = timedelta(days=30)
#: How many texts a round takes at most; the provider counts calls.
A_ROUND = 200
ENDED = ("delivered", "failed")


class Redacts(Protocol):
    """A channel whose provider can forget the words of a text."""

    name: str

    async def redact(self, provider_id: str) -> None:
        """Take the words of a text out of the provider's records. SendError when it does not."""


class Redacting:
    """Has the words of settled texts of one channel taken out of its provider's records."""

    def __init__(self, channel: Redacts, database: Database, leader: Leader):
        self.channel, self.database, self.leader = channel, database, leader
        self._done: set[str] = set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                if await run_in_threadpool(self.leader.lead):
                    while await self.round() == A_ROUND:
                        pass
            except SendError as error:
                log.warning("words could not be taken out of the provider's records: %s", error.code)
            await asyncio.sleep(EVERY)

    async def round(self) -> int:
        """Once; how many texts were dealt with. SendError leaves the mark at the last one that was."""
        found = await run_in_threadpool(self._ended)
        for provider_id, settled_at in found:
            try:
                await self.channel.redact(provider_id)
            except channels.Refused as error:  # long gone there, or never to end: nothing is left to do
                log.info("a text kept its words at the provider: %s", error.code)
            self._done.add(provider_id)
            await run_in_threadpool(self._mark, settled_at)
        return len(found)

    def _ended(self) -> list[tuple[str, datetime]]:
        now = clock.now()
        with self.database.read() as db:
            mark = state.get(db, state.REDACTED)
            since = now - FURTHEST if mark is None else datetime.fromisoformat(mark.value) - OVERLAP
            query = (
                sa.select(Message.provider_id, Message.settled_at)
                .where(
                    Message.channel == self.channel.name,
                    Message.direction == "out",
                    Message.status.in_(ENDED),
                    Message.provider_id.is_not(None),
                    Message.settled_at > max(since, now - FURTHEST),
                )
                .order_by(Message.settled_at)
            )
            recent = db.execute(query).all()
        self._done &= {row.provider_id for row in recent}
        return [tuple(row) for row in recent if row.provider_id not in self._done][:A_ROUND]

    def _mark(self, settled_at: datetime) -> None:
        with self.database.write() as db:
            state.put(db, state.REDACTED, settled_at.isoformat())
