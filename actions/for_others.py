"""How a place is asked for somebody else: whoever has the phone is the one who can be booked on it. Pure."""

from __future__ import annotations

import re

#: Who comes along, or wants a place as well.
PAL = (
    r"(?:pal|mate|friend|partner|wife|husband|man|girlfriend|boyfriend|burd|mum|maw|mam|ma|da|dad|brother|sister|cousin|"
    r"uncle|auntie|worker|support worker|carer)"
)

#: "Book it for me n her": one place for the one who texts, and one that is not theirs to ask for.
_TWO = re.compile(
    r"\b(?:me|us|masel|myself) (?:and|an|n|&) (?:her|him|them|(?:ma|my|the) \w+)\b|"
    r"\b(?:her|him|(?:ma|my) \w+) (?:and|an|n|&) (?:me|masel|myself)\b|"
    r"\b(?:us both|both (?:of|ae) us|the (?:2|two|twa) (?:of|ae) us|(?:2|two) (?:places|spaces|seats|people|folk))\b",
    re.IGNORECASE,
)


def for_two(text: str) -> bool:
    """Whether a place is wanted for the one who texts and for somebody else."""
    return _TWO.search(text) is not None


#: Said of the place itself, and of nobody who texts: "put him down for it".
_ANOTHER = re.compile(
    r"\b(?:(?:book|buk|sign|enrol|refer) (?:him|her|them|(?:a|the|one of my|my|ma|our) "
    r"(?:client|service user|lad|resident|patient)s?)\b(?! (?:and|an|n|&) (?:me|i)\b)|"
    r"(?:put|pit|get|stick|add|sign|book) (?:him|her|them|"
    rf"(?:my|ma|our|the|a) (?:client|service user|lad|resident|patient)|(?:my|ma) {PAL}) "
    r"(?:(?:on|oan|in|down|doon|up|a place|booked|signed)\b|(?:tae|too)\W*(?:$|[,.]))|"
    r"\b(?:can|could|kin|will|wull|gonnae|gonny) (?:you|ye|u|yous) (?:no |not |just |jist )?add (?:him|her|them)\b|"
    rf"\b(?:he|she|they|(?:my|ma) {PAL}) (?:wants?|wid like|would like) (?:on|oan|in|a place|a space|added)\b|"
    r"\b(?!(?:who|that|it|what|nobody|i|a|ah|we|someone)\b)[a-z]{3,} wants (?:on|oan|in) (?:it|that|this|as well)\b)",
    re.IGNORECASE,
)
#: One place more, and none less for the one who texts.
_TOO = re.compile(r"\b(?:too|tae|as well|anaw|an aw|n aw|also)\b(?! (?:go|come|get|be|see|the)\b)", re.IGNORECASE)


def for_another_too(text: str) -> bool:
    """Whether a place is wanted for somebody else beside the one who texts: "n pit ma pal doon tae"."""
    return is_for_another(text) and _TOO.search(text) is not None


def is_for_another(text: str) -> bool:
    """Whether a place is wanted for somebody else alone, which only staff can book."""
    return _ANOTHER.search(text) is not None and not for_two(text)
