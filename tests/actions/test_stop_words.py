"""A wish to stop is about our texts where it names them, or says nothing else."""

from __future__ import annotations

import pytest

from actions.stop_words import is_of_texts, keeps_them


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


@pytest.mark.parametrize("typed", ["naw keep them", "no leave them on", "nah carry on"])
def test_the_texts_go_on(typed):
    assert keeps_them(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "no i want it to stop",
        "no im fine stop texting me",
        "no thanks im ok dont need any more texts",
        "dont keep texting me",
        "naw you keep textin me n its doin ma heid in",
        "don't want these texts thanks",
        "nae mair texts",
    ],
)
def test_what_begins_with_a_no_and_asks_to_stop_does_not_keep_them(typed):
    assert not keeps_them(typed)
