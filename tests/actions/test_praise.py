"""A few words of praise are praise, and nothing else is."""

from __future__ import annotations

import pytest

from actions.praise_words import is_praise, says_yes


@pytest.mark.parametrize(
    "text",
    ["barry that", "pure class", "magic", "sound", "no bad", "not bad pal", "aye it wis brilliant", "that's magic",
     "class that", "gallus!", "nice one", "pure dead brilliant"],
)  # fmt: skip
def test_praise(text):
    assert is_praise(text)


@pytest.mark.parametrize(
    "text",
    ["", "is it magic", "magic mushrooms", "the class", "sound advice on drink", "no", "aye", "no great", "bad",
     "pure mince", "good", "what class is on", "love it when i drink"],
)  # fmt: skip
def test_no_praise(text):
    assert not is_praise(text)


@pytest.mark.parametrize(
    ("text", "yes"), [("sound", True), ("magic pal", True), ("no bad", False), ("the class", False)]
)
def test_what_says_yes_to_a_question(text, yes):
    assert says_yes(text) is yes
