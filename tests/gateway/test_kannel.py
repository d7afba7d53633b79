"""A Kannel-style gateway at the wire and at the door: what goes to it, what it may say, and who else may not."""

from __future__ import annotations

import asyncio
import base64

import httpx
import pytest
from starlette.testclient import TestClient

from bot import clock
from bot.gateway.app import real_channels
from bot.gateway.channels import Rendered
from bot.gateway.kannel import HEADER, Kannel
from bot.models import AlarmCall
from tests import builders
from tests.gateway.kit import PHONE, PUBLIC, SECRET, World, settings

LIVE = {
    "demo": False, "sms_provider": "kannel", "kannel_url": "http://gateway:13013/cgi-bin/sendsms",
    "kannel_username": "us", "kannel_password": "their password", "kannel_secret": SECRET, "public_url": PUBLIC,
    "sms_from": "60006",
}  # fmt: skip
BASIC = {"authorization": "Basic " + base64.b64encode(f"gateway:{SECRET}".encode()).decode()}


class Wire:
    def __init__(self):
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return httpx.Response(202, text="0: Accepted for delivery")


@pytest.fixture
def wire():
    return Wire()


@pytest.fixture
def kannel(database, tmp_path, wire):
    """A live-mode gateway whose texts go by Kannel, and a client that is Kannel."""
    channel = Kannel(settings(database, tmp_path, **LIVE), transport=httpx.MockTransport(wire))
    world = World(database, tmp_path, channels={"sms": channel}, **LIVE)
    world.client = TestClient(world.app, raise_server_exceptions=False)
    return world


def text(world, words: bytes, number="K1", **headers):
    return world.client.post(f"/sms?id={number}", content=words, headers=BASIC | {"x-kannel-from": PHONE} | headers)


def sent(database, tmp_path, wire, words, **values) -> httpx.Request:
    channel = Kannel(settings(database, tmp_path, **(LIVE | values)), transport=httpx.MockTransport(wire))
    asyncio.run(channel.send(PHONE, Rendered(words), 12))
    return wire.asked[-1]


@pytest.mark.parametrize(("words", "coding"), [("hello @£ {}", "0"), ("hello 👍", "2")])
def test_the_words_choose_the_alphabet(database, tmp_path, wire, words, coding):
    request = sent(database, tmp_path, wire, words)
    assert request.headers["x-kannel-coding"] == coding and request.content.decode() == words
    query = sent(database, tmp_path, wire, words, kannel_style="get").url.params
    assert query["coding"] == coding and query["text"] == words and query["dlr-mask"] == "31"


@pytest.mark.parametrize("style", ["headers", "form"])
def test_no_number_no_word_and_no_password_is_in_an_address(database, tmp_path, wire, style):
    request = sent(database, tmp_path, wire, "hello", kannel_style=style)
    assert str(request.url) == LIVE["kannel_url"]


def test_the_report_address_has_a_key_and_not_the_secret(database, tmp_path, wire):
    address = sent(database, tmp_path, wire, "hello").headers[HEADER["dlr-url"]]
    assert address.startswith(f"{PUBLIC}/sms/status?message=12&key=") and SECRET not in address


def test_a_text_is_stored_once_and_nothing_is_said_back_in_the_answer(kannel):
    answers = [text(kannel, b"whit's a unit") for _ in range(3)]
    assert [(a.status_code, a.content) for a in answers] == [(200, b"")] * 3
    [row] = kannel.rows("in")
    assert (row.body, row.channel) == ("whit's a unit", "sms")


def test_ucs2_and_unknown_alphabets_are_read_as_well_as_may_be(kannel):
    text(kannel, "aye 👍".encode("utf-16-be"), "K1", **{"x-kannel-coding": "2"})
    text(kannel, "naïve".encode("latin-1"), "K2", **{"x-kannel-charset": "ISO-8859-1"})
    text(kannel, b"hello", "K3", **{"x-kannel-charset": "no-such"})
    assert [row.body for row in kannel.rows("in")] == ["aye 👍", "naïve", "hello"]


def test_a_call_without_the_secret_is_turned_away(kannel):
    assert kannel.client.post("/sms?id=K1", content=b"hello", headers={"x-kannel-from": PHONE}).status_code == 403
    assert kannel.client.get("/sms/status?message=1&type=1").status_code == 403
    assert kannel.rows() == []


def test_danger_is_answered_by_this_road_too(kannel, wire):
    text(kannel, b"i want to kill myself")
    asyncio.run(kannel.gateway.sending.send_one())
    assert "116 123" in wire.asked[0].content.decode()


def test_statuses_come_by_get_move_forward_only_and_concern_one_text(kannel, wire):
    text(kannel, b"hello")
    kannel.step()
    [row] = [row for row in kannel.rows("out") if row.reply_to and row.purpose == "reply"]
    first = next(r for r in wire.asked if f"message={row.id}&" in r.headers[HEADER["dlr-url"]])
    address = first.headers[HEADER["dlr-url"]].removeprefix(PUBLIC).replace("%A", "stat:DELIVRD%20canary")
    for kind in ("4", "8", "1", "8", "2"):  # a late "taken by the network" and a late failure change nothing
        assert kannel.client.get(address.replace("%d", kind)).status_code == 200
    got = {r.id: r for r in kannel.rows("out")}
    assert got[row.id].status == "delivered"
    other = address.replace(f"message={row.id}&", f"message={row.id + 1}&").replace("%d", "2")
    assert kannel.client.get(other).status_code == 403
    assert kannel.client.post(address.replace("%d", "1"), data={"message": str(row.id + 1), "type": "2"}).is_success
    assert all(r.status != "failed" for r in kannel.rows("out"))


def test_a_failure_keeps_the_networks_code_and_none_of_its_words(kannel, wire):
    text(kannel, b"hello")
    kannel.step()
    address = wire.asked[0].headers[HEADER["dlr-url"]].removeprefix(PUBLIC)
    kannel.client.get(address.replace("%d", "2").replace("%A", "stat:UNDELIV%20err:000%20text:canary"))
    failed = [row for row in kannel.rows("out") if row.status == "failed"]
    assert [row.error for row in failed] == ["UNDELIV"]


def test_an_alarm_that_kannel_reports_undelivered_alarms_the_next(kannel, wire):
    with kannel.database.write() as db:
        numbers = [builders.a_duty(db, rung=rung, at=clock.now()).address for rung in (1, 2)]
    text(kannel, b"i want to kill myself")
    asyncio.run(kannel.gateway.alarming.round())
    alarm = next(r for r in wire.asked if r.headers[HEADER["to"]] == numbers[0])
    address = alarm.headers[HEADER["dlr-url"]].removeprefix(PUBLIC).replace("%A", "stat:UNDELIV%20canary")
    assert kannel.client.get(address.replace("%d", "2").replace("message=-", "message=")).status_code == 403
    assert kannel.client.get(address.replace("%d", "2")).status_code == 200
    with kannel.database.read() as db:
        assert [(c.status, c.error) for c in db.query(AlarmCall)] == [("undelivered", "UNDELIV")]
    asyncio.run(kannel.gateway.alarming.round())
    assert [r for r in wire.asked if r.headers[HEADER["to"]] == numbers[1]]


def test_the_setting_chooses_the_provider(database, tmp_path):
    assert isinstance(real_channels(settings(database, tmp_path, **LIVE))["sms"], Kannel)
    assert "sms" not in real_channels(settings(database, tmp_path, **(LIVE | {"sms_provider": "twilio"})))
