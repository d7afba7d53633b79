"""Counted features of a message: pieces of words (forgiving of spelling) and whole words with their neighbours."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import scipy.sparse

from bot.nlu.normaliser import corrected, plain

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]", re.UNICODE)
#: A text beyond this adds time and no meaning; the encoder stops there too.
MAX_CHARACTERS = 600


def pieces(text: str) -> Iterator[str]:
    """Runs of three characters inside each word, its edges marked by a space."""
    # Beside a fine-tuned encoder, shorter and longer runs added time and no accuracy.
    for word in text.split():
        padded = f" {word} "
        for start in range(len(padded) - 2):
            yield padded[start : start + 3]


def words(text: str) -> Iterator[str]:
    """Words and pairs of words."""
    found = _WORD.findall(text)
    yield from found
    yield from map(" ".join, zip(found, found[1:], strict=False))


class Counts:
    """Weighted counts of the features that were seen in at least two training messages."""

    #: What `save` writes.
    FILES = ("vocabulary.json", "rarity.npy")
    #: Name of the block → how a message is spelt in it, and what is counted. Each block has length one.
    BLOCKS = {"p": (plain, pieces), "w": (corrected, words)}

    def __init__(self, vocabulary: dict[str, int], rarity: np.ndarray) -> None:
        self.vocabulary = vocabulary
        self.rarity = rarity

    @classmethod
    def learn(cls, texts: list[str], seen_in: int = 2) -> Counts:
        """The features of `texts` that at least `seen_in` of them have, and how rare each is."""
        documents: Counter[str] = Counter()
        for text in texts:
            documents.update({f for block in cls._features(text) for f in block})
        kept = sorted(f for f, n in documents.items() if n >= seen_in)
        total = len(texts)
        rarity = np.array([math.log((1 + total) / (1 + documents[f])) + 1 for f in kept], dtype=np.float32)
        return cls({f: i for i, f in enumerate(kept)}, rarity)

    @classmethod
    def _features(cls, text: str) -> list[Counter[str]]:
        text = text[:MAX_CHARACTERS]
        return [Counter(name + f for f in read(spell(text))) for name, (spell, read) in cls.BLOCKS.items()]

    def strange(self, text: str) -> bool:
        """Whether a text of several words has none that any training message has: noise, or another language.

        Only words of four letters or more are looked at, and one alone may be a name or a spelling of its own.
        """
        found = {w for w in words(corrected(text[:MAX_CHARACTERS])) if len(w) >= 4 and " " not in w}
        return len(found) >= 2 and not any(f"w{w}" in self.vocabulary for w in found)

    def row(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of one message; unknown features are left out."""
        columns: list[int] = []
        values: list[np.ndarray] = []
        for block in self._features(text):
            known = [(self.vocabulary[f], n) for f, n in block.items() if f in self.vocabulary]
            if not known:
                continue
            here = np.array([c for c, _ in known])
            weight = (1 + np.log(np.array([n for _, n in known], dtype=np.float32))) * self.rarity[here]
            columns.extend(here.tolist())
            values.append(weight / np.linalg.norm(weight))
        empty = np.zeros(0, dtype=np.float32)
        return np.array(columns, dtype=np.int64), np.concatenate(values) if values else empty

    def matrix(self, texts: list[str]) -> scipy.sparse.csr_matrix:
        """One row a message, one column a feature."""
        rows = [self.row(t) for t in texts]
        starts = np.cumsum([0, *(len(c) for c, _ in rows)])
        columns = np.concatenate([c for c, _ in rows]) if rows else np.zeros(0, dtype=np.int64)
        values = np.concatenate([v for _, v in rows]) if rows else np.zeros(0, dtype=np.float32)
        made = scipy.sparse.csr_matrix((values, columns, starts), shape=(len(rows), len(self.rarity)))
        made.sort_indices()
        return made.astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write the vocabulary into `folder`, as text and not as a pickle."""
        (folder / "vocabulary.json").write_text(json.dumps(list(self.vocabulary), ensure_ascii=False), encoding="utf-8")
        np.save(folder / "rarity.npy", self.rarity, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Counts:
        """What `save` wrote."""
        kept = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        return cls({f: i for i, f in enumerate(kept)}, np.load(folder / "rarity.npy", allow_pickle=False))
