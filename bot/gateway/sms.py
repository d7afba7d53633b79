"""SMS through Twilio. The only module that imports twilio."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qs, parse_qsl

import requests
from starlette.datastructures import MultiDict
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from bot import clock, phone
from bot.gateway import channels
from bot.gateway.channels import Button, Call, Event, Rendered, Report, SendError, Sent, Unreadable
from bot.gateway.parts import Inbound
from bot.settings import Settings

log = logging.getLogger("wellbeing.sms")

SIGNATURE = "x-twilio-signature"
TIMEOUT = 10.0
#: The longest that a text may wait at Twilio, which would keep it for ten hours.
VALIDITY = timedelta(hours=4)

#: Twilio's code → what it means, whether it comes back from the API or in a status report.
ERRORS: dict[int, type[SendError]] = {
    20003: channels.Misconfigured,  # wrong token
    20005: channels.Misconfigured,  # account not active
    20404: channels.Misconfigured,  # no such account
    20429: channels.TryAgain,  # too many requests; never processed
    21211: channels.Unreachable,  # not a number
    21214: channels.Unreachable,  # number cannot be reached
    21217: channels.Unreachable,
    21408: channels.Refused,  # no permission for that country
    21606: channels.Misconfigured,  # SMS_FROM is not ours
    21610: channels.Stopped,  # they texted STOP
    21611: channels.TryAgain,  # our queue at Twilio is full
    21612: channels.Unreachable,  # cannot route to it
    21614: channels.Unreachable,  # not a mobile
    21617: channels.Refused,  # too long
    30001: channels.TryAgain,  # queue overflow
    30002: channels.Misconfigured,  # account suspended
    30003: channels.OutOfReach,  # switched off, no signal: three tries half an hour apart, and only then unreachable
    30004: channels.Stopped,  # they block us
    30005: channels.Unreachable,  # unknown handset
    30006: channels.Unreachable,  # a landline
    30007: channels.Refused,  # taken for spam
    30008: channels.TryAgain,  # unknown error
    30034: channels.Misconfigured,  # sender not registered
    63038: channels.TryAgain,  # daily limit
}
#: How long to leave Twilio alone after a code, where its own words say so.
WAITS = {20429: timedelta(seconds=5)}

#: What a status report says of the phone, where it says more than that one text failed.
MEANS = {channels.Stopped: "stopped", channels.Unreachable: "unreachable", channels.OutOfReach: "out_of_reach"}
STATUSES = {
    "accepted": "wired", "scheduled": "wired", "queued": "wired", "sending": "wired", "sent": "sent",
    "delivered": "delivered", "read": "delivered", "undelivered": "failed", "failed": "failed", "canceled": "failed",
}  # fmt: skip


#: More texts than this in one look back would be an attack, and are left to the next round.
MOST_LISTED = 5_000


class _Http(TwilioHttpClient):
    """Twilio's own client, for another API server than Twilio's if one is set (tests, a fake, a proxy)."""

    def __init__(self, base: str):
        super().__init__(timeout=TIMEOUT, pool_connections=True)
        self.base = base.rstrip("/")

    def request(self, method, url, *args, **kwargs):
        if self.base:
            url = self.base + "/" + url.split("/", 3)[3]
        return super().request(method, url, *args, **kwargs)


class Sms:
    """The SMS channel. `http` replaces Twilio's HTTP client in tests."""

    name = "sms"

    def __init__(self, settings: Settings, http: TwilioHttpClient | None = None):
        self._settings = settings
        self._validator = RequestValidator(settings.twilio_auth_token)
        self._client = Client(
            settings.twilio_account_sid, settings.twilio_auth_token, http_client=http or _Http(settings.twilio_api_url)
        )

    def verify(self, call: Call) -> bool:
        """Twilio's signature over the address that we told it, never over what the request says of itself."""
        signature = call.headers.get(SIGNATURE, "")
        if not signature or not self._settings.twilio_auth_token:
            return False
        try:
            return self._validator.validate(self._url(call.path, call.query), form_of(call.body), signature)
        except (Unreadable, ValueError):
            return False

    def parse(self, call: Call) -> Sequence[Event]:
        form = form_of(call.body)
        if call.path.endswith("/status"):
            return [_report(form, call.query)]
        if not form.get("MessageSid") or not form.get("From"):
            raise Unreadable("no message")
        text, kind = form.get("Body", ""), "text"
        if (form.get("NumMedia") or "0") not in ("", "0"):
            kind = _media_kind(form.get("MediaContentType0", ""))
        return [Inbound("sms", _address(form["From"]), form["MessageSid"], text, kind, receipt=self._receipt(form))]

    def _receipt(self, form: MultiDict) -> tuple[str, ...]:
        return (form["MessageSid"],) if self._settings.sms_redact else ()

    async def received(self, since: datetime) -> list[Inbound]:
        """Every text to us since then that Twilio knows of, oldest first. SendError when it does not say."""
        sender = self._settings.sms_from
        to = {} if sender.startswith("MG") else {"to": sender}  # a messaging service may have several numbers
        try:
            listed = await asyncio.to_thread(
                self._client.messages.list, date_sent_after=since, page_size=500, limit=MOST_LISTED, **to
            )
        except TwilioException as error:  # not its subclass that has a code: a list that fails keeps the bare answer
            status = getattr(error.args[1], "status_code", 0) if len(error.args) > 1 else 0
            raise _meaning(None, status) if status else channels.TryAgain("no_answer") from None
        except requests.RequestException as error:
            raise channels.TryAgain(type(error).__name__) from None
        return [_listed(m) for m in sorted(listed, key=_sent_at) if m.direction == "inbound" and _sent_at(m) >= since]

    def render(self, text: str, buttons: Sequence[Button] = ()) -> list[Rendered]:
        return channels.as_sms(text, buttons)

    async def send(self, address: str, message: Rendered, message_id: int) -> Sent:
        sender = self._settings.sms_from
        origin = {"messaging_service_sid": sender} if sender.startswith("MG") else {"from_": sender}
        try:
            made = await asyncio.to_thread(
                self._client.messages.create,
                to=address,
                body=message.text,
                status_callback=self._url("/sms/status", f"message={message_id}"),
                validity_period=message.seconds(VALIDITY),
                **origin,
            )
        except TwilioRestException as error:
            raise _meaning(error.code, error.status) from None
        except requests.RequestException as error:
            raise channels.TryAgain(type(error).__name__) from None
        return Sent(str(made.sid), STATUSES.get(str(made.status), "wired") if made.status == "sent" else "wired")

    async def acknowledge(self, inbound: Inbound, again: bool = False) -> None:
        """The 200 was enough; what it said is taken out of Twilio's records, now that ours have it, if set so."""
        if not inbound.receipt:
            return
        try:
            await self.redact(inbound.receipt[0])
        except SendError as error:
            log.warning("an inbound text kept its words at the provider: %s", error.code)

    async def redact(self, provider_id: str) -> None:
        """Empty the words of a text that has ended; that it was sent stays known. SendError when Twilio does not."""
        try:
            await asyncio.to_thread(self._client.messages(provider_id).update, body="")
        except TwilioRestException as error:
            if error.status == 404:  # deleted there already: the account is all right, whatever the code says
                raise channels.Refused("http_404") from None
            raise _meaning(error.code, error.status) from None
        except requests.RequestException as error:
            raise channels.TryAgain(type(error).__name__) from None

    async def close(self) -> None:
        """Connections are the client's own."""

    def _url(self, path: str, query: str = "") -> str:
        return self._settings.public_url.rstrip("/") + path + (f"?{query}" if query else "")


