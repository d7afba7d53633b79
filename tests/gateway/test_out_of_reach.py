"""A phone that is off: half an hour of that is normal; after three tries it is unreachable, until it is heard of."""

from __future__ import annotations

import pytest

from bot.conversations import messages
from bot.gateway import channels, delivery
from bot.gateway.channels import Report
from bot.models import Address, Message

OFF = ("failed", "30003", None, "out_of_reach")


@pytest.fixture
def texted(any_world, at_noon):
    """Somebody whose answer is on its way; `report` it, `later`, `row`."""
    any_world.says("hello")
    any_world.clock = at_noon
    return any_world


def newest(world) -> Message:
    return world.rows("out")[-1]


def tell(world, text="Your session is on.") -> None:
    with world.conversation() as (db, conversation):
        messages.say(db, conversation, text, author="staff", purpose="staff")
    world.step()


def report(world, status, error=None, message_id=None, means=None, provider_id=None) -> bool:
    row = newest(world)
    with world.database.write() as db:
        told = Report(provider_id or row.provider_id, status, error, row.id, means)
        return delivery.report(db, "sms", told)


def later(world, minutes: int) -> None:
    world.clock.later(minutes=minutes)
    world.step()


def unreachable(world) -> bool:
    with world.database.read() as db:
        return db.query(Address).one().unreachable_at is not None


def test_one_failure_stops_nothing_and_the_text_goes_out_again(texted):
    tell(texted)
    report(texted, *OFF)
    assert newest(texted).status == "queued" and not unreachable(texted)
    later(texted, 29)
    assert texted.got().count("Your session is on.") == 1
    later(texted, 2)
    assert texted.got().count("Your session is on.") == 2
    report(texted, "delivered")
    assert newest(texted).status == "delivered" and not unreachable(texted)


def test_after_three_tries_staff_see_that_nothing_arrives(texted):
    tell(texted)
    for _ in range(3):
        report(texted, *OFF)
        later(texted, 31)
    assert texted.got().count("Your session is on.") == 3
    assert (newest(texted).status, newest(texted).error) == ("failed", "30003")
    assert unreachable(texted)
    assert "marker" in {row.direction for row in texted.rows()}
    before = len(texted.got())
    tell(texted, "Another text.")
    assert len(texted.got()) == before


def test_whoever_writes_again_is_reachable_and_gets_what_waited_at_once(texted):
    tell(texted)
    report(texted, *OFF)
    texted.clock.later(minutes=5)
    said = texted.says("whats on")
    assert said == ["Your session is on.", "You said whats on"]


def test_a_text_from_them_makes_them_reachable_again(texted):
    tell(texted)
    for _ in range(3):
        report(texted, *OFF)
        later(texted, 31)
    assert texted.says("am back") == ["You said am back"] and not unreachable(texted)


def test_what_arrives_makes_them_reachable_again(texted):
    tell(texted)
    for _ in range(2):
        report(texted, *OFF)
        later(texted, 31)
    report(texted, *OFF)
    assert unreachable(texted)
    with texted.database.write() as db:
        answer = next(row for row in texted.rows("out") if row.body == "You said hello")
        delivery.report(db, "sms", Report(answer.provider_id, "delivered", None, answer.id))
    assert not unreachable(texted)


@pytest.mark.parametrize("status", ["failed", "sent", "wired"])
def test_a_late_report_of_the_first_try_does_not_end_the_second(texted, status):
    tell(texted)
    first = newest(texted).provider_id
    report(texted, *OFF)
    assert not report(texted, status, "30003" if status == "failed" else None, None, None, provider_id=first)
    assert newest(texted).status == "queued"
    later(texted, 31)
    assert not report(texted, status, None, None, None, provider_id=first)
    assert newest(texted).status == "sent"


def test_the_first_try_that_arrives_after_all_is_not_sent_again(texted):
    tell(texted)
    first = newest(texted).provider_id
    report(texted, *OFF)
    report(texted, "delivered", provider_id=first)
    later(texted, 31)
    assert texted.got().count("Your session is on.") == 1 and newest(texted).status == "delivered"


def test_what_would_come_too_late_is_not_sent_again_and_says_nothing_of_the_phone(texted):
    tell(texted)
    texted.clock.later(minutes=225)
    report(texted, *OFF)
    assert newest(texted).status == "failed" and not unreachable(texted)


def test_crisis_words_that_find_the_phone_off_bring_in_a_person_at_once(texted):
    texted.says("i want to die")
    report(texted, *OFF)
    assert newest(texted).status == "failed"
    assert "message_failed" in [reason for reason, _ in texted.handoffs()[0].reasons]


def test_the_provider_may_say_so_at_once(texted):
    for n in range(3):
        texted.channels["sms"].fail(channels.OutOfReach("30003"))
        tell(texted) if n == 0 else later(texted, 31)
    assert newest(texted).status == "failed" and unreachable(texted)


def test_a_phone_that_is_off_is_no_fault_of_ours(texted):
    tell(texted)
    report(texted, *OFF)
    texted.clock.later(minutes=10)
    told = texted.gateway.health._count()
    assert told["outbox"]["state"] == "ok"
