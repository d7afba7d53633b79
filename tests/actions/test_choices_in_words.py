"""Answers in words: a yes that ends our texts is outright, a time to be rung is not a refused one, a no is a no."""

from __future__ import annotations

import pytest

from actions import choices
from bot import crisis
from bot.conversations import call_times


@pytest.mark.parametrize(
    "text",
    ["aye", "yes please", "yes i do", "Yes please stop them all", "stop all of it", "aye go on then",
     "yes wrong number", "yes its the wrong person", "definitely"],
)  # fmt: skip
def test_an_outright_yes(text):
    assert choices._OUTRIGHT.fullmatch(text)


@pytest.mark.parametrize("text", ["slowly aye", "aye but not yet", "yes the methadone", "aye the drink"])
def test_no_outright_yes(text):
    assert not choices._OUTRIGHT.fullmatch(text)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("after 3", "afternoon"), ("efter ma work", "evening"), ("aboot 6", "evening"), ("on this number", "any"),
        ("dont mind", "any"), ("not on this number", None), ("dont phone this number", None), ("not tonight", None),
        ("he's here right now", None), ("i need help right now", None), ("took about 6", None),
    ],
)  # fmt: skip
def test_when_to_be_rung(text, time):
    picked = [part for part in ("any", "morning", "afternoon", "evening")
              if call_times.means(f'/choose{{"option": "call:{part}"}}', text)]  # fmt: skip
    assert picked == ([time] if time else [])


@pytest.mark.parametrize(
    "text",
    ["no", "naw am fine", "no ok", "no im not suicidal", "no im safe", "no i wont do anything daft",
     "no im no gonna do anything stupid",
     "no i wullnae dae anything"],
)
def test_a_no_to_the_question_about_suicide(text):
    assert crisis.answer(text) == crisis.NO


@pytest.mark.parametrize("text", [
    "no i am going to", "no i will", "no im going to do that", "no i do", "no im not safe", "no am no ok",
    "no i am suicidal",
])  # fmt: skip
def test_what_begins_with_no_and_is_none(text):
    assert crisis.answer(text) is None
