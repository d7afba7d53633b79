"""A score as people say it."""

from __future__ import annotations

import pytest

from actions.scores import score_in, score_in_words, score_out_of


@pytest.mark.parametrize(
    "words, score",
    [
        ("that group was magic, 5 oot ae 5", 5), ("4/5", 4), ("four out of five", 4), ("8/10", 4), ("1 out of 10", 1),
        ("ten oot o ten pal", 5), ("6 out of 5", None), ("12/10 would go again", None), ("5 folk came", None),
    ],
)  # fmt: skip
def test_a_score_out_of(words, score):
    assert score_out_of(words) == score


@pytest.mark.parametrize("words, score", [("a 5 pal", 5), ("7/10", 4), ("11", None), ("2 or 3 maybe", None)])
def test_a_score_when_asked_for_one(words, score):
    assert score_in(words) == score


@pytest.mark.parametrize(
    "words, score",
    [
        ("it wis brilliant", 5), ("good aye", 4), ("aye it was no bad", 4), ("wisnae great", 2), ("pure mince", 1),
        ("it was awright", 3), ("good morning", None), ("good idea", None), ("is it good?", None), ("naw", None),
        ("aye", None), ("that drink class was pure brilliant the guy running it was sound", None),
    ],
)  # fmt: skip
def test_a_score_in_a_word(words, score):
    assert score_in_words(words) == score
