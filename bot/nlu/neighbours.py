"""The training messages that lie nearest to a message: what people meant who wrote something like it.

The linear model has one direction for a meaning; people ask for one thing in many unlike ways, and the nearest of
these know better (`docs/decisions/0022`). Fifty thousand vectors are compared in under a millisecond by looking roughly
first, along the few directions in which the messages differ most, and exactly at those that remain.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

#: Directions of the rough look, and how many messages remain after it: the best 64 are then as good as always there.
ROUGH, REMAIN = 48, 600
#: A unit vector's numbers are written as whole ones of eight bits: the largest that occurs is far below one.
_LOUDEST = 127
#: One value in so many is looked at to guess where the largest begin.
_SAMPLED = 16


class Neighbours:
    """Shares of the labels among the messages nearest to a vector."""

    #: What `save` writes.
    FILES = ("neighbours.json", "neighbours.npy", "directions.npy", "meanings.npy")

    def __init__(
        self, exact: np.ndarray, step: float, directions: np.ndarray, meanings: np.ndarray, labels: int
    ) -> None:
        self._exact, self._step = exact, step  # unit vectors as int8, times `step`
        self._directions = directions
        self._meanings = meanings  # the label of each, as its place among `labels`
        self._labels = labels
        self._rough = _unit((exact.astype(np.float32) * step) @ directions)

    @classmethod
    def learn(cls, vectors: np.ndarray, meanings: np.ndarray, labels: int) -> Neighbours:
        """From the unit `vectors` of the training messages and the place of each one's label among `labels` labels."""
        step = float(np.abs(vectors).max()) / _LOUDEST or 1.0
        exact = np.rint(vectors / step).astype(np.int8)
        # The covariance in 64 bits: its directions are then the same wherever the sums are made.
        spread = np.cov(vectors.T.astype(np.float64)) if len(vectors) > 1 else np.eye(vectors.shape[1])
        directions = np.linalg.eigh(spread)[1][:, -ROUGH:].astype(np.float32)
        return cls(exact, step, np.ascontiguousarray(directions), meanings.astype(np.int16), labels)

    def shares(self, vector: np.ndarray, count: int, warmth: float) -> np.ndarray:
        """A share for each label: the `count` nearest messages vote, louder the nearer they lie.

        A message whose cosine is `warmth` lower has 1/e of the voice.
        """
        near = self._rough @ _unit(vector @ self._directions)
        rows = _largest(near, REMAIN)
        cosines = (self._exact[rows].astype(np.float32) @ vector.astype(np.float32)) * self._step
        best = _largest(cosines, count)
        voices = np.exp((cosines[best] - cosines[best].max()) / warmth)
        found = np.bincount(self._meanings[rows[best]], weights=voices, minlength=self._labels)
        return found / found.sum()

    def save(self, folder: Path) -> None:
        """Write what `load` reads into `folder`: arrays and JSON, nothing that runs when it is read."""
        facts = {"step": self._step, "labels": self._labels}
        (folder / "neighbours.json").write_text(json.dumps(facts), encoding="utf-8")
        for name, array in zip(self.FILES[1:], (self._exact, self._directions, self._meanings), strict=True):
            np.save(folder / name, array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Neighbours:
        """What `save` wrote."""
        facts = json.loads((folder / "neighbours.json").read_text(encoding="utf-8"))
        exact, directions, meanings = (np.load(folder / name, allow_pickle=False) for name in cls.FILES[1:])
        return cls(exact, facts["step"], directions, meanings, facts["labels"])


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)


def _largest(values: np.ndarray, count: int) -> np.ndarray:
    """The places of the `count` largest of `values`, in no order; of all, where there are no more."""
    if len(values) <= count:
        return np.arange(len(values))
    # One in sixteen tells about how large they are; only what is as large is then compared, a tenth of the time.
    some, wanted = values[::_SAMPLED], max(1, 2 * count // _SAMPLED)
    near = np.flatnonzero(values >= np.partition(some, -wanted)[-wanted]) if wanted < len(some) else np.arange(0)
    if len(near) < count:
        near = np.arange(len(values))
    return near[np.argpartition(values[near], len(near) - count)[-count:]]
