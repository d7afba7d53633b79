"""Twilio at the wire: signatures, payloads, sending, errors."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient
from twilio.http import HttpClient
from twilio.http.response import Response

from bot.conversations import handoffs
from bot.gateway import channels
from bot.gateway.channels import Rendered
from bot.gateway.sms import ERRORS, Sms
from bot.models import Alarm, AlarmCall
from tests import builders
from tests.gateway.kit import PUBLIC, TWILIO_TOKEN, World, settings

SMS = {"From": "+447700900123", "To": "+447700900999", "Body": "whit's a unit", "MessageSid": "SM1", "NumMedia": "0"}
#: Long after any alarm would have gone on.
NEVER = builders.NOW + timedelta(days=9_000)


def sign(path: str, form: list[tuple[str, str]], token: str = TWILIO_TOKEN, base: str = PUBLIC) -> str:
    text = base + path
    for name in sorted({name for name, _ in form}):
        text += "".join(name + value for value in sorted({v for n, v in form if n == name}))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


@pytest.fixture
def twilio(database, tmp_path):
    """A live-mode gateway with SMS, and a client that is Twilio."""
    live = {"demo": False, "twilio_account_sid": "AC1", "twilio_auth_token": TWILIO_TOKEN, "sms_from": "+447700900999"}
    live["public_url"] = PUBLIC
    world = World(database, tmp_path, channels={"sms": Sms(settings(database, tmp_path, **live))}, **live)
    world.client = TestClient(world.app, base_url="http://lies.example.com", raise_server_exceptions=False)
    return world


def post(world, form, path="/sms", signature=None, headers=None):
    pairs = list(form.items()) if isinstance(form, dict) else form
    signature = sign(path, pairs) if signature is None else signature
    headers = {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature} | (headers or {})
    return world.client.post(path, content=urlencode(pairs), headers=headers)


@pytest.mark.parametrize(
    "change, body, kind, address",
    [
        ({}, "whit's a unit", "text", "+447700900123"),
        ({"Body": "naïve 👍 + & ="}, "naïve 👍 + & =", "text", "+447700900123"),
        ({"Body": ""}, "", "text", "+447700900123"),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "image/jpeg"}, "", "photo", "+447700900123"),
        ({"Body": "look", "NumMedia": "1", "MediaContentType0": "audio/amr"}, "look", "voice", "+447700900123"),
        ({"Body": "", "NumMedia": "2", "MediaContentType0": "text/x-vcard"}, "", "file", "+447700900123"),
        ({"From": "60006"}, "whit's a unit", "text", "60006"),
        ({"From": "Bank"}, "whit's a unit", "text", "Bank"),
    ],
)
def test_an_sms_is_stored_and_answered_with_nothing(twilio, change, body, kind, address):
    response = post(twilio, SMS | change)
    assert response.status_code == 200 and response.text.endswith("<Response></Response>")
    with twilio.conversation() as (_, conversation):
        assert conversation.address.address == address
    [row] = twilio.rows("in")
    assert (row.body, row.kind) == (body, kind)


def test_replay_is_one_message(twilio):
    assert {post(twilio, SMS).status_code for _ in range(5)} == {200}
    assert len(twilio.rows("in")) == 1


PAIRS = list(SMS.items())


@pytest.mark.parametrize(
    "signature",
    ["", "wrong", "\xe9\xe9", sign("/sms", PAIRS, token="another account's token, long enough"),
     sign("/sms", PAIRS[:-1]), sign("/sms", [*PAIRS, ("Extra", "1")]), sign("/sms", PAIRS, base="http://lies.example.com"),
     sign("/sms", PAIRS, base="http://texts.example.org"), sign("/sms?x=1", PAIRS), sign("/sms/status", PAIRS)],
)  # fmt: skip
def test_a_forged_sms_is_turned_away_and_not_stored(twilio, signature):
    headers = {"x-forwarded-host": "texts.example.org", "x-forwarded-proto": "https"}
    response = post(twilio, SMS, signature=signature.encode("latin-1"), headers=headers)
    assert response.status_code == 403 and twilio.rows() == []
    assert set(response.json()) == {"error", "id"}


def test_an_empty_token_lets_nobody_in(database, tmp_path):
    from bot.gateway.channels import Call

    sms = Sms(settings(database, tmp_path, twilio_account_sid="AC1", twilio_auth_token="x", public_url=PUBLIC))
    object.__setattr__(sms._settings, "twilio_auth_token", "")
    body = urlencode(PAIRS).encode()
    assert not sms.verify(Call("/sms", "", {"x-twilio-signature": sign("/sms", PAIRS, token="")}, body))


def test_repeated_and_reordered_parameters_are_signed_too(twilio):
    pairs = [("MediaUrl", "b"), ("MediaUrl", "a"), *reversed(PAIRS)]
    assert post(twilio, pairs).status_code == 200
    assert post(twilio, PAIRS, signature=sign("/sms", pairs)).status_code == 403


def test_a_signed_call_that_is_no_sms_is_a_bad_request(twilio):
    assert post(twilio, {"Body": "x"}).status_code == 400
    assert post(twilio, SMS, path="/sms/status").status_code == 400


def test_a_status_needs_a_signature_and_moves_forward(twilio):
    post(twilio, SMS)
    asyncio.run(twilio.gateway.answering.answer_one())
    row = twilio.rows("out")[0]
    path = f"/sms/status?message={row.id}"
    with twilio.database.write() as db:
        db.get(type(row), row.id).status = "wired"
    form = {"MessageSid": "SM77", "MessageStatus": "delivered"}
    assert post(twilio, form, path=path, signature="wrong").status_code == 403
    other = sign(path, list(form.items()))
    assert post(twilio, form, path="/sms/status?message=999", signature=other).status_code == 403
    assert post(twilio, form, path=path).status_code == 200
    assert post(twilio, form | {"MessageStatus": "sent"}, path=path).status_code == 200
    assert (twilio.rows("out")[0].status, twilio.rows("out")[0].provider_id) == ("delivered", "SM77")


@pytest.mark.parametrize("number", ["-1", None])
def test_a_status_of_an_alarm_to_staff_is_found_by_either_number(twilio, number):
    with twilio.database.write() as db:
        alarm = Alarm(handoff_id=handoffs.open_for(db, builders.a_conversation(db), "asked").id, next_at=NEVER)
        call = AlarmCall(alarm=alarm, duty_id=builders.a_duty(db).id, status="sent", provider_id="SM99")
        db.add(call)
        db.flush()
        assert call.id == 1
    form = {"MessageSid": "SM99", "MessageStatus": "undelivered", "ErrorCode": "30003"}
    path = f"/sms/status?message={number}" if number else "/sms/status"
    assert post(twilio, form, path=path).status_code == 200
    with twilio.database.read() as db:
        [call] = db.query(AlarmCall)
        assert (call.status, call.error) == ("undelivered", "30003")
        assert db.get(Alarm, call.alarm_id).next_at < NEVER


class Wire(HttpClient):
    """Twilio's API: answers with what it is given, and remembers what it was asked."""

    def __init__(self, http_status=201, **payload):
        self.status, self.payload, self.asked = http_status, payload, []

    def request(self, method, url, params=None, data=None, headers=None, auth=None, timeout=None, **how):
        self.asked.append((method, url, data))
        return Response(self.status, json.dumps(self.payload))


