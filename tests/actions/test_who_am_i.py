"""Asking what answers here is told from asking for a person."""

from __future__ import annotations

import pytest

from actions.who_am_i import asks


@pytest.mark.parametrize(
    "words",
    [
        "u chatgpt or sumin", "are you a bot", "is this a real person", "are yuo a reel person", "r u real",
        "am i talking to a robot", "is this ai", "you a computer aye?", "are you human", "is there a real person there",
    ],
)  # fmt: skip
def test_what_answers_here(words):
    assert asks(words)


@pytest.mark.parametrize(
    "words",
    [
        "can i talk to a real person", "i want a human", "get me a real person", "stop being a bot and get me a person",
        "i dont want a bot", "need tae speak tae somebody", "no a robot, a person please", "is this class real easy",
        "is this for real people only can i come", "",
    ],
)  # fmt: skip
def test_a_person_is_wanted_or_something_else_is_asked(words):
    assert not asks(words)
