"""The talks to measure by are apart from what is learnt from, and are read no worse than before."""

from __future__ import annotations

import json

import pytest

from benchmarks import talks
from bot.nlu.bank import messages
from bot.nlu.talk import TALKS, read_talks
from tests.understanding.test_sets import seen

#: Two points: fewer turns than that are chance.
MARGIN = 0.02


def test_the_talks_to_measure_by_are_no_training_messages():
    held = [text for talk in read_talks(talks.FILE) for text, right in talk if right]
    learnt = [text for talk in read_talks(talks.ROOT / TALKS) for text, _ in talk]
    near = seen(held, [*learnt, *(text for text, _ in messages(talks.ROOT))])
    assert len(held) >= 300 and not near, f"{len(near)} are too near to training messages"


@pytest.fixture(scope="module")
def found(understander):
    return talks.measure(understander, read_talks(talks.FILE))


@pytest.mark.parametrize("name", ["in_talk", "in_talk_answer"])
def test_no_fall(found, name):
    kept = json.loads(talks.KEPT.read_text(encoding="utf-8"))
    assert found.talks == kept["talks"] and found.turns == kept["turns"], "record the figures anew"
    assert getattr(found, name) >= kept[name] - MARGIN


def test_danger_is_asked_about_no_oftener_and_noticed_as_often(found):
    kept = json.loads(talks.KEPT.read_text(encoding="utf-8"))
    assert found.asked + found.alarmed <= kept["asked"] + kept["alarmed"] + MARGIN
    assert found.dangers == kept["dangers"] and found.noticed >= kept["noticed"] - 1


def test_a_talk_says_more_than_its_turns(found):
    assert found.in_talk > found.alone + 0.05 and found.in_talk_surely_wrong < found.alone_surely_wrong
