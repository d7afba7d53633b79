"""The ONNX graph gives the vectors that BERT gives, and the weights are refused unless they are the pinned ones."""

from __future__ import annotations

import math

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from bot.nlu import build_encoder, tuned
from bot.nlu.encoder import Encoder

TEXTS = [
    "whit's a unit",
    "can I book on to the alcohol session on Tuesday please, if there is still a place",
    "hi",
    "",
    "cannae sleep 😞 " + "really " * 200,
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The encoder as `make` builds it: in its own place if it is up to date, else built for this run."""
    if build_encoder.is_current():
        return build_encoder.FOLDER
    return build_encoder.build(tmp_path_factory.mktemp("models") / "encoder")


def bert(weights, ids):
    """A plain forward pass over one message, written from the paper and not from the graph."""

    def norm(x, name):
        mean, var = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        return (x - mean) / np.sqrt(var + 1e-12) * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def dense(x, name):
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: len(ids)]
    x = norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in range(6):
        name = f"encoder.layer.{layer}"
        query, key, value = (dense(x, f"{name}.attention.self.{p}") for p in ("query", "key", "value"))
        seen = np.zeros_like(x)
        for head in range(12):
            cut = slice(head * 32, head * 32 + 32)
            scores = query[:, cut] @ key[:, cut].T / math.sqrt(32)
            odds = np.exp(scores - scores.max(-1, keepdims=True))
            seen[:, cut] = odds / odds.sum(-1, keepdims=True) @ value[:, cut]
        x = norm(dense(seen, f"{name}.attention.output.dense") + x, f"{name}.attention.output.LayerNorm")
        inner = dense(x, f"{name}.intermediate.dense")
        inner = inner * 0.5 * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
        x = norm(dense(inner, f"{name}.output.dense") + x, f"{name}.output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


@pytest.fixture(scope="module")
def expected(folder):
    source = build_encoder.weights_folder()
    shipped = tuned.merged(load_file(str(source / "model.safetensors")), tuned.tensors(tuned.FOLDER))
    weights = {k: v.astype(np.float64) for k, v in shipped.items()}
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.enable_truncation(128)
    tokenizer.no_padding()
    return np.array([bert(weights, tokenizer.encode(t).ids) for t in TEXTS])


def test_the_graph_equals_a_plain_forward_pass(folder, expected):
    assert np.abs(Encoder(folder, precision="fp32").encode(TEXTS) - expected).max() < 1e-4


def test_the_small_graph_points_the_same_way(folder, expected):
    cosines = (Encoder(folder, precision="int8").encode(TEXTS) * expected).sum(1)
    assert cosines.min() > 0.95


@pytest.mark.parametrize("precision", ["fp32", "int8"])
def test_a_message_is_read_the_same_alone_and_in_company(folder, precision):
    encoder = Encoder(folder, precision=precision)
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([t]) for t in TEXTS])
    assert np.abs(together - alone).max() < 1e-5


def test_nothing_in_nothing_out_and_a_broken_character_is_survived(folder):
    encoder = Encoder(folder)
    assert encoder.encode([]).shape == (0, 384)
    assert np.isfinite(encoder.encode(["\ud83d broken", "\x00"])).all()


def test_a_second_build_does_nothing(folder, capsys):
    before = (folder / "manifest.json").stat().st_mtime_ns
    build_encoder.build(folder)
    assert "up to date" in capsys.readouterr().out
    assert (folder / "manifest.json").stat().st_mtime_ns == before


def test_other_weights_are_refused(tmp_path):
    save_file({"a": np.zeros(3, dtype=np.float32)}, str(tmp_path / "model.safetensors"))
    with pytest.raises(ValueError, match="refused"):
        build_encoder.checked_weights(tmp_path / "model.safetensors")


def test_a_changed_file_is_noticed(folder, tmp_path):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert build_encoder.is_current(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    assert not build_encoder.is_current(tmp_path)


def test_an_encoder_that_is_not_built_says_how_to_build_it(tmp_path):
    with pytest.raises(FileNotFoundError, match="build_encoder"):
        Encoder(tmp_path)
