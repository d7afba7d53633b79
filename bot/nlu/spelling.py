"""Slips of the thumb: a word that is none becomes the word of ours one slip away, where there is only one likely.

`words.txt` has the words of the training messages and in how many of them each is; `python -m bot.nlu.spelling` writes
it anew. Whatever is a word there or to the encoder's tokenizer is left as it is, so that Scots and names stay what they
are.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

FILE = Path(__file__).with_name("words.txt")
ROOT = Path(__file__).resolve().parents[2]
#: A word in fewer messages than this is nobody's meant word; shorter ones have too many neighbours.
COMMON, SHORTEST = 4, 4
#: In shorter words than this another letter is more often another word: "infect" is no slip of "inject".
LONG = 7
#: The likeliest of several neighbours must be this many times as common as the next.
CLEARLY = 3.0
#: A word of ours in at most this many messages, and one slip from one so many times as common, is itself a slip.
RARE, OFTENER = 6, 40
_WORD = re.compile(r"[a-z']+")


class Speller:
    """Mends slips towards the `common` words (word → in how many messages); `known` words are never touched."""

    def __init__(self, common: dict[str, int], known: frozenset[str]) -> None:
        self._common, self._known = common, known
        self._lost: dict[str, list[str]] = defaultdict(list)
        for word in common:
            for shorter in _without_one(word):
                self._lost[shorter].append(word)

    def mend(self, word: str) -> str:
        """The word that was meant, or `word` itself when it is one or nothing is near enough."""
        if len(word) < SHORTEST or word in self._known or not word.isascii() or not word.isalpha():
            return word
        if word.endswith("s") and word[:-1] in self._known:
            return word
        if word.endswith("in") and f"{word}g" in self._known:
            return f"{word}g"
        near = {w for key in (word, *_without_one(word)) for w in self._lost.get(key, ()) if _one_slip(word, w)}
        near |= {w for w in _without_one(word) if w in self._common and len(w) >= SHORTEST}
        ranked = sorted(((self._common[w] * _like(word, w), w) for w in near), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] < CLEARLY * ranked[1][0]):
            return word
        return ranked[0][1]


def _without_one(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was lost, added, changed, or two neighbours swapped; not the first letter unless swapped."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    if len(typed) == len(meant):
        rest = start + 2
        swapped = typed[start:rest] == meant[start:rest][::-1] and typed[rest:] == meant[rest:]
        changed = start > 0 and typed[start + 1 :] == meant[start + 1 :]
        return swapped or (changed and len(typed) >= LONG)
    longer, shorter = (typed, meant) if len(typed) > len(meant) else (meant, typed)
    return start > 0 and longer[start + 1 :] == shorter[start:]


def _like(typed: str, meant: str) -> float:
    """Swapped and lost letters are what thumbs do; another letter makes another word as often."""
    if sorted(typed) == sorted(meant):
        return 4.0
    return 2.0 if len(typed) != len(meant) else 1.0


@functools.lru_cache(maxsize=1)
def speller() -> Speller:
    """The speller over `words.txt` and the tokenizer's words."""
    lines = FILE.read_text(encoding="utf-8").split()
    counts = dict(zip(lines[::2], map(int, lines[1::2]), strict=True))
    return Speller(_common(counts), english() | counts.keys())


@functools.lru_cache(maxsize=20_000)
def mended(word: str) -> str:
    """`word` as it was meant."""
    return speller().mend(word)


def count_words() -> dict[str, int]:
    """The words of the training messages and in how many each is, commonest first; once is no word, nor is a slip."""
    from bot.nlu.bank import messages
    from bot.nlu.normaliser import plain

    counts: Counter[str] = Counter()
    for text, _ in messages(ROOT):
        counts.update({w for w in _WORD.findall(plain(text)) if len(w) >= SHORTEST and w.isalpha()})
    found = {w: n for w, n in sorted(counts.items(), key=lambda row: (-row[1], row[0])) if n >= 2}
    judge = Speller(_common(found), english())
    return {w: n for w, n in found.items() if n > RARE or found.get(judge.mend(w), 0) < OFTENER * n}


def _common(counts: dict[str, int]) -> dict[str, int]:
    return {w: n for w, n in counts.items() if n >= COMMON and len(w) > SHORTEST}


@functools.lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """The words of the encoder's tokenizer."""
    from bot.nlu import build_encoder

    pieces = json.loads((build_encoder.weights_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    return frozenset(w for w in pieces["model"]["vocab"] if len(w) >= SHORTEST and w.isalpha())


def main() -> None:
    """Write `words.txt`."""
    found = count_words()
    FILE.write_text("".join(f"{word} {count}\n" for word, count in found.items()), encoding="utf-8")
    print(f"spelling: {len(found)} words")


if __name__ == "__main__":
    main()
