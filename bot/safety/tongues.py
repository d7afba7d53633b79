"""Danger said in another language than English: the plainest ways of saying it, in languages that are spoken in Glasgow.

Our answers are English and stay so; what is heard here brings a person, who can bring an interpreter. None of it is shown
to anybody. The phrases (`tongues.tsv`) were written without native speakers (docs/decisions/0038).
"""

from __future__ import annotations

import logging
import re
import unicodedata
from pathlib import Path

from bot.safety.verdict import Verdict

log = logging.getLogger("wellbeing.safety")

FILE = Path(__file__).with_name("tongues.tsv")
#: The rule named.
RULE = "other_tongue"
#: The dangers of the file, the gravest first.
_DANGERS = {
    "emergency": Verdict("emergency", "emergency", "self", "strong", RULE),
    "suicide": Verdict("suicide", "suicide", "self", "strong", RULE),
    "abuse": Verdict("abuse", "partner", "self", "strong", RULE),
    "suicide named": Verdict("suicide", "suicide", "self", "weak", RULE),
    "emergency named": Verdict("emergency", "emergency", "self", "weak", RULE),
}
#: Letters that keyboards write in several ways, and what an accent cannot be taken off.
_ALIKE = str.maketrans({
    **dict.fromkeys("\u0640\u200b\u200c\u200d\u200e\u200f", ""),
    "ł": "l", "đ": "d", "ı": "i", "ø": "o", "’": "'", "ʼ": "'", "ё": "е", "ኣ": "አ",
    **dict.fromkeys("أإآ", "ا"), **dict.fromkeys("ىیێئ", "ي"), **dict.fromkeys("ةہھە", "ه"), **dict.fromkeys("ۆؤ", "و"),
    "ک": "ك", "ڵ": "ل", "ڕ": "ر",
})  # fmt: skip
_BETWEEN = re.compile(r"[\s.,!?;:()\"¡¿«»“”،؟۔/-]+")
#: A mark of these is an accent or a vowel sign; those of other scripts are part of their words.
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0655]")


def _letters(text: str) -> str:
    """Small letters without accents, each written in one way."""
    taken_apart = unicodedata.normalize("NFKD", text.lower().translate(_ALIKE))
    return unicodedata.normalize("NFC", _MARKS.sub("", taken_apart)).translate(_ALIKE)


def read(path: Path = FILE) -> list[tuple[str, str, str]]:
    """The lines of the file: language, danger, words. ValueError for a danger that is none of those above."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, danger, words = line.split("\t")
            if danger not in _DANGERS:
                raise ValueError(f"{path.name}: {language} has a danger that is unknown: {danger}")
            rows.append((language, danger, words))
    return rows


def _patterns() -> list[tuple[re.Pattern[str], Verdict]]:
    found = []
    for danger, verdict in _DANGERS.items():
        lines = [words for _, kind, words in read() if kind == danger]
        latin = "|".join(words for words in lines if words.isascii())
        others = "|".join(_letters(words) for words in lines if not words.isascii())
        if latin:
            found.append((re.compile(rf"(?<!\w)(?:{latin})(?!\w)"), verdict))
        if others:
            found.append((re.compile(others), verdict))
    return found


def _loaded() -> list[tuple[re.Pattern[str], Verdict]]:
    try:
        return _patterns()
    except (OSError, ValueError, re.error) as error:  # the rules go on without it
        log.error("the words of other languages cannot be read: %s", type(error).__name__)
        return []


_PATTERNS = _loaded()


def heard(text: str) -> list[Verdict]:
    """The danger that `text` speaks of in another language, the gravest first; none where it is English."""
    plain = f" {_BETWEEN.sub(' ', _letters(text)).strip()} "
    return [verdict for pattern, verdict in _PATTERNS if pattern.search(plain)]
