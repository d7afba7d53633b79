"""A wish to stop is about our texts where it names them, or says nothing else."""

from __future__ import annotations

import pytest

from actions.stop_words import is_of_texts


@pytest.mark.parametrize(
    "text",
    ["stop", "stop it", "stop texting me", "gonnae stop messaging", "nae mair reminders please",
     "take me off your list",
     "leave me alone will ye", "unsubscribe", "quit bothering me", "stop please mate", "can you stop now please",
     "take me off this", "i dont want to hear from you again"],
)  # fmt: skip
def test_of_our_texts(text):
    assert is_of_texts(text)


@pytest.mark.parametrize(
    "text",
    ["been on subs 8mg i want off", "should i just stop it", "just stop like that?", "i want to stop the drink",
     "how do i stop"],
)  # fmt: skip
def test_of_something_else(text):
    assert not is_of_texts(text)
