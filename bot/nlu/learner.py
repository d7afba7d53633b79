"""How the encoder learns: losses, steps and the order of the messages. TensorFlow is imported here and in `bert_tf`."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from bot.nlu import bert_tf

#: Of Adam (Kingma and Ba 2015).
FIRST, SECOND, TINY = 0.9, 0.999, 1e-8


@dataclass(frozen=True)
class Recipe:
    """Everything that the result depends on besides the messages and the weights to start from."""

    seed: int = 20
    #: Learnt this many times from other seeds, and the weights averaged: two are a little better, at twice the time.
    members: int = 2
    epochs: float = 2.0
    batch: int = 48
    #: Of learning: at its highest for the top layer, for the prototypes, and from each layer to the one below.
    rate: float = 1.5e-4
    prototype_rate: float = 2e-3
    layer_decay: float = 0.85
    warm_up: float = 0.1
    weight_decay: float = 0.01
    dropout: float = 0.1
    smoothing: float = 0.05
    #: How loud a cosine is before the softmax.
    scale: float = 20.0
    #: Weight of the contrastive loss, and its temperature.
    contrast: float = 0.3
    warmth: float = 0.07
    #: How many messages of one meaning travel together, for the contrastive loss.
    together: int = 3
    #: Chance that a word is left out.
    lost_words: float = 0.03
    #: Chance that a word is mistyped.
    slips: float = 0.06
    tokens: int = 48


class Learner:
    """The encoder and a prototype for each meaning, trained together. The same input gives the same weights."""

    def __init__(self, recipe: Recipe, weights: dict[str, np.ndarray], meanings: int) -> None:
        self.recipe = recipe
        self.bert = bert_tf.Bert(weights, ("encoder.", "embeddings.LayerNorm", bert_tf.WORDS))
        self.prototypes = tf.Variable(tf.zeros([meanings, bert_tf.WIDTH]), name="prototypes")
        self._changed = [*self.bert.variables.values(), self.prototypes]
        self._moments = [(tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v))) for v in self._changed]
        self._taken = tf.Variable(0.0)
        integers, number, real = tf.TensorSpec([None], tf.int32), tf.TensorSpec([], tf.int32), tf.TensorSpec([])
        self._one_step = tf.function(
            self._step, input_signature=[bert_tf.SIGNATURE, integers, number, real], autograph=False
        )
        self._encode = tf.function(self.bert, input_signature=[bert_tf.SIGNATURE], autograph=False)

    def learn(self, messages: Callable[[np.ndarray], list[list[int]]], truth: np.ndarray, seed: int) -> None:
        """Train on as many messages as `truth` has; `messages` gives the tokens of those whose rows it is told."""
        self.prototypes.assign(self._means(messages, truth))
        r, randomness = self.recipe, np.random.default_rng(seed)
        steps = max(1, math.ceil(len(truth) * r.epochs / r.batch))
        plan = order(truth, steps * r.batch, r.together if r.contrast else 1, randomness).reshape(steps, r.batch)
        started, seen = time.monotonic(), []
        for number, rows in enumerate(plan):
            pace = min((number + 1) / max(1.0, steps * r.warm_up), (steps - number) / (steps * (1 - r.warm_up)))
            key = tf.constant(seed * 1_000_000 + number, tf.int32)
            batch, wanted = _tensors(messages(rows)), tf.constant(truth[rows], tf.int32)
            seen.append([float(x) for x in self._one_step(batch, wanted, key, tf.constant(min(pace, 1.0), tf.float32))])
            if (number + 1) % 50 == 0 or number + 1 == steps:
                loss, right = np.mean(seen[-50:], axis=0)
                now = f"seed {seed}, step {number + 1} of {steps}, {time.monotonic() - started:.0f} s"
                print(f"  {now}: loss {loss:.2f}, right {right:.0%}", flush=True)

    def encode(self, tokens: list[list[int]], size: int = 64) -> np.ndarray:
        """A unit vector a message, in the order given."""
        rows = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        found = np.zeros((len(tokens), bert_tf.WIDTH), dtype=np.float32)
        for start in range(0, len(rows), size):
            here = rows[start : start + size]
            found[here] = self._encode(_tensors([tokens[i] for i in here])).numpy()
        return found

    def _means(self, messages: Callable[[np.ndarray], list[list[int]]], truth: np.ndarray) -> np.ndarray:
        """Where each meaning's messages lie before learning."""
        found = np.zeros(self.prototypes.shape, dtype=np.float32)
        np.add.at(found, truth, self.encode(messages(np.arange(len(truth)))))
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)

    def _step(self, batch: bert_tf.Batch, truth: tf.Tensor, key: tf.Tensor, pace: tf.Tensor) -> tuple:
        r = self.recipe
        with tf.GradientTape() as tape:
            vectors = self.bert(batch, r.dropout, tf.stack([key, 0]))
            scores = r.scale * tf.matmul(vectors, tf.math.l2_normalize(self.prototypes, axis=1), transpose_b=True)
            loss = self._crossed(scores, truth)
            if r.contrast:
                loss += r.contrast * self._contrasted(vectors, truth)
        slopes, _ = tf.clip_by_global_norm(tape.gradient(loss, self._changed), 1.0)
        self._taken.assign_add(1.0)
        for variable, (first, second), slope in zip(self._changed, self._moments, slopes, strict=True):
            rate = pace * self._rate(variable.name)
            slope = tf.convert_to_tensor(slope)  # of the word vectors: rows, the others' slope is nothing
            if variable.name.endswith(".weight:0") and "LayerNorm" not in variable.name:
                variable.assign_sub(variable * (rate * r.weight_decay))
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle, m=first.handle, v=second.handle, lr=rate, grad=slope, epsilon=TINY,
                beta1=FIRST, beta2=SECOND, beta1_power=FIRST**self._taken, beta2_power=SECOND**self._taken,
            )  # fmt: skip
        right = tf.cast(tf.argmax(scores, axis=1, output_type=tf.int32) == truth, tf.float32)
        return loss, tf.reduce_mean(right)

    def _crossed(self, scores: tf.Tensor, truth: tf.Tensor) -> tf.Tensor:
        """Cross-entropy with smoothed labels."""
        meanings, smoothing = int(self.prototypes.shape[0]), self.recipe.smoothing
        aim = tf.one_hot(truth, meanings, 1 - smoothing, smoothing / meanings)
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(aim, scores))

    def _contrasted(self, vectors: tf.Tensor, truth: tf.Tensor) -> tf.Tensor:
        """Supervised contrastive loss (Khosla et al. 2020): near those of its own meaning, far from the others."""
        near = tf.matmul(vectors, vectors, transpose_b=True) / self.recipe.warmth
        near = tf.linalg.set_diag(near, tf.fill(tf.shape(near)[:1], -1e9))
        like = tf.cast(truth[:, None] == truth[None, :], tf.float32)
        like = tf.linalg.set_diag(like, tf.zeros(tf.shape(near)[:1]))
        likelihood = near - tf.reduce_logsumexp(near, axis=1, keepdims=True)
        mates = tf.reduce_sum(like, axis=1)
        each = -tf.reduce_sum(like * likelihood, axis=1) / tf.maximum(mates, 1.0)
        return tf.reduce_sum(each) / tf.maximum(tf.reduce_sum(tf.cast(mates > 0, tf.float32)), 1.0)

    def _rate(self, name: str) -> float:
        if name.startswith("prototypes"):
            return self.recipe.prototype_rate
        depth = int(name.split(".")[2]) if name.startswith("encoder.layer.") else -1
        return self.recipe.rate * self.recipe.layer_decay ** (bert_tf.LAYERS - 1 - depth)


def order(truth: np.ndarray, count: int, together: int, randomness: np.random.Generator) -> np.ndarray:
    """`count` rows: every message once before any comes again, up to `together` of one meaning beside each other."""
    found: list[int] = []
    while len(found) < count:
        waiting: dict[int, list[int]] = {}
        groups: list[list[int]] = []
        for row in randomness.permutation(len(truth)).tolist():
            group = waiting.setdefault(int(truth[row]), [])
            group.append(row)
            if len(group) == together:
                groups.append(waiting.pop(int(truth[row])))
        groups += waiting.values()
        found += [row for i in randomness.permutation(len(groups)) for row in groups[i]]
    return np.array(found[:count])


def prepare(threads: int = 2) -> None:
    """The same sums in the same order every time. Call before TensorFlow has done anything."""
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()


def _tensors(messages: list[list[int]]) -> bert_tf.Batch:
    return bert_tf.Batch(*map(tf.constant, bert_tf.batch_of(messages)))
