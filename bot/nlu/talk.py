"""What a message means in a talk: by itself, behind the person's own text before it, and by where the talk had got to.

People do not say everything at once: "got a letter", "cant read it", "naw a mean a cannae read". What each text is
about is carried on as a share for each intent, and the next one is weighed against it, as in a hidden Markov model
whose steps are learnt from talks that hands wrote and labelled turn by turn (`data/nlu/talks.tsv`,
`docs/decisions/0036`).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from bot.nlu.reading import ASK

#: The labelled talks, below the root.
TALKS = "data/nlu/talks.tsv"
#: Of the labels that would each be right, how much the first counts, and the next ones.
WORTH = (1.0, 0.5, 0.35)
#: Intents of the turn before that are looked at; a share less than these is taken for these.
NEAR = 10
LEAST, LEAST_BEFORE = 1e-5, 1e-3
#: Strength of the pull towards nothing, and how often the talks are gone through: the second time each turn is weighed
#: against what the turn before it was taken for. Chosen on talks that were held back.
PULL, ROUNDS = 2.0, 2
#: Of a meaning within its intent: the share of the message as it stands.
ALONE = 0.5


class Turn(NamedTuple):
    """One text of a talk: the probabilities of the fine labels by itself and behind the text before it, and what would
    be right, best first (fine labels)."""

    alone: np.ndarray
    behind: np.ndarray
    right: tuple[str, ...]


class Talk:
    """Shares of the intents of a turn from its two readings and the shares of the turn before it."""

    #: What `save` writes.
    FILES = ("talk.json", "talk.npy")

    def __init__(self, labels: Sequence[str], weights: np.ndarray) -> None:
        names = [label.split("/", 1)[0] for label in labels]
        self.intents = sorted(set(names))
        place = {name: i for i, name in enumerate(self.intents)}
        self._of = np.array([place[name] for name in names])
        #: How loud both readings and the turn before are; a number for each intent; one for each step between two.
        self.weights = weights

    @classmethod
    def untaught(cls, labels: Sequence[str]) -> Talk:
        """Every intent is what a message means by itself."""
        count = len({label.split("/", 1)[0] for label in labels})
        return cls(labels, np.concatenate([[1.0, 0.0, 0.0], np.zeros(count + count * count)]))

    @classmethod
    def learn(cls, labels: Sequence[str], talks: Sequence[Sequence[Turn]]) -> Talk:
        """From labelled `talks`, whose first turns have no text before them. The same talks give the same weights."""
        found, before = cls.untaught(labels), None
        for _ in range(ROUNDS):
            if not (rows := found._rows(talks, before)):
                return found
            found._fit(*rows)
            before = found
        return found

    def shares(self, probabilities: np.ndarray) -> np.ndarray:
        """Shares of the intents, from probabilities of the fine labels."""
        return np.bincount(self._of, weights=probabilities, minlength=len(self.intents))

    def told(self, ranking: Mapping[str, float]) -> np.ndarray:
        """Shares of the intents as a ranking tells them, by name; all alike where none of them is known."""
        return _nearest(np.array([max(0.0, float(ranking.get(name, 0.0))) for name in self.intents]))

    def read(self, alone: np.ndarray, behind: np.ndarray, before: np.ndarray) -> np.ndarray:
        """Probabilities of the fine labels of a turn, after one whose intents had the shares `before`."""
        intents = self._weighed(self._loud(alone)[None], self._loud(behind)[None], before[None])[0]
        within = np.maximum(alone, LEAST / 100) ** ALONE * np.maximum(behind, LEAST / 100) ** (1 - ALONE)
        return within / self.shares(within)[self._of] * intents[self._of]

    def _loud(self, probabilities: np.ndarray) -> np.ndarray:
        return np.log(np.maximum(self.shares(probabilities), LEAST))

    def _weighed(self, alone: np.ndarray, behind: np.ndarray, before: np.ndarray) -> np.ndarray:
        """Shares of the intents, a row a turn."""
        size = len(self.intents)
        loud, bias, steps = self.weights[:3], self.weights[3 : 3 + size], self.weights[3 + size :].reshape(size, size)
        scores = loud[0] * alone + loud[1] * behind + loud[2] * np.log(np.maximum(before, LEAST_BEFORE))
        scores += bias + before @ steps
        odds = np.exp(scores - scores.max(1, keepdims=True))
        return odds / odds.sum(1, keepdims=True)

    def _rows(self, talks: Sequence[Sequence[Turn]], taught: Talk | None) -> tuple[np.ndarray, ...]:
        """Both readings of every turn but the first, the turn before, and what would be right: a row each."""
        place = {name: i for i, name in enumerate(self.intents)}
        rows = []
        for talk in talks:
            before = _nearest(self.shares(talk[0].alone))
            for turn in talk[1:]:
                right = np.zeros(len(self.intents))
                for label, worth in zip(turn.right, WORTH, strict=False):
                    if (name := label.split("/", 1)[0]) in place:
                        right[place[name]] += worth
                if right.sum():
                    rows.append((self._loud(turn.alone), self._loud(turn.behind), before, right / right.sum()))
                now = taught.shares(taught.read(turn.alone, turn.behind, before)) if taught else self.shares(turn.alone)
                before = _nearest(now)
        return tuple(np.array(column) for column in zip(*rows, strict=True))  # empty where there are none

    def _fit(self, alone: np.ndarray, behind: np.ndarray, before: np.ndarray, right: np.ndarray) -> None:
        size, faint = len(self.intents), np.log(np.maximum(before, LEAST_BEFORE))

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            self.weights = weights
            shares = self._weighed(alone, behind, before)
            off, free = shares - right, weights[3:]
            slopes = [(off * x).sum() for x in (alone, behind, faint)]
            slope = np.concatenate([off.sum(0), (before.T @ off).ravel()]) + PULL * free
            missed = -(right * np.log(shares + 1e-12)).sum()
            return float(missed + PULL * (free @ free) / 2), np.concatenate([slopes, slope])

        begin = np.concatenate([[0.5, 0.3, 0.1], np.zeros(size + size * size)])
        self.weights = np.round(minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x, 4)

    def save(self, folder: Path) -> None:
        """Write what `load` reads into `folder`."""
        (folder / "talk.json").write_text(json.dumps(self.intents), encoding="utf-8")
        np.save(folder / "talk.npy", self.weights, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, labels: Sequence[str]) -> Talk:
        """What `save` wrote. ValueError where it was learnt for other intents than those of `labels`."""
        if not (folder / "talk.npy").exists():  # a model that was trained before there were talks
            return cls.untaught(labels)
        made = cls(labels, np.load(folder / "talk.npy", allow_pickle=False))
        if json.loads((folder / "talk.json").read_text(encoding="utf-8")) != made.intents:
            raise ValueError("the talks were learnt for other intents")
        return made


def _nearest(shares: np.ndarray) -> np.ndarray:
    """The largest of `shares`, to make one together; all alike where there are none."""
    if not shares.sum():
        return np.full(len(shares), 1 / len(shares))
    kept = np.where(shares >= np.sort(shares)[-NEAR:][0], shares, 0.0)
    return kept / kept.sum()


def read_talks(path: Path) -> list[list[tuple[str, tuple[str, ...]]]]:
    """Talks of a file with the columns talk, text, labels: the turns in order, each with its fine labels, best first.

    A turn without labels is part of its talk, and no example.
    """
    talks: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            labels = tuple(f"{ASK}{x}" if "/" in x else x for x in row["labels"].split())
            talks.setdefault(row["talk"], []).append((row["text"], labels))
    return list(talks.values())
