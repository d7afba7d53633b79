"""SMS through a Kannel-style HTTP gateway: a second provider, or the programme's own line to a mobile network.

Texts go to its `sendsms` address, with `coding`, `charset`, `dlr-mask` and `dlr-url` as Kannel's user guide names them.
To hand texts to us the gateway is set up with

    post-url = "https://gateway:KANNEL_SECRET@our.address/sms?id=%I"
    max-messages = 0

Reports come to the `dlr-url` that we give with each text. It carries a key made for that one text, so that the secret
itself is never in an address, where a proxy might write it down.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

import httpx

from bot import phone, wording
from bot.gateway import channels
from bot.gateway.channels import Button, Call, Event, Rendered, Report, SendError, Sent, Unreadable
from bot.gateway.parts import Inbound
from bot.settings import Settings

TIMEOUT = 10.0
#: The longest that a text may wait at the gateway, which counts in minutes.
VALIDITY = timedelta(hours=4)
#: Delivered 1, not delivered 2, queued 4, taken by the network 8, refused by it 16: we want to know it all.
DLR_MASK = 31
STATUSES = {1: "delivered", 2: "failed", 4: "wired", 8: "sent", 16: "failed"}
#: Kannel adds these to "not delivered": past its time, and unknown.
_EXPIRED, _UNKNOWN = 0x20, 0x40
#: What the network says of a phone (SMPP 3.4, appendix B), where it says that nothing will ever arrive there.
_STATE = re.compile(r"\bstat:([A-Z]{5,8})\b")
#: Kannel's field → the header that carries it where a text goes as the body of a POST.
HEADER = {
    "username": "X-Kannel-Username", "password": "X-Kannel-Password", "from": "X-Kannel-From", "to": "X-Kannel-To",
    "coding": "X-Kannel-Coding", "charset": "X-Kannel-Charset", "validity": "X-Kannel-Validity",
    "dlr-mask": "X-Kannel-DLR-Mask", "dlr-url": "X-Kannel-DLR-Url",
}  # fmt: skip


class Kannel:
    """The SMS channel by way of a Kannel-style gateway. `transport` replaces the network in tests."""

    name = "sms"
    #: Kannel would text the answer to a webhook back to the person.
    answer = b""

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None = None):
        self._settings = settings
        self._client = httpx.AsyncClient(timeout=TIMEOUT, transport=transport, follow_redirects=False)

    def verify(self, call: Call) -> bool:
        """The shared secret, as the password of the call or in `secret`; for a report the key of its own text."""
        secret = self._settings.kannel_secret
        try:
            query = _pairs(call.query)
        except Unreadable:
            return False
        if not secret:
            return False
        if call.path.endswith("/status"):
            return _same(query.get("key", ""), self._key(query.get("message", "")))
        return _same(_password(call.headers.get("authorization", "")) or query.get("secret", ""), secret)

    def parse(self, call: Call) -> Sequence[Event]:
        if call.path.endswith("/status"):
            return [_report(_fields(call))]
        fields = _fields(call)
        if not fields.get("id") or not fields.get("from"):
            raise Unreadable("no message")
        return [Inbound("sms", _address(fields["from"]), f"kannel:{fields['id'][:80]}", fields.get("text", ""))]

    def render(self, text: str, buttons: Sequence[Button] = ()) -> list[Rendered]:
        return channels.as_sms(text, buttons)

    async def send(self, address: str, message: Rendered, message_id: int) -> Sent:
        fields = {
            "username": self._settings.kannel_username,
            "password": self._settings.kannel_password,
            "from": self._settings.sms_from,
            "to": address,
            "coding": "0" if wording.is_gsm(message.text) else "2",
            "charset": "UTF-8",
            "validity": str(message.seconds(VALIDITY) // 60),
            "dlr-mask": str(DLR_MASK),
            "dlr-url": self._report_url(message_id),
        }
        try:
            response = await self._client.send(self._request(fields, message.text))
        except httpx.HTTPError as error:
            raise channels.TryAgain(type(error).__name__) from None
        if not 200 <= response.status_code < 300:
            raise _meaning(response.status_code, response.text)
        if not response.text.lstrip().startswith(("0:", "3:")):  # "accepted for delivery", "queued for later delivery"
            raise channels.Refused("not_accepted")
        return Sent(f"kannel:{message_id}")

    async def acknowledge(self, inbound: Inbound, again: bool = False) -> None:
        """The 200 was enough."""

    async def close(self) -> None:
        await self._client.aclose()

    def _request(self, fields: dict[str, str], text: str) -> httpx.Request:
        """The call in the style of the gateway. Only `get` puts words and numbers into an address."""
        url, style = self._settings.kannel_url, self._settings.kannel_style
        if style == "get":
            return self._client.build_request("GET", url, params=fields | {"text": text})
        if style == "form":
            return self._client.build_request("POST", url, data=fields | {"text": text})
        headers = {HEADER[name]: value for name, value in fields.items()}
        headers["Content-Type"] = "text/plain; charset=UTF-8"
        return self._client.build_request("POST", url, content=text.encode(), headers=headers)

    def _report_url(self, message_id: int) -> str:
        """Where the gateway reports to; it fills in what happened (%d) and the network's own words (%A)."""
        query = urlencode({"message": message_id, "key": self._key(str(message_id))})
        return f"{self._settings.public_url.rstrip('/')}/sms/status?{query}&type=%d&answer=%A"

    def _key(self, message: str) -> str:
        secret = self._settings.kannel_secret.encode()
        return hmac.new(secret, f"report:{message}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _meaning(status: int, words: str) -> SendError:
    """What an answer means. Its words are looked at, never kept: they may quote ours."""
    if status == 403 and "black-list" in words:
        return channels.Refused("denied_by_list")
    if status in (401, 403, 404, 405):
        return channels.Misconfigured(f"http_{status}")
    if status in (408, 429) or status >= 500:
        return channels.TryAgain(f"http_{status}")
    if status < 400:  # sent elsewhere, where the password must not follow
        return channels.Misconfigured(f"http_{status}")
    return channels.Refused(f"http_{status}")


def _report(fields: dict[str, str]) -> Report:
    kind, message = fields.get("type", ""), fields.get("message", "")
    if not (_is_number(kind) and _is_number(message.removeprefix("-"))):
        raise Unreadable("no status")
    status = STATUSES.get(int(kind) & 0x1F)
    if status is None:
        raise Unreadable("no status")
    error = None
    if status == "failed":
        said = _STATE.search(fields.get("answer", ""))
        error = said[1] if said else "EXPIRED" if int(kind) & _EXPIRED else "UNKNOWN" if int(kind) & _UNKNOWN else kind
    return Report(f"kannel:{int(message)}", status, error, int(message))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 15


def _fields(call: Call) -> dict[str, str]:
    """The fields of a call: in the address, in a form, or in headers with the text as the body."""
    fields, sender = _pairs(call.query), call.headers.get("x-kannel-from", "")
    if sender:
        return {"from": sender, "text": _decoded(call)} | fields
    try:
        return _pairs(call.body.decode("ascii")) | fields  # the address wins: it is what was verified
    except UnicodeDecodeError:
        raise Unreadable("not a form") from None


def _decoded(call: Call) -> str:
    """The body as text; Kannel hands over UCS-2 (coding 2) as UTF-16BE unless it names another alphabet."""
    named = call.headers.get("x-kannel-charset", "")
    named = named or ("UTF-16BE" if call.headers.get("x-kannel-coding", "") == "2" else "UTF-8")
    try:
        return call.body.decode(named, "replace")
    except (LookupError, ValueError):  # not words, but a person wrote something: they are told that it cannot be read
        return call.body.decode("utf-8", "replace")


def _pairs(text: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=50))
    except ValueError:
        raise Unreadable("not a form") from None


def _password(authorization: str) -> str:
    """The password of HTTP basic authentication; empty when there is none."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value, validate=True).decode("utf-8", "replace").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


def _address(sender: str) -> str:
    try:
        return phone.normalise(sender)
    except phone.NotANumber:  # a sender's name, or hidden: it cannot be answered, but it is kept
        return sender[:40]
