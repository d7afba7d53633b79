"""Somebody rings the text line: they hear where help is, and may ask to be rung back."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from bot.gateway.sms import Sms
from bot.gateway.voice import spoken
from tests.gateway.kit import PHONE, PUBLIC, TWILIO_TOKEN, World, settings
from tests.gateway.test_sms import post, sign

CALL = {"CallSid": "CA1", "From": PHONE, "To": "+447700900999", "CallStatus": "ringing", "Direction": "inbound"}
LIVE = {
    "demo": False, "twilio_account_sid": "AC1", "twilio_auth_token": TWILIO_TOKEN, "sms_from": "+447700900999",
    "public_url": PUBLIC,
}  # fmt: skip


@pytest.fixture
def line(database, tmp_path):
    world = World(database, tmp_path, channels={"sms": Sms(settings(database, tmp_path, **LIVE))}, **LIVE)
    world.client = TestClient(world.app, raise_server_exceptions=False)
    return world


def heard(response) -> str:
    assert response.status_code == 200 and response.headers["content-type"].startswith("text/xml")
    return " ".join(say.text for say in ElementTree.fromstring(response.text).iter("Say"))


def test_whoever_rings_hears_where_help_is_and_which_key_to_press(line):
    answer = post(line, CALL, path="/voice")
    words = heard(answer)
    assert "call 9 9 9" in words and "Samaritans on 1 1 6, 1 2 3" in words and "free" in words and "press 1" in words
    [gather] = ElementTree.fromstring(answer.text).iter("Gather")
    assert gather.get("numDigits") == "1" and gather.get("action") == f"{PUBLIC}/voice/choice"
    assert line.rows() == []


def test_pressing_1_opens_one_handoff_and_texts_nobody(line):
    for _ in range(3):  # Twilio repeats what it thinks was not answered
        words = heard(post(line, CALL | {"Digits": "1"}, path="/voice/choice"))
    assert "asked a worker to ring you" in words and "9 9 9" in words
    [handoff] = line.handoffs()
    assert (handoff.reason, handoff.priority, len(handoff.reasons)) == ("call_me", 1, 1)
    with line.conversation() as (_, conversation):
        assert conversation.address.address == PHONE
    line.step()
    assert line.rows("out") == [] and line.rasa.asked == []


def test_a_second_call_and_texts_from_the_same_number_are_one_conversation(line):
    line.take("hello")
    post(line, CALL | {"Digits": "1"}, path="/voice/choice")
    post(line, CALL | {"Digits": "1", "CallSid": "CA2"}, path="/voice/choice")
    assert len(line.handoffs()) == 1
    with line.conversation():
        pass


@pytest.mark.parametrize("digits", ["2", "", "11", "*"])
def test_any_other_key_hears_it_again(line, digits):
    assert "press 1" in heard(post(line, CALL | {"Digits": digits}, path="/voice/choice"))
    assert line.handoffs() == []


@pytest.mark.parametrize("caller", ["anonymous", "Restricted", "+266696687", "+7378742833", "+86282452253"])
def test_a_hidden_number_is_told_to_text(line, caller):
    words = heard(post(line, CALL | {"From": caller, "Digits": "1"}, path="/voice/choice"))
    assert "can't see your number" in words and "9 9 9" in words
    assert line.handoffs() == []


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed", "canceled"])
def test_a_missed_call_opens_a_handoff_once(line, status):
    for _ in range(2):
        assert post(line, CALL | {"CallStatus": status}, path="/voice/status").status_code == 200
    assert [handoff.reason for handoff in line.handoffs()] == ["call_me"]


def test_a_call_that_was_answered_and_left_opens_none(line):
    assert post(line, CALL | {"CallStatus": "completed"}, path="/voice/status").status_code == 200
    assert line.handoffs() == []


@pytest.mark.parametrize("path", ["/voice", "/voice/choice", "/voice/status"])
def test_only_twilio_gets_in(line, path):
    assert post(line, CALL | {"Digits": "1"}, path=path, signature="wrong").status_code == 403
    other = sign("/sms", list(CALL.items()))
    assert post(line, CALL, path=path, signature=other).status_code == 403
    assert post(line, {"From": PHONE}, path=path).status_code == 400
    assert line.rows() == []


def test_without_twilio_there_is_no_door(world):
    assert TestClient(world.app).post("/voice", data=CALL).status_code == 404


def test_a_database_that_is_away_is_said_and_help_is_named_all_the_same(line):
    with line.locked():
        assert "9 9 9" in heard(post(line, CALL, path="/voice"))
        words = heard(post(line, CALL | {"Digits": "1"}, path="/voice/choice"))
        assert "could not pass that on" in words and "9 9 9" in words
        assert post(line, CALL | {"CallStatus": "busy"}, path="/voice/status").status_code == 503
    heard(post(line, CALL | {"Digits": "1"}, path="/voice/choice"))
    assert len(line.handoffs()) == 1


def test_numbers_are_said_digit_by_digit():
    said = ["9 9 9", "1 1 6, 1 2 3", "0 8 0 0, 8 3, 8 5, 8 7"]
    assert [spoken(n) for n in ("999", "116 123", "0800 83 85 87")] == said
