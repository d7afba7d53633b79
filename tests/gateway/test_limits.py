"""When, and how much, we text people of our own accord; and that answers and crisis words know no such limits."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta, timezone

import pytest

from bot.conversations import limits, messages, outbox
from bot.conversations.limits import Limits
from tests.gateway.test_sending import queue

NIGHT = Limits(time(20), time(9), 1000)


def utc(*when):
    return datetime(*when, tzinfo=timezone.utc)


@pytest.mark.parametrize("moment, until", [
    (utc(2026, 11, 23, 12), None), (utc(2026, 11, 23, 19, 59), None), (utc(2026, 11, 23, 9), None),
    (utc(2026, 11, 23, 20), utc(2026, 11, 24, 9)), (utc(2026, 11, 24, 3), utc(2026, 11, 24, 9)),
    (utc(2026, 7, 1, 18, 59), None), (utc(2026, 7, 1, 19), utc(2026, 7, 2, 8)),  # summer time
    (utc(2027, 3, 27, 22), utc(2027, 3, 28, 8)), (utc(2027, 3, 28, 0, 59), utc(2027, 3, 28, 8)),  # the clocks change
    (utc(2027, 10, 30, 20), utc(2027, 10, 31, 9)), (utc(2027, 10, 31, 1, 30), utc(2027, 10, 31, 9)),
])  # fmt: skip
def test_quiet_hours_are_londons(moment, until):
    assert NIGHT.quiet_until(moment) == until


def test_quiet_hours_within_a_day():
    noon = Limits(time(12), time(14), 1)
    assert noon.quiet_until(utc(2026, 11, 23, 13)) == utc(2026, 11, 23, 14)
    assert noon.quiet_until(utc(2026, 11, 23, 11)) is noon.quiet_until(utc(2026, 11, 23, 14)) is None


@pytest.mark.parametrize("text", ["", "8-9", "20:00", "25:00-09:00", "20:00-20:00", "20:60-09:00"])
def test_what_is_no_quiet_hours(text):
    with pytest.raises(ValueError):
        limits.parse(text, 1)


def test_at_night_only_what_was_asked_for_goes_out(world, at_noon):
    world.says("hello")
    at_noon.later(hours=10)
    queue(world, "a notice", purpose="notice", author="system", expires_at=at_noon.time + timedelta(days=2))
    queue(world, "a session called off for the morning", purpose="notice", author="system",
          expires_at=at_noon.time + timedelta(hours=8))  # fmt: skip
    queue(world, "a broadcast", purpose="broadcast", author="system", expires_at=at_noon.time + timedelta(days=2))
    queue(world, "a worker's words", purpose="staff", author="staff")
    world.step()
    assert world.got()[-2:] == ["a session called off for the morning", "a worker's words"]
    assert world.says("i want to die", sender="+447700900124")
    assert "You said what is a unit" in world.says("what is a unit")
    at_noon.later(hours=11)
    world.step()
    assert world.got()[-2:] == ["a notice", "a broadcast"]


def test_who_has_just_written_is_awake(world, at_noon):
    at_noon.later(hours=10)
    world.says("hello")
    queue(world, "a notice", purpose="notice", author="system")
    world.step()
    assert world.got()[-1] == "a notice"


def test_the_days_limit_holds_what_we_begin_and_nothing_else(any_world, at_noon):
    any_world.says("hello")
    any_world.gateway.sending.limits = Limits(time(20), time(9), 2)
    any_world.gateway.health.limits = Limits(time(20), time(9), 2)
    for n in range(4):
        queue(any_world, f"notice {n}", purpose="notice", author="system", expires_at=at_noon.time + timedelta(days=3))
    any_world.step()
    assert any_world.got()[-2:] == ["notice 0", "notice 1"]
    assert "You said hello again" in any_world.says("hello again") and any_world.says("i want to die")
    _, told = asyncio.run(any_world.gateway.health.look())
    assert told["texts"] == {"state": "degraded", "begun_today": 2, "a_day": 2}
    at_noon.later(days=1)
    any_world.step()
    assert any_world.got()[-2:] == ["notice 2", "notice 3"]


def test_a_second_try_is_not_counted_twice(world, at_noon):
    from bot.gateway.channels import TryAgain

    world.says("hello")
    queue(world, "a notice", purpose="notice", author="system")
    world.channels["sms"].fail(TryAgain("503"))
    world.step()
    at_noon.later(minutes=1)
    world.step()
    with world.database.read() as db:
        assert world.got()[-1] == "a notice" and limits.today(db, at_noon.time) == 1


@pytest.mark.parametrize("purpose", sorted(messages.LANES))
def test_whatever_we_say_runs_out(world, at_noon, purpose):
    world.says("hello")
    queue(world, "words", purpose=purpose)
    assert all(row.expires_at is not None for row in world.rows("out"))
    at_noon.later(hours=5)
    with world.database.write() as db:
        assert outbox.claim(db, ["sms"]) is None
