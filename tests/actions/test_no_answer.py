"""A number that was given does not work, or nobody picks up."""

from __future__ import annotations

import pytest

from actions.asked_anywhere import is_no_answer


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("number doesny work", True), ("the number you gave me is deid", True), ("nobody answers", True),
        ("naebody's pickin up", True), ("they never answer the phone there", True), ("the line is engaged", True),
        ("no one answers ma question", False), ("my number has changed", False), ("they answer to me", False),
    ],
)
def test_a_number_that_does_not_work(text, is_so):
    assert is_no_answer(text) is is_so
