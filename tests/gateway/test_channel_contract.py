"""What every channel promises, whichever provider is behind it: each adapter goes through the same tests."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from urllib.parse import urlencode

import httpx
import pytest
from twilio.http.response import Response

from bot.conversations import outbox
from bot.gateway import channels
from bot.gateway.channels import Button, Call, Rendered, Report, Unreadable
from bot.gateway.kannel import Kannel
from bot.gateway.parts import Inbound
from bot.gateway.simulator import Simulator
from bot.gateway.sms import STATUSES, Sms
from bot.gateway.telegram import Telegram
from tests.gateway.kit import PHONE, PUBLIC, SECRET, TWILIO_TOKEN, settings

FORM = {"content-type": "application/x-www-form-urlencoded"}
LISTED = "Number(s) has/have been denied by white- and/or black-lists."
BUTTONS = (Button(7, 1, "Govan"), Button(8, 2, "Partick"))


class Provider:
    """A channel with its provider's end of the wire in our hands. `status` and `answer` are what it says next."""

    address, message_id = PHONE, 12

    def __init__(self, database, folder):
        self.database, self.folder = database, folder
        self.asked: list[str] = []
        self.answer: tuple[int, object] | Exception = self.fine
        self.channel = self.made()

    def settings(self, **values):
        live = {"demo": False, "public_url": PUBLIC, "sms_from": "+447700900999"}
        return settings(self.database, self.folder, **(live | values))

    def answered(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.url} {dict(request.headers)} {request.content.decode()}")
        if isinstance(self.answer, Exception):
            raise self.answer
        status, payload = self.answer
        return httpx.Response(status, **({"text": payload} if isinstance(payload, str) else {"json": payload}))

    def fails(self) -> Exception:
        return httpx.ConnectTimeout("canary")


class TwilioSide(Provider):
    fine = (201, {"sid": "SM5", "status": "queued"})
    refusals = [
        ((400, {"code": 21610, "message": "canary"}), channels.Stopped),
        ((400, {"code": 21211, "message": "canary"}), channels.Unreachable),
        ((400, {"code": 30007, "message": "canary"}), channels.Refused),
        ((429, {"code": 20429, "message": "canary"}), channels.TryAgain),
        ((503, {"message": "canary"}), channels.TryAgain),
        ((401, {"code": 20003, "message": "canary"}), channels.Misconfigured),
    ]
    reports = [("queued", "wired"), ("sent", "sent"), ("delivered", "delivered"), ("undelivered", "failed")]

    def made(self):
        return Sms(self.settings(twilio_account_sid="AC1", twilio_auth_token=TWILIO_TOKEN), http=self)

    def request(self, method, url, params=None, data=None, headers=None, auth=None, timeout=None, **how):
        self.asked.append(json.dumps(data))
        if isinstance(self.answer, Exception):
            raise self.answer
        return Response(self.answer[0], json.dumps(self.answer[1]))

    def fails(self):
        import requests

        return requests.ConnectTimeout("canary")

    def signed(self, path, query, form, token=TWILIO_TOKEN):
        text = PUBLIC + path + (f"?{query}" if query else "") + "".join(k + form[k] for k in sorted(form))
        signature = base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()
        return Call(path, query, FORM | {"x-twilio-signature": signature}, urlencode(form).encode())

    def says(self, text, **how):
        form = {"From": PHONE, "To": "+447700900999", "Body": text, "MessageSid": "SM1", "NumMedia": "0"}
        return self.signed("/sms", "", form, **how)

    def forged(self):
        yield self.says("hello", token="somebody else's token, long enough")
        yield Call("/sms", "", {}, self.says("hello").body)
        yield Call("/sms", "", self.says("hello").headers, self.says("goodbye").body)

    def senseless(self):
        yield self.signed("/sms", "", {"Body": "x"})
        yield self.signed("/sms", "", {"From": PHONE, "Body": "x"})
        yield self.signed("/sms/status", "message=1", {"MessageSid": "SM1", "MessageStatus": "lost"})
        yield Call("/sms", "", FORM, b"\xff\xfe")

    def reported(self, status):
        return self.signed("/sms/status", "message=12", {"MessageSid": "SM5", "MessageStatus": status})


