"""Office hours, numbers that pick, keywords, and the order of the outbox: tables."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.clock import LONDON
from bot.conversations import choices, hours, outbox
from bot.gateway import keywords
from bot.programme import facts
from tests import builders

OFFICE = hours.parse("Mon-Fri 09:00-17:00")


@pytest.mark.parametrize(
    "when, is_open, words",
    [
        ("2026-11-23 09:00", True, "today"),  # a Monday
        ("2026-11-23 15:59", True, "today"),
        ("2026-11-23 16:00", True, "today, or tomorrow after 9am"),
        ("2026-11-27 16:58", True, "today, or on Monday after 9am"),  # a Friday
        ("2026-11-23 17:00", False, "tomorrow after 9am"),
        ("2026-11-23 08:59", False, "today after 9am"),
        ("2026-11-27 18:00", False, "on Monday after 9am"),  # a Friday
        ("2026-11-29 12:00", False, "tomorrow after 9am"),  # a Sunday
        ("2026-03-29 08:30", False, "tomorrow after 9am"),  # the clocks went forward
        ("2026-07-20 09:00", True, "today"),  # summer: 8am in UTC
    ],
)
def test_when_somebody_reads_it(when, is_open, words):
    moment = datetime.fromisoformat(when).replace(tzinfo=LONDON)
    assert OFFICE.open_at(moment) is is_open
    assert OFFICE.when_words(moment) == words


@pytest.mark.parametrize("text", ["", "always", "Mon-Fri", "Mon-Fri 17:00-09:00", "Xyz-Fri 09:00-17:00", "9-5"])
def test_other_hours_are_refused(text):
    with pytest.raises(ValueError):
        hours.parse(text)


@pytest.mark.parametrize(
    "when, words",
    [
        ("2026-12-24 15:00", "today"),
        ("2026-12-24 16:00", "today, or on Tuesday after 9am"),
        ("2026-12-24 18:00", "on Tuesday after 9am"),  # Christmas, the weekend, and the Monday in its stead
        ("2026-12-25 10:00", "on Tuesday after 9am"),
        ("2026-12-31 18:00", "on Tuesday 12 January after 9am"),  # a weekday alone would be the wrong one
    ],
)
def test_on_days_when_staff_are_not_in_nobody_is_said_to_read(database, when, words):
    days = "2026-12-25 2026-12-28 " + " ".join(f"2027-01-{day:02d}" for day in range(1, 12))
    with database.write() as db:
        facts.set(db, hours.CLOSED_DAYS, days, builders.a_member_of_staff(db).id)
        office = hours.office(db, "Mon-Fri 09:00-17:00")
    moment = datetime.fromisoformat(when).replace(tzinfo=LONDON)
    assert office.when_words(moment) == words
    assert office.open_at(moment) is words.startswith("today")


def test_when_they_are_not_in_for_months_no_day_is_named():
    office = hours.parse("Mon-Mon 09:00-17:00")
    office.closed = frozenset(date(2026, 11, 2) + timedelta(days=7 * n) for n in range(20))
    assert office.when_words(datetime(2026, 11, 3, 12, tzinfo=LONDON)) == "when staff are back"


def test_hours_over_the_weekend():
    office = hours.parse("Sat-Mon 10:30-12:00")
    assert sorted(office.days) == [0, 5, 6]
    assert office.when_words(datetime(2026, 11, 24, 12, tzinfo=LONDON)) == "on Saturday after 10:30am"


@pytest.mark.parametrize(
    "text, number",
    [
        ("2", 2), (" 2 ", 2), ("2.", 2), ("(2)", 2), ("no 2", 2), ("No. 2 please", 2), ("number two", 2),
        ("option 3", 3), ("the 2nd one", 2), ("2nd wan", 2), ("two", 2), ("two please", 2), ("Wan", 1), ("2️⃣", 2),
        ("12", 12), ("1 2", None), ("2 pints", None), ("at 2", None), ("", None), ("07700900123", None),
        ("half 2", None), ("1/2", None), ("-", None), ("no one", None), ("the one", None),
    ],
)  # fmt: skip
def test_what_picks_by_number(text, number):
    assert choices.number(text) == number


@pytest.mark.parametrize(
    "text, channel, stop",
    [
        ("STOP", "sms", True), (" stop! ", "telegram", True), ("stop all", "sms", True), ("cancel", "sms", True),
        ("cancel", "telegram", False), ("stop drinking", "sms", False), ("how do i stop", "sms", False),
        ("please stop", "sms", False), ("END", "sms", True), ("the end", "sms", False), ("/stop", "telegram", True),
    ],
)  # fmt: skip
def test_what_stops(text, channel, stop):
    assert keywords.is_stop(text, channel) is stop


@pytest.mark.parametrize(
    "text, channel, stopped, start",
    [
        ("START", "sms", True, True), ("start", "sms", False, False), ("yes", "sms", True, True),
        ("yes", "telegram", True, False), ("/start", "telegram", True, True), ("start drinking", "sms", True, False),
    ],
)  # fmt: skip
def test_what_starts(text, channel, stopped, start):
    assert keywords.is_start(text, channel, stopped) is start


def test_statuses_have_one_order():
    final = {status for status, place in outbox.ORDER.items() if place == 4}
    assert final == {"delivered", "failed", "expired", "stopped"}
