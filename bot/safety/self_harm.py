"""Self-harm that is told of with no word of dying: its own words fit better than those on suicide."""

from __future__ import annotations

import re

_HARMS_SELF = re.compile(
    r" (?:i|ive|im|a|been) (?:[a-z]+ ){0,2}(?:cut|cutting|burned|burnt|burning|scratched|scratching|slashed) (?:again|myself|my|last night|tonight|today|this morning) | selfharm[a-z]* | (?:cutting|burning|scratching) (?:again|myself) "
)
_OF_DEATH = re.compile(r" (?:die|dead|death|suicide|suicidal|kill|killing|end it|end my|life|live|living|wrists?|throat) ")


def is_told(plain: str) -> bool:
    """Does the writer tell of hurting themselves, and of no wish to die, in a text in plain spelling?"""
    return bool(_HARMS_SELF.search(plain)) and not _OF_DEATH.search(plain)