class KannelSide(Provider):
    style = "headers"
    fine = (202, "0: Accepted for delivery")
    refusals = [
        ((403, LISTED), channels.Refused),
        ((400, "Malformed To number canary"), channels.Refused),
        ((202, "4: canary"), channels.Refused),
        ((429, "canary"), channels.TryAgain),
        ((503, "Temporal failure, try again later."), channels.TryAgain),
        ((403, "Authorization failed for sendsms"), channels.Misconfigured),
        ((302, "canary"), channels.Misconfigured),
    ]
    reports = [("4", "wired"), ("8", "sent"), ("1", "delivered"), ("2", "failed"), ("16", "failed"), ("34", "failed")]

    def made(self):
        live = {"kannel_username": "us", "kannel_password": "their password", "kannel_secret": SECRET}
        live |= {"sms_provider": "kannel", "kannel_url": "http://gateway/cgi-bin/sendsms", "kannel_style": self.style}
        return Kannel(self.settings(**live), transport=httpx.MockTransport(self.answered))

    def says(self, text, secret=SECRET, query="id=K1", **headers):
        basic = base64.b64encode(f"gateway:{secret}".encode()).decode()
        return Call("/sms", query, {"authorization": f"Basic {basic}", "x-kannel-from": PHONE} | headers, text.encode())

    def forged(self):
        yield self.says("hello", secret="wrong")
        yield self.says("hello", secret="")
        yield Call("/sms", "id=K1", {"x-kannel-from": PHONE}, b"hello")
        yield Call("/sms", "id=K1", {"authorization": "Basic \xe9"}, b"hello")
        yield Call("/sms/status", f"message=12&type=1&secret={SECRET}", {}, b"")
        yield Call("/sms/status", self.reported("1").query.replace("message=12", "message=13"), {}, b"")

    def senseless(self):
        yield self.says("x", query="")
        yield Call("/sms", "id=K1", {}, b"text=x")
        yield Call("/sms", "id=K1", {}, b"\xff\xfe")
        yield Call("/sms", "id=K1", {}, b"no form")
        yield self.reported("lost")
        yield self.reported("0")

    def reported(self, status):
        """As the gateway fills in the address that it was given with a text."""
        address = httpx.URL(self.channel._report_url(12).replace("%d", status).replace("%A", "x"))
        return Call("/sms/status", address.query.decode(), {}, b"")


class KannelForm(KannelSide):
    style = "form"

    def says(self, text, secret=SECRET, query="", **headers):
        given = f"secret={secret}" + (f"&{query}" if query else "")
        return Call("/sms", given, FORM, urlencode({"from": PHONE, "text": text, "id": "K1"}).encode())

    def senseless(self):
        yield Call("/sms", f"secret={SECRET}", FORM, urlencode({"from": PHONE, "text": "x"}).encode())
        yield Call("/sms", f"secret={SECRET}", FORM, urlencode({"id": "K1", "text": "x"}).encode())


class KannelGet(KannelForm):
    style = "get"

    def says(self, text, secret=SECRET, query="", **headers):
        return Call("/sms", urlencode({"secret": secret, "from": PHONE, "text": text, "id": "K1"}), {}, b"")


