"""Counted features of a message: pieces of words (forgiving of spelling) and whole words with their neighbours."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.sparse

from bot.nlu.normaliser import corrected, plain

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]", re.UNICODE)
#: A text beyond this adds time and no meaning; the encoder stops there too.
MAX_CHARACTERS = 600


def pieces(text: str) -> list[str]:
    """Runs of three characters inside each word, its edges marked by a space."""
    # Beside a fine-tuned encoder, shorter and longer runs added time and no accuracy.
    edged = (f" {word} " for word in text.split())
    return [word[start : start + 3] for word in edged for start in range(len(word) - 2)]


def words(text: str) -> list[str]:
    """Words and pairs of words."""
    found = _WORD.findall(text)
    return found + [f"{first} {second}" for first, second in zip(found, found[1:], strict=False)]


class Row(NamedTuple):
    """One message as it is counted: the columns that it has, their values, and whether it is strange."""

    columns: np.ndarray
    values: np.ndarray
    #: A text of several words that has none that any training message has: noise, or another language. Only words of
    #: four letters or more are looked at, and one alone may be a name or a spelling of its own.
    strange: bool


class Counts:
    """Weighted counts of the features that were seen in at least two training messages."""

    #: What `save` writes.
    FILES = ("vocabulary.json", "rarity.npy")
    #: Name of the block → how a message is spelt in it, and what is counted. Each block has length one.
    BLOCKS = {"p": (plain, pieces), "w": (corrected, words)}

    def __init__(self, vocabulary: list[str], rarity: np.ndarray) -> None:
        self.vocabulary = vocabulary  # each behind the name of its block
        self.rarity = rarity
        # A look-up for each block: the pieces are few and asked for most, so they stay where the processor has them.
        self._places: dict[str, dict[str, int]] = {name: {} for name in self.BLOCKS}
        for place, feature in enumerate(vocabulary):
            self._places[feature[0]][feature[1:]] = place

    @classmethod
    def learn(cls, texts: list[str], seen_in: int = 2) -> tuple[Counts, scipy.sparse.csr_matrix]:
        """The features of `texts` that at least `seen_in` of them have, how rare each is, and a row for each text.

        Both at once: what takes the time is to spell the texts and to cut them up.
        """
        places: dict[str, int] = {}
        found, counted, lengths = [], [], []
        for text in texts:
            for name, features in cls._features(text).items():
                once = Counter(places.setdefault(name + f, len(places)) for f in features)
                found.extend(once)
                counted.extend(once.values())
                lengths.append(len(once))
        columns, times = np.array(found, dtype=np.int64), np.array(counted, dtype=np.float32)
        documents = np.bincount(columns, minlength=len(places))
        kept = sorted(f for f, place in places.items() if documents[place] >= seen_in)
        old = np.array([places[f] for f in kept], dtype=np.int64)
        total = len(texts)
        made = cls(kept, (np.log((1 + total) / (1 + documents[old])) + 1).astype(np.float32))
        place = np.full(len(places), -1)
        place[old] = np.arange(len(old))
        block = np.repeat(np.arange(len(lengths)), lengths)
        known = place[columns] >= 0
        columns, times, block = place[columns[known]], times[known], block[known]
        weight = made._weighed(columns, times)
        length = np.sqrt(np.bincount(block, weights=weight.astype(np.float64) ** 2, minlength=len(lengths)))
        values = (weight / length[block]).astype(np.float32)
        matrix = scipy.sparse.csr_matrix((values, (block // len(cls.BLOCKS), columns)), shape=(total, len(kept)))
        return made, matrix

    def _weighed(self, columns: np.ndarray, times: np.ndarray) -> np.ndarray:
        """Values, before a block's length, of features that a message has `times` times."""
        return (1 + np.log(times)) * self.rarity[columns]

    @classmethod
    def _features(cls, text: str) -> dict[str, list[str]]:
        text = text[:MAX_CHARACTERS]
        return {name: read(spell(text)) for name, (spell, read) in cls.BLOCKS.items()}

    def row(self, text: str) -> Row:
        """One message; unknown features are left out."""
        features = self._features(text)
        blocks = [b for name, found in features.items() if (b := self._block(self._places[name], found))]
        columns = np.concatenate([c for c, _ in blocks]) if blocks else np.zeros(0, dtype=np.int64)
        values = np.concatenate([v for _, v in blocks]) if blocks else np.zeros(0, dtype=np.float32)
        long = {w for w in features["w"] if len(w) >= 4 and " " not in w}
        return Row(columns, values, len(long) >= 2 and self._places["w"].keys().isdisjoint(long))

    def _block(self, places: dict[str, int], found: list[str]) -> tuple[np.ndarray, np.ndarray] | None:
        """Columns and values of the known ones among the features `found`, of length one; None if there are none."""
        counted: dict[int, int] = {}
        for feature in found:
            if (place := places.get(feature)) is not None:
                counted[place] = counted.get(place, 0) + 1
        if not counted:
            return None
        columns = np.array(list(counted))
        weight = self._weighed(columns, np.array(list(counted.values()), dtype=np.float32))
        return columns, weight / np.linalg.norm(weight)

    def save(self, folder: Path) -> None:
        """Write the vocabulary into `folder`, as text and not as a pickle."""
        (folder / "vocabulary.json").write_text(json.dumps(self.vocabulary, ensure_ascii=False), encoding="utf-8")
        np.save(folder / "rarity.npy", self.rarity, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Counts:
        """What `save` wrote."""
        kept = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        return cls(kept, np.load(folder / "rarity.npy", allow_pickle=False))
