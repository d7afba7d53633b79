"""Words as they are said and texted in Glasgow, in the spelling that the sentence encoder learnt from.

The encoder was trained on the web's English: "cannae" is three unknown pieces to it, "cannot" is a word. What is
replaced here are function words and text-speak that mean one thing only; the message itself is kept as it was, and
the classifier reads both.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from bot.nlu.spelling import SHORTEST, english, mended

FILE = Path(__file__).with_name("respelt.txt")
#: One spelling → the one that the encoder knows, a line each: "whaur = where". Words that as often mean something
#: else (gate, hep, batter, ill) stay out.
_WORDS = dict(line.split(" = ") for line in FILE.read_text(encoding="utf-8").splitlines())
#: What is read by its neighbours: a digit is a word only between words ("want 2 go"), never beside a unit or a number.
_PHRASES = (
    (re.compile(r"(?<=[a-z] )2(?= (?:go|get|see|be|do|come|book|talk|stop|take|my|the|u|you|me)\b)"), "to"),
    (re.compile(r"(?<=[a-z] )4(?= (?:me|my|the|a|you|u|it)\b)"), "for"),
    (re.compile(r"\bbaby blues\b"), "low after the birth"),
)
_TOKEN = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_LONG = re.compile(r"(.)\1{2,}")
#: What hangs on a word: "ma wean's", "naebody'll".
_TAIL = re.compile(r"([a-z]+)('(?:s|d|ll|ve|re))")


def plain(text: str) -> str:
    """`text` in lower case with one kind of quote, one kind of space, no accents and no letter more than twice."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").replace("`", "'").lower()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(_LONG.sub(r"\1\1", text).split())


def normalise(text: str) -> str:
    """`text`, plain, with Scots and text-speak spelt the way that the encoder knows."""
    return _TOKEN.sub(lambda m: _WORDS.get(m.group(0), m.group(0)), _read(text))


def corrected(text: str) -> str:
    """As `normalise`, and endings filled in and slips of the thumb mended (`bot.nlu.spelling`)."""
    return _TOKEN.sub(lambda m: _meant(m.group(0)), _read(text))


def _read(text: str) -> str:
    text = plain(text)
    for pattern, meant in _PHRASES:
        text = pattern.sub(meant, text)
    return text


def _meant(word: str) -> str:
    """One word as the encoder knows it."""
    if known := _WORDS.get(word):
        return known
    if tail := _TAIL.fullmatch(word):
        return _meant(tail[1]) + tail[2]
    if word.endswith("in") and len(word) > SHORTEST and word not in english() and f"{word}g" in english():
        return f"{word}g"
    better = mended(word)
    return _WORDS.get(better, better)


#: How a message may be spelt before it is encoded, by the name in `config.yml`.
SPELLINGS = {"normal": normalise, "corrected": corrected, "plain": plain}
