"""SMS from phone to phone: the gateway as it runs, against a Twilio on loopback that fails as Twilio says it may.

Nothing here is stepped by hand: the workers work, and what is waited for is told by the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import urllib.request
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import clock, wording
from bot.gateway import channels, delivery, sms
from bot.gateway.channels import Rendered
from bot.gateway.redacting import Redacting
from bot.models import Message
from tests.gateway.kit import PHONE
from tests.gateway.live import Live
from tests.gateway.twilio_api import ACCOUNT, HANG_UP, LOSE, NUMBER, TOKEN, TwilioApi

OTHER = "+447700900124"
NOTICE = wording.sentences()["gateway.notice"]


@pytest.fixture
def api():
    with TwilioApi() as server:
        yield server


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch):
    """What is tried again is tried again at once."""
    monkeypatch.setattr(delivery, "BACKOFF", (0, 0))
    monkeypatch.setattr(delivery, "CRISIS_BACKOFF", (0, 0))
    monkeypatch.setattr(delivery, "FAULT_WAIT", timedelta(0))
    monkeypatch.setattr(sms, "WAITS", {})


class Running(Live):
    """With Twilio's stand-in, which calls it back."""

    def live(self):
        self.api.gateway = self.url
        twilio = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN, "twilio_api_url": self.api.url}
        return twilio | {"public_url": self.url, "sms_from": NUMBER}

    def status_of(self, body):
        """The status of the one outbound message with these words."""
        return next((row.status for row in self.rows("out") if row.body == body), None)


@pytest.fixture
def gateway(database, tmp_path, api):
    with Running(database, tmp_path, api).up() as running:
        yield running


def sent(api, body):
    """The text with these words, as Twilio has it."""
    return next(text for text in api.sent if text.body == body)


def test_a_text_is_answered_once_however_often_twilio_calls(gateway, api):
    assert [api.texts(PHONE, "whats a unit", sid="SMin7") for _ in range(4)] == [200] * 4
    api.until(lambda: api.phone(PHONE) == ["You said whats a unit", NOTICE])
    assert api.texts(PHONE, "whats a unit", sid="SMin7") == 200
    api.texts(PHONE, "a new one")
    api.until(lambda: len(api.phone(PHONE)) == 3)
    assert api.phone(PHONE) == ["You said whats a unit", NOTICE, "You said a new one"]


def test_two_phones_are_answered_each_in_order(gateway, api):
    for n in range(4):
        api.texts(PHONE, f"class {n}")
        api.texts(OTHER, f"squad {n}")
    api.until(lambda: len(api.sent) == 10)
    for number, whose in ((PHONE, "class"), (OTHER, "squad")):
        answers = [body for body in api.phone(number) if body != NOTICE]
        assert answers == [f"You said {whose} {n}" for n in range(4)]


def test_a_call_that_is_not_twilios_is_turned_away(gateway, api):
    form = {"MessageSid": "SM1", "From": PHONE, "To": NUMBER, "Body": "hello", "NumMedia": "0"}
    assert api.calls_us(f"{api.gateway}/sms", form, token="another account's token") == 403
    assert gateway.rows() == []


def test_statuses_out_of_order_late_doubled_and_for_nobody(gateway, api):
    api.texts(PHONE, "hello")
    api.until(lambda: gateway.status_of(NOTICE) == "wired")
    answer, notice = sent(api, "You said hello"), sent(api, NOTICE)
    order = ["delivered", "sent", "queued", "delivered", "undelivered", "sending"]
    assert [api.reports(answer, status) for status in order] == [200] * len(order)
    assert gateway.status_of(answer.body) == "delivered"
    assert [api.reports(notice, status) for status in ("sent", "queued")] == [200, 200]
    assert gateway.status_of(NOTICE) == "sent"
    stranger = replace(notice, sid="SM999", callback=f"{api.gateway}/sms/status?message=999")
    assert api.reports(stranger, "delivered") == 200
    assert api.reports(replace(stranger, callback=f"{api.gateway}/sms/status"), "failed", 30005) == 200
    assert gateway.status_of(NOTICE) == "sent"


def test_a_status_that_comes_before_the_answer_to_our_own_call(gateway, api):
    """Twilio may report a text before we have heard that it was taken; here that answer never comes at all."""
    api.fail(LOSE)
    api.texts(PHONE, "hello")
    api.until(lambda: api.sent)
    first = api.sent[0]
    api.reports(first, "delivered")
    api.until(lambda: gateway.status_of("You said hello") == "delivered")
    api.until(lambda: gateway.status_of(NOTICE) == "wired")
    row = next(row for row in gateway.rows("out") if row.body == "You said hello")
    assert row.provider_id, "it can be named to Twilio"


@pytest.mark.parametrize("fault", [(429, 20429), (500, None), (503, None), (400, 30001), (401, 20003), HANG_UP])
def test_what_passes_is_tried_until_it_goes_out_and_goes_out_once(gateway, api, fault):
    api.fail(fault, fault, fault)
    api.texts(PHONE, "hello")
    api.until(lambda: gateway.status_of(NOTICE) == "wired")
    assert api.phone(PHONE) == ["You said hello", NOTICE]


