"""Telegram. The only module that imports telegram (python-telegram-bot), and only its `Bot`: the offset is ours."""

from __future__ import annotations

import hmac
import json
import logging
import warnings
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import httpx
from telegram import (
    Bot,
    ChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
    error,
)
from telegram.request import HTTPXRequest

from bot import clock
from bot.gateway import channels
from bot.gateway.channels import Back, Button, Call, Event, Gone, InGroup, Rendered, SendError, Sent, Unreadable
from bot.gateway.turns import Inbound
from bot.settings import Settings

log = logging.getLogger("wellbeing.telegram")

SECRET = "x-telegram-bot-api-secret-token"
#: What we want to be told of.
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
#: Seconds that Telegram holds an empty poll open.
POLL = 25
#: In a button: "c:<choice id>".
PREFIX = "c:"

#: Attribute of a message → our kind. Looked at in order: an animation is a document too.
_KINDS = (
    ("voice", "voice"), ("audio", "voice"), ("photo", "photo"), ("video", "video"), ("video_note", "video"),
    ("animation", "sticker"), ("sticker", "sticker"), ("document", "file"), ("venue", "location"),
    ("location", "location"), ("contact", "contact"),
)  # fmt: skip


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
            payload = json.loads(call.body.decode("utf-8"))
        except (ValueError, RecursionError):
            raise Unreadable("not JSON") from None
        return self._events(payload)

    def _events(self, payload: Any) -> list[Event]:
        try:
            if not isinstance(payload, dict) or not isinstance(payload.get("update_id"), int):
                raise Unreadable("not an update")
            return _events(Update.de_json(payload, self._bot))
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError, OSError):
            raise Unreadable("not an update") from None

    def render(self, text: str, buttons: Sequence[Button] = ()) -> list[Rendered]:
        return channels.as_telegram(text, buttons)

    async def send(self, address: str, message: Rendered, message_id: int) -> Sent:
        rows = [[InlineKeyboardButton(b.label, callback_data=f"{PREFIX}{b.id}")] for b in message.buttons]
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

    async def set_up(self) -> None:
        """Have updates sent to us, or, without a public address, say that we will fetch them. SendError if refused."""
        try:
            if self._settings.public_url:
                await self._bot.set_webhook(
                    self._settings.public_url.rstrip("/") + "/telegram",
                    secret_token=self._settings.telegram_webhook_secret,
                    allowed_updates=WANTED,
                )
            else:
                await self._bot.delete_webhook()
        except error.TelegramError as problem:
            raise _meaning(problem) from None

    async def fetch(self, offset: int | None) -> list[tuple[int, list[Event]]]:
        """Updates from `offset` on, each as (update id, events). SendError when there are none to be had."""
        try:
            updates = await self._bot.get_updates(
                offset=offset, timeout=POLL, read_timeout=10, allowed_updates=WANTED
            )  # fmt: skip
        except error.TelegramError as problem:
            raise _meaning(problem) from None
        found = []
        for update in updates:
            try:
                found.append((update.update_id, _events(update)))
            except (TypeError, AttributeError, ValueError):
                log.warning("an update could not be read")  # it must not stop the ones behind it
                found.append((update.update_id, []))
        return found

    async def close(self) -> None:
        await self._bot.shutdown()


def _events(update: Update) -> list[Event]:
    if (member := update.my_chat_member) is not None:
        if member.chat.type != "private":
            joined = member.new_chat_member.status not in (ChatMember.LEFT, ChatMember.BANNED)
            return [InGroup(str(member.chat.id))] if joined else []
        gone = member.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        return [(Gone if gone else Back)(str(member.chat.id))]
    if (query := update.callback_query) is not None:
        return _press(query)
    message = update.message or update.edited_message
    if message is None:
        return []
    chat = str(message.chat.id)
    if message.chat.type != "private":
        return [InGroup(chat)]
    edited = update.edited_message is not None
    sent = (message.edit_date if edited else message.date) or message.date
    external_id = f"{chat}:{message.message_id}" + (f":{int(sent.timestamp())}" if edited else "")
    text = message.text or message.caption or ""
    kind = "text" if message.text else _kind(message)
    return [Inbound("telegram", chat, external_id, text, kind, at=min(sent, clock.now()))]


def _press(query) -> list[Event]:
    message = query.message
    chat = message.chat if message else None
    if chat is not None and chat.type != "private":
        return [InGroup(str(chat.id))]
    number = (query.data or "").removeprefix(PREFIX)
    known = (query.data or "").startswith(PREFIX) and number.isascii() and number.isdigit() and len(number) < 18
    choice_id = int(number) if known else 0  # no such choice: "that button is from before"
    address = str(chat.id if chat else query.from_user.id)
    message_id = str(message.message_id) if message else ""
    # The same button pressed twice is one message: the database refuses the second.
    external_id = f"{address}:press:{message_id}:{choice_id}" if known else f"{address}:press:{query.id}"
    receipt = (str(query.id), message_id)
    return [Inbound("telegram", address, external_id, "", "choice", choice_id=choice_id, receipt=receipt)]


def _kind(message: Message) -> str:
    return next((kind for attribute, kind in _KINDS if getattr(message, attribute, None)), "other")


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
        return channels.Misconfigured("409")
    return channels.TryAgain(type(problem).__name__)
