"""A question of when or where is of the session that is named, or of the only one; and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from actions import details


@dataclass
class View:
    title: str
    area: str


HERE = [View("Sort your money", "Easterhouse"), View("Get moving: easy walk", "Pollok"), View("Drink and you", "Govan"),
        View("Staying safer: naloxone", "Govan"), View("Gambling: what's the harm?", "Govan"),
        View("Being there for a pal", "Bridgeton"), View("Stop smoking: have a go", "Partick")]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("send me the address for sort your money", "Sort your money"),
        ("how do i get to the pollok walk", "Get moving: easy walk"),
        ("where do i go for naloxone", None),
        ("where do i go", None),
        ("what time does it finish", None),
        ("where do i go when i get there", None),
        ("is there a bus", None),
        ("whats the time it starts, where do i have to go", None),
    ],
)
def test_the_session_that_is_named(text, title):
    found = details._named(text, HERE)
    assert (found.title if found else None) == title


@pytest.mark.parametrize(
    "text",
    ["what time does it finish", "where is it again", "how long is it", "where do i go when i get there",
     "whaur is the class", "is there a bus to it", "whats the address"],
)  # fmt: skip
def test_a_question_of_when_or_where(text):
    assert details._ASKS.search(text) and details._OF_IT.search(text) and not details._ELSE.search(text)


@pytest.mark.parametrize(
    "text",
    ["when is my court date", "how long is my order", "how long is the waiting list", "where is my nearest clinic"],
)
def test_a_question_of_something_else(text):
    assert not details._OF_IT.search(text) or details._ELSE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "where exactly", "How I go there from Govanhill? bus?", "what hour it finish", "whaur aboot is that",
        "nae street name?",
    ],
)  # fmt: skip
def test_right_after_a_booking_fewer_words_ask_for_it(text):
    assert details._ASKS_AFTER.search(text)


@pytest.mark.parametrize(
    "text",
    ["cannae come noo", "what's a unit", "is naloxone free", "how do i get naloxone", "how will i get through tonight"],
)
def test_other_words_after_a_booking_do_not(text):
    assert not details._ASKS_AFTER.search(text)
