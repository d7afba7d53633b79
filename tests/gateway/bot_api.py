"""A Bot API server on loopback, for TELEGRAM_API_URL: the protocol as Telegram speaks it, with phones and with faults.

>>> with BotApi() as api:
...     me = api.person(1001)
...     me.says("hello")                         # an update, by webhook if one is set, else for getUpdates
...     api.until(lambda: me.screen)             # what has arrived on the phone, with its buttons
...     api.fail("sendMessage", (429, {"parameters": {"retry_after": 1}}), DROP)

It knows no more than the bot may rely on: the token in the path, `ok`, `result`, `error_code`, `description` and
`parameters`; getUpdates with an offset, held open, one at a time and never beside a webhook (409); a webhook called in
order with its secret and called again until it answers 2xx; 4,096 characters; blocked, gone and migrated chats.
"""

from __future__ import annotations

import contextlib
import http.client
import http.server
import itertools
import json
import threading
import time
import urllib.parse
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

TOKEN = "1:a-token"
#: Faults beside (status, fields): the connection closes before anything is done, or after it; no answer for a while.
DROP, LOSE, HANG = "drop", "lose", "hang"
#: Seconds between two tries of a webhook.
AGAIN = 0.05


class Refused(Exception):
    """The answer is an error: (status, description, parameters)."""

    def __init__(self, status: int, description: str, **parameters: Any):
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


@dataclass
class Shown:
    """A message on a phone."""

    id: int
    text: str
    #: Label → data of its buttons, as long as they are there.
    buttons: dict[str, str] = field(default_factory=dict)
    at: float = 0.0


class Person:
    """A private chat, seen from the phone."""

    def __init__(self, api: BotApi, chat: int):
        self.api, self.id = api, chat
        self.screen: list[Shown] = []
        #: What the bot has made pop up over the buttons.
        self.popups: list[str] = []
        #: None, or what the bot is told when it writes: "blocked", "deactivated", "gone".
        self.away: str | None = None

    @property
    def texts(self) -> list[str]:
        return [shown.text for shown in self.screen]

    def _chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": "Canary"}

    def _user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": "Canary"}

    def sends(self, **fields: Any) -> dict[str, Any]:
        """Any message; the update that it makes."""
        message = {"message_id": self.api.number(), "date": int(time.time()), "chat": self._chat()}
        return self.api.update(message=message | {"from": self._user()} | fields)

    def says(self, text: str, **fields: Any) -> dict[str, Any]:
        return self.sends(text=text, **fields)

    def edits(self, update: dict[str, Any], text: str) -> dict[str, Any]:
        """Change the text of an earlier message."""
        return self.api.update(edited_message=update["message"] | {"text": text, "edit_date": int(time.time())})

    def presses(self, label: str) -> dict[str, Any]:
        """Press the newest button with that label."""
        shown = next(m for m in reversed(self.screen) if label in m.buttons)
        return self.presses_data(shown, shown.buttons[label])

    def presses_data(self, shown: Shown, data: str) -> dict[str, Any]:
        """Press a button, be it there still or not (a phone that was offline shows it)."""
        bot = {"id": 1, "is_bot": True, "first_name": "Bot"}
        under = {"message_id": shown.id, "date": int(time.time()), "chat": self._chat(), "from": bot, "text": "x"}
        query = str(self.api.number())
        self.api.queries.add(query)
        press = {"id": query, "from": self._user(), "chat_instance": "1", "message": under, "data": data}
        return self.api.update(callback_query=press)

    def blocks(self) -> dict[str, Any]:
        """Block the bot: it is told so, and refused from now on."""
        self.away = "blocked"
        return self._member("kicked")

    def unblocks(self) -> dict[str, Any]:
        self.away = None
        return self._member("member")

    def _member(self, status: str) -> dict[str, Any]:
        told = {"user": {"id": 1, "is_bot": True, "first_name": "Bot"}, "status": status}
        return self.api.update(
            my_chat_member={"chat": self._chat(), "from": self._user(), "date": 1, "new_chat_member": told}
        )


