"""What a message may mean, and how likely each meaning is: the linear model and the nearest messages, in one voice."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from bot.nlu.classifier import LEARNING, LinearModel
from bot.nlu.neighbours import Neighbours
from bot.nlu.reading import CRISIS, OUTSIDE
from bot.nlu.talk import Talk

#: How the two are mixed, by the names in `config.yml`; chosen as `docs/decisions/0022` says.
#: `neighbours` messages vote with `warmth`; their `share` is this much of the whole; `boldness` > 1 makes the whole
#: surer than it says, until it is as sure as it is right; out of scope counts `outside` times, since it is learnt
#: from few messages beside how many there are of it; danger `danger` times, since a seventh of the messages learnt from
#: are of danger and few of those sent are. The limits of `bot.nlu.danger` go with it.
MIXING = {"neighbours": 64, "warmth": 0.03, "share": 0.5, "boldness": 1.2, "outside": 6.0, "danger": 0.5}
#: Everything that can be set.
SETTINGS = {**LEARNING, **MIXING}
#: No meaning is impossible; without it a logarithm would be.
TINY = 1e-6


class AnswerModel:
    """Probabilities of the fine labels of a message."""

    #: What `save` writes.
    FILES = ("mixing.json", *LinearModel.FILES, *Neighbours.FILES, *Talk.FILES)

    def __init__(
        self, linear: LinearModel, neighbours: Neighbours, mixing: dict[str, float], talk: Talk | None = None
    ) -> None:
        #: How a message is read in a talk: as by itself, until talks were learnt from.
        self.talk = talk or Talk.untaught(linear.labels)
        self._linear = linear
        self._neighbours = neighbours
        self._mixing = mixing
        self.labels = linear.labels
        self._outside = np.array([label == OUTSIDE for label in self.labels])
        self._danger = np.array([label.startswith(CRISIS) for label in self.labels])

    @classmethod
    def fit(
        cls,
        texts: list[str],
        vectors: np.ndarray,
        labels: list[str],
        settings: dict[str, float],
        prototypes: dict[str, np.ndarray] | None = None,
    ) -> AnswerModel:
        """Learn from `texts`, their unit sentence `vectors` and their fine `labels`; `settings` as in `SETTINGS`.

        `prototypes` as in `LinearModel.fit`. The same input gives the same model.
        """
        learning = {name: settings[name] for name in LEARNING}
        linear = LinearModel.fit(texts, vectors, labels, prototypes=prototypes, **learning)
        place = {name: i for i, name in enumerate(linear.labels)}
        meanings = np.array([place[label] for label in labels])
        neighbours = Neighbours.learn(vectors, meanings, len(linear.labels))
        return cls(linear, neighbours, {name: settings[name] for name in MIXING})

    def read(self, text: str, vector: np.ndarray) -> tuple[np.ndarray, bool]:
        """One probability a label, in the order of `labels`, for one message and its sentence vector.

        And whether it is strange (`bot.nlu.features.Row`), which is known once it is counted.
        """
        row = self._linear.counts.row(text)
        return self._mixed(self._linear.probabilities(row, vector), vector), row.strange

    def _mixed(self, linear: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """What the linear model says and what the nearest messages say, in one voice."""
        mixing = self._mixing
        voted = self._neighbours.shares(vector, int(mixing["neighbours"]), mixing["warmth"])
        mixed = (1 - mixing["share"]) * linear + mixing["share"] * voted
        bold = np.maximum(mixed, TINY / len(self.labels)) ** mixing["boldness"]
        bold[self._outside] *= mixing["outside"]
        bold[self._danger] *= mixing["danger"]
        return bold / bold.sum()

    def save(self, folder: Path) -> None:
        """Write the model into `folder`: arrays and JSON, nothing that runs when it is read."""
        self._linear.save(folder)
        self._neighbours.save(folder)
        self.talk.save(folder)
        (folder / "mixing.json").write_text(json.dumps(self._mixing, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> AnswerModel:
        """What `save` wrote."""
        mixing = json.loads((folder / "mixing.json").read_text(encoding="utf-8"))
        linear = LinearModel.load(folder)
        return cls(linear, Neighbours.load(folder), mixing, Talk.load(folder, linear.labels))