def channel(database, folder, wire, **values):
    live = {"demo": False, "twilio_account_sid": "AC1", "twilio_auth_token": TWILIO_TOKEN, "public_url": PUBLIC}
    return Sms(settings(database, folder, **(live | {"sms_from": "+447700900999"} | values)), http=wire)


def test_sending(database, tmp_path):
    wire = Wire(sid="SM5", status="queued")
    sent = asyncio.run(channel(database, tmp_path, wire).send("+447700900123", Rendered("*hello* <&>"), 12))
    assert (sent.provider_id, sent.status) == ("SM5", "wired")
    [(method, url, data)] = wire.asked
    assert method == "POST" and url.endswith("/Accounts/AC1/Messages.json")
    assert data["Body"] == "*hello* <&>" and data["From"] == "+447700900999"
    assert data["StatusCallback"] == f"{PUBLIC}/sms/status?message=12"
    asyncio.run(channel(database, tmp_path, wire, sms_from="MG1").send("+447700900123", Rendered("hello"), 12))
    assert wire.asked[1][2]["MessagingServiceSid"] == "MG1" and "From" not in wire.asked[1][2]


@pytest.mark.parametrize(
    "status, code, error",
    [
        (400, 21610, channels.Stopped), (400, 21211, channels.Unreachable), (400, 21614, channels.Unreachable),
        (429, 20429, channels.TryAgain), (429, None, channels.TryAgain), (500, None, channels.TryAgain),
        (503, None, channels.TryAgain), (401, 20003, channels.Misconfigured), (400, 99999, channels.Refused),
        (400, 30003, channels.OutOfReach), (400, 30005, channels.Unreachable), (400, 30006, channels.Unreachable),
        (400, 30007, channels.Refused),
    ],
)  # fmt: skip
def test_what_twilios_errors_mean(database, tmp_path, status, code, error):
    wire = Wire(status, code=code, message="To number canary")
    with pytest.raises(channels.SendError) as raised:
        asyncio.run(channel(database, tmp_path, wire).send("+447700900123", Rendered("hello"), 1))
    assert type(raised.value) is error and "canary" not in str(raised.value)


def test_another_api_server(database, tmp_path, monkeypatch):
    import requests

    asked = []

    def refuse(self, request, **how):
        asked.append(request.url)
        raise requests.ConnectionError("canary")

    monkeypatch.setattr(requests.Session, "send", refuse)
    live = {"twilio_account_sid": "AC1", "twilio_auth_token": "t", "sms_from": "+447700900999", "public_url": PUBLIC}
    sms = Sms(settings(database, tmp_path, demo=False, twilio_api_url="http://127.0.0.1:9/", **live))
    with pytest.raises(channels.TryAgain):
        asyncio.run(sms.send("+447700900123", Rendered("hello"), 1))
    assert asked == ["http://127.0.0.1:9/2010-04-01/Accounts/AC1/Messages.json"]


def test_every_code_has_one_meaning():
    assert all(issubclass(meaning, channels.SendError) for meaning in ERRORS.values())

