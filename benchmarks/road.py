"""The gateway alone, timed with a stub in Rasa's place: messages a second and how long each waits for its answer.

From the moment a text is handed in until its answer is with the phone; on SQLite, and on PostgreSQL where
WELLBEING_TEST_POSTGRES_URL names a server. The whole road with Rasa in it is `speed`.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks import figures
from bot import crypto, migrations
from bot.db import Database
from tests.conftest import POSTGRES, SECRET, postgres_database
from tests.gateway.kit import World

EACH = 25


class Road:
    """A gateway over one database, with phones that know when their answer came."""

    def __init__(self, database: Database, folder: Path):
        self.world = World(database, folder)
        self.world.rasa.healthy = True
        self.world.assistant._client = httpx.AsyncClient(
            base_url="http://rasa", transport=httpx.MockTransport(self.world.rasa)
        )
        self._waiting: dict[str, asyncio.Event] = {}
        phones = self.world.channels["sms"]
        send = phones.send

        async def told(address, message, message_id):
            sent = await send(address, message, message_id)
            if message.text.startswith("You said") and address in self._waiting:
                self._waiting[address].set()
            return sent

        phones.send = told

    async def people(self, number: int) -> tuple[list[float], float]:
        """`number` people text at once, EACH messages one after another; their waits and messages a second."""
        gateway, waits = self.world.gateway, []
        working = [asyncio.create_task(part.run()) for part in (gateway.answering, gateway.sending)]

        async def person(n: int) -> None:
            sender = f"+4477009{number:02d}{n:03d}"
            for i in range(EACH):
                self._waiting[sender] = asyncio.Event()
                began = time.monotonic()
                await gateway.intake.take(self.world.inbound(f"text {i}", sender=sender, external_id=f"{sender}.{i}"))
                await self._waiting[sender].wait()
                waits.append(time.monotonic() - began)

        began = time.monotonic()
        await asyncio.gather(*(person(n) for n in range(number)))
        took = time.monotonic() - began
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
        return sorted(waits), len(waits) / took


def measure(name: str, database: Database) -> list[str]:
    """Print the figures of one database; a line for each."""
    migrations.upgrade(database)
    lines = []
    for number in (1, 8):
        with tempfile.TemporaryDirectory() as folder:
            waits, rate = asyncio.run(Road(database, Path(folder)).people(number))
        p50, p95 = statistics.median(waits), waits[int(0.95 * len(waits)) - 1]
        lines.append(
            f"gateway alone, {name}, {number} texting: {len(waits)} messages, {rate:.1f} a second, "
            f"p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms"
        )
        print(lines[-1], flush=True)
    return lines


def main() -> int:
    """Both databases, one after the other."""
    crypto.use([SECRET])
    with tempfile.TemporaryDirectory() as folder:
        lines = measure("SQLite", Database(f"sqlite:///{Path(folder) / 'road.db'}"))
    if POSTGRES:
        with postgres_database() as database:
            lines += measure("PostgreSQL", database)
    figures.keep("road", lines)
    return 0
