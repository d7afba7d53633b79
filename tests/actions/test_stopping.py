"""What begins with a no and asks to stop is no wish to keep the texts."""

from __future__ import annotations

import pytest

from actions.texts import _keeps


@pytest.mark.parametrize("typed", ["naw keep them", "no leave them on", "nah carry on"])
def test_the_texts_go_on(typed):
    assert _keeps(typed)


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
def test_they_do_not(typed):
    assert not _keeps(typed)
