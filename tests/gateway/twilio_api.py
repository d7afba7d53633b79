"""A Twilio on loopback, for TWILIO_API_URL: its messages API with the faults that it documents, and its signed calls.

>>> with TwilioApi() as api:
...     api.texts(PHONE, "hello")                      # POST /sms, signed; the status that the gateway answered
...     api.until(lambda: api.phone(PHONE))            # what has arrived on a phone
...     api.fail((429, 20429), HANG_UP)                # what the next sends get
...     api.reports(api.sent[0], "delivered")          # the status call-back of a text, signed

It knows what may be relied on: basic authentication, the required fields, 1,600 characters, numbers that have said STOP
(21610), what it listed, and a redaction of a text that has come to its end.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import http.client
import http.server
import itertools
import json
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

ACCOUNT, TOKEN, NUMBER = "AC1", "a twilio token that is long enough", "+447700900999"
#: The connection closes before the text is taken; or after it, so that nobody knows.
HANG_UP, LOSE = "hang up", "lose"
FINAL = ("delivered", "undelivered", "failed", "received")


@dataclass
class Text:
    """A text that Twilio has taken, from us or to us."""

    sid: str
    to: str
    sender: str
    body: str
    callback: str = ""
    status: str = "queued"

    def listed(self) -> dict[str, Any]:
        at = format_datetime(datetime.now(timezone.utc))
        direction = "inbound" if self.status == "received" else "outbound-api"
        return {
            "sid": self.sid, "to": self.to, "from": self.sender, "body": self.body, "status": self.status,
            "direction": direction, "num_media": "0", "date_sent": at, "date_created": at,
        }  # fmt: skip


class TwilioApi:
    """The server. `gateway` is the public address of what it calls."""

    def __init__(self):
        self._changed = threading.Condition(threading.RLock())
        self._numbers = itertools.count(1)
        self._faults: list[Any] = []
        self.gateway = ""
        self.sent: list[Text] = []
        self.received: list[Text] = []
        #: Numbers that have texted STOP to Twilio itself.
        self.stopped: set[str] = set()
        #: Every call: (method, path, status).
        self.calls: list[tuple[str, str, int]] = []
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> TwilioApi:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    # --- for tests

    def phone(self, number: str) -> list[str]:
        """What has arrived on a phone."""
        return [text.body for text in self.sent if text.to == number]

    def fail(self, *faults: Any) -> None:
        """What the next sends get: (status, code), HANG_UP, LOSE, None for no fault."""
        with self._changed:
            self._faults += faults

    def until(self, done, seconds: float = 20.0) -> None:
        """Wait until something is so; AssertionError, with what was called, when it does not come about."""
        end = time.monotonic() + seconds
        with self._changed:
            while not done():
                if time.monotonic() > end:
                    raise AssertionError(f"it did not come about; the last calls were {self.calls[-12:]}")
                self._changed.wait(0.05)

    def texts(self, number: str, body: str, sid: str | None = None) -> int:
        """Somebody texts us: the webhook is called, once; what it answered. With `sid` it is called again."""
        text = Text(sid or f"SMin{next(self._numbers)}", NUMBER, number, body, status="received")
        with self._changed:
            if all(known.sid != text.sid for known in self.received):
                self.received.append(text)
        form = {"MessageSid": text.sid, "From": number, "To": NUMBER, "Body": body, "NumMedia": "0"}
        return self.calls_us(f"{self.gateway}/sms", form)

    def reports(self, text: Text, status: str, code: int | None = None) -> int:
        """The status call-back of a text; what it was answered."""
        text.status = status
        form = {"MessageSid": text.sid, "MessageStatus": status, "To": text.to}
        return self.calls_us(text.callback, form | ({"ErrorCode": str(code)} if code else {}))

    def calls_us(self, url: str, form: dict[str, str], token: str = TOKEN) -> int:
        """A signed POST to the gateway; the status of the answer."""
        signed = url + "".join(name + form[name] for name in sorted(form))
        signature = base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=15)
        with contextlib.closing(connection):
            headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", target, urlencode(form), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status

    # --- the API

    def _handler(api):  # noqa: N805  the handler's own self is another
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._answer(*api._list(self))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                answer = api._post(self, dict(parse_qsl(body, keep_blank_values=True)))
                if answer is None:
                    self.close_connection = True
                    self.connection.close()
                    return
                self._answer(*answer)

            def _answer(self, status: int, payload: dict[str, Any]) -> None:
                with api._changed:
                    api.calls.append((self.command, self.path.split("?")[0], status))
                    api._changed.notify_all()
                content = json.dumps(payload).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def _may(self, request) -> bool:
        wanted = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        return request.headers.get("Authorization") == f"Basic {wanted}"

    def _list(self, request) -> tuple[int, dict[str, Any]]:
        if not self._may(request):
            return _error(401, 20003)
        with self._changed:
            found = [text.listed() for text in reversed(self.received)]
        return 200, {"messages": found, "next_page_uri": None, "page": 0, "page_size": 500}

    def _post(self, request, form: dict[str, str]) -> tuple[int, dict[str, Any]] | None:
        if not self._may(request):
            return _error(401, 20003)
        base = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"
        if request.path == f"{base}.json":
            return self._send(form)
        return self._redact(request.path.removeprefix(f"{base}/").removesuffix(".json"), form)

    def _redact(self, sid: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        with self._changed:
            found = next((text for text in self.sent + self.received if text.sid == sid), None)
            if found is None:
                return _error(404, 20404)
            if form.get("Body") != "" or found.status not in FINAL:
                return _error(400, 20009)
            found.body = ""
            return 200, found.listed()

    def _send(self, form: dict[str, str]) -> tuple[int, dict[str, Any]] | None:
        with self._changed:
            fault = self._faults.pop(0) if self._faults else None
            if fault == HANG_UP:
                return None
            if isinstance(fault, tuple):
                return _error(*fault)
            if not form.get("To"):
                return _error(400, 21604)
            if not form.get("Body"):
                return _error(400, 21602)
            if len(form["Body"]) > 1600:
                return _error(400, 21617)
            if not form["To"].startswith("+"):
                return _error(400, 21211)
            if form.get("From") != NUMBER:
                return _error(400, 21606)
            if form["To"] in self.stopped:
                return _error(400, 21610)
            text = Text(f"SM{next(self._numbers)}", form["To"], NUMBER, form["Body"], form.get("StatusCallback", ""))
            self.sent.append(text)
            self._changed.notify_all()
            return None if fault == LOSE else (201, text.listed())


def _error(status: int, code: int | None) -> tuple[int, dict[str, Any]]:
    return status, {"code": code, "message": "canary", "more_info": "canary", "status": status}
