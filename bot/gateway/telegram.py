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

from bot import wording
from bot.gateway import channels, updates
from bot.gateway.channels import Button, Call, Event, Rendered, SendError, Sent, Unreadable
from bot.gateway.pace import Pace, Rate
from bot.gateway.parts import Inbound
from bot.settings import Settings

log = logging.getLogger("wellbeing.telegram")

SECRET = "x-telegram-bot-api-secret-token"
#: Seconds that Telegram holds an empty poll open; and that we wait for any other answer.
POLL, PATIENCE = 25, 10.0

#: Groups that are remembered; what matters is that a lively one is not answered line by line.
GROUPS = 1000
#: In what Telegram says of a bad request: there is nobody there (any more).
NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user_deactivated", "input_user_deactivated")

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
            request=HTTPXRequest(connection_pool_size=8, connect_timeout=5, read_timeout=PATIENCE, httpx_kwargs=wire),
            get_updates_request=HTTPXRequest(connect_timeout=5, read_timeout=10, httpx_kwargs=wire),
        )
        self.pace = Pace(Rate())
        #: Groups that have been told why we leave, the newest last.
        self._groups: dict[str, None] = {}

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
        except (AttributeError, KeyError, TypeError):  # taken, but we cannot read what became of it: not twice
            log.warning("message %s was taken with an answer that could not be read", message_id)
            return Sent("", "sent")
        return Sent(str(made.message_id), "sent")  # its number in the chat; the chat's own is kept encrypted only

    async def acknowledge(self, inbound: Inbound, again: bool = False) -> None:
        """A pressed button stops spinning, and its keyboard goes: it cannot be pressed twice."""
        if not inbound.receipt:
            return
        query_id, message_id = inbound.receipt
        words = wording.say("gateway.pressed_already") if again else None
        await self._cosmetic(self._bot.answer_callback_query(query_id, text=words))
        if message_id:
            await self.take_buttons(inbound.address, message_id)

    async def take_buttons(self, address: str, provider_id: str) -> None:
        """The buttons under a message of ours have been used, or lead nowhere any more. Never raises."""
        await self._cosmetic(self._bot.edit_message_reply_markup(int(address), int(provider_id), reply_markup=None))

    async def refuse_group(self, chat: str, words: str) -> None:
        """Say once why we do not talk in groups, and leave."""
        told = chat in self._groups
        self._groups[chat] = None
        while len(self._groups) > GROUPS:
            self._groups.pop(next(iter(self._groups)))
        try:
            if not told:
                await self._bot.send_message(chat_id=int(chat), text=words)
        except error.ChatMigrated as moved:  # it has become a supergroup, with another number
            await self.refuse_group(str(moved.new_chat_id), words)
            return
        except (error.TelegramError, AttributeError, KeyError, TypeError) as problem:
            log.info("a group was not told: %s", type(problem).__name__)
        await self._cosmetic(self._bot.leave_chat(int(chat)))

    async def _cosmetic(self, request: Awaitable[Any]) -> None:
        """What matters is stored already: that a button spins on is no reason to fail."""
        try:
            await request
        except (error.TelegramError, AttributeError, KeyError, TypeError, ValueError) as problem:
            log.info("Telegram did not do what it was asked: %s", type(problem).__name__)

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
        nobody = any(words in problem.message.lower() for words in NOBODY)
        return channels.Unreachable("no_chat") if nobody else channels.Refused("400")
    if isinstance(problem, error.ChatMigrated):
        return channels.Unreachable("migrated")
    if isinstance(problem, (error.InvalidToken, error.EndPointNotFound)):
        return channels.Misconfigured("token")
    if isinstance(problem, error.Conflict):
        # Either somebody fetches beside us, or a webhook is set: the words are the only difference.
        return channels.Misconfigured("409_webhook" if "webhook" in problem.message.lower() else "409")
    return channels.TryAgain(type(problem).__name__)
