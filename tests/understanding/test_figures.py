"""The trained model understands the test messages about as well as when its figures were last recorded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import understanding

RECORDED = json.loads((Path(__file__).parent / "figures.json").read_text())
#: A change that costs more than this is to be explained, not slipped in.
MARGIN = 0.02


@pytest.fixture(scope="module")
def figures(understander) -> understanding.Figures:
    return understanding.measure(understander, understanding.read("test"))


@pytest.mark.parametrize("name", ["intent", "first", "three", "out_recall", "danger"])
def test_no_fall(figures, name):
    assert getattr(figures, name) >= RECORDED[name] - MARGIN


@pytest.mark.parametrize("name", ["out_false", "calibration"])
def test_no_rise(figures, name):
    assert getattr(figures, name) <= RECORDED[name] + MARGIN


def test_the_figures_are_of_these_messages(figures):
    assert figures.messages == RECORDED["messages"], "record them again: python -m benchmarks.understanding --record"
