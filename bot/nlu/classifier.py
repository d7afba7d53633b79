"""The classifier of fine labels: every answer of the bank and every plain intent, in one linear model.

Multinomial logistic regression on counted features and the sentence vector together. It is trained here, rather than
by a library, because 400 labels at once take the usual solvers minutes: the gradient is two sparse products, done in
32 bits and on every core.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import scipy.linalg.blas
import scipy.sparse

from bot.nlu.features import Counts, Row

#: How to learn, by the names in `config.yml`; the values that did best on messages held back.
LEARNING = {"scale": 2.0, "regularisation": 1.0, "iterations": 8, "temperature": 0.9, "loudness": 20.0}


class LinearModel:
    """Probabilities of the fine labels of a message."""

    #: What `save` writes.
    FILES = ("model.json", "weights.npy", *Counts.FILES)

    def __init__(
        self, labels: list[str], counts: Counts, weights: np.ndarray, scale: float, temperature: float
    ) -> None:
        self.labels = labels
        self.counts = counts
        self.weights = weights  # a row for each counted feature, for each of the vector, and one for the bias
        self.scale = scale
        self.temperature = temperature

    @classmethod
    def fit(
        cls,
        texts: list[str],
        vectors: np.ndarray,
        labels: list[str],
        *,
        scale: float,
        regularisation: float,
        iterations: int,
        temperature: float,
        loudness: float,
        prototypes: dict[str, np.ndarray] | None = None,
    ) -> LinearModel:
        """Learn from `texts`, their sentence `vectors` and their fine `labels`.

        `scale` is how loud the vector is beside the counts; `temperature` < 1 makes the probabilities bolder.
        With `prototypes` (unit vectors by label, which a fine-tuned encoder brings along), learning starts from how
        near a vector lies to each, `loudness` times, and adds what that leaves unsaid; a label that is newer than the
        encoder starts from the mean of its messages. Without, it starts from nothing and needs more `iterations`.
        The same input gives the same model.
        """
        names = sorted(set(labels))
        place = {name: i for i, name in enumerate(names)}
        counts, counted = Counts.learn(texts)
        truth = np.array([place[x] for x in labels])
        problem = _Problem(counted, vectors.astype(np.float32) * scale, truth, len(names))
        start = np.zeros(problem.shape, dtype=np.float32)
        if prototypes:
            near = _prototypes(vectors, problem.truth, names, prototypes)
            start[problem.cut : -1] = near.T * (loudness / scale)
        weights = _minimise(problem, start, regularisation, iterations)
        return cls(names, counts, weights.astype(np.float16), scale, temperature)

    def probabilities(self, row: Row, vector: np.ndarray) -> np.ndarray:
        """One probability a label, in the order of `labels`, for one message as `counts` has it and its vector."""
        size = len(self.counts.rarity)
        scores = row.values @ np.asarray(self.weights[row.columns], dtype=np.float32)
        scores = scores + (vector * self.scale) @ self._dense_rows(size) + self.weights[-1].astype(np.float32)
        return _softmax(scores[None] / self.temperature)[0]

    def _dense_rows(self, size: int) -> np.ndarray:
        if not hasattr(self, "_dense"):
            self._dense = self.weights[size:-1].astype(np.float32)
        return self._dense

    def save(self, folder: Path) -> None:
        """Write the model into `folder`: arrays and JSON, nothing that runs when it is read."""
        self.counts.save(folder)
        np.save(folder / "weights.npy", self.weights, allow_pickle=False)
        facts = {"labels": self.labels, "scale": self.scale, "temperature": self.temperature}
        (folder / "model.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """What `save` wrote."""
        facts = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        # Looked up on the disk: a message needs a few hundred of the fifty thousand rows, and the memory is Rasa's.
        weights = np.load(folder / "weights.npy", mmap_mode="r", allow_pickle=False)
        return cls(facts["labels"], Counts.load(folder), weights, facts["scale"], facts["temperature"])


def _prototypes(vectors: np.ndarray, truth: np.ndarray, names: list[str], known: dict[str, np.ndarray]) -> np.ndarray:
    """A unit vector for each of `names`."""
    found = np.zeros((len(names), vectors.shape[1]), dtype=np.float32)
    np.add.at(found, truth, vectors)
    for row, name in enumerate(names):
        if name in known:
            found[row] = known[name]
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def _softmax(scores: np.ndarray) -> np.ndarray:
    odds = np.exp(scores - scores.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


class _Problem:
    """Loss and gradient of multinomial logistic regression, a slice of the messages to each core.

    Features that are in more than `OFTEN` of the messages stand beside the vector as if they were part of it: a full
    product costs an entry a sixtieth of what a sparse one does, and half of all entries are of a few hundred features.
    """

    OFTEN = 0.02

    def __init__(self, counted: scipy.sparse.csr_matrix, dense: np.ndarray, truth: np.ndarray, labels: int) -> None:
        self.shape = (counted.shape[1] + dense.shape[1] + 1, labels)
        self.cut = counted.shape[1]
        self.truth = truth
        self.total = len(truth)
        often = np.bincount(counted.indices, minlength=self.cut) > self.OFTEN * self.total
        self.often = np.flatnonzero(often)
        #: The mean square of each feature, of each number of the vector, and of the bias: how steep the loss is there.
        self.steepness = np.concatenate(
            [np.asarray(counted.multiply(counted).mean(0)).ravel(), (dense**2).mean(0), [1.0]]
        )
        dense = np.hstack([counted[:, self.often].toarray(), dense])
        counted = counted @ scipy.sparse.diags((~often).astype(np.float32), format="csr")
        counted.eliminate_zeros()
        cores = min(os.cpu_count() or 1, 8)
        edges = np.linspace(0, len(truth), cores + 1).astype(int)
        self.slices = []
        for start, stop in zip(edges, edges[1:], strict=False):
            if stop > start:
                part = counted[start:stop]
                turned = part.T.tocsr()
                turned.resize(self.shape[0], stop - start)  # a row for each of the gradient's
                self.slices.append((part, turned, dense[start:stop], truth[start:stop]))

    def loss(self, weights: np.ndarray, pool: ThreadPoolExecutor) -> tuple[float, np.ndarray]:
        """Mean loss over the messages and its gradient."""
        parts = list(pool.map(lambda s: self._slice(weights, *s), self.slices))
        gradient = parts[0][1]
        for _, more in parts[1:]:  # always in the same order: the same sum to the last bit
            gradient += more
        gradient /= self.total
        return sum(p[0] for p in parts) / self.total, gradient

    def _slice(self, weights, counted, turned, dense, truth) -> tuple[float, np.ndarray]:
        scores = counted @ weights[: self.cut]
        scores += dense @ np.vstack([weights[self.often], weights[self.cut : -1]])
        scores += weights[-1]
        scores -= scores.max(1, keepdims=True)
        rows = np.arange(len(truth))
        right = scores[rows, truth].astype(np.float64)
        np.exp(scores, out=scores)
        sums = scores.sum(1, keepdims=True)
        loss = float((np.log(sums[:, 0].astype(np.float64)) - right).sum())
        scores /= sums
        scores[rows, truth] -= 1
        gradient = turned @ scores
        full = dense.T @ scores
        gradient[self.often], gradient[self.cut : -1] = full[: len(self.often)], full[len(self.often) :]
        gradient[-1] = scores.sum(0)
        return loss, gradient


#: A feature's part of the curvature, and the power of it that its step is longer by.
_CURVES, _LONGER = 0.1, 0.25


def _minimise(
    problem: _Problem, start: np.ndarray, regularisation: float, iterations: int, memory: int = 6
) -> np.ndarray:
    """L-BFGS (Nocedal 1980) with a backtracking line search, in 32 bits; the bias is free to leave `start`.

    It walks where a rare feature's step is longer than a common one's (a diagonal preconditioner, decision 0037): eight
    iterations then come as far as eighteen.
    """
    strength = regularisation / problem.total
    pace = ((_CURVES * problem.steepness + strength) ** -_LONGER).astype(np.float32)[:, None]

    def value(walked: np.ndarray) -> tuple[float, np.ndarray]:
        away = walked * pace
        loss, slope = problem.loss(start + away, pool)
        away[-1] = 0
        _add(slope, strength, away)
        slope *= pace
        return loss + 0.5 * strength * _dot(away, away), slope

    with ThreadPoolExecutor(len(problem.slices)) as pool:
        point = np.zeros_like(start)
        loss, slope = value(point)
        steps: list[tuple[np.ndarray, np.ndarray, float]] = []
        for _ in range(iterations):
            direction = _direction(slope, steps)
            along = _dot(slope, direction)
            if along >= 0:
                break
            size = 1.0
            for _attempt in range(12):
                ahead = point + np.float32(size) * direction
                next_loss, next_slope = value(ahead)
                if next_loss <= loss + 1e-4 * size * along:
                    break
                size *= 0.4
            else:
                break
            moved, turned = ahead - point, next_slope - slope
            if (curve := _dot(moved, turned)) > 1e-12:
                steps = [*steps[1 - memory :], (moved, turned, curve)]
            finished = abs(loss - next_loss) < 1e-6 * max(1.0, abs(loss))
            point, loss, slope = ahead, next_loss, next_slope
            if finished:
                break
    return start + point * pace


def _direction(slope: np.ndarray, steps: list[tuple[np.ndarray, np.ndarray, float]]) -> np.ndarray:
    direction = -slope
    kept = []
    for moved, turned, curve in reversed(steps):
        share = _dot(moved, direction) / curve
        _add(direction, -share, turned)
        kept.append(share)
    if steps:
        moved, turned, curve = steps[-1]
        direction *= np.float32(curve / _dot(turned, turned))
    for (moved, turned, curve), share in zip(steps, reversed(kept), strict=True):
        _add(direction, share - _dot(turned, direction) / curve, moved)
    return direction


def _add(to: np.ndarray, share: float, what: np.ndarray) -> None:
    """`to` and `share` times `what`, in place: these are of a hundred million bytes, and a copy takes its time."""
    scipy.linalg.blas.saxpy(what.ravel(), to.ravel(), a=share)  # views, as both lie in one piece


def _dot(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.dot(a.ravel(), b.ravel()))
