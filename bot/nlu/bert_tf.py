"""The sentence encoder in TensorFlow, so that it can be trained: the same sums as the graph of `build_encoder`.

Nothing that serves messages imports this module; TensorFlow takes seconds to load and is needed for training only.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from bot.nlu.build_encoder import EPSILON, HEADS, LAYERS, WIDTH

WORDS = "embeddings.word_embeddings.weight"
PLACES = "embeddings.position_embeddings.weight"
KINDS = "embeddings.token_type_embeddings.weight"


class Batch(NamedTuple):
    """Messages of any length, their tokens end to end: most of the work is then done without padding.

    `spread` lays the tokens out as one row a message (a number beyond the last token means nothing there); `back`
    finds each token's place in that layout again.
    """

    tokens: np.ndarray  # (total,)
    places: np.ndarray  # (total,) where in its message each token stands
    spread: np.ndarray  # (messages, longest)
    back: np.ndarray  # (total,)


#: What a compiled function takes, whatever the number of messages and tokens: it is traced once.
SIGNATURE = Batch(
    tf.TensorSpec([None], tf.int32),
    tf.TensorSpec([None], tf.int32),
    tf.TensorSpec([None, None], tf.int32),
    tf.TensorSpec([None], tf.int32),
)


def batch_of(messages: list[list[int]]) -> Batch:
    """The token numbers of some messages, put together."""
    lengths = [len(m) for m in messages]
    total, longest = sum(lengths), max(lengths)
    spread = np.full((len(messages), longest), total, dtype=np.int32)
    places, back, start = [], [], 0
    for row, length in enumerate(lengths):
        here = np.arange(length, dtype=np.int32)
        spread[row, :length] = start + here
        places.append(here)
        back.append(row * longest + here)
        start += length
    tokens = np.concatenate([np.asarray(m, dtype=np.int32) for m in messages])
    return Batch(tokens, np.concatenate(places), spread, np.concatenate(back).astype(np.int32))


class Bert:
    """MiniLM's six layers with their weights as variables; `trained` names those that learning may change."""

    def __init__(self, weights: dict[str, np.ndarray], trained: tuple[str, ...] = ("encoder.",)) -> None:
        self.constants: dict[str, tf.Tensor] = {}
        self.variables: dict[str, tf.Variable] = {}
        for name, value in weights.items():
            if value.dtype.kind != "f" or name.startswith("pooler."):
                continue
            if name.startswith(trained):
                self.variables[name] = tf.Variable(value.astype(np.float32), name=name)
            else:
                self.constants[name] = tf.constant(value.astype(np.float32))

    def weights(self) -> dict[str, np.ndarray]:
        """The variables as they are now."""
        return {name: variable.numpy() for name, variable in self.variables.items()}

    def __call__(self, batch: Batch, dropout: float = 0.0, seed: tf.Tensor | None = None) -> tf.Tensor:
        """One unit vector a message. `seed` (two integers) decides what is dropped while training."""
        drop = _Dropout(dropout, seed)
        x = tf.gather(self._get(WORDS), batch.tokens)
        x += tf.gather(self._get(PLACES), batch.places) + self._get(KINDS)[0]
        x = drop(self._normalised(x, "embeddings.LayerNorm"))
        total = tf.shape(batch.tokens)[0]
        there = batch.spread < total
        barred = tf.where(there, 0.0, -1e9)[:, None, None, :]
        for layer in range(LAYERS):
            x = self._layer(x, batch, barred, f"encoder.layer.{layer}", drop)
        summed = tf.reduce_sum(_spread_out(x, batch.spread, batch.back), axis=1)
        mean = summed / tf.reduce_sum(tf.cast(there, tf.float32), axis=1, keepdims=True)
        return mean * tf.math.rsqrt(tf.reduce_sum(mean * mean, axis=1, keepdims=True) + 1e-24)

    def _layer(self, x: tf.Tensor, batch: Batch, barred: tf.Tensor, name: str, drop: _Dropout) -> tf.Tensor:
        attention = f"{name}.attention"
        size = WIDTH // HEADS
        heads = []
        for part in ("query", "key", "value"):
            rows = _spread_out(self._dense(x, f"{attention}.self.{part}"), batch.spread, batch.back)
            shape = tf.shape(rows)
            heads.append(tf.transpose(tf.reshape(rows, [shape[0], shape[1], HEADS, size]), [0, 2, 1, 3]))
        query, key, value = heads
        scores = tf.matmul(query, key, transpose_b=True) / math.sqrt(size) + barred
        seen = tf.transpose(tf.matmul(tf.nn.softmax(scores), value), [0, 2, 1, 3])
        shape = tf.shape(seen)
        seen = _put_back(tf.reshape(seen, [shape[0], shape[1], WIDTH]), batch.spread, batch.back)
        out = drop(self._dense(seen, f"{attention}.output.dense"))
        x = self._normalised(out + x, f"{attention}.output.LayerNorm")
        inner = self._dense(x, f"{name}.intermediate.dense")
        inner = 0.5 * inner * (1.0 + tf.math.erf(inner * (1 / math.sqrt(2))))
        return self._normalised(drop(self._dense(inner, f"{name}.output.dense")) + x, f"{name}.output.LayerNorm")

    def _get(self, name: str) -> tf.Tensor | tf.Variable:
        return self.variables[name] if name in self.variables else self.constants[name]

    def _dense(self, x: tf.Tensor, name: str) -> tf.Tensor:
        return tf.matmul(x, self._get(f"{name}.weight"), transpose_b=True) + self._get(f"{name}.bias")

    def _normalised(self, x: tf.Tensor, name: str) -> tf.Tensor:
        centred = x - tf.reduce_mean(x, axis=-1, keepdims=True)
        spread = tf.math.rsqrt(tf.reduce_mean(centred * centred, axis=-1, keepdims=True) + EPSILON)
        return centred * spread * self._get(f"{name}.weight") + self._get(f"{name}.bias")


class _Dropout:
    """Dropout that depends on its seed alone, with another pattern at each use."""

    def __init__(self, rate: float, seed: tf.Tensor | None) -> None:
        self.rate, self.seed, self.uses = rate, seed, 0

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        if not self.rate:
            return x
        self.uses += 1
        return tf.nn.experimental.stateless_dropout(x, self.rate, self.seed + [0, self.uses], rng_alg="philox")


@tf.custom_gradient
def _spread_out(x: tf.Tensor, spread: tf.Tensor, back: tf.Tensor) -> tuple[tf.Tensor, object]:
    """Tokens end to end → one row a message, zeros where there is none."""
    padded = tf.gather(tf.pad(x, [[0, 1], [0, 0]]), spread)

    # Each token goes to one place, so the way back is a gather too: faster than summing, and the same every time.
    def gradient(upstream: tf.Tensor) -> tuple:
        return tf.gather(tf.reshape(upstream, [-1, tf.shape(upstream)[-1]]), back), None, None

    return padded, gradient


@tf.custom_gradient
def _put_back(x: tf.Tensor, spread: tf.Tensor, back: tf.Tensor) -> tuple[tf.Tensor, object]:
    """The reverse of `_spread_out`."""
    flat = tf.gather(tf.reshape(x, [-1, tf.shape(x)[-1]]), back)

    def gradient(upstream: tf.Tensor) -> tuple:
        return tf.gather(tf.pad(upstream, [[0, 1], [0, 0]]), spread), None, None

    return flat, gradient
