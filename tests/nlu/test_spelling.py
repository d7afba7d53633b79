"""Slips of the thumb are mended towards our own words; words, names and Scots are left alone."""

from __future__ import annotations

import pytest

from bot.nlu import spelling
from bot.nlu.normaliser import corrected
from bot.nlu.spelling import Speller


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("canel monday", "cancel monday"), ("worng numebr", "wrong number"), ("nalaxone", "naloxone"),
        ("braething", "breathing"), ("suicde", "suicide"), ("thrusday", "thursday"), ("bookng", "booking"),
        ("streamin", "streaming"),
    ],
)  # fmt: skip
def test_a_slip_is_mended(typed, meant):
    assert corrected(typed) == meant


@pytest.mark.parametrize("word", ["infect", "parks", "govan", "possil", "hing", "xyzzyqk", "warms", "ąęłóśż", "12345"])
def test_what_is_a_word_or_nothing_we_know_is_left_alone(word):
    assert spelling.mended(word) == word


def test_of_two_that_are_as_likely_neither_is_taken():
    speller = Speller({"bottle": 9, "battle": 9}, frozenset())
    assert speller.mend("bxttle") == "bxttle"
    assert Speller({"bottle": 90, "bottled": 9}, frozenset()).mend("bottel") == "bottle"


def test_the_words_are_those_of_the_messages():
    """A few are missing when messages are added; more than that, and it is time for `python -m bot.nlu.spelling`."""
    there = set(spelling.FILE.read_text(encoding="utf-8").split()[::2])
    wanted = {word for word, count in spelling.count_words().items() if count >= 5}
    assert len(wanted - there) <= len(wanted) // 50
