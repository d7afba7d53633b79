"""The nearest messages and the linear model in one voice: found, mixed, written down, the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.model import OUTSIDE, SETTINGS, AnswerModel
from bot.nlu.neighbours import Neighbours

CHANCE = np.random.default_rng(4)
#: Two meanings; the first is asked for in two ways that lie far apart, the second lies between them.
CENTRES = np.eye(3, 64, dtype=np.float32)
PLACES = np.repeat([0, 0, 1], 300)
VECTORS = np.repeat(CENTRES, 300, axis=0) + CHANCE.normal(0, 0.08, (900, 64)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
#: Learnt without prototypes, so for longer.
SETTING = {**SETTINGS, "iterations": 30, "regularisation": 0.3}


@pytest.fixture(scope="module")
def near():
    return Neighbours.learn(VECTORS, PLACES, 2)


@pytest.fixture(scope="module")
def model():
    texts = ["a pint o heavy", "units in a can", "bin day", "whits on this week"] * 20
    labels = ["ask_alcohol/units", "ask_alcohol/units", OUTSIDE, "list_sessions"] * 20
    vectors = np.repeat(np.eye(4, 64, dtype=np.float32)[None], 20, axis=0).reshape(-1, 64)
    return AnswerModel.fit(texts, vectors, labels, SETTING), texts, vectors, labels


def exactly(vector: np.ndarray, count: int, warmth: float) -> np.ndarray:
    """The votes with every message looked at."""
    cosines = VECTORS @ vector
    best = np.argsort(-cosines)[:count]
    voices = np.exp((cosines[best] - cosines[best].max()) / warmth)
    found = np.bincount(PLACES[best], weights=voices, minlength=2)
    return found / found.sum()


def test_the_rough_look_loses_next_to_nothing(near):
    for vector in VECTORS[::45]:
        assert near.shares(vector, 16, 0.05) == pytest.approx(exactly(vector, 16, 0.05), abs=0.05)


@pytest.mark.parametrize("first", ["near", "far"])
def test_the_order_of_the_messages_does_not_matter(near, first):
    """Whichever of them are the ones looked at to guess where the nearest begin."""
    vector = VECTORS[5]
    ranked = np.argsort(VECTORS @ vector)
    looked_at = np.arange(0, 900, 16)
    others = np.setdiff1d(np.arange(900), looked_at)
    order = np.empty(900, dtype=int)
    order[looked_at] = ranked[-len(looked_at) :] if first == "near" else ranked[: len(looked_at)]
    order[others] = ranked[: -len(looked_at)] if first == "near" else ranked[len(looked_at) :]
    moved = Neighbours.learn(VECTORS[order], PLACES[order], 2)
    assert moved.shares(vector, 16, 0.05) == pytest.approx(near.shares(vector, 16, 0.05), abs=1e-3)


def test_one_meaning_may_lie_in_two_places(near):
    for centre, place in zip(CENTRES, (0, 0, 1), strict=True):
        assert near.shares(centre, 16, 0.05).argmax() == place


def test_fewer_messages_than_are_asked_for():
    few = Neighbours.learn(VECTORS[:2], PLACES[:2], 2)
    assert few.shares(VECTORS[0], 64, 0.05).tolist() == [1.0, 0.0]


def test_nothing_to_tell_apart_is_still_an_answer():
    blank = Neighbours.learn(np.zeros((5, 64), dtype=np.float32), np.array([0, 1, 1, 1, 1]), 2)
    assert blank.shares(np.zeros(64, dtype=np.float32), 3, 0.05).sum() == pytest.approx(1)


def test_it_learns_its_messages(model):
    made, texts, vectors, labels = model
    for text, vector, label in zip(texts[:4], vectors[:4], labels[:4], strict=True):
        probabilities = made.probabilities(text, vector)
        assert made.labels[int(probabilities.argmax())] == label
        assert probabilities.sum() == pytest.approx(1) and (probabilities > 0).all()


def test_what_is_outside_counts_for_more(model):
    made, *_ = model
    plain = AnswerModel(made._linear, made._neighbours, {**made._mixing, "outside": 1.0})
    place, doubtful = made.labels.index(OUTSIDE), np.full(64, 0.125, dtype=np.float32)
    assert made.probabilities("hm", doubtful)[place] > plain.probabilities("hm", doubtful)[place]


def test_written_down_and_read_again(model, tmp_path):
    made, texts, vectors, _ = model
    made.save(tmp_path)
    assert {f.name for f in tmp_path.iterdir()} == set(AnswerModel.FILES)
    again = AnswerModel.load(tmp_path)
    assert np.array_equal(again.probabilities(texts[0], vectors[1]), made.probabilities(texts[0], vectors[1]))


def test_the_same_messages_make_the_same_model(model, tmp_path):
    made, texts, vectors, labels = model
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    made.save(tmp_path / "a")
    AnswerModel.fit(texts, vectors, labels, SETTING).save(tmp_path / "b")
    for name in AnswerModel.FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
