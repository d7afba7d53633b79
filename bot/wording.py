"""Words as they reach a phone: alphabet, length, reading age, and the fixed sentences.

Everything here is pure but `sentences()`, which reads `data/wording.yml` once.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pyphen

from bot import yamlfile

DATA = Path(__file__).resolve().parent.parent / "data"

# --- the GSM 03.38 alphabet (3GPP TS 23.038, 6.2.1) -----------------------------------------

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")

#: What a word processor or a phone keyboard puts in place of a GSM-7 character.
TRANSLITERATE = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "•": "-",
        "…": "...", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": "", "\ufeff": "",
        "½": "1/2", "¼": "1/4", "¾": "3/4", "×": "x", "÷": "/", "\t": " ",
        "á": "a", "â": "a", "ã": "a", "ê": "e", "ë": "e", "í": "i", "î": "i", "ï": "i",
        "ó": "o", "ô": "o", "õ": "o", "ú": "u", "û": "u", "ç": "c",
    }
)  # fmt: skip

#: An answer is at most two segments of a multi-part text.
ANSWER_BUDGET = 306
ONE_SEGMENT = 160


def to_gsm(text: str) -> str:
    """The same text with typographic characters replaced by their GSM-7 look-alikes."""
    return text.translate(TRANSLITERATE)


def is_gsm(text: str) -> bool:
    return all(c in GSM_BASIC or c in GSM_EXTENDED for c in text)


@dataclass(frozen=True)
class Size:
    """How a text travels by SMS: its alphabet, its length in that alphabet's units, its segments."""

    encoding: str
    units: int
    segments: int


def size(text: str) -> Size:
    """Size of `text` as one SMS: GSM-7 160 or 153 a part, else UCS-2 70 or 67 (3GPP TS 23.040)."""
    if is_gsm(text):
        units = sum(2 if c in GSM_EXTENDED else 1 for c in text)
        return Size("GSM-7", units, _parts([2 if c in GSM_EXTENDED else 1 for c in text], 160, 153))
    widths = [2 if ord(c) > 0xFFFF else 1 for c in text]
    return Size("UCS-2", sum(widths), _parts(widths, 70, 67))


def _parts(widths: list[int], single: int, part: int) -> int:
    if sum(widths) <= single:
        return 1 if widths else 0
    parts, room = 1, part
    for width in widths:  # a two-unit character is never cut in half, so it may leave one unit empty
        if width > room:
            parts, room = parts + 1, part
        room -= width
    return parts


# --- reading age ---------------------------------------------------------------------------

_HYPHENATE = pyphen.Pyphen(lang="en_GB", left=1, right=1)
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_SENTENCE = re.compile(r"[.!?:]+(?=\s|$)|\n+")
#: Links, phone numbers and the like are looked at, not read.
_NOT_PROSE = re.compile(r"https?://\S+|\b[\w-]+(\.[\w-]+)*\.(uk|org|com|scot)\b\S*|\{[a-z_]+\}|[\d£%]+[\d ,.:/-]*")