class TelegramSide(Provider):
    address = "1001"
    chat = {"id": 1001, "type": "private", "first_name": "Canary"}
    fine = (200, {"ok": True, "result": {"message_id": 9, "date": 1764000000, "chat": chat, "text": "x"}})
    refusals = [
        ((403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user canary"}),
         channels.Blocked),
        ((400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found canary"}),
         channels.Unreachable),
        ((400, {"ok": False, "error_code": 400, "description": "Bad Request: canary"}), channels.Refused),
        ((429, {"ok": False, "error_code": 429, "description": "canary", "parameters": {"retry_after": 3}}),
         channels.TryAgain),
        ((502, {"ok": False, "error_code": 502, "description": "canary"}), channels.TryAgain),
        ((401, {"ok": False, "error_code": 401, "description": "Unauthorized canary"}), channels.Misconfigured),
    ]  # fmt: skip
    reports = []

    def made(self):
        live = {"telegram_token": "1:canary", "telegram_webhook_secret": SECRET}
        return Telegram(self.settings(**live), transport=httpx.MockTransport(self.answered))

    def says(self, text, secret=SECRET):
        message = {"message_id": 5, "date": 1764000000, "chat": self.chat, "text": text}
        message["from"] = {"id": 1001, "is_bot": False, "first_name": "Canary"}
        return self.call({"update_id": 1, "message": message}, secret)

    def call(self, payload, secret=SECRET):
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        return Call("/telegram", "", {"x-telegram-bot-api-secret-token": secret}, body)

    def forged(self):
        yield self.says("hello", secret="wrong")
        yield self.says("hello", secret="")
        yield Call("/telegram", "", {}, self.says("hello").body)

    def senseless(self):
        yield from (self.call(body) for body in (b"", b"{", b"[]", b"\xff\xfe", b'{"update_id": "x"}'))


PROVIDERS = [TwilioSide, KannelSide, KannelForm, KannelGet, TelegramSide]
WORDS = ["whit's a unit", "naïve 👍 + & = %41", "", "STOP", "/restart", "a\nb", "ÿ" * 300]


@pytest.fixture(params=PROVIDERS, ids=lambda p: p.__name__)
def provider(request, database, tmp_path):
    return request.param(database, tmp_path)


def each(table):
    """Every (provider, row) of a table that providers carry as an attribute or a method."""
    return [pytest.param(p, row, id=f"{p.__name__}-{n}") for p in PROVIDERS for n, row in enumerate(getattr(p, table))]


@pytest.mark.parametrize("text", WORDS)
def test_what_the_provider_hands_over_is_let_in_and_read_as_it_was_written(provider, text):
    call = provider.says(text)
    assert provider.channel.verify(call)
    if text or provider.channel.name == "sms":
        [event] = provider.channel.parse(call)
        assert isinstance(event, Inbound)
        assert (event.channel, event.address, event.text) == (provider.channel.name, provider.address, text)


def test_the_same_call_twice_is_the_same_message(provider):
    first, again = (provider.channel.parse(provider.says("hello"))[0] for _ in range(2))
    assert first.external_id == again.external_id and first.external_id


def test_a_forged_call_is_not_let_in(provider):
    assert [provider.channel.verify(call) for call in provider.forged()] == [False] * len(list(provider.forged()))


def test_a_call_that_makes_no_sense_says_so_and_nothing_else(provider):
    for call in provider.senseless():
        with pytest.raises(Unreadable):
            provider.channel.parse(call)


def test_a_message_goes_out_whole_and_to_one_address(provider):
    sent = asyncio.run(provider.channel.send(provider.address, Rendered("See you at 9"), 12))
    [asked] = provider.asked
    assert provider.address.lstrip("+") in asked and any(f"See{gap}you" in asked for gap in (" ", "+", "%20"))
    assert sent.status in ("wired", "sent") and sent.provider_id


@pytest.mark.parametrize(("side", "row"), each("refusals"))
def test_what_a_refusal_means_without_the_providers_words(side, row, database, tmp_path):
    provider = side(database, tmp_path)
    provider.answer, means = row
    with pytest.raises(channels.SendError) as raised:
        asyncio.run(provider.channel.send(provider.address, Rendered("hello"), 12))
    assert type(raised.value) is means
    assert "canary" not in str(raised.value) and (raised.value.__suppress_context__ or raised.value.__context__ is None)


def test_a_provider_that_does_not_answer_is_tried_again(provider):
    provider.answer = provider.fails()
    with pytest.raises(channels.TryAgain) as raised:
        asyncio.run(provider.channel.send(provider.address, Rendered("hello"), 12))
    assert "canary" not in str(raised.value)


@pytest.mark.parametrize(("side", "row"), each("reports"))
def test_a_report_names_our_message_and_a_status_that_we_know(side, row, database, tmp_path):
    provider, (said, means) = side(database, tmp_path), row
    call = provider.reported(said)
    assert provider.channel.verify(call)
    [report] = provider.channel.parse(call)
    assert isinstance(report, Report) and (report.status, report.message_id) == (means, 12)
    assert report.status in outbox.ORDER


def test_choices_are_shown_whole_and_in_their_order(provider):
    shown = provider.channel.render("Where?", BUTTONS)
    text = "\n".join(part.text for part in shown)
    if provider.channel.name == "sms":
        assert text == "Where?\n1. Govan\n2. Partick"
    else:
        assert text == "Where?" and shown[-1].buttons == BUTTONS


def test_a_long_text_is_cut_and_loses_nothing(provider):
    text = " ".join(f"word{n}" for n in range(3000))
    parts = provider.channel.render(text)
    assert len(parts) > 1 and " ".join(part.text for part in parts) == text


@pytest.mark.parametrize("name", ["sms", "telegram"])
def test_the_simulator_shows_as_the_channel_does_and_lets_nobody_in(name, database, tmp_path):
    real = (TwilioSide if name == "sms" else TelegramSide)(database, tmp_path)
    simulator = Simulator(name)
    for text in ("Where?", "x " * 4000):
        assert simulator.render(text, BUTTONS) == real.channel.render(text, BUTTONS)
    assert not simulator.verify(real.says("hello")) and simulator.parse(real.says("hello")) == []
    sent = asyncio.run(simulator.send(real.address, Rendered("hello"), 12))
    assert sent.status == "delivered" and sent.provider_id


def test_every_status_of_a_provider_is_one_of_ours():
    assert set(STATUSES.values()) <= set(outbox.ORDER)
