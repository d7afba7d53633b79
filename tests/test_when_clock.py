"""Times of day as people text them, and numbers that are none."""

from __future__ import annotations

import pytest

from bot import when_clock


@pytest.mark.parametrize(
    "text, words",
    [
        ("can i come at 8 in the morning", "at 8am"),
        ("is there anythin on at 7am", "at 7am"),
        ("can i come at half 9 at night", "at 9:30pm"),
        ("anything at half past 2", "at 2:30pm"),
        ("im working days, anything after 6?", "after 6pm"),
        ("i finish at 3 on tuesdays", "after 3pm"),
        ("ma bus gets in at 11 on tuesdays", "after 11am"),
        ("need it before 12", "before 12 noon"),
        ("i start work at 2", "before 2pm"),
        ("the 2 o'clock wan", "at 2pm"),
        ("is there one at 10:30", "at 10:30am"),
        ("whit's on at 5 p.m.", "at 5pm"),
        ("eight at night any good", "at 8pm"),
        ("can i come on sunday night at 8", "at 8pm"),
        ("tomorrow morning at 9", "at 9am"),
        ("tonight at 12", "at midnight"),
        ("anything on at 6", "at 6pm"),
    ],
)
def test_a_time_of_day(text, words):
    assert when_clock.read(text).words == words


@pytest.mark.parametrize(
    "text",
    ["the 2nd one", "book number 2", "2", "on the 8th", "at 8 dec", "after 6 weeks", "4 out of 5", "3/12",
     "book 2 for me", "at 53 Hunter Street", "a got 40 hours left", "within 3 days", "0141 276 1177", "wan at govan",
     "the 2", "", "at 2 or at 5"],
)  # fmt: skip
def test_no_time_of_day(text):
    assert when_clock.read(text) is None


def test_at_a_time_is_met_half_an_hour_before_and_after():
    clock = when_clock.read("at 2pm")
    assert (clock.first, clock.last) == (13 * 60 + 30, 14 * 60 + 30)
