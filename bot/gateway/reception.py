"""How Telegram's updates get here, by webhook or by fetching, and whether they do: set up, watched, told to /health.

A bot has one way only. Two programs that want the same bot's updates take them from each other, and nothing breaks
loudly when they do: people write, and nobody answers. So Telegram is asked how things stand, at the start and after.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot import clock
from bot.gateway.channels import Misconfigured, SendError
from bot.gateway.polling import Polling
from bot.gateway.telegram import Telegram
from bot.gateway.way_in import HARMLESS, sentence

log = logging.getLogger("wellbeing.telegram")

#: Seconds between two looks at the webhook.
EVERY = 60.0
#: A delivery that failed longer ago than this is over, if nothing has failed since.
RECENT = timedelta(minutes=10)


class Reception:
    """Sets up the way in, keeps it up, and says what is wrong with it."""

    def __init__(self, telegram: Telegram, polling: Polling):
        self.telegram, self.polling = telegram, polling
        self.problem: str | None = "starting"
        #: Updates that wait at Telegram, as of the last look; and when a delivery to the webhook last failed.
        self.pending: int | None = None
        self.failed_at: str | None = None
        #: What is waited with.
        self.rest: Callable[[float], Awaitable[None]] = asyncio.sleep

    @property
    def by_webhook(self) -> bool:
        """Whether Telegram is to send updates to us."""
        return bool(self.telegram.webhook_url)

    async def run(self) -> None:
        """Work until cancelled."""
        pause = 1.0
        while not await self._tried(self.set_up):
            await self.rest(pause)
            pause = min(pause * 2, EVERY)
        if not self.by_webhook:
            await self.polling.run()
        while True:
            await self.rest(EVERY)
            await self._tried(self.look)

    async def set_up(self) -> None:
        """Make the way in that the settings ask for. SendError when Telegram refuses."""
        if self.by_webhook:
            await self.telegram.set_webhook()
            self.problem = None
            await self.look()
            return
        found = await self.telegram.webhook()
        await self.telegram.delete_webhook()
        self._note("webhook_was_set" if found.url else None)

    async def look(self) -> None:
        """Ask Telegram what it knows of our webhook; set it where it is gone. SendError when it does not say."""
        found = await self.telegram.webhook()
        self.pending = found.pending_update_count
        failed = found.last_error_date
        self.failed_at = failed.isoformat() if failed else None
        if not found.url:
            self._note("webhook_missing")
            await self.telegram.set_webhook()
        elif found.url != self.telegram.webhook_url:
            self._note("webhook_elsewhere")
        else:
            self._note("webhook_failing" if failed and clock.now() - failed < RECENT else None)

    def told(self) -> dict[str, Any]:
        """For /health: the way in, its state, and what is wrong in a sentence."""
        problem = self.problem or (None if self.by_webhook else self.polling.problem)
        if problem in HARMLESS and not self.by_webhook and self.polling.problem:
            problem = self.polling.problem
        told: dict[str, Any] = {
            "state": "ok" if problem is None or problem in HARMLESS else "degraded",
            "by": "webhook" if self.by_webhook else "polling",
        }
        if problem is not None:
            told |= {"problem": problem, "what": sentence(problem)}
        if self.by_webhook:
            told |= {"pending": self.pending, "failed_at": self.failed_at}
        return told

    async def _tried(self, step: Callable[[], Awaitable[None]]) -> bool:
        try:
            await step()
            return True
        except SendError as error:
            self._note(error.code, logging.ERROR if isinstance(error, Misconfigured) else logging.WARNING)
            return False

    def _note(self, code: str | None, level: int = logging.ERROR) -> None:
        if code is not None and code != self.problem:
            log.log(logging.WARNING if code in HARMLESS else level, "%s", sentence(code))
        elif code is None and self.problem not in (None, "starting"):
            log.info("Telegram is well again")
        self.problem = code
