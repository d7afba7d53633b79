"""Half questions after an answer are read with it, about as well as when the figures were last recorded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import follow_ups
from bot.nlu.bank import question_of

RECORDED = json.loads((Path(__file__).parent / "follow_figures.json").read_text())
#: Of a hundred and eighty messages one is half a hundredth.
MARGIN = 0.04


@pytest.fixture(scope="module")
def figures(understander) -> follow_ups.Figures:
    return follow_ups.measure(understander, follow_ups.read("test"))


@pytest.mark.parametrize("name", ["first", "three", "kept"])
def test_no_fall(figures, name):
    assert getattr(figures, name) >= RECORDED[name] - MARGIN


def test_the_answer_before_makes_the_difference(figures):
    assert figures.first > figures.alone + 0.3


def test_a_long_message_is_read_as_it_stands(understander):
    text = "can i take paracetamol for a sore back if i had a few drinks last night and this morning as well"
    question = question_of(follow_ups.ROOT / "data" / "answers")["financial_health/foodbank"]
    assert understander.read_after(text, "financial_health/foodbank", question) == understander.read(text)


@pytest.mark.parametrize("part", ["dev", "test"])
def test_every_label_exists(part, understander):
    known = {name.removeprefix("ask_") if "/" in name else name for name in understander._model.labels}
    rows = follow_ups.read(part)
    assert len(rows) >= 150 and sum(row.leans for row in rows) >= 100
    assert {row.answer for row in rows} <= known and set().union(*(row.expected for row in rows)) <= known
