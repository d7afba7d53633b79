"""Buttons that have been used by other means than pressing them are taken away, where the channel can do that.

Best effort, and never waited for: a button that stays is answered with "that button is from before".
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from bot.db import Database
from bot.gateway.channels import Channel
from bot.models import Message

log = logging.getLogger("wellbeing.keyboards")


class Keyboards:
    """Takes away the buttons under messages of ours."""

    def __init__(self, database: Database, channels: Mapping[str, Channel]):
        self.database, self.channels = database, channels
        self._taking: set[asyncio.Task] = set()

    def used(self, message_id: int) -> None:
        """The choices of an outbound message are used up: its buttons go, a moment later."""
        task = asyncio.ensure_future(self._take(message_id))
        self._taking.add(task)
        task.add_done_callback(self._taking.discard)

    async def drained(self) -> None:
        """Wait for what is being taken away."""
        await asyncio.gather(*self._taking, return_exceptions=True)

    async def _take(self, message_id: int) -> None:
        try:
            found = await run_in_threadpool(self._where, message_id)
        except SQLAlchemyError as error:
            log.info("buttons were left: %s", type(error).__name__)
            return
        if found is not None:
            channel, address, provider_id = found
            await self.channels[channel].take_buttons(address, provider_id)

    def _where(self, message_id: int) -> tuple[str, str, str] | None:
        with self.database.read() as db:
            message = db.get(Message, message_id)
            if message is None or not message.provider_id:
                return None
            if not hasattr(self.channels.get(message.channel), "take_buttons"):
                return None
            return message.channel, message.conversation.address.address, message.provider_id
