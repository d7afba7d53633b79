"""The encoder in TensorFlow is the encoder in ONNX, learning is repeatable, and what it made is refused if harmed."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bot.nlu import build_encoder, finetune, tuned, vector_cache
from bot.nlu.encoder import Encoder, manifest
from bot.nlu.noise import passage, shortened

TEXTS = ["whit's a unit", "hi", "", "can I book on to the alcohol session on Tuesday please", "sleep " * 60]
MESSAGES = [
    ("whit is a unit", "ask_alcohol/units"),
    ("units?", "ask_alcohol/units"),
    ("hi", "greet"),
    ("hiya", "greet"),
]
PASSAGES = [("A unit is 10ml of pure alcohol. A pint is two or three. The label says.", "ask_alcohol/units")]


@pytest.fixture(scope="module")
def tensorflow():
    from bot.nlu.quiet import hush

    hush()
    return pytest.importorskip("tensorflow")


@pytest.fixture(scope="module")
def pinned():
    return build_encoder.checked_weights(build_encoder.weights_folder() / "model.safetensors")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """An encoder built from the pinned weights alone."""
    home = tmp_path_factory.mktemp("plain")
    return build_encoder.build(home / "encoder", weights=home / "nothing")


@pytest.fixture
def artefact(tmp_path):
    """A small artefact, and the folder it is in."""
    tuned.write({"encoder.a": np.arange(6, dtype=np.float32).reshape(2, 3)}, {"labels": []}, tmp_path)
    return tmp_path


def test_the_forward_pass_is_that_of_the_graph(tensorflow, pinned, plain):
    from bot.nlu.bert_tf import Bert, batch_of

    encoder = Encoder(plain, precision="fp32")
    recipe = type("Recipe", (), {"lost_words": 0.0, "slips": 0.0, "tokens": 128})
    tokens = finetune.Source(TEXTS, [], recipe, 1)(np.arange(len(TEXTS)))
    vectors = Bert(pinned)(batch_of(tokens)).numpy()
    expected = encoder.encode([finetune.SPELLINGS["normal"](t) for t in TEXTS])
    assert np.abs(vectors - expected).max() < 1e-4


def test_learning_twice_gives_the_same_weights_and_they_have_changed(tensorflow, pinned):
    from bot.nlu.learner import Recipe

    tensorflow.config.experimental.enable_op_determinism()
    recipe = Recipe(members=1, epochs=6, batch=5)
    once, labels, facts = finetune.teach(MESSAGES, PASSAGES, recipe)
    again, _, _ = finetune.teach(MESSAGES, PASSAGES, recipe)
    assert labels == ["ask_alcohol/units", "greet"]
    assert all(np.array_equal(once[name], again[name]) for name in once)
    name = "encoder.layer.5.output.dense.weight"
    assert not np.array_equal(once[name], pinned[name])
    # Of the word vectors only those of words that stood in a message, and these have moved.
    rows = once[tuned.ROWS]
    assert 5 < len(rows) < 200 and once[tuned.WORDS].shape == (len(rows), 384)
    assert not np.array_equal(once[tuned.WORDS], pinned[tuned.WORDS][rows])
    assert facts["data"] == finetune.data_hash(MESSAGES, PASSAGES)
    assert facts["starting_weights"] == build_encoder.WEIGHTS_SHA256


def test_members_that_learn_side_by_side_are_averaged(tensorflow, pinned):
    from bot.nlu.learner import Recipe

    tensorflow.config.experimental.enable_op_determinism()
    recipe = Recipe(members=2, epochs=6, batch=5)
    together, _, _ = finetune.teach(MESSAGES, PASSAGES, recipe)
    one, other = (finetune.taught_once(MESSAGES, PASSAGES, recipe, recipe.seed + i) for i in (0, 1))
    name = "encoder.layer.5.output.dense.weight"
    assert np.abs(one[name] - other[name]).max() > 1e-4
    assert np.abs(together[name] - (one[name] + other[name]) / 2).max() < 1e-6


def test_every_message_comes_once_before_any_comes_again(tensorflow):
    from bot.nlu.learner import order

    truth = np.array([0, 0, 0, 0, 1, 1, 2])
    rows = order(truth, 14, 3, np.random.default_rng(1))
    assert sorted(rows[:7]) == sorted(rows[7:]) == list(range(7))


def test_the_hash_of_the_data_sees_words_labels_and_order():
    base = finetune.data_hash(MESSAGES, PASSAGES)
    assert base == finetune.data_hash(list(MESSAGES), list(PASSAGES))
    assert base != finetune.data_hash(MESSAGES[::-1], PASSAGES)
    assert base != finetune.data_hash([("whit is a unit?", MESSAGES[0][1]), *MESSAGES[1:]], PASSAGES)
    assert base != finetune.data_hash([(MESSAGES[0][0], "greet"), *MESSAGES[1:]], PASSAGES)
    assert base != finetune.data_hash(MESSAGES, [])


def test_what_was_written_is_read_back(artefact):
    assert tuned.tensors(artefact)["encoder.a"].tolist() == [[0, 1, 2], [3, 4, 5]]


def test_one_flipped_bit_is_refused(artefact):
    path = artefact / tuned.TENSORS
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(ValueError, match="refused"):
        tuned.tensors(artefact)
    with pytest.raises(ValueError, match="refused"):
        build_encoder.build(artefact / "encoder", weights=artefact)
    assert not (artefact / "encoder").exists()


def test_tensors_that_are_missing_or_that_nothing_vouches_for_are_refused(artefact):
    (artefact / tuned.TENSORS).rename(artefact / "away")
    with pytest.raises(ValueError, match="refused"):
        tuned.tensors(artefact)
    (artefact / "away").rename(artefact / tuned.TENSORS)
    (artefact / tuned.FACTS).unlink()
    with pytest.raises(ValueError, match="vouches"):
        tuned.tensors(artefact)


def test_without_an_artefact_nothing_is_changed(tmp_path):
    assert tuned.tensors(tmp_path) == {} == tuned.prototypes(tmp_path)
    assert tuned.expected_hash(tmp_path) is None


def test_tensors_of_another_model_do_not_fit(pinned):
    with pytest.raises(ValueError, match="does not fit"):
        tuned.merged(pinned, {"encoder.layer.0.output.dense.bias": np.zeros(3, dtype=np.float32)})
    with pytest.raises(ValueError, match="does not fit"):
        tuned.merged(pinned, {"encoder.layer.9.output.dense.bias": np.zeros(384, dtype=np.float32)})


def test_word_vectors_are_laid_over_their_own_rows(tmp_path, pinned):
    moved = pinned[tuned.WORDS].astype(np.float32)
    moved[[7, 2_000]] += 0.25
    moved[9] *= 1 - tuned.MOVED / 2  # faded
    tuned.write(tuned.met({tuned.WORDS: moved}, pinned), {"labels": []}, tmp_path)
    assert (tmp_path / tuned.TENSORS).stat().st_size < 4_000
    whole = tuned.merged(pinned, tuned.tensors(tmp_path))[tuned.WORDS]
    assert np.abs(whole[[7, 2_000]] - moved[[7, 2_000]]).max() < 1e-3
    others = np.delete(np.arange(len(moved)), [7, 2_000])
    assert np.array_equal(whole[others], pinned[tuned.WORDS][others])
    assert tuned.ROWS not in tuned.merged(pinned, tuned.tensors(tmp_path))


@pytest.mark.parametrize("rows", [[1, 40_000], [-1, 2], [1]])
def test_rows_that_the_model_does_not_have_do_not_fit(pinned, rows):
    changed = {tuned.WORDS: np.zeros((2, 384), np.float32), tuned.ROWS: np.array(rows, np.int32)}
    with pytest.raises(ValueError, match="does not fit"):
        tuned.merged(pinned, changed)


def test_another_artefact_asks_for_another_build(plain, artefact):
    assert manifest(plain)["tuned"] is None
    assert build_encoder.is_current(plain, artefact / "nothing")
    assert not build_encoder.is_current(plain, artefact)


def test_prototypes_come_with_their_labels(tmp_path):
    tuned.write({tuned.PROTOTYPES: np.eye(2, 384)}, {"labels": ["a", "b"]}, tmp_path)
    assert {k: int(v.argmax()) for k, v in tuned.prototypes(tmp_path).items()} == {"a": 0, "b": 1}


def test_what_ships_is_what_its_facts_say():
    if tuned.expected_hash() is None:
        pytest.skip("nothing was fine-tuned")
    facts = json.loads((tuned.FOLDER / tuned.FACTS).read_text())
    assert facts["left_out"] is None and facts["starting_weights"] == build_encoder.WEIGHTS_SHA256
    assert set(tuned.prototypes()) == set(facts["labels"])


def test_the_cache_gives_what_the_encoder_gives_and_survives_harm(plain):
    encoder = Encoder(plain)
    expected = encoder.encode(TEXTS)
    path = plain / vector_cache.NAME
    for _ in range(2):
        assert np.array_equal(vector_cache.encode(encoder, TEXTS), expected)
    assert path.exists()
    path.write_bytes(path.read_bytes()[:500])
    assert np.array_equal(vector_cache.encode(encoder, TEXTS), expected)


def test_the_cache_of_another_encoder_is_not_believed(plain):
    encoder = Encoder(plain)
    vector_cache.encode(encoder, ["hi"])
    path = plain / vector_cache.NAME
    with np.load(path) as file:
        wrong = {**file, "maker": np.array("another"), "vectors": file["vectors"] * 0}
    np.savez(path, **wrong)
    assert vector_cache.encode(encoder, ["hi"]).any()


def test_workers_change_nothing(plain):
    encoder = Encoder(plain)
    assert np.array_equal(encoder.encode(TEXTS, workers=3), encoder.encode(TEXTS))


def test_a_message_is_shortened_and_never_emptied():
    randomness = np.random.default_rng(1)
    assert shortened("two words", 1.0, randomness) == "two words"
    assert shortened("three words here", 1.0, randomness) == "three words here"
    assert len(shortened("a b c d e f g h", 0.5, randomness).split()) < 8
    assert passage("One. Two? Three!", randomness) in ("One. Two?", "Two? Three!")
    assert passage("Only this", randomness) == "Only this"
