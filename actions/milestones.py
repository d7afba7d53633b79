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
#: What went well, told with nothing asked: children seen again, a job, a home, an order that is done.
_GOT = r"(?:got|gettin|getting|gettn|have|huv|been gi(?:ed|en)|been given|seein|seeing|seen|saw)"
_NEWS = re.compile(
    rf"\b{_GOT} (?:(?:my|ma|mah|oor|our|the|a|an|in|intae|into|new|wee|ain|own|to see|tae see) ?)*"
    r"(?:weans?|kids?|boys?|girls?|lassies?|wee (?:man|yin|wan|lassie|boy)|daughter|son|children|grand ?weans?|"
    r"grandkids)"
    r"\b.{0,12}\b(?:again|back)\b|"
    r"\b(?:got|landed|startin|started|been gi(?:ed|en)|been given) (?:(?:my|ma|a|the|that|ma ain|new|wee|full time|"
    r"part time) ?)*(?:jobs?|flat|hoose|house|keys|placement|apprenticeship|college place|interview)\b|"
    r"\b(?:passed|past) (?:(?:my|ma|the) )?(?:driving )?(?:test|theory|exam|course|cscs|certificate)\b|"
    r"\b(?:packed|chucked|gied|gave|given) (?:in |up )?(?:the |ma |my )?(?:drink|bevvy|fags|smokin\w*|gear|coke|weed|"
    r"hash|voddy|vapes?|gamblin\w*|bettin\w*|puggies)(?: (?:in|up))?\b",
    re.IGNORECASE,
)
#: Something is asked, or it is no good news alone.
_AND_MORE = re.compile(
    r"\?|\b(?:can|could|how|hoo|wh?[ai]t|when|where|who|should|does|is it|am i|help|want|need|but|shak\w*|sweat\w*|"
    r"seein\w*|cannae|canny|no\w?t)\b",
    re.IGNORECASE,
)


def is_milestone(text: str) -> bool:
    """Whether somebody tells how long they have been off something, and nothing else: "dry since easter"."""
    return _MILESTONE.search(text) is not None and _AND_MORE.search(text) is None


def is_good_news(text: str) -> bool:
    """Whether somebody tells what went well for them, and nothing else: "got ma ain flat", "seein ma weans again"."""
    return _NEWS.search(text) is not None and _AND_MORE.search(_NEWS.sub(" ", text)) is None