def _sent_at(listed) -> datetime:
    """When Twilio took a listed message; its list does not say when it was written."""
    return clock.aware(listed.date_sent or listed.date_created)


def _listed(listed) -> Inbound:
    media = listed.num_media not in (None, "", "0")  # of which kind, only a further call would say
    kind = "file" if media else "text"
    return Inbound("sms", _address(listed.from_), listed.sid, listed.body or "", kind, _sent_at(listed))


def _address(sender: str) -> str:
    try:
        return phone.normalise(sender)
    except phone.NotANumber:  # a sender's name, or hidden: it cannot be answered, but it is kept
        return sender[:40]


def _meaning(code: int | None, status: int) -> SendError:
    found = ERRORS.get(code or 0)
    if found is channels.TryAgain:
        return channels.TryAgain(str(code), WAITS.get(code))
    if found is not None:
        return found(str(code))
    if status == 429 or status >= 500:
        return channels.TryAgain(f"http_{status}")
    if status in (401, 403):
        return channels.Misconfigured(f"http_{status}")
    return channels.Refused(str(code or f"http_{status}"))


def _report(form: MultiDict, query: str) -> Report:
    status = STATUSES.get(form.get("MessageStatus", ""))
    if not form.get("MessageSid") or status is None:
        raise Unreadable("no status")
    code = form.get("ErrorCode") or None
    meaning = ERRORS.get(int(code)) if code and code.isdecimal() else None
    means = MEANS.get(meaning)
    ours = parse_qs(query).get("message", [""])[0]
    number = int(ours) if ours.removeprefix("-").isdecimal() and len(ours) <= 16 else None
    return Report(form["MessageSid"], status, code, number, means)


def _media_kind(content_type: str) -> str:
    main = content_type.split("/")[0]
    return {"image": "photo", "video": "video", "audio": "voice"}.get(main, "file")


class _Form(MultiDict):
    """As Twilio's validator asks for repeated fields."""

    def getall(self, key: str) -> list[str]:
        return self.getlist(key)


def form_of(body: bytes) -> _Form:
    """The fields that Twilio posts. Unreadable when the body is no form."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), errors="strict", max_num_fields=200
        )
        return _Form(pairs)
    except ValueError:
        raise Unreadable("not a form") from None
