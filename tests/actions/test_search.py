"""What a person wants of a session is read from what they say, and put in words as people say it."""

from __future__ import annotations

from datetime import date, time

import pytest

from actions import search as module
from actions.search import Search
from actions.turn import Turn
from bot import clock


@pytest.fixture()
def a_monday(monkeypatch):
    """Monday 23 November 2026."""
    now = clock.from_london(date(2026, 11, 23), time(12))
    monkeypatch.setattr(clock, "now", lambda: now)


def said(text: str, **parse: object) -> Search:
    return Search.of(Turn("c1", 1, text, "list_sessions", 0.9, parse=parse))


@pytest.fixture(autouse=True)
def no_labels(monkeypatch):
    """Topics are in the database; none is named here."""
    monkeypatch.setattr(module.topics, "active", lambda db: [])
    monkeypatch.setattr(module, "database", lambda: _Nothing())


class _Nothing:
    def read(self):
        return self

    def __enter__(self):
        return None

    def __exit__(self, *_):
        return None


@pytest.mark.parametrize(
    "text, words",
    [
        ("anything tonight", "tonight"),
        ("whats on tomorrow morning", "tomorrow morning"),
        ("any classes on saturday mornin", "on the morning of Sat 28 Nov"),
        ("anything at night", "in the evening"),
        ("can i come at 8 in the morning", "at 8am"),
        ("anything on tuesdays after 1", "on Tuesdays after 1pm"),
        ("anything on friday at 2", "on Fri 27 Nov at 2pm"),
        ("is there a class for gambling", "on gambling"),
        ("naw am sayin a CANNAE dae mondays", "on any day but Monday"),
        ("whats on no a monday", "on any day but Monday"),
        ("any day but friday, in the morning", "on any day but Friday in the morning"),
        ("no the monday, thursday", "on Thu 26 Nov"),
    ],
)
def test_what_was_asked_for_in_words(a_monday, text, words):
    assert module.in_words(said(text)) == words


@pytest.mark.parametrize("text", ["why not monday", "can i not come on monday", "no monday please"])
def test_a_day_that_is_asked_for_is_not_ruled_out(text):
    assert module.ruled_out(text) == (text, None)


def test_a_day_that_will_not_do_takes_the_place_of_that_day(a_monday):
    monday, any_other = said("whats on monday"), said("cannae dae monday")
    after = any_other.over(monday)
    assert (after.start, after.weekday, after.not_on) == (None, None, 0)
    assert said("what about tuesday").over(after).not_on is not None and said("thursday").over(after).start


def test_a_part_of_the_day_takes_the_place_of_a_time_and_the_other_way_round(a_monday):
    at_eight, afternoon = said("can i come at 8 in the morning"), said("what about the afternoon")
    assert module.in_words(afternoon.over(at_eight)) == "in the afternoon"
    assert module.in_words(at_eight.over(afternoon)) == "at 8am"


def test_another_topic_is_no_longer_about_what_was_asked_before(a_monday):
    money = Search(topic="financial_health")
    assert money.over(said("is there a class for gambling")).subject is None


def test_a_place_anywhere_in_the_city_is_no_place():
    entity = {"entity": "area", "value": "glasgow-wide", "place": "anywhere"}
    assert said("anywhere", entities=[entity]).is_empty()
