"""Words as they are said and texted in Glasgow, in the spelling that the sentence encoder learnt from.

The encoder was trained on the web's English: "cannae" is three unknown pieces to it, "cannot" is a word. Replaced are
words of Scots, text-speak and slips that mean one thing here (`respelt.txt`, decision 0030), and those whose neighbours
tell what they mean. The message itself is kept as it was, and the classifier reads both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from bot.nlu.spelling import SHORTEST, english, mended

FILE = Path(__file__).with_name("respelt.txt")
#: One spelling → the one that the encoder knows, a line each: "whaur = where". Words that as often mean something
#: else (gate, hep, batter, ill) stay out.
_WORDS = dict(line.split(" = ") for line in FILE.read_text(encoding="utf-8").splitlines())
#: What is read by its neighbours.
_PHRASES = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        # A digit is a word only between words ("want 2 go"), never beside a unit or a number.
        (r"(?<=[a-z] )2(?= (?:go|get|see|be|do|come|book|talk|stop|take|my|the|u|you|me)\b)", "to"),
        (r"(?<=[a-z] )4(?= (?:me|my|the|a|you|u|it)\b)", "for"),
        # "a" is "I" before what people do or did.
        (
            r"\ba(?= (?:need(?:ed)?|want(?:ed)?|wis|was|wiz|wid|wud|would|could|cud|cannae|canny|dinn?ae|dinny|dont"
            r"|didn(?:ae|t)|dae|did|had|hud|hae|have|huv|hiv|huvnae|hav(?:enae|ent)|hate|hope|think|hink|thought|thocht"
            r"|feel|felt|fell|get|got|went|gave|gied|know|ken|kent|knew|said|says|telt|told|took|used|missed|liked"
            r"|jist|just|never|still|always|keep|kept|live|lost|should|shouldnae|couldnae|wouldnae|widnae|see|saw|seen"
            r"|heard|phoned|texted|asked|tried|came|drank|booked|woke|reckon|worked|owe|ate|forgot|forget"
            r"|understand)\b)",
            "i",
        ),
        # "ill" is how somebody is more often than it is "I will".
        (
            r"\bill(?= (?:be|come|go|get|do|have|need|see|no|not|never|just|take|try|tell|text|phone|miss|make|give"
            r"|let|keep|stop|pay|wait|ask|say|end|kill|die|lose|put|use|find|start|stay|probably)\b)",
            "i will",
        ),
        # "an" is "and", but for an hour or an appointment.
        (
            r"\ban(?= (?!(?:all|and|any|aye|aff|also|are|ive|ill|into|off|our|oor|ours|out|oot|only|ony|every|even"
            r"|everybody|everything|efter|after|about|aboot|around)\b)(?:hour|[aeiou][a-z]{2}))",
            "a",
        ),
        (r"\bhep(?= [abc]\b)", "hepatitis"),
        (r"\bc(?= (?:u|you|ye|if|what|whit|a|the|my|ma|him|her|them|it)\b)", "see"),
        (r"(?<=to )c\b", "see"),
        (r"(?<=(?:an|ul|ud|ll|to|ot|ht| 2|ld|id|ae|na) )b\b", "be"),
        (r"\bbaby blues\b", "low after the birth"),
        # "k" at the head of a text is "ok", and no drug.
        (
            r"\Akk?(?=[,.]? (?:but|so|and|n|thanks|thank|ta|thx|cool|then|cheers|what|whats|whit|how|hows|where|is"
            r"|wheres|can|do|does|will|ill|il|lol|got|ye|u|would|wud|wid|could|cud|should|shud|im|i|ive|my|see|great|well|bye)\b)",
            "ok",
        ),
    )
)
_TOKEN = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_LONG = re.compile(r"(.)\1{2,}")
#: What hangs on a word: "ma wean's", "naebody'll".
_TAIL = re.compile(r"([a-z]+)('(?:s|d|ll|ve|re))")


def plain(text: str) -> str:
    """`text` in lower case with one kind of quote, one kind of space, no accents and no letter more than twice."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").lower()
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    text = text.replace("`", "'").lower()
    return " ".join(_LONG.sub(r"\1\1", text).split())


def normalise(text: str) -> str:
    """`text`, plain, with Scots and text-speak spelt the way that the encoder knows."""
    return _respelt(text, lambda word: word)


def corrected(text: str) -> str:
    """As `normalise`, and slips of the thumb mended (`bot.nlu.spelling`)."""
    return _respelt(text, mended)


def _respelt(text: str, mend: Callable[[str], str]) -> str:
    text = plain(text)
    for pattern, meant in _PHRASES:
        text = pattern.sub(meant, text)
    return _TOKEN.sub(lambda m: _meant(m.group(0), mend), text)


def _meant(word: str, mend: Callable[[str], str]) -> str:
    """One word as the encoder knows it."""
    if known := _WORDS.get(word):
        return known
    if tail := _TAIL.fullmatch(word):
        return _meant(tail[1], mend) + tail[2]
    if word.endswith("in") and len(word) > SHORTEST and word not in english() and f"{word}g" in english():
        return f"{word}g"
    better = mend(word)
    return _WORDS.get(better, better)


#: How a message may be spelt before it is encoded, by the name in `config.yml`.
SPELLINGS = {"normal": normalise, "corrected": corrected, "plain": plain}