@pytest.mark.parametrize(("status", "code"), [(400, 30007), (400, 21617), (400, 99999)])
def test_what_will_never_go_out_fails_and_holds_nothing_up(gateway, api, status, code):
    api.fail((status, code))
    api.texts(PHONE, "hello")
    api.until(lambda: gateway.status_of(NOTICE) == "wired")
    [failed] = [row for row in gateway.rows("out") if row.status == "failed"]
    assert (failed.body, failed.error) == ("You said hello", str(code))


def test_whoever_told_twilio_to_stop_is_texted_no_more_and_staff_see_it(gateway, api):
    api.stopped.add(PHONE)
    api.texts(PHONE, "hello")
    api.until(lambda: gateway.status_of(NOTICE) == "stopped")
    with gateway.conversation() as (_, conversation):
        assert conversation.address.stopped_at is not None
    assert api.phone(PHONE) == [] and [r.body for r in gateway.rows("marker")] == [wording.say("marker.stopped")]


def test_spam_that_is_told_later_is_a_failure_and_danger_that_failed_is_a_matter_for_a_person(gateway, api):
    api.texts(PHONE, "i want to kill myself")
    api.until(lambda: len(api.phone(PHONE)) >= 3)
    api.until(lambda: all(row.status == "wired" for row in gateway.rows("out")))
    assert "116 123" in api.sent[0].body
    assert api.reports(api.sent[0], "undelivered", 30007) == 200
    [handoff] = gateway.handoffs()
    assert {reason for reason, _ in handoff.reasons} == {"crisis_suicide", "message_failed"}


def test_stop_and_start_by_text(gateway, api):
    api.texts(PHONE, "STOP")
    api.until(lambda: api.phone(PHONE) == [wording.say("gateway.stopped")])
    with gateway.conversation() as (db, conversation):
        assert conversation.address.stopped_at is not None
        db.add(_queued(conversation))
    api.until(lambda: gateway.status_of("late") == "stopped")
    api.texts(PHONE, "START")
    api.until(lambda: len(api.phone(PHONE)) == 2)
    assert api.phone(PHONE)[1] == wording.say("gateway.started")


def _queued(conversation):
    """A reminder that got into the queue although they had said STOP."""
    return Message(
        conversation_id=conversation.id, direction="out", author="system", channel="sms", kind="text", body="late",
        status="queued", purpose="broadcast", lane=3, expires_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip


def test_what_came_while_we_were_away_is_fetched_and_answered_once(database, tmp_path, api):
    running = Running(database, tmp_path, api)
    with contextlib.suppress(OSError):
        api.texts(PHONE, "anybody there", sid="SMin1")
    with running.up():
        api.until(lambda: "You said anybody there" in api.phone(PHONE), seconds=30)
        assert api.texts(PHONE, "anybody there", sid="SMin1") == 200
    assert api.phone(PHONE).count("You said anybody there") == 1


def test_a_call_is_answered_by_voice(gateway, api):
    form = {"CallSid": "CA1", "From": PHONE, "To": NUMBER, "CallStatus": "in-progress", "Digits": "1"}
    assert api.calls_us(f"{api.gateway}/voice", form) == 200
    assert api.calls_us(f"{api.gateway}/voice/choice", form) == 200
    assert [handoff.reason for handoff in gateway.handoffs()] == ["call_me"]


def test_an_answer_that_does_not_come_is_tried_again(database, tmp_path, api):
    api.fail(HANG_UP)
    running = Running(database, tmp_path, api)
    with pytest.raises(channels.TryAgain):
        asyncio.run(sms.Sms(running.settings).send(PHONE, Rendered("hello"), 1))


def test_words_are_taken_out_of_twilios_records_when_they_have_arrived(database, tmp_path, api):
    with Running(database, tmp_path, api, sms_redact=True).up() as gateway:
        api.texts(PHONE, "hello")
        api.until(lambda: gateway.status_of(NOTICE) == "wired")
        api.until(lambda: api.received[0].body == "")
        answer, notice = sent(api, "You said hello"), sent(api, NOTICE)
        api.reports(answer, "delivered")
        redacting = Redacting(gateway.gateway.channels["sms"], database, gateway.gateway.leader)
        assert [asyncio.run(redacting.round()) for _ in range(2)] == [1, 0]
        assert (answer.body, notice.body) == ("", NOTICE)
        api.reports(notice, "delivered")
        api.sent.remove(notice)  # deleted at Twilio by hand: nothing to do, and nothing is held up by it
        assert asyncio.run(redacting.round()) == 1
        assert gateway.status_of("You said hello") == "delivered", "our own record keeps the words"


def test_without_the_setting_nothing_is_taken_out(gateway, api):
    api.texts(PHONE, "hello")
    api.until(lambda: gateway.status_of(NOTICE) == "wired")
    assert api.received[0].body == "hello"
    assert all(not path.endswith(f"{api.received[0].sid}.json") for _, path, _ in api.calls)
    with urllib.request.urlopen(f"{api.gateway}/health", timeout=5) as answer:
        assert answer.status == 200
