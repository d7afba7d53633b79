"""Where the line on whom to turn to is left out: beside such numbers, and under what only hurts."""

from __future__ import annotations

import pytest

from actions import needless


@pytest.mark.parametrize("text", ["ma back is pure killin me", "sair back since the digging", "got the cold n a cough"])
def test_a_sore_back_is_a_sore_back(text):
    assert needless.line(text, "im_ill", [])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("my back's sore and i cannae cope", "im_ill"), ("he hurt ma arm", "im_ill"), ("sore chest", "im_ill"),
        ("ma heid is killin me", "im_ill"), ("took tablets for ma back", "ask_physical_health"),
        ("ma back is killin me", "ask_mental_health"), ("cutting ma arms", "ask_physical_health"),
        ("sick of it all", "im_ill"),
    ],
)
def test_what_may_be_more(text, intent):
    assert not needless.line(text, intent, [])


def test_beside_numbers_that_are_given():
    assert needless.line("words", "ask_drugs", [{"text": "You feel unsafe? Phone 111. In danger? Phone 999."}])
    assert needless.line("words", "ask_order", [{"text": None, "response": "utter_person"}])
    assert not needless.line("words", "ask_drugs", [{"text": "Ask your GP on 0141 496 0000."}])
