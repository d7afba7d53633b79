"""A choice is never cut within a word."""

from __future__ import annotations

from actions.speech import label


def test_a_long_question_ends_at_a_word():
    assert label("I've been refused PIP or Adult Disability Payment. How do I fight it?").endswith("How do...")
    assert len(label("word " * 40)) <= 60


def test_a_short_one_stands_as_it_is():
    assert label("Am I drinking too much?") == "Am I drinking too much?"
