"""A time to be rung at, said in a few words under the question ("the morra mornin")."""

from __future__ import annotations

import re

#: So few words answer the question; more may be about something else.
_FEW = 5
_SAID = {
    "call:morning": re.compile(
        r"\bmornin\w*\b|\bfirst thing\b|\b(?:9|10|11)(?:[:.]\d\d)? ?am\b|"
        r"\bbetween (?:9|10|11|nine|ten|eleven) (?:and|an|n|&) \w+",
        re.IGNORECASE,
    ),
    "call:afternoon": re.compile(
        r"\b(?:after|efter) ?noo?n\b|\b(?:12|1|2|3|4)(?:[:.]\d\d)? ?pm\b|"
        r"\b(?:12|1|2|3) ?(?:-|to|tae|til+|until) ?(?:1|2|3|4)\b(?! ?(?:am|people|times|days))|"
        r"\b(?:(?:after|efter|at|from|fae|aboot|about|roon) (?:12|1|2|3|4|twelve|one|two|three|four)|"
        r"between (?:12|1|2|3|4|twelve|one|two|three|four) (?:and|an|n|&) \w+)\b",
        re.IGNORECASE,
    ),
    "call:evening": re.compile(
        r"\bevenin\w*\b|\bat night\b|\bthe night\b|\btonight\b|\b(?:5|6|7|8)(?:[:.]\d\d)? ?pm\b|"
        r"\b(?:after|efter|at|from|fae|aboot|about|roon) (?:5|6|7|8|five|six|seven|eight)\b|"
        r"\b(?:after|efter) (?:(?:my|ma|the) )?(?:work|squad|shift|tea|dinner)\b",
        re.IGNORECASE,
    ),
    "call:any": re.compile(
        r"\b(?:any ?time|whenever|when ?ever|dont mind|don't mind|no fussed|right now|the noo|asap|"
        r"(?:on )?(?:this|the same) (?:number|one|wan|phone))\b",
        re.IGNORECASE,
    ),
}


#: Refused, or more than a time: the language model reads it.
_NOT = re.compile(
    r"\b(?:not|no(?! fussed)|naw|never|don'?t(?! mind)|dinnae(?! mind)|can'?t|cannae|canny|cannot|other|scared|feart|"
    r"help|took|take|tablets|pills|he'?s|she'?s|he|she|die|except|avoid|bad|"
    r"nae(?! bother)|but no|his|hers?|husband|wife|partner|ex|home|here|before)\b",
    re.IGNORECASE,
)


#: What may stand beside a time that is all that is said.
_FILLING = frozenset(
    "monday mon tuesday tue tues wednesday wed weds thursday thu thur thurs friday fri said "
    "in the at on after efter before any about aboot from fae is it its it's best good fine better suits me i a can am "
    "pls please ta thanks ok okay aye yes but then only just some day today morra tomorrow or so pm would wid".split()
)


#: In a longer answer to "when is it safe to ring you?": a part of the day by its name, and hours that will not do.
_NAMED = {
    "morning": re.compile(r"\b(?:mornin\w*|first thing)\b", re.IGNORECASE),
    "afternoon": re.compile(
        r"\b(?:after|efter) ?noo?ns?\b|"
        r"\b(?:between )?(?:12|1|2|3) ?(?:-|to|tae|and|an|n|&|til+|until) ?(?:1|2|3|4)(?: ?pm)?\b",
        re.IGNORECASE,
    ),
    "evening": re.compile(r"\bevenin\w*\b", re.IGNORECASE),
}
_REFUSED = re.compile(
    r"\b(?:but|not|no|nae|never|cannae|can'?t|cannot|don'?t|dinnae)(?: \w+){0,3}? "
    r"(?:mornin\w*|(?:after|efter) ?noo?ns?|evenin\w*)",
    re.IGNORECASE,
)
#: An hour that is too early or too late, beside the part of the day that will do.
_HOURS = re.compile(r"\b(?:but )?(?:not|no) (?:before|after|until|till) (?:\d+|[a-z]+)(?: ?[ap]m)?\b", re.IGNORECASE)
_LONGEST = 20


def named(text: str) -> str | None:
    """The one part of the day that a longer answer names ("mornings please but not before 10"); None where it names
    none, several, or refuses one."""
    text = _HOURS.sub(" ", text.replace("’", "'"))
    if len(text.split()) > _LONGEST or "?" in text or _REFUSED.search(text) or _NOT.search(text):
        return None
    said = [name for name, words in _NAMED.items() if words.search(text)]
    return said[0] if len(said) == 1 else None


def part(text: str) -> str | None:
    """The part of the day (`call_backs.PARTS`) that a few words say, and no other with it; else None."""
    if not 1 <= len(text.split()) <= _FEW or "?" in text or _NOT.search(text.replace("’", "'")):
        return None
    said = [key for key, words in _SAID.items() if words.search(text)]
    return said[0].removeprefix("call:") if len(said) == 1 else None


def only(text: str) -> str | None:
    """As `part`, where nothing else is said: "after six pls", and not "it happens at night"."""
    found = part(text)
    if found is None:
        return None
    rest = _SAID[f"call:{found}"].sub(" ", text)
    return found if all(word in _FILLING for word in re.findall(r"[a-z']+", rest.lower())) else None


def means(payload: str, text: str) -> bool:
    """Whether a few words pick that choice, and no other time with it."""
    said = part(text) or named(text)
    return said is not None and f'"call:{said}"' in payload
