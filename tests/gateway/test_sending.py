"""What goes out: order, retries, what providers refuse, status reports, crisis words that do not get through."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot import wording
from bot.conversations import messages
from bot.gateway import channels, delivery
from bot.gateway.channels import Button, Rendered, Report, as_sms, as_telegram, split
from tests.gateway.kit import PHONE

DANGER = "i want to die"


def queue(world, text="a notice", **values):
    with world.conversation() as (db, conversation):
        return messages.say(db, conversation, text, **values).id


def first_crisis_reply(world):
    return next(row for row in world.rows("out") if row.purpose == "crisis")


def test_a_send_that_fails_for_now_is_tried_again_and_order_is_kept(any_world, at_noon):
    any_world.says("hello")
    first = queue(any_world, "first", author="staff", purpose="staff")
    second = queue(any_world, "second", purpose="notice")
    any_world.channels["sms"].fail(channels.TryAgain("503"))
    any_world.step()
    assert "first" not in any_world.got() and "second" not in any_world.got()
    at_noon.later(seconds=30)
    any_world.step()
    assert any_world.got()[-2:] == ["first", "second"] and first < second


def test_the_provider_is_left_alone_as_long_as_it_asks(world, at_noon):
    world.channels["sms"].fail(channels.TryAgain("429", timedelta(seconds=30)))
    assert world.says("hello") == []
    at_noon.later(seconds=29)
    world.step()
    assert world.got() == []
    at_noon.later(seconds=2)
    world.step()
    assert "You said hello" in world.got()


def test_crisis_words_overtake_everything(any_world):
    any_world.says("hello")
    any_world.take("what is a unit")
    queue(any_world, "a reminder", purpose="reminder")
    any_world.take(DANGER)
    asyncio.run(any_world.gateway.sending.send_one())
    assert first_crisis_reply(any_world).status == "sent"


def test_crisis_words_do_not_wait_for_a_send_that_is_stuck(world, at_noon):
    world.says("hello")
    queue(world, "a reminder", purpose="reminder")
    world.gateway.sending._claim()  # ... and killed
    world.take(DANGER)
    asyncio.run(world.gateway.sending.send_one())
    assert first_crisis_reply(world).status == "sent"


@pytest.mark.parametrize("error", [channels.Stopped("21610"), channels.Blocked("403"), channels.Refused("30007"),
                                   channels.Unreachable("30006"), channels.Misconfigured("20003")])  # fmt: skip
def test_staff_are_told_to_phone_when_crisis_words_are_refused(world, at_noon, error):
    world.channels["sms"].fail(error)
    world.take(DANGER)
    asyncio.run(world.gateway.sending.send_one())
    [handoff] = world.handoffs()
    assert [reason for reason, _ in handoff.reasons] == ["crisis_suicide", "message_failed"] and handoff.priority == 0


def test_staff_are_told_when_crisis_words_keep_failing_or_get_too_old(world, at_noon):
    world.channels["sms"].fail(*[channels.TryAgain("503")] * 3)
    world.take(DANGER)
    for _ in range(3):
        asyncio.run(world.gateway.sending.send_one())
        at_noon.later(seconds=6)
    assert "message_failed" in [reason for reason, _ in world.handoffs()[0].reasons]

    world.take(DANGER, sender="+447700900555")
    at_noon.later(minutes=16)
    world.step()
    assert "message_failed" in [reason for reason, _ in world.handoffs()[1].reasons]
    assert world.got("+447700900555") == [] or "expired" in {row.status for row in world.rows("out")}


def test_a_provider_that_says_stopped_means_stop(world):
    world.says("hello")
    world.channels["sms"].fail(channels.Stopped("21610"))
    world.says("hello again")
    assert world.says("anybody") == []
    assert wording.say("marker.stopped") in [row.body for row in world.rows("marker")]
    assert wording.say("gateway.started") in world.says("START")


def test_who_blocked_us_and_writes_again_is_answered(world):
    world.channels["telegram"].fail(channels.Blocked("403"))
    assert world.says("hello", channel="telegram", sender="1001") == []
    assert world.says("hello again", channel="telegram", sender="1001")[0] == "You said hello again"


def test_a_killed_send_is_taken_up_again(world, at_noon):
    world.take("hello")
    asyncio.run(world.gateway.answering.answer_one())
    world.gateway.sending._claim()  # ... and killed
    world.step()
    assert world.got() == []
    at_noon.later(seconds=61)
    world.step()
    assert "You said hello" in world.got()


def test_a_killed_send_and_what_came_after_it_do_not_wait_for_each_other(any_world, at_noon):
    any_world.says("hello")
    queue(any_world, "a reminder", purpose="notice", author="staff")
    with any_world.conversation() as (db, conversation):
        messages.say(db, conversation, "a broadcast", author="system", purpose="broadcast",
                     expires_at=at_noon.time + timedelta(days=1))  # fmt: skip
    asyncio.run(any_world.gateway.sending.send_one())
    any_world.gateway.sending._claim()  # the broadcast, and killed
    assert any_world.says("what is a unit") == [], "one in flight at a time"
    at_noon.later(seconds=61)
    any_world.step()
    assert any_world.got()[-2:] == ["a broadcast", "You said what is a unit"]


def test_an_expired_message_stays_in(world, at_noon):
    world.says("hello")
    queue(world, "too late", purpose="reminder", expires_at=at_noon.time + timedelta(minutes=1))
    at_noon.later(minutes=2)
    world.step()
    assert world.rows("out")[-1].status == "expired" and "too late" not in world.got()


def test_what_is_for_later_holds_nothing_up(world, at_noon):
    world.says("hello")
    queue(world, "tomorrow", purpose="notice", send_after=at_noon.time + timedelta(days=1))
    assert world.says("what is a unit") == ["You said what is a unit"]


@pytest.mark.parametrize("order", [("sent", "delivered"), ("delivered", "sent"), ("sent", "failed", "sent"),
                                   ("delivered", "delivered", "failed")])  # fmt: skip
def test_statuses_only_move_forward(world, order):
    world.says("hello")
    row = world.rows("out")[0]
    for status in order:
        with world.database.write() as db:
            delivery.report(db, "sms", Report(row.provider_id, status))
    assert world.rows("out")[0].status == ("failed" if order[1:2] == ("failed",) else "delivered")


def test_a_report_may_come_before_the_send_is_settled(world):
    world.take("hello")
    asyncio.run(world.gateway.answering.answer_one())
    job = world.gateway.sending._claim()
    with world.database.write() as db:
        assert delivery.report(db, "sms", Report("SM9", "delivered", message_id=job.message_id))
    world.gateway.sending._settle(job, channels.TryAgain("the response was lost"))
    assert world.rows("out")[0].status == "delivered" and world.rows("out")[0].provider_id == "SM9"


def test_a_report_about_nothing_of_ours_changes_nothing(world):
    world.says("hello")
    with world.database.write() as db:
        assert not delivery.report(db, "sms", Report("SM404", "failed", message_id=world.rows("in")[0].id))
        assert not delivery.report(db, "telegram", Report("x", "failed", message_id=world.rows("out")[0].id))


def test_an_undelivered_crisis_report_brings_in_a_person(world):
    world.says(DANGER)
    row = next(row for row in world.rows("out") if row.purpose == "crisis")
    with world.database.write() as db:
        delivery.report(db, "sms", Report(row.provider_id, "failed", "30005", None, "unreachable"))
    assert "message_failed" in [reason for reason, _ in world.handoffs()[0].reasons]
    assert wording.say("marker.unreachable") in [marker.body for marker in world.rows("marker")]


def test_a_text_and_its_choices_on_each_channel():
    buttons = (Button(7, 1, "Govan"), Button(8, 2, "Partick"))
    assert [part.text for part in as_sms("Where?", buttons)] == ["Where?\n1. Govan\n2. Partick"]
    assert [(part.text, part.buttons) for part in as_telegram("Where?", buttons)] == [("Where?", buttons)]


@pytest.mark.parametrize(
    "text",
    ["word " * 4000, "x" * 9000, "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 900, "e\u0301" * 5000,
     "\U0001f1ec\U0001f1e7" * 3000],
    ids=["words", "letters", "families", "accents", "flags"],
)  # fmt: skip
def test_long_texts_are_split_between_characters(text):
    parts = split(text, 4096)
    assert all(len(part.encode("utf-16-le")) // 2 <= 4096 for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    assert not any(part[0] in "\u0301\u200d\U000e007f" for part in parts)


def test_an_unknown_address_is_no_fault(world):
    with world.database.write() as db:
        delivery.reachable(db, "sms", PHONE, False)


# --- what the provider is told ------------------------------------------------------------------


def handed_over(world, **values):
    """What is handed to the provider of a text that is queued so."""
    world.says("hello")
    queue(world, **values)
    return world.gateway.sending._claim().parts[0]


def test_the_provider_keeps_no_text_longer_than_it_is_of_use(world, at_noon):
    part = handed_over(world, purpose="notice", expires_at=at_noon.time + timedelta(minutes=40))
    assert part.seconds(timedelta(hours=4)) == 40 * 60


def test_crisis_words_do_not_arrive_when_they_are_old(world, at_noon):
    part = handed_over(world, purpose="crisis")
    assert part.seconds(timedelta(hours=4)) == 15 * 60


@pytest.mark.parametrize(("minutes", "seconds"), [(None, 4 * 3600), (600, 4 * 3600), (0.2, 60)])
def test_a_provider_tries_for_a_minute_at_least_and_four_hours_at_most(minutes, seconds):
    life = None if minutes is None else timedelta(minutes=minutes)
    assert Rendered("hello", life=life).seconds(timedelta(hours=4)) == seconds


def test_how_many_parts_a_text_has_is_known_before_it_goes_out(world):
    world.says("hello")
    with world.conversation() as (db, conversation):
        pairs = [("Yes please", "/a"), ("No thanks", "/b")]
        messages.say(db, conversation, "a" * 150, author="staff", purpose="staff", choices=pairs)
    world.gateway.sending._claim()
    assert world.rows("out")[-1].segments == 2  # one without its choices
