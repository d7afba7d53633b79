"""What a question on the order is about, where more can be said than that the case manager knows. Pure."""

from __future__ import annotations

import re

#: Court, breach, warnings: for a solicitor and the case manager, and nothing else is said of them.
_LAW = re.compile(
    r"\b(?:breach\w*|court|sheriff|warnings?|jail|prison|solicitor|lawyer|appeal\w*|legal|law|fiscal|tag|tagged|curfew|"
    r"revok\w+|sentence\w*|convict\w*|polis|police|report|sacked|kicked aff|kicked off)\b",
    re.IGNORECASE,
)
_DRINK = re.compile(
    r"\b(?:drunk|pished|pissed|steamin\w*|hungover|hung ?over|hangover|drinking|drinkin|a drink|the drink|"
    r"bevvy|bevvied|pints?|breathalys\w+|over the limit|smell\w* (?:(?:of|ae|a) )?(?:drink|alcohol|booze))\b",
    re.IGNORECASE,
)
_PREGNANT = re.compile(
    r"\b(?:pregnan\w+|preggers|expectin|expecting (?:a|my|ma|twins)|(?:weeks?|wks?|months?|mths?) (?:gone|pregnan\w+)|"
    r"(?:havin|having) (?:a|ma|my) (?:baby|wean|bairn)|(?:with|wi) child|up the duff)\b",
    re.IGNORECASE,
)
#: Then he asks for time off, and lifts as before.
_HER = re.compile(r"\b(?:ma|my|his) (?:\w+ )?(?:burd|bird|girlfriend|wife|partner|missus|daughter|sister|ex)\b", re.I)
_LATE = re.compile(
    r"\b(?:(?:be|am|i'm|im|running|runnin|gonna be|gonnae be|bit|wee bit|mins?|minutes|an hour|hour|so) late|"
    r"late (?:the day|today|for (?:it|ma|my|the|work|squad|unpaid))|slept in|"
    r"missed (?:the|ma|my) (?:van|bus|train|pick ?up|lift)|"
    r"(?:bus|train|van|lift) (?:is|was|'s|wis|hasn'?t|hisnae|never) (?:late|cancelled|come|came|turned up|shown))\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:wh?[ai]t time|when|wh?[ai]t days?|which days?|how many days|breaks?|lunch|dinner ?time|holidays?|christmas|"
    r"xmas|new year|hogmanay|easter|snow\w*|rain\w*|weather|start|finish|knock aff|knock off|boots|gloves|hi ?vis|"
    r"waterproofs|overalls|toilets?|music|radio|headphones|smoke|vape|fags?|weekends?|saturdays?|sundays?|nights?|"
    r"where (?:do|dae) (?:i|a|ah) (?:go|meet)|picked up|pick ?up)\b",
    re.IGNORECASE,
)


_MANAGER = re.compile(
    r"\b(?:who|whae|whos|who's|number|phone|call|ring|contact|find|reach|get hold)\b.{0,30}\bcase ?man\w*|"
    r"\bcase ?man\w*.{0,30}\b(?:number|phone|call|ring|contact|is who|who)\b",
    re.IGNORECASE,
)


def kind_of(text: str) -> str | None:
    """ "manager" (who that is, the number), "pregnant" or "drink" (at unpaid work), "late" for it, or its "day": times,
    breaks, kit; None for law and all else."""
    if _MANAGER.search(text):
        return "manager"
    if _LAW.search(text):
        return None
    if _PREGNANT.search(text) and not _HER.search(text):
        return "pregnant"
    if _LATE.search(text):
        return "late"
    if _DRINK.search(text):
        return "drink"
    return "day" if _DAY.search(text) else None
