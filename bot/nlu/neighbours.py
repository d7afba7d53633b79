"""The training messages that lie nearest to a message: what people meant who wrote something like it.

The linear model has one direction for a meaning; people ask for one thing in many unlike ways, and the nearest of
these know better (`docs/decisions/0022`). Fifty thousand vectors would push everything else out of the processor's
caches, so they lie in groups: a message is compared with the groups' middles, then roughly with the messages of the
nearest groups, both along the few directions in which the messages differ most, and exactly with those that remain.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

#: Directions of the rough look.
ROUGH = 64
#: Messages in a group, how many groups are looked at, and how many messages remain after the rough look: 98 % of the
#: voices of the best 64 are then heard, and twice as many groups would make it 99 %.
GROUP, GROUPS, REMAIN = 50, 64, 200
#: Times that the messages are dealt out to the middles of the groups as they were.
_DEALS = 4
#: Messages dealt out at a time: what fits into memory.
_ROWS = 4_096
#: A unit vector's numbers are written as whole ones of eight bits: the largest that occurs is far below one.
_LOUDEST = 127


class Neighbours:
    """Shares of the labels among the messages nearest to a vector."""

    #: What `save` writes.
    FILES = ("neighbours.json", "neighbours.npy", "meanings.npy", "directions.npy", "middles.npy", "sizes.npy")

    def __init__(
        self,
        exact: np.ndarray,
        meanings: np.ndarray,
        directions: np.ndarray,
        middles: np.ndarray,
        sizes: np.ndarray,
        *,
        step: float,
        labels: int,
    ) -> None:
        self._exact, self._step = exact, step  # unit vectors as int8, times `step`; one group after the other
        self._meanings, self._labels = meanings, labels  # the label of each, as its place among `labels`
        self._directions = directions
        self._middles, self._sizes = middles, sizes  # of each group
        self._starts = np.cumsum(sizes) - sizes
        self._rough = _unit((exact.astype(np.float32) * step) @ directions)

    @classmethod
    def learn(cls, vectors: np.ndarray, meanings: np.ndarray, labels: int) -> Neighbours:
        """From the unit `vectors` of the training messages and the place of each one's label among `labels` labels."""
        step = float(np.abs(vectors).max()) / _LOUDEST or 1.0
        exact = np.rint(vectors / step).astype(np.int8)
        # The covariance in 64 bits: its directions are then the same wherever the sums are made.
        spread = np.cov(vectors.T.astype(np.float64)) if len(vectors) > 1 else np.eye(vectors.shape[1])
        directions = np.ascontiguousarray(np.linalg.eigh(spread)[1][:, -ROUGH:].astype(np.float32))
        middles, group = _groups(_unit((exact.astype(np.float32) * step) @ directions))
        order = np.argsort(group, kind="stable")
        sizes = np.bincount(group, minlength=len(middles))
        return cls(exact[order], meanings[order].astype(np.int16), directions, middles, sizes, step=step, labels=labels)

    def shares(self, vector: np.ndarray, count: int, warmth: float) -> np.ndarray:
        """A share for each label: the `count` nearest messages vote, louder the nearer they lie.

        A message whose cosine is `warmth` lower has 1/e of the voice. Where nothing lies near (a vector of zeros)
        all labels are alike.
        """
        rough = _unit(vector @ self._directions)
        rows = self._rows(_largest(self._middles @ rough, GROUPS))
        if not len(rows):
            return np.full(self._labels, 1 / self._labels)
        rows = rows[_largest(self._rough[rows] @ rough, REMAIN)]
        cosines = (self._exact[rows].astype(np.float32) @ vector.astype(np.float32)) * self._step
        best = _largest(cosines, count)
        voices = np.exp((cosines[best] - cosines[best].max()) / warmth)
        found = np.bincount(self._meanings[rows[best]], weights=voices, minlength=self._labels)
        return found / found.sum()

    def _rows(self, groups: np.ndarray) -> np.ndarray:
        """The rows of all messages of `groups`."""
        sizes = self._sizes[groups]
        ends = np.cumsum(sizes)
        return np.arange(ends[-1]) + np.repeat(self._starts[groups] - (ends - sizes), sizes)

    def save(self, folder: Path) -> None:
        """Write what `load` reads into `folder`: arrays and JSON, nothing that runs when it is read."""
        facts = {"step": self._step, "labels": self._labels}
        (folder / "neighbours.json").write_text(json.dumps(facts), encoding="utf-8")
        arrays = (self._exact, self._meanings, self._directions, self._middles, self._sizes)
        for name, array in zip(self.FILES[1:], arrays, strict=True):
            np.save(folder / name, array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Neighbours:
        """What `save` wrote."""
        facts = json.loads((folder / "neighbours.json").read_text(encoding="utf-8"))
        return cls(*(np.load(folder / name, allow_pickle=False) for name in cls.FILES[1:]), **facts)


def _groups(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors dealt out to groups of about `GROUP`: the middle of each group, and the group of each vector.

    Each vector lies with the nearest middle (k-means on the sphere, Dhillon and Modha 2001). It begins with vectors
    picked at even distances, not by chance, so that the same vectors are dealt out the same way.
    """
    count = -(-len(vectors) // GROUP)
    middles = vectors[np.linspace(0, len(vectors) - 1, count).astype(int)]
    group = _nearest(vectors, middles)
    for _ in range(_DEALS):
        order = np.argsort(group, kind="stable")
        ends = np.cumsum(np.bincount(group, minlength=count))
        members = np.split(order, ends[:-1])
        # In 64 bits, as above. A group that nobody lies nearest to stays where it is.
        sums = [vectors[rows].sum(0, dtype=np.float64) if len(rows) else middles[i] for i, rows in enumerate(members)]
        middles = _unit(np.stack(sums)).astype(np.float32)
        group = _nearest(vectors, middles)
    return middles, group


def _nearest(vectors: np.ndarray, middles: np.ndarray) -> np.ndarray:
    parts = (vectors[start : start + _ROWS] for start in range(0, len(vectors), _ROWS))
    return np.concatenate([(part @ middles.T).argmax(1) for part in parts])


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)


def _largest(values: np.ndarray, count: int) -> np.ndarray:
    """The places of the `count` largest of `values`, in no order; of all, where there are no more."""
    if len(values) <= count:
        return np.arange(len(values))
    return np.argpartition(values, len(values) - count)[-count:]
