"""Good news told to whoever will hear it: how long somebody has been off the drink, or something else."""

from __future__ import annotations

import re

_DRY = (
    r"(?:sober|clean|dry|teetotal|(?:aff|off) (?:it|the (?:drink|voddy|vodka|gear|fags|booze|bevvy|coke|weed|hash|wine|"
    r"cans)))"
)
_NUMBER = r"(?:\d+|an?|wan|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_SPAN = rf"{_NUMBER} (?:days?|weeks?|wks?|months?|mths?|years?|yrs?)"
_MILESTONE = re.compile(
    rf"\b{_DRY}\b\W+(?:\w+\W+){{0,3}}?(?:since|{_SPAN})\b|\b{_SPAN}\b.{{0,15}}\b{_DRY}\b", re.IGNORECASE
)
#: Something is asked, or it is no good news alone.
_AND_MORE = re.compile(
    r"\?|\b(?:can|could|how|hoo|wh?[ai]t|when|where|who|should|does|is it|am i|help|want|need|but|shak\w*|sweat\w*|"
    r"seeing|no\w?t)\b",
    re.IGNORECASE,
)


def is_milestone(text: str) -> bool:
    """Whether somebody tells how long they have been off something, and nothing else: "dry since easter"."""
    return _MILESTONE.search(text) is not None and _AND_MORE.search(text) is None
