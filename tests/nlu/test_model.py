"""The nearest messages and the linear model in one voice: mixed, written down, the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.model import OUTSIDE, SETTINGS, AnswerModel

#: Learnt without prototypes, so for longer.
SETTING = {**SETTINGS, "iterations": 30, "regularisation": 0.3}


@pytest.fixture(scope="module")
def model():
    texts = ["a pint o heavy", "units in a can", "bin day", "whits on this week"] * 20
    labels = ["ask_alcohol/units", "ask_alcohol/units", OUTSIDE, "list_sessions"] * 20
    vectors = np.repeat(np.eye(4, 64, dtype=np.float32)[None], 20, axis=0).reshape(-1, 64)
    return AnswerModel.fit(texts, vectors, labels, SETTING), texts, vectors, labels


def test_it_learns_its_messages(model):
    made, texts, vectors, labels = model
    for text, vector, label in zip(texts[:4], vectors[:4], labels[:4], strict=True):
        probabilities, _ = made.read(text, vector)
        assert made.labels[int(probabilities.argmax())] == label
        assert probabilities.sum() == pytest.approx(1) and (probabilities > 0).all()


def test_what_is_outside_counts_for_more(model):
    made, *_ = model
    plain = AnswerModel(made._linear, made._neighbours, {**made._mixing, "outside": 1.0})
    place, doubtful = made.labels.index(OUTSIDE), np.full(64, 0.125, dtype=np.float32)
    assert made.read("hm", doubtful)[0][place] > plain.read("hm", doubtful)[0][place]


def test_danger_counts_for_less(model):
    _, texts, vectors, labels = model
    labels = ["crisis_suicide" if label == "list_sessions" else label for label in labels]
    made = AnswerModel.fit(texts, vectors, labels, SETTING)
    plain = AnswerModel(made._linear, made._neighbours, {**made._mixing, "danger": 1.0})
    place, doubtful = made.labels.index("crisis_suicide"), np.full(64, 0.125, dtype=np.float32)
    assert made.read("hm", doubtful)[0][place] < plain.read("hm", doubtful)[0][place]


def test_written_down_and_read_again(model, tmp_path):
    made, texts, vectors, _ = model
    made.save(tmp_path)
    assert {f.name for f in tmp_path.iterdir()} == set(AnswerModel.FILES)
    again = AnswerModel.load(tmp_path)
    assert np.array_equal(again.read(texts[0], vectors[1])[0], made.read(texts[0], vectors[1])[0])


def test_the_same_messages_make_the_same_model(model, tmp_path):
    made, texts, vectors, labels = model
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    made.save(tmp_path / "a")
    AnswerModel.fit(texts, vectors, labels, SETTING).save(tmp_path / "b")
    for name in AnswerModel.FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
