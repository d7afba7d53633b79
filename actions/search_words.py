"""What people say of the time that will not do, of the part of the day, and of where they have been. Pure."""

from __future__ import annotations

import re

from bot import when

#: "Good morning" is no wish for a morning session.
_GREETING = re.compile(r"^\W*(?:good )?(?:morning?|mornin|afternoon|efternoon|evenin|evening)\b", re.IGNORECASE)
#: "Work till 5": whatever it is, it is to be after that.
_AT_WORK = re.compile(
    r"\b(?:work|working|workin|at ma work|at my work|on shift|at college|at school)(?: (?:late|every day))? "
    r"(?:till?|til|until|to|tae|up to) (?:[4-7]|half (?:four|five|six|4|5|6)|four|five|six|tea ?time)\b",
    re.IGNORECASE,
)
_PART = r"(?P<part>morn(?:ing?|in|s|ings)?|(?:after|efter)noons?|evenings?|evenins?|nights?|days?|daytimes?)"
_NOT_IN = re.compile(
    r"\b(?:can'?t|cannot|cannae|canny|couldn'?t|couldnae|not|no|nae|never|except|hate|any ?time but|anything but)\s+"
    r"(?:(?:do|dae|make|manage|come|it|in|on|oan|at|the|a|an|any|ony|for|fur|be|get|work|up)\s+){0,3}"
    rf"{_PART}\b(?! (?:after|before))(?:\s+(?:or|and|nor|n)\s+(?:in the )?{_PART.replace('part>', 'more>')}\b)?",
    re.IGNORECASE,
)
_PARTS = {"m": "morning", "a": "afternoon", "e": "evening", "n": "evening"}
#: A session they have been to, or had a place on.
_GONE_TO = re.compile(
    r"\b(?:(?:was|wis|were|wur|been|bin|went|goat|gone|came|did|done|dun|missed|started|booked)"
    r"(?: \w+){0,3}|the wan|the one|same(?: \w+)?(?: as)?) (?:last|yesterday|the other|on|at|tae|to)\b",
    re.IGNORECASE,
)


def part_of(text: str) -> str | None:
    """The part of the day that is wished for: "anything at night", "a work till 5"."""
    return "evening" if _AT_WORK.search(text) else when.read_part(_GREETING.sub("", text))


def part_ruled_out(text: str) -> tuple[str, str | None]:
    """`text` without the part of the day that will not do, and that part: "cant do morns"."""
    found = None if _ASKED.match(text) else _NOT_IN.search(text)
    if found is None or found["part"].lower().startswith("day"):
        return text, None
    part = found["part"].lower()
    before, after = text[: found.start()], text[found.end() :]
    if found["more"]:  # of three parts of the day one is left
        left = set(_PARTS.values()) - {_called(part), _called(found["more"].lower())}
        return f"{before} {left.pop() if len(left) == 1 else ''} {after}", None
    return before + after, _called(part)


def _called(part: str) -> str:
    return "afternoon" if part.startswith("efter") else _PARTS.get(part[0], "afternoon")


def gone_to(text: str) -> bool:
    """Whether a day that is gone by is when they were at a session, not when they want one."""
    return _GONE_TO.search(text) is not None


_NOT_ON = re.compile(
    r"\b(?:can'?t|cannot|cannae|canny|couldn'?t|couldnae|not|no|nae|never|except|bar|but no|but not|instead of|"
    r"rather than|apart (?:from|fae)|(?:day|time|(?:any)?thing|anyhin|one|wan) but)\s+"
    r"(?:(?:do|dae|make|it|come|manage|on|oan|in|a|an|any|ony|the|for|free|be|get|work)\s+){0,3}"
    r"(?P<day>mon|tue|wed|wens|thu|fri|sat|sun)\w*",
    re.IGNORECASE,
)
#: "Why not Monday", "can i not come on Monday": that day is asked for.
_ASKED = re.compile(
    r"^\W*(?:why|how come|is (?:it|there)|can|could|do|does|are|will)\b"
    r"(?!.*\b(?:(?:that|which|wan|one)(?:'?s| is| are)? (?:not|no|nae)|any(?:thing|hin|thin)? (?:but|not|no))\b)",
    re.IGNORECASE,
)
_SHORT = {"mon": 0, "tue": 1, "wed": 2, "wens": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}


def ruled_out(text: str) -> tuple[str, int | None]:
    """`text` without the day of the week that will not do, and that day (0 for Monday), where one is named so."""
    found = None if _ASKED.match(text) else _NOT_ON.search(text)
    if found is not None and re.fullmatch(r"(?:no|nae) \w+d(?:ay|y)", found[0], re.IGNORECASE):
        return text, None  # "no, Monday": that may be the day they want
    if found is None or not re.match(r"(?:mon|tue|wed|wens|thu|fri|sat|sun)\w*d(?:ay|y)", found[0].split()[-1], re.I):
        return text, None
    return text[: found.start()] + text[found.end() :], _SHORT[found["day"].lower()]


_MAN, _MEN = r"(?:man|guy|bloke|fella|lad|boy|da|father)", r"(?:men|guys|blokes|fellas|lads|boys)"
_WOMAN = r"(?:wom[ae]n|wumman|wummin|lassie|girl|mum|maw|mother)"
_WOMEN = r"(?:women|wimmin|wummin|lassies|girls|ladies)"
_WHO = re.compile(
    rf"\b(?:(?P<men>{_MEN} like (?:me|us)|(?:i'?m|am|a'?m|as) (?:just |jist )?(?:a |an )(?:\w+ ){{0,2}}?{_MAN})|"
    rf"(?P<women>{_WOMEN} like (?:me|us)|(?:i'?m|am|a'?m|as) (?:just |jist )?(?:a |an )(?:\w+ ){{0,2}}?{_WOMAN}))\b",
    re.IGNORECASE,
)


def who_they_are(text: str) -> str | None:
    """ "men" or "women" where somebody says that they are one: "for guys like me", "a'm a man"."""
    found = _WHO.search(text)
    return found.lastgroup if found else None
