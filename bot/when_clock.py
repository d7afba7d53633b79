"""Times of day as people text them: "at 8 in the morning", "half 9 at night", "after 6", "done at 3".

Standard library only. Minutes are counted from midnight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY = 24 * 60
#: "At 2" is met by what begins this many minutes before or after it.
ABOUT = 30


@dataclass(frozen=True)
class Clock:
    """The minutes of the day between which something may begin, both included, and how that is said: "after 6pm"."""

    first: int
    last: int
    words: str


_HOURS = {
    "one": 1, "wan": 1, "two": 2, "twa": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
#: As often the thing that is asked for as the hour.
_A_THING = frozenset({"one", "wan"})
_PART = r"(?:(?:in|at|on) (?:the |a )?|the )?(?P<part>mornings?|mornin|efternoons?|afternoons?|evenings?|nights?)"
_TIME = re.compile(
    rf"(?P<before>(?:\w+ ){{0,2}}?)(?P<half>half (?:past )?)?(?<![\w:./-])(?P<hour>1[0-2]|[1-9]|{'|'.join(_HOURS)})"
    r"(?:[:.](?P<minute>[0-5]\d))?(?![\d/])"
    rf"(?P<after> ?(?:am|pm|a\.m\.?|p\.m\.?)\b| ?o'?clock\b)?(?: ?{_PART}\b)?"
    r"(?! ?(?:st|nd|rd|th)\b)"
    r"(?! (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)"
    r"(?! (?:hours?|hrs?|min(?:ute)?s?|days?|weeks?|wks?|months?|years?|yrs?|people|folk|ae|of|sessions?|classes|"
    r"groups?|more|times|weans|kids|out|oot|street|road)\b)",
    re.IGNORECASE,
)
#: What before a bare number makes it a time.
_SINCE = re.compile(r"\b(?:after|efter|from|fae|past|later than|onwards from)(?: about| aboot)? $", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:before|afore|by|until|till?)(?: about| aboot)? $", re.IGNORECASE)
_AT = re.compile(r"(?:\b(?:at|about|aboot|around|roon|the)|@) $", re.IGNORECASE)
#: The part of the day may stand before it: "sunday night at 8".
_PART_BEFORE = re.compile(
    r"\b(?P<part>mornings?|mornin|efternoons?|afternoons?|evenings?|nights?|tonight|the ?night)(?: \w+)? $",
    re.IGNORECASE,
)
#: It is when they are free from: "i finish at 3", "ma bus gets in at 11".
_FREE_FROM = re.compile(
    r"\b(?:finish\w*|done|aff|off|knock\w* (?:aff|off)|gets? in|get oot|get out|free|home|hame|back)"
    r"(?: (?:ma |my )?(?:work|shift|squad|school))? (?:at|fae|from|by|til|till|until) |"
    r"\b(?:work\w*|on shift|busy|in (?:college|school|training))(?: (?:late|every day|maist days|most days))? "
    r"(?:til|till|until|to|tae) ",
    re.IGNORECASE,
)
_FREE_TILL = re.compile(r"\b(?:start\w*)(?: (?:ma |my )?(?:work|shift|squad|school))? (?:at|fae|from) ", re.IGNORECASE)


def read(text: str) -> Clock | None:
    """The time of day that `text` names; None if it names none, or names two."""
    text = " ".join(text[:1_600].replace("’", "'").split())
    found = [clock for match in _TIME.finditer(text) if (clock := _clock(match)) is not None]
    return found[0] if len(found) == 1 else None


def _clock(match: re.Match[str]) -> Clock | None:
    start = match.start("half") if match["half"] else match.start("hour")
    before, after = match.string[:start], (match["after"] or "").replace(".", "").strip().lower()
    sure = bool(match["half"] or match["minute"] or after or match["part"])
    since, until, at = (bool(p.search(before)) for p in (_SINCE, _UNTIL, _AT))
    if not sure and not (since or until or at) or (not sure and not match["hour"].isdigit()):
        return None
    if match["hour"].lower() in _A_THING and not (match["half"] or match["minute"] or after or since or until or at):
        return None  # "is there one at night"
    if at and re.search(r"\bthe $", before) and not sure:  # "the 2" is a number, "the 2 o'clock" a time
        return None
    hour = int(match["hour"]) if match["hour"].isdigit() else _HOURS[match["hour"].lower()]
    past = 30 if match["half"] else int(match["minute"] or 0)
    told = match["part"] or ((early := _PART_BEFORE.search(before)) and early["part"]) or ""
    minutes = 60 * _of_24(hour, after, told.lower()) + past
    said = _in_words(minutes)
    if since or _FREE_FROM.search(before):
        return Clock(minutes, DAY, f"after {said}")
    if until or _FREE_TILL.search(before):
        return Clock(0, minutes - 1, f"before {said}")
    return Clock(minutes - ABOUT, minutes + ABOUT, f"at {said}")


def _of_24(hour: int, after: str, part: str) -> int:
    """The hour of the day. With nothing said of it, 8 to 11 are in the morning and the rest after noon."""
    hour %= 12
    if after == "am" or part.startswith("morn"):
        return hour
    if after == "pm" or part:
        return hour + 12 if not ("night" in part and hour == 0) else 0
    return hour if 8 <= hour <= 11 else hour + 12


def _in_words(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    if minutes in (0, 12 * 60):
        return "midnight" if minutes == 0 else "12 noon"
    return f"{hour % 12 or 12}{f':{minute:02d}' if minute else ''}{'am' if hour < 12 else 'pm'}"