@functools.lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Syllables of an English word: vowel groups, corrected by hyphenation points. At least 1."""
    word = word.lower().strip("'-")
    groups = re.sub(r"(?:[^laeiouy]es|[^tdaeiouy]ed|[^l]e)$", lambda m: m.group(0)[0], word) if len(word) > 3 else word
    vowels = len(re.findall(r"[aeiouy]+", groups))
    return max(1, vowels, len(_HYPHENATE.inserted(word).split("-")) if len(word) > 6 else 1)


@functools.lru_cache(maxsize=1)
def familiar_words() -> frozenset[str]:
    """Long words our readers know or that an answer explains; each counts as two syllables."""
    path = DATA / "familiar_words.txt"
    return frozenset(path.read_text().split()) if path.exists() else frozenset()


def reading_age(text: str) -> float:
    """Years of age at which `text` can be read: Flesch-Kincaid grade (Kincaid 1975) plus five.

    Names (capitals inside a sentence) and `familiar_words` count for at most two syllables, numbers and links for none.
    """
    prose = _NOT_PROSE.sub(" ", text)
    sentences = [s for s in _SENTENCE.split(prose) if s and _WORD.search(s)]
    count = total = 0
    for sentence in sentences:
        for position, word in enumerate(_WORD.findall(sentence)):
            count += 1
            known = word.lower() in familiar_words() or (position > 0 and word[0].isupper())
            total += min(2, syllables(word)) if known else syllables(word)
    if not count:
        return 5.0
    return max(5.0, 0.39 * count / len(sentences) + 11.8 * total / count - 15.59 + 5)


# --- telephone numbers ---------------------------------------------------------------------

#: A UK telephone number as a sentence writes it.
_NUMBER = re.compile(r"(?<![\d,.])(?:999|101|111|116 ?\d{3}|0\d{2,4}(?: ?\d{2,4}){2,3}|(?<=to )\d{5,6})(?![\d,]\d|\d)")


def numbers(text: str) -> list[str]:
    """The telephone numbers in `text`, each as it is written there."""
    return _NUMBER.findall(text)


# --- wording rules -------------------------------------------------------------------------

MAX_READING_AGE = 11.0

_OFFENCE, _CONDITION = "names the person by an offence", "names the person by a condition"
#: Pattern → why a participant must not meet it.
FORBIDDEN: dict[str, str] = {
    r"\b(?:ex-)?offenders?\b|\bcriminals?\b|\bconvicts?\b|\bdelinquents?\b": _OFFENCE,
    r"\baddicts?\b|\balcoholics?\b(?! anonymous)|\bjunk(?:ie|y)s?\b|\babusers?\b|\busers\b|\bdrunks?\b": _CONDITION,
    r"\bschizophrenics?\b|\bdepressives?\b|\bthe (?:homeless|disabled|mentally ill)\b|\bprostitutes?\b": _CONDITION,
    r"\bcommit(?:s|ted|ting)? suicide\b|\bsuccessful suicide\b|\bfailed (?:suicide )?attempt\b": (
        "unsafe words about suicide"
    ),
    r"\bclean\b(?= (?:from|of|for)\b)|\bdirty (?:needle|sample|test)": "calls a person clean or dirty",
    r"\b(?:failed|failure) to (?:attend|comply|turn up)\b|\bnon-?complian\w+\b|\bunacceptable\b": "blames",
    r"\byou will be (?:breached|reported|punished|sent)\b|\bor else\b": "threatens",
    r"\b(?i:reply|text|send|type)\s+(?i:with\s+|the word\s+)?[\"']?(?:CANCEL|END|YES|QUIT|REVOKE|UNSUBSCRIBE)\b": (
        "asks for a word that the SMS provider takes as opting out or in"
    ),
    r"\byou (?:have|are suffering from) (?:an? )?(?:alcohol use disorder|depression|addiction|dependence)\b": (
        "diagnoses"
    ),
    r"\bstop drinking (?:now|today|at once|straight away|right away|suddenly)\b(?! (?:can|is|may|could|if you)\b)": (
        "may tell someone to stop drinking suddenly"
    ),
    r"\b(?:completely|totally|100%|fully|strictly) confidential\b|\bwe (?:will )?never tell\b"
    r"|\bno ?one will (?:ever )?(?:know|find out)\b": "promises secrecy",
    r"\byour hours (?:have been|are) credited\b|\bwill count towards your hours\b": "promises hours",
}
#: Said by the answers themselves when they warn ("do not stop drinking suddenly").
_WARNED = re.compile(
    r"(?:don't|do not|never|not safe to|dangerous to|risky to|please don't|can be dangerous)[^.]{0,40}$", re.IGNORECASE
)


def problems(text: str, *, budget: int | None = ANSWER_BUDGET, max_age: float = MAX_READING_AGE) -> list[str]:
    """What is wrong with a sentence for participants; an empty list if nothing is.

    `budget` is in GSM-7 units, None where length does not matter.
    """
    found: list[str] = []
    if not text or not text.strip():
        return ["is empty"]
    if not is_gsm(text):
        odd = sorted({c for c in text if c not in GSM_BASIC and c not in GSM_EXTENDED})
        found.append("not GSM-7: " + ", ".join(f"{c!r} {unicodedata.name(c, '?')}" for c in odd))
    if budget is not None and size(text).units > budget:
        found.append(f"{size(text).units} units, the budget is {budget}")
    if len(_WORD.findall(text)) >= 8 and (age := reading_age(text)) > max_age:
        found.append(f"reading age {age:.1f}, at most {max_age:g}")
    for pattern, why in FORBIDDEN.items():
        flags = 0 if "CANCEL" in pattern else re.IGNORECASE
        for match in re.finditer(pattern, text, flags):
            if "stop drinking" in match.group(0).lower() and _WARNED.search(text[: match.start()]):
                continue
            found.append(f"{why}: {match.group(0)!r}")
    return found


# --- the fixed sentences -------------------------------------------------------------------


@functools.lru_cache(maxsize=1)
def sentences() -> dict[str, str]:
    """Every fixed sentence said outside Rasa, by dotted key ("crisis.suicide.first").

    They live in `data/wording/<noun>.yml`, each file with the noun as its only top-level key.
    """
    found: dict[str, str] = {}
    for path in sorted(DATA.glob("wording/*.yml")) + sorted(DATA.glob("wording.yml")):
        found |= _flatten("", yamlfile.read(path))
    return found


def _flatten(prefix: str, node: object):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _flatten(f"{prefix}.{key}" if prefix else str(key), value)
    else:
        yield prefix, str(node).strip()


def say(key: str, /, **facts: object) -> str:
    """The sentence `key` with `facts` and the crisis numbers filled in.

    KeyError if there is no such sentence or a fact is missing.
    """
    return sentences()[key].format(**{**crisis_numbers(), **facts})


@functools.lru_cache(maxsize=1)
def crisis_numbers() -> dict[str, str]:
    """Crisis numbers by key ("emergency", "samaritans" ...) from the one reviewed file, `data/crisis_numbers.yml`."""
    rows = yamlfile.read(DATA / "crisis_numbers.yml")
    return {key: str(row["number"]) for key, row in rows.items()}
