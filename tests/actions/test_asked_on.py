"""A few words after feedback, a wish to be deleted, or "I don't know": what they ask is told from what they do not."""

from __future__ import annotations

import pytest

from actions import asked_on, underway


@pytest.mark.parametrize(
    ("text", "what", "is_that"),
    [
        ("Aye, pass it on.", asked_on._PASS_ON, True), ("yes please", asked_on._PASS_ON, True),
        ("tell them", asked_on._PASS_ON, True), ("aye it was ok", asked_on._PASS_ON, False),
        ("did u do it", asked_on._DONE_YET, True), ("have you deleted it yet?", asked_on._DONE_YET, True),
        ("when will it be done", asked_on._DONE_YET, True), ("did you go", asked_on._DONE_YET, False),
        ("who do i ask", asked_on._WHOM, True), ("so who knows then", asked_on._WHOM, True),
        ("who goes", asked_on._WHOM, False),
    ],
)  # fmt: skip
def test_what_is_asked_on(text, what, is_that):
    assert asked_on._says(text, what) is is_that


@pytest.mark.parametrize("text", ["!" * 1600 + "x", "aye " * 400 + "?", "who " + "." * 1500])
def test_long_texts_are_passed_over_at_once(text):
    for what in (asked_on._PASS_ON, asked_on._DONE_YET, asked_on._WHOM):
        assert not asked_on._says(text, what)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("when will they", True), ("so when are they ringing me", True), ("when's somebody getting back to me", True),
        ("when is the class", False), ("when are they on", False),
    ],
)  # fmt: skip
def test_when_somebody_will_ring(text, asks):
    assert underway.asks_when(text) is asks
