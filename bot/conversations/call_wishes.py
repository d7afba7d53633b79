"""The day and the hour at which somebody wants to be rung, in their words: "the morra at 2", "11 in the mornin".

A wish and no promise: staff ring when they can. The day is kept as a date, as "tomorrow" is another day tomorrow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot import when, when_clock
from bot.conversations import call_times

_NUMBER = r"(?:1[0-2]|[1-9])(?:[:.][0-5]\d)?"
_PART = r"(?: ?(?:am|pm)\b| (?:in|at) (?:the )?(?:mornin\w*|after\w*|efter\w*|evenin\w*|night))?"
#: An hour that will not do, and why: "no 2", "a cannae dae 2", "am workin at 2".
_REFUSED = re.compile(
    r"\b(?:(?:no|not|nae|naw|never|(?:instead|rather) (?:of|than))|"
    r"(?:can'?t|cannae|canny|cannot|couldnae|couldn'?t) (?:do|dae|make|mak|manage|talk|come|answer)|"
    r"(?:(?:i'?m|am|i am|a'm) )?(?:at (?:my |ma )?work|workin\w*|working|busy|oot|out|on shift|(?:at|on) (?:ma|"
    r"my) squad)|"
    r"(?:it|that) (?:was|wis)|(?:said|from|fae))"
    rf"(?: (?:at|aboot|about|it|for|fur|till?|until|fae|from|the|after|efter|"
    rf"past))* {_NUMBER}{_PART}(?! ?(?:people|times))",
    re.IGNORECASE,
)
#: What makes a bare number the hour that is wanted.
_WANTED = re.compile(
    rf"\b(?P<said>(?:mak|make|change|chynge|move|put|be|need|want|better|best|prefer|say)"
    rf"(?: (?:it|(?:the |that |ma |my )?(?:phone ?)?call))?"
    rf"(?: (?:to|tae|for|fur|be|til|till|at))*) (?P<hour>{_NUMBER})(?![\d:])",
    re.IGNORECASE,
)
#: "Not before 10" is after 10.
_NOT_BEFORE = re.compile(r"\b(?:no|not|nae|naw|never) (?:before|afore)\b", re.IGNORECASE)
_ALONE = re.compile(rf"^\W*(?:(?:aye|yes|naw|no|ok|just|jist|so|but|then|actually|maybe|"
    rf"mibbe)\W+)*(?P<hour>{_NUMBER})\W*"
                    r"(?:then|instead|please|pls|better|is better|ok|suits(?: me)?|"
                    r"would be better)?\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Wish:
    """The part of the day (`call_backs.PARTS`), the day, and the hour as it is said ("at 2pm"); each may be missing."""

    part: str | None
    day: date | None
    at: str | None


def read(text: str, today: date) -> Wish | None:
    """What a message about a call says of when; None where it says nothing of it."""
    kept = " ".join(text.replace("\u2019", "'").split())
    kept = _NOT_BEFORE.sub("after", kept)
    kept = _REFUSED.sub(" , ", kept)
    pieces = [piece.strip() for piece in re.split(r"[.!?;,\n]+|\binstead\b", kept) if piece.strip()]
    hours = [hour for piece in pieces if (hour := _hour(piece)) is not None]
    hour = hours[0] if len({h.words for h in hours}) == 1 else None
    named = when.read(kept, today)
    day = named.start if named is not None and named.start == named.end >= today else None
    if hour is not None:
        part = _part_of(hour)
    else:
        part = when.read_part(kept) or call_times.named(kept) or call_times.part(" ".join(kept.split()[:5]))
    return Wish(part, day, hour.words if hour else None) if part or day else None


def _hour(piece: str) -> when_clock.Clock | None:
    said = _ALONE.sub(lambda m: f"at {m['hour']}", _WANTED.sub(lambda m: f"{m['said']} at {m['hour']}", piece))
    return when_clock.read(said)


def _part_of(hour: when_clock.Clock) -> str:
    first = hour.first if hour.words.startswith(("after", "at")) else hour.last
    morning, afternoon = (limit * 60 - when_clock.ABOUT for limit in (12, 17))
    return "morning" if first < morning else "afternoon" if first < afternoon else "evening"


def words(part: str | None, day: date | None, at: str | None, parts: dict[str, str]) -> str:
    """As it is said back: "on Tue 24 Nov at 2pm", "in the morning"."""
    said = at or (parts[part] if part else "")
    return f"on {day:%a} {day.day} {day:%b} {said}".strip() if day else said