class BotApi:
    """The server. Everything that happens wakes whoever waits in `until`."""

    def __init__(self):
        self._changed = threading.Condition(threading.RLock())
        self._numbers = itertools.count(100)
        self._update_ids = itertools.count(7000)
        self._faults: dict[str, list[Any]] = defaultdict(list)
        self._polls = 0
        self._closing = False
        self.pending: list[dict[str, Any]] = []
        self.people: dict[int, Person] = {}
        self.queries: set[str] = set()
        self.left: list[int] = []
        self.groups: dict[int, list[str]] = defaultdict(list)
        self.webhook: dict[str, Any] = {"url": "", "secret": ""}
        #: Every call: (method, fields, status).
        self.calls: list[tuple[str, dict[str, str], int]] = []
        #: What the webhook has answered, in order.
        self.hook_answers: list[int] = []
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> BotApi:
        for work in (self._server.serve_forever, self._call_webhook):
            threading.Thread(target=work, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()

    # --- for tests

    def person(self, chat: int) -> Person:
        """The person of a private chat; made when first asked for."""
        with self._changed:
            return self.people.setdefault(chat, Person(self, chat))

    def number(self) -> int:
        """A number that nothing else has."""
        return next(self._numbers)

    def update(self, **fields: Any) -> dict[str, Any]:
        """Put an update in the bot's queue: good, bad, or none at all."""
        update = {"update_id": next(self._update_ids), **fields}
        self.again(update)
        return update

    def again(self, update: dict[str, Any]) -> None:
        """Deliver an update once more, as Telegram does when it is not sure."""
        with self._changed:
            self.pending.append(update)
            self._changed.notify_all()

    def fail(self, method: str, *faults: Any) -> None:
        """What the next calls of a method get: (status, fields), DROP, LOSE, HANG, bytes as they are, None for none."""
        with self._changed:
            self._faults[method] += faults

    def until(self, done: Callable[[], Any], seconds: float = 20.0) -> None:
        """Wait until something is so; AssertionError, with what was called, when it does not come about."""
        end = time.monotonic() + seconds
        with self._changed:
            while not done():
                if time.monotonic() < end:
                    self._changed.wait(0.05)  # what the gateway keeps to itself wakes nobody here
                    continue
                tail = [(method, status) for method, _, status in self.calls[-12:]]
                raise AssertionError(f"it did not come about; the last calls were {tail}")

    def called(self, method: str) -> list[dict[str, str]]:
        """The fields of every call of a method that was answered with 200."""
        return [fields for name, fields, status in self.calls if name == method and status == 200]

    # --- the webhook

    def _call_webhook(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or (self.webhook["url"] and self.pending))
                if self._closing:
                    return
                url, secret, update = self.webhook["url"], self.webhook["secret"], self.pending[0]
            status = self._post(url, secret, update)
            with self._changed:
                self.hook_answers.append(status)
                if 200 <= status < 300:
                    self.pending.remove(update)
                else:
                    said = f"Wrong response from the webhook: {status}"
                    self.webhook |= {"last_error_date": int(time.time()), "last_error_message": said}
                    self._changed.wait(AGAIN)
                self._changed.notify_all()

    @staticmethod
    def _post(url: str, secret: str, update: dict[str, Any]) -> int:
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        headers = {"content-type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
        try:
            connection.request("POST", parts.path, json.dumps(update), headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    # --- the protocol

    def _handler(api) -> type[http.server.BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
                if "json" in self.headers.get("content-type", ""):
                    fields = json.loads(body)
                else:
                    fields = dict(urllib.parse.parse_qsl(body))
                _, token, method = self.path.split("/", 2)
                status, answer = api.answer(token.removeprefix("bot"), method, fields)
                if answer is None:
                    self.close_connection = True
                    return
                with contextlib.suppress(OSError):  # whoever asked may have gone
                    self.send_response(status)
                    self.send_header("content-length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def answer(self, token: str, method: str, fields: dict[str, str]) -> tuple[int, bytes | None]:
        """Status and body of a call; no body: the connection is closed."""
        with self._changed:
            fault = self._faults[method].pop(0) if self._faults[method] else None
            try:
                if isinstance(fault, tuple):
                    raise Refused(fault[0], fault[1].get("description", "a fault"), **fault[1].get("parameters", {}))
                if token != TOKEN:
                    raise Refused(401, "Unauthorized")
                call = getattr(self, f"_{method}", None)
                if call is None:
                    raise Refused(404, "Not Found: method not found")
                if fault == HANG:
                    self._changed.wait_for(lambda: self._closing, 3.0)
                done = fault not in (DROP, HANG)
                status, told = 200, {"ok": True, "result": call(fields) if done else True}
            except Refused as refused:
                status = refused.status
                told = {"ok": False, "error_code": status, "description": refused.description}
                if refused.parameters:
                    told["parameters"] = refused.parameters
            lost = fault in (DROP, LOSE, HANG)
            self.calls.append((method, fields, 0 if lost else status))
            self._changed.notify_all()
            return status, None if lost else fault if isinstance(fault, bytes) else json.dumps(told).encode()

    def _getMe(self, _fields: dict[str, str]) -> dict[str, Any]:
        return {"id": 1, "is_bot": True, "first_name": "Bot", "username": "a_bot"}

    def _getUpdates(self, fields: dict[str, str]) -> list[dict[str, Any]]:
        if self.webhook["url"]:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self._polls += 1
        mine = self._polls
        self._changed.notify_all()
        if offset := int(fields.get("offset", 0)):
            self.pending = [u for u in self.pending if u.get("update_id", 0) >= offset]
        wait = float(fields.get("timeout", 0))
        self._changed.wait_for(lambda: self.pending or self._closing or self._polls != mine, wait)
        if self._polls != mine:
            raise Refused(409, "Conflict: terminated by other getUpdates request; only one bot instance may run")
        return self.pending[:100]

    def _setWebhook(self, fields: dict[str, str]) -> bool:
        self.webhook = {"url": fields.get("url", ""), "secret": fields.get("secret_token", "")}
        return True

    def _deleteWebhook(self, _fields: dict[str, str]) -> bool:
        self.webhook = {"url": "", "secret": ""}
        return True

    def _getWebhookInfo(self, _fields: dict[str, str]) -> dict[str, Any]:
        told = {key: value for key, value in self.webhook.items() if key != "secret"}
        return told | {"has_custom_certificate": False, "pending_update_count": len(self.pending)}

    def _sendMessage(self, fields: dict[str, str]) -> dict[str, Any]:
        chat, text = int(fields["chat_id"]), fields.get("text", "")
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            raise Refused(400, "Bad Request: message is too long")
        made = {"message_id": self.number(), "date": int(time.time()), "text": text}
        if chat < 0:
            self.groups[chat].append(text)
            return made | {"chat": {"id": chat, "type": "group", "title": "Pals"}}
        person = self._reached(chat)
        rows = json.loads(fields["reply_markup"])["inline_keyboard"] if "reply_markup" in fields else []
        buttons = {button["text"]: button["callback_data"] for row in rows for button in row}
        if any(not 1 <= len(data.encode()) <= 64 for data in buttons.values()):
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        person.screen.append(Shown(made["message_id"], text, buttons, time.monotonic()))
        return made | {"chat": {"id": chat, "type": "private", "first_name": "Canary"}}

    def _reached(self, chat: int) -> Person:
        person = self.people.get(chat)
        if person is None or person.away == "gone":
            raise Refused(400, "Bad Request: chat not found")
        if person.away == "blocked":
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if person.away == "deactivated":
            raise Refused(403, "Forbidden: user is deactivated")
        return person

    def _editMessageReplyMarkup(self, fields: dict[str, str]) -> bool:
        person = self._reached(int(fields["chat_id"]))
        shown = next((m for m in person.screen if m.id == int(fields["message_id"])), None)
        if shown is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if not shown.buttons:
            raise Refused(400, "Bad Request: message is not modified")
        shown.buttons = {}
        return True

    def _answerCallbackQuery(self, fields: dict[str, str]) -> bool:
        query = fields["callback_query_id"]
        if query not in self.queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.queries.discard(query)
        if "text" in fields:
            for person in self.people.values():
                person.popups.append(fields["text"])
        return True

    def _leaveChat(self, fields: dict[str, str]) -> bool:
        self.left.append(int(fields["chat_id"]))
        return True
