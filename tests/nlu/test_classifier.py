"""The classifier on a handful of messages: it learns, the same way each time, and survives being written down."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.classifier import LEARNING, LinearModel
from bot.nlu.features import Counts
from bot.nlu.reading import FALLBACK, Limits, Reader, fine_label, nothing

MESSAGES = {
    "greet": ["hi", "hello there", "hiya pal", "awrite", "hey", "good morning"],
    "book_session": ["book me on", "put me doon for it", "I want a place", "can I book", "sign me up", "book a place"],
    "ask_alcohol/what_is_a_unit": ["what's a unit", "whit is a unit", "units?", "explain units", "a unit is what"],
    "ask_alcohol/cutting_down": [
        "cut down drinking",
        "drink less",
        "how dae a cut doon",
        "cutting back",
        "drinking less",
    ],
}
TEXTS = [text for texts in MESSAGES.values() for text in texts]
#: There are no prototypes for stand-ins.
FROM_NOTHING = {**LEARNING, "iterations": 30, "regularisation": 0.3}
LABELS = [label for label, texts in MESSAGES.items() for _ in texts]


def vectors(texts):
    """Stand-ins for sentence vectors: the same words, the same numbers."""
    return np.stack([np.random.default_rng(sum(map(ord, t))).normal(size=8).astype(np.float32) / 3 for t in texts])


def read_by(model, text, vector):
    """What `model` makes of a text and its vector."""
    return model.probabilities(model.counts.row(text), vector)


@pytest.fixture(scope="module")
def model():
    return LinearModel.fit(TEXTS, vectors(TEXTS), LABELS, **FROM_NOTHING)


def test_it_learns_its_messages(model):
    for text, label, vector in zip(TEXTS, LABELS, vectors(TEXTS), strict=True):
        probabilities = read_by(model, text, vector)
        assert model.labels[probabilities.argmax()] == label, text
        assert probabilities.sum() == pytest.approx(1, abs=1e-5)


def test_the_same_messages_make_the_same_model(model):
    again = LinearModel.fit(TEXTS, vectors(TEXTS), LABELS, **FROM_NOTHING)
    assert again.weights.tobytes() == model.weights.tobytes()
    assert again.counts.vocabulary == model.counts.vocabulary


def test_the_slope_is_the_slope_of_the_loss():
    from concurrent.futures import ThreadPoolExecutor

    from bot.nlu.classifier import _Problem

    _, counted = Counts.learn(TEXTS)
    truth = np.array([sorted(MESSAGES).index(label) for label in LABELS])
    problem = _Problem(counted, vectors(TEXTS), truth, len(MESSAGES))
    rng = np.random.default_rng(0)
    point, step = (rng.normal(size=problem.shape).astype(np.float32) / 10 for _ in range(2))
    with ThreadPoolExecutor(2) as pool:
        slope = problem.loss(point, pool)[1]
        rise = (problem.loss(point + step * 0.01, pool)[0] - problem.loss(point - step * 0.01, pool)[0]) / 0.02
    assert rise == pytest.approx(float((slope * step).sum()), rel=1e-2)


def test_it_comes_back_from_the_disk_as_it_was(model, tmp_path):
    model.save(tmp_path)
    assert {f.name for f in tmp_path.iterdir()} == set(LinearModel.FILES)
    again, vector = LinearModel.load(tmp_path), vectors(["whit's a unit"])[0]
    assert np.array_equal(read_by(again, "whit's a unit", vector), read_by(model, "whit's a unit", vector))


def test_words_never_seen_are_no_trouble(model):
    assert np.isfinite(read_by(model, "Ωψ", np.zeros(8, dtype=np.float32))).all()
    assert np.isfinite(read_by(model, "", np.zeros(8, dtype=np.float32))).all()


def test_a_message_is_counted_block_by_block():
    counts, _ = Counts.learn(TEXTS)
    row = counts.row("a unit, a unit")
    blocks = {counts.vocabulary[column][0] for column in row.columns}
    assert blocks == {"p", "w"} and len(set(row.columns)) == len(row.columns)
    for block in blocks:
        here = [counts.vocabulary[column][0] == block for column in row.columns]
        assert np.linalg.norm(row.values[here]) == pytest.approx(1)
    value = {counts.vocabulary[c]: v for c, v in zip(row.columns, row.values, strict=True)}
    rarity = dict(zip(counts.vocabulary, counts.rarity, strict=True))
    assert value["wa unit"] / value["wunit"] == pytest.approx(rarity["wa unit"] / rarity["wunit"])  # twice each


def test_what_is_learnt_from_is_counted_as_what_is_read():
    counts, counted = Counts.learn(TEXTS)
    for text, learnt in zip(TEXTS, counted, strict=True):
        row = counts.row(text)
        read = np.zeros(counted.shape[1])
        read[row.columns] = row.values
        assert learnt.toarray()[0] == pytest.approx(read, abs=1e-6), text


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("zxcvb qwrtp", True),
        ("zxcvb qwrtp unit", False),  # one word that was seen
        ("zxcvb", False),  # may be a name
        ("zxcvb a qwr", False),  # short ones are not looked at
        ("", False),
    ],
)
def test_a_text_without_a_word_that_was_seen_is_strange(model, text, strange):
    assert model.counts.row(text).strange is strange


READER = Reader(["ask_alcohol/a", "ask_alcohol/b", "ask_drugs/a", "greet"], Limits(intent=0.4, answer=0.5, margin=0.2))


def read(*probabilities):
    return READER.read(np.array(probabilities))


def test_an_intent_is_the_sum_of_its_answers():
    found = read(0.3, 0.25, 0.05, 0.4)
    assert (found.intent, round(found.confidence, 6)) == ("ask_alcohol", 0.55)
    assert [r["name"] for r in found.ranking] == ["ask_alcohol", "greet", "ask_drugs"]
    assert found.answers[0] == {"topic": "alcohol", "key": "a", "confidence": 0.3}


def test_an_answer_is_sure_when_it_stands_out():
    assert read(0.7, 0.1, 0.1, 0.1).answer == "alcohol/a"


def test_two_answers_close_together_are_asked_about():
    assert read(0.5, 0.45, 0.0, 0.05).answer is None
    assert [a["key"] for a in read(0.5, 0.45, 0.0, 0.05).answers] == ["a", "b", "a"]


def test_a_plain_intent_has_no_answer():
    assert read(0.1, 0.1, 0.1, 0.7).answer is None


def test_unsure_is_the_fallback_with_the_ranking_behind_it():
    found = read(0.2, 0.15, 0.33, 0.32)
    assert found.intent == FALLBACK
    assert [r["name"] for r in found.ranking] == [FALLBACK, "ask_alcohol", "ask_drugs", "greet"]
    assert found.answer is None
    assert len(found.answers) == 3


def test_an_empty_message_is_the_fallback():
    assert (nothing().intent, nothing().answer) == (FALLBACK, None)


def test_fine_labels():
    assert fine_label("ask_alcohol", "alcohol/what_is_a_unit") == "ask_alcohol/what_is_a_unit"
    assert fine_label("greet", None) == "greet"


def test_prototypes_are_where_learning_starts_and_new_labels_start_from_their_messages():
    near = {label: np.eye(8, dtype=np.float32)[i] for i, label in enumerate(MESSAGES)}
    unit = np.stack([near[label] for label in LABELS])
    newer = "ask_alcohol/cutting_down"
    known = {label: vector for label, vector in near.items() if label != newer}
    model = LinearModel.fit(TEXTS, unit, LABELS, **{**LEARNING, "iterations": 0}, prototypes=known)
    for label, vector in near.items():
        assert model.labels[read_by(model, "", vector).argmax()] == label


@pytest.mark.parametrize(("share", "intent"), [(0.99, FALLBACK), (0.6, FALLBACK)])
def test_a_text_without_a_known_word_is_about_nothing(share, intent):
    reader = Reader(["ask_alcohol/units", "out_of_scope"])
    read = reader.read(np.array([1 - share, share]), strange=True)
    assert (read.intent, read.answer, read.answers) == (intent, None, [])
    assert reader.read(np.array([1 - share, share])).intent == "out_of_scope"


def test_a_text_without_a_known_word_may_be_as_good_as_certain():
    reader = Reader(["ask_alcohol/units", "out_of_scope"])
    assert reader.read(np.array([0.99, 0.01]), strange=True).intent == "ask_alcohol"
