"""Telegram. The only module that imports telegram (python-telegram-bot), and only its `Bot`: the offset is ours."""

from __future__ import annotations

import hmac
import json
import logging
import warnings
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Any

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, WebhookInfo, error
from telegram.request import HTTPXRequest

from bot.gateway import channels, updates
from bot.gateway.channels import Button, Call, Event, Rendered, SendError, Sent, Unreadable
from bot.gateway.turns import Inbound
from bot.settings import Settings

log = logging.getLogger("wellbeing.telegram")

SECRET = "x-telegram-bot-api-secret-token"
#: Seconds that Telegram holds an empty poll open.
POLL = 25

# The library would decode a whole batch at once, and refuse it for one odd update: we want the JSON.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'")


class Telegram:
    """The Telegram channel. `transport` replaces the network in tests."""

    name = "telegram"

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None = None):
        self._settings = settings
        base = settings.telegram_api_url.rstrip("/")
        wire = {"transport": transport} if transport else {}
        self._bot = Bot(
            settings.telegram_token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=HTTPXRequest(connection_pool_size=8, connect_timeout=5, read_timeout=10, httpx_kwargs=wire),
            get_updates_request=HTTPXRequest(connect_timeout=5, read_timeout=10, httpx_kwargs=wire),
        )

    def verify(self, call: Call) -> bool:
        secret = self._settings.telegram_webhook_secret.encode()
        given = call.headers.get(SECRET, "").encode("utf-8", "surrogateescape")
        return bool(secret) and hmac.compare_digest(secret, given)

    def parse(self, call: Call) -> Sequence[Event]:
        try:
            update = json.loads(call.body.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise Unreadable("not JSON") from None
        try:
            return updates.read(update)
        except Unreadable:
            if (update_id := updates.id_of(update)) is None:
                raise
            # Turned away it would be sent again and again, and everybody's messages would wait behind it.
            updates.pass_over(update_id)
            return []

    def render(self, text: str, buttons: Sequence[Button] = ()) -> list[Rendered]:
        return channels.as_telegram(text, buttons)

    async def send(self, address: str, message: Rendered, message_id: int) -> Sent:
        rows = [[InlineKeyboardButton(b.label, callback_data=f"{updates.PREFIX}{b.id}")] for b in message.buttons]
        try:
            made = await self._bot.send_message(
                chat_id=int(address),
                text=message.text,  # plain: what people and staff wrote is never markup
                reply_markup=InlineKeyboardMarkup(rows) if rows else None,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except error.TelegramError as problem:
            raise _meaning(problem) from None
        return Sent(f"{address}:{made.message_id}", "sent")

    async def acknowledge(self, inbound: Inbound) -> None:
        """A pressed button stops spinning, and its keyboard goes: it cannot be pressed twice."""
        if not inbound.receipt:
            return
        query_id, message_id = inbound.receipt
        try:
            await self._bot.answer_callback_query(query_id)
            if message_id:
                await self._bot.edit_message_reply_markup(int(inbound.address), int(message_id), reply_markup=None)
        except error.TelegramError as problem:  # cosmetic: the press is stored
            log.info("a button press was not acknowledged: %s", type(problem).__name__)

    async def refuse_group(self, chat: str, words: str) -> None:
        """Say why we do not talk in groups, and leave."""
        try:
            await self._bot.send_message(chat_id=int(chat), text=words)
            await self._bot.leave_chat(int(chat))
        except error.TelegramError as problem:
            log.info("a group was not left: %s", type(problem).__name__)

    async def set_webhook(self) -> None:
        """Have updates sent to our public address. SendError if refused."""
        await self._asked(
            self._bot.set_webhook(
                self.webhook_url, secret_token=self._settings.telegram_webhook_secret, allowed_updates=updates.WANTED
            )
        )

    async def delete_webhook(self) -> None:
        """Have updates kept until they are fetched. SendError if refused."""
        await self._asked(self._bot.delete_webhook())

    async def webhook(self) -> WebhookInfo:
        """What Telegram knows of a webhook. SendError when it does not say."""
        return await self._asked(self._bot.get_webhook_info())

    @property
    def webhook_url(self) -> str:
        """Where we want updates sent; empty when they are to be fetched."""
        public = self._settings.public_url.rstrip("/")
        return f"{public}/telegram" if public else ""

    async def fetch(self, offset: int | None) -> list[Any]:
        """Raw updates from `offset` on; nothing is decoded here. SendError when there are none to be had."""
        wanted = {"timeout": POLL, "allowed_updates": updates.WANTED} | ({} if offset is None else {"offset": offset})
        found = await self._asked(self._bot.do_api_request("getUpdates", api_kwargs=wanted, read_timeout=POLL + 10))
        if not isinstance(found, list):
            raise channels.TryAgain("no_list")
        return found

    async def _asked(self, request: Awaitable[Any]) -> Any:
        """What Telegram answers. SendError, whatever goes wrong: what it says may be no JSON, or no answer of its."""
        try:
            return await request
        except error.TelegramError as problem:
            raise _meaning(problem) from None
        except (AttributeError, KeyError, TypeError, ValueError):
            raise channels.TryAgain("no_answer") from None

    async def close(self) -> None:
        await self._bot.shutdown()


def _meaning(problem: error.TelegramError) -> SendError:
    # BadRequest and TimedOut are both NetworkErrors: the permanent one is asked first.
    if isinstance(problem, error.RetryAfter):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # int now, timedelta in the next version
            wait = problem.retry_after
        return channels.TryAgain("429", wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
    if isinstance(problem, error.Forbidden):
        return channels.Blocked("403")
    if isinstance(problem, error.BadRequest):
        no_chat = "chat not found" in problem.message.lower()
        return channels.Unreachable("no_chat") if no_chat else channels.Refused("400")
    if isinstance(problem, error.ChatMigrated):
        return channels.Unreachable("migrated")
    if isinstance(problem, (error.InvalidToken, error.EndPointNotFound)):
        return channels.Misconfigured("token")
    if isinstance(problem, error.Conflict):
        # Either somebody fetches beside us, or a webhook is set: the words are the only difference.
        return channels.Misconfigured("409_webhook" if "webhook" in problem.message.lower() else "409")
    return channels.TryAgain(type(problem).__name__)
