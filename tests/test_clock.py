"""UTC inside, London time for people, summer time and all."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from bot import clock
from bot.clock import UTC


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


@time_machine.travel(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), tick=False)
def test_today_is_the_date_in_glasgow():
    assert clock.today() == date(2026, 7, 2)  # half past midnight in summer time
    assert clock.day_words(clock.now()) == "today"


def test_what_sqlite_returns_is_utc():
    naive = datetime(2026, 1, 1, 12)
    assert clock.aware(naive) == datetime(2026, 1, 1, 12, tzinfo=UTC)
    aware = datetime(2026, 1, 1, 12, tzinfo=clock.LONDON)
    assert clock.aware(aware) is aware


@pytest.mark.parametrize(("day", "utc_hour"), [
    (date(2026, 3, 28), 9),  # winter: London is UTC
    (date(2026, 3, 29), 8),  # the clocks go forward this morning
    (date(2026, 10, 24), 8),
    (date(2026, 10, 25), 9),  # and back
])  # fmt: skip
def test_nine_in_the_morning_across_the_changes_of_the_clocks(day, utc_hour):
    moment = clock.from_london(day, time(9))
    assert moment == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)
    assert clock.london(moment).time() == time(9)


def test_start_of_day():
    assert clock.start_of_day(date(2026, 7, 1)) == datetime(2026, 6, 30, 23, tzinfo=UTC)


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "tomorrow"), (2, "Wed 25 Nov"), (10, "Thu 3 Dec")])
def test_day_words(days, words):
    monday = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert clock.day_words(monday + timedelta(days=days), monday.date()) == words


@pytest.mark.parametrize(("hour", "minute", "words"), [
    (0, 0, "12am"), (0, 5, "12:05am"), (9, 0, "9am"), (10, 30, "10:30am"), (12, 0, "12pm"), (14, 0, "2pm"),
    (23, 59, "11:59pm"),
])  # fmt: skip
def test_time_words(hour, minute, words):
    assert clock.time_words(datetime(2026, 1, 5, hour, minute, tzinfo=UTC)) == words
