"""Date words as people text them in Glasgow: "the morra", "next tues", "3/12", "in a fortnight", "mon or tues".

Standard library only. `today` is the caller's (London time): nothing here looks at a clock. The ways of naming a day
are in `when_words`; here they are found in a message, put together, and given their part of the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.when_words import RULES, Span


@dataclass(frozen=True)
class When:
    """The days that somebody means, both ends included, and the words they said it in.

    `part` is "morning", "afternoon", "evening" or None. `end` before today means that they named a day gone by.
    """

    start: date
    end: date
    part: str | None
    words: str


#: A message has its date near its start; a text longer than this is not about one.
MAX_CHARACTERS = 1_600


def read(text: str, today: date) -> When | None:
    """The days that `text` names, seen from `today`; None if it names none."""
    text = _plain(text[:MAX_CHARACTERS])
    hits: list[tuple[int, int, Span]] = []
    masked = text
    for pattern, meaning in RULES:  # the longest ways of saying it come first and hide their words from the rest
        for match in pattern.finditer(masked):
            try:
                span = meaning(match, today)
            except ValueError:  # the 31st of February
                span = None
            if span:
                hits.append((match.start(), match.end(), span))
        for start, end, _ in hits:
            masked = masked[:start] + "\x00" * (end - start) + masked[end:]
    if not hits:
        return None
    start, end, span = _joined(text, sorted(hits))
    return When(*span, read_part(text), text[start:end].strip())


def read_part(text: str) -> str | None:
    """The part of the day that `text` names ("mornings are best"), or None."""
    text = _plain(text[:MAX_CHARACTERS])
    if clock := re.search(r"\b(1[0-2]|[1-9])(?:[:.][0-5]\d)? ?(am|pm)\b", text):
        if clock[2] == "am":
            return "morning"
        return "afternoon" if int(clock[1]) in (12, 1, 2, 3, 4) else "evening"
    for part, pattern in _PARTS:
        if pattern.search(text):
            return part
    return None


_PARTS = (
    (
        "evening",
        re.compile(r"\b(?:the morn'?s night|tonight|2nite|tonite|the night|nights?|nite|evenings?|evenin|evnings?|"
            r"(?:after|efter) work)\b"),
    ),
    ("afternoon", re.compile(r"\b(?:after|efter)noons?\b|\befternin\b|\bdinner ?time\b|\blunch ?time\b")),
    ("morning", re.compile(r"\bmornings?\b|\bmornins?\b|\bmorns\b|\bfirst thing\b")),
)


def _plain(text: str) -> str:
    text = text.lower().replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "-")
    return " ".join(text.split())


# --- several days in one message -----------------------------------------------------------

_JOIN = re.compile(
    r"^(?: ?[?.]? ?(?:or|and|to|tae|till?|until|-|/|,|&|, or|or else|or even)?(?: (?:on|the|maybe|this))*) ?$"
)
_REFUSED = re.compile(
    r"\b(?:cannae|canny|can't|cant|cannot|can not|couldn't|couldnae|no|not|nae|naw|instead of|rather than|missed)"
    r"(?: (?:make|come|do|dae|go|manage|attend|on|oan|the|this|ma|my|it|for|free|tae|to|there)){0,4} $"
)
_MOVED = re.compile(r"\b(?:move|change|chynge|swap|switch|shift|put)\b")


def _dated(text: str, hits: list[tuple[int, int, Span]]) -> tuple[int, int, Span] | None:
    """The date that says which of its weekdays is meant: "the wensday wan, is it the 9th"; None where none does."""
    weekday = hits[0][2][0].weekday()
    if re.search(r"\d", text[hits[0][0] : hits[0][1]]) or hits[0][2][0] != hits[0][2][1]:
        return None
    same = [
        h for h in hits[1:]
        if h[2][0] == h[2][1] and h[2][0].weekday() == weekday and re.search(r"\d", text[h[0] : h[1]])
    ]  # fmt: skip
    return same[0] if len(same) == 1 else None


def _joined(text: str, hits: list[tuple[int, int, Span]]) -> tuple[int, int, Span]:
    """One span for all `hits`: what is refused or moved away from is left out, neighbours are taken together."""
    if len(hits) > 1:
        wanted = [h for h in hits if not _REFUSED.search(text[: h[0]])]
        hits = wanted or hits
    if len(hits) > 1 and _MOVED.search(text[: hits[0][0]]):
        hits = hits[-1:]
    if len(hits) > 1 and (dated := _dated(text, hits)) is not None:
        hits = [dated]
    start, end, (first, last) = hits[0]
    for more_start, more_end, (more_first, more_last) in hits[1:]:
        if not _JOIN.match(text[end:more_start]):
            continue
        if first <= more_first <= more_last <= last:  # "next week on the Thursday": the narrower one
            first, last = more_first, more_last
        elif more_last < first and (first - more_last).days < 7:  # "mon or tues", said on a Tuesday
            last = more_last + timedelta(7)
        else:
            first, last = min(first, more_first), max(last, more_last)
        end = more_end
    return start, end, (first, last)
