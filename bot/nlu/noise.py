"""The same message, a little different each time that it is learnt from."""

from __future__ import annotations

import re

import numpy as np

_SENTENCE = re.compile(r"(?<=[.?!])\s+")


def shortened(text: str, chance: float, randomness: np.random.Generator) -> str:
    """`text` with each word left out by `chance`; at least one stays, and two words stay as they are."""
    words = text.split()
    luck = randomness.random(len(words))
    if len(words) < 3:
        return text
    return " ".join(w for w, x in zip(words, luck, strict=True) if x >= chance) or text


def mistyped(text: str, chance: float, randomness: np.random.Generator) -> str:
    """`text` with a slip of the thumb in each word of four letters or more by `chance`: two letters swapped, one lost,
    or one twice. The first letter stays, as it does on phones."""
    words = text.split()
    for place, word in enumerate(words):
        if len(word) < 4 or randomness.random() >= chance:
            continue
        at = int(randomness.integers(1, len(word) - 1))
        slip = int(randomness.integers(3))
        if slip == 0:
            words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        elif slip == 1:
            words[place] = word[:at] + word[at + 1 :]
        else:
            words[place] = word[:at] + word[at] + word[at:]
    return " ".join(words)


def passage(text: str, randomness: np.random.Generator) -> str:
    """Two neighbouring sentences of `text`, chosen by chance, or all of it where there are no more."""
    sentences = _SENTENCE.split(text.strip())
    start = int(randomness.integers(max(1, len(sentences) - 1)))
    return " ".join(sentences[start : start + 2])
