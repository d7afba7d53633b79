"""Counted features of a message: pieces of words (forgiving of spelling) and whole words with their neighbours."""

from __future__ import annotations

import json
import math
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
    def learn(cls, texts: list[str], seen_in: int = 2) -> Counts:
        """The features of `texts` that at least `seen_in` of them have, and how rare each is."""
        documents: Counter[str] = Counter()
        for text in texts:
            documents.update({name + f for name, found in cls._features(text).items() for f in found})
        kept = sorted(f for f, n in documents.items() if n >= seen_in)
        total = len(texts)
        rarity = np.array([math.log((1 + total) / (1 + documents[f])) + 1 for f in kept], dtype=np.float32)
        return cls(kept, rarity)

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
        weight = (1 + np.log(np.array(list(counted.values()), dtype=np.float32))) * self.rarity[columns]
        return columns, weight / np.linalg.norm(weight)

    def matrix(self, texts: list[str]) -> scipy.sparse.csr_matrix:
        """One row a message, one column a feature."""
        rows = [self.row(t) for t in texts]
        starts = np.cumsum([0, *(len(r.columns) for r in rows)])
        columns = np.concatenate([r.columns for r in rows]) if rows else np.zeros(0, dtype=np.int64)
        values = np.concatenate([r.values for r in rows]) if rows else np.zeros(0, dtype=np.float32)
        made = scipy.sparse.csr_matrix((values, columns, starts), shape=(len(rows), len(self.rarity)))
        made.sort_indices()
        return made.astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write the vocabulary into `folder`, as text and not as a pickle."""
        (folder / "vocabulary.json").write_text(json.dumps(self.vocabulary, ensure_ascii=False), encoding="utf-8")
        np.save(folder / "rarity.npy", self.rarity, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Counts:
        """What `save` wrote."""
        kept = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        return cls(kept, np.load(folder / "rarity.npy", allow_pickle=False))
