"""Taking out of a message what says who wrote it, before anybody reads it to teach the assistant.

Rules, not a model: they take out too much rather than too little, and whoever labels a message reads it once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bot import wording

NAME, NUMBER, EMAIL, POSTCODE, ADDRESS, DATE, LINK = (
    "NAME", "NUMBER", "EMAIL", "POSTCODE", "ADDRESS", "DATE", "LINK",
)  # fmt: skip
#: Words that the spelling rules know, one a line: a capital letter on any other word may be somebody's name.
_KNOWN = Path(__file__).parent / "nlu" / "words.txt"
#: First names and surnames that are common here, one a line: never words, however many messages have them.
_NAMES = Path(__file__).with_name("names.txt")
_PLACES = r"street|st|road|rd|avenue|ave|drive|dr|court|place|pl|lane|terrace|crescent|cres|gardens|square|quadrant"
#: A word that fewer messages than this have may be a name.
OFTEN = 5
_SHORT = frozenset(
    "i im ive id ill a an the is it its so no yes ok aye naw hi hiya hey ma my me we us he she you ye yer if in on at"
    " to of for and but or who why how can do did was has had are am not all any get got go let see say now new".split()
)
#: In this order: an address before the number in it, a date before it is taken for a telephone number.
_RULES = [
    (re.compile(r"\b[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+\b"), EMAIL),
    (re.compile(r"\b(?:https?://|www\.)\S+|(?<!\w)@\w{3,}", re.IGNORECASE), LINK),
    # The Post Office's rule: one or two letters, one or two figures (or a figure and a letter), a figure, two letters.
    (re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b", re.IGNORECASE), POSTCODE),
    (re.compile(rf"\b(?:flat\s+)?\d+[a-z/\d]*,?\s+(?:[a-z']+\s+){{1,3}}(?:{_PLACES})\b", re.IGNORECASE), ADDRESS),
    (re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"), DATE),
    (re.compile(r"\b[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-d]\b", re.IGNORECASE), NUMBER),
    (re.compile(r"\b[A-Za-z]+[-/]?\d{5,}\w*"), NUMBER),
    # Six figures or more, however they are set: telephone, case, account and insurance numbers.
    (re.compile(r"(?<!\w)\+?(?:\(?\d\)?[\s.-]?){5,}\d\w*"), NUMBER),
]
_SAID = re.compile(
    r"\b((?:my|ma|his|her|the|their) (?:full |first |second )?(?:name is|names|name's|name)|(?:i am|i'm|im|am) called"
    r"|call me|called|this is|it's|its|mr|mrs|miss|ms|dr|doctor|nurse|pc|sergeant)\.?\s+([a-z][\w'-]*)"
    r"(\s+(?-i:[A-Z])[\w'-]*)?",
    re.IGNORECASE,
)  # fmt: skip
_RELATION = re.compile(
    r"\b(my|ma|his|her) (pal|mate|friend|partner|boyfriend|girlfriend|wife|husband|man|wumman|burd|brother|sister|son"
    r"|daughter|wean|mum|mam|dad|uncle|auntie|aunt|cousin|worker|case manager|supervisor|boss)\s+([A-Z][\w'-]+)"
)
_CAPITAL = re.compile(r"\b[A-Z][a-z'-]+(?:\s+(?:Mc|Mac|O')?[A-Z][a-z'-]+)*")


def scrub(text: str, names: Iterable[str] = ()) -> str:
    """`text` with names, numbers, e-mail and other addresses, postcodes and dates replaced by a word for what it was.

    `names`: what staff call the person; every word of them goes, in whatever letters.
    """
    for name in names:
        for word in re.findall(r"[^\W\d_]{2,}", name):
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", NAME, text, flags=re.IGNORECASE)
    for pattern, word in _RULES:
        text = pattern.sub(word, text)
    text = _RELATION.sub(lambda m: f"{m[1]} {m[2]} {NAME}", text)
    text = _SAID.sub(_named, text)
    text = _CAPITAL.sub(_capital, text)
    return " ".join(re.sub(rf"\b{NAME}(?:\s+{NAME})+\b", NAME, text).split())


def _named(match: re.Match) -> str:
    """ "my name is jo" is a name whatever the letters; "this is bad" is not one, since the word is known."""
    lead, word = match[1], match[2]
    sure = re.search(r"name|called|call me|^(?:mr|mrs|miss|ms|dr|doctor|nurse|pc|sergeant)$", lead, re.IGNORECASE)
    careless = word[0].islower() and not lead.lower().startswith("this")
    if word == NAME or (not sure and (careless or word.lower() in _words())):
        return match[0]
    return f"{lead} {NAME}"


def _capital(match: re.Match) -> str:
    words = match[0].split()
    return " ".join(word if word.lower().replace("'", "") in _words() else NAME for word in words)


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    rows = (line.split() for line in _KNOWN.read_text(encoding="utf-8").splitlines())
    often = {row[0] for row in rows if len(row) == 2 and int(row[1]) >= OFTEN}
    known = {word.lower().replace("'", "") for word in often | wording.familiar_words()}
    return frozenset(known - set(_NAMES.read_text(encoding="utf-8").split())) | _SHORT
