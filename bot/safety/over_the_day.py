"""What a text means beside those of the same day: painkillers counted up, and what is seen once the drink is stopped.

Each text by itself is harmless ("n 2 cocodamol at dinner"), so no rule hears it. More than eight paracetamol in a day, with
those in co-codamol, is too many for anybody (NHS inform); seeing what is not there after stopping is withdrawal that kills.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.safety.normalise import normalise
from bot.safety.screen import SPELLER
from bot.safety.verdict import Verdict
from bot.safety.withdrawal import sees_what_is_not_there, stopped

#: The rules that are named.
RULES = frozenset({"counted", "seen_since_stopping"})
#: Tablets of 500 mg that a day may have.
A_DAY = 8
_WORDS = {
    "one": 1, "wan": 1, "two": 2, "twa": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "sixteen": 16,
}  # fmt: skip
_N = rf"(?P<{{}}>[1-9]|[12][0-9]|3[0-2]|{'|'.join(_WORDS)})"
_PARACETAMOL = r"(?:para(?:c|s)?[a-z]*|pcms?|co ?codamols?|cocodomol|cocodamols?|panadols?|pain ?killers?)"
#: Named: "6 paracetamol", "another 4 para".
_NAMED = re.compile(rf"\b{_N.format('a')} (?:(?:mair|more|of|the|them|tablets?|500 ?mg) )*{_PARACETAMOL}\b")
#: Not named any more: "just took the last 4", "that's 14 an 2", "6 an 2 an 4".
_MORE = re.compile(
    rf"\b(?:took|taken|hud|had|necked|swallowed) (?:just |about |aboot )?(?:(?:the|another|last|other|anither) )*{_N.format('a')}\b"
    r"(?! ?(?:o ?clock|pm|am|hours?|hrs?|mins?|minutes|days?|weeks?|years?|times?|pints?|cans?|drinks?|nurofens?|ibuprofens?|ibu))"
)
_SUM = re.compile(rf"(?<!the )\b{_N.format('a')} (?:an|and|n|plus|then) {_N.format('b')}\b(?: (?:an|and|n|plus|then) {_N.format('c')}\b)?")
#: "14 the day", "10 so far".
_A_DAYS = re.compile(rf"\b{_N.format('a')} (?:(?:of them|tablets?|pills?) )?(?:the day|a day|today|so far|in (?:a|the|wan|one) day|since (?:this|the) mornin\w*|since yesterday)\b")
#: Two at a time, and sooner than four hours after the last.
_OFTEN = re.compile(r"\b(?:every|each|evry) (?:(?:1|2|3|one|wan|two|three|couple (?:of|o|ae)) )?(?:hours?|hrs?|oor)\b")
#: It is of tablets that "every hour" is said, and not of a bus.
_TAKES = re.compile(rf"\b(?:tak\w*|took|at a time|tablets?|pills?|wans|ones|{_PARACETAMOL})\b")
#: Who asks how many may be taken has taken none by that.
_ASKS = re.compile(r"\b(?:can|could|cud|should|shud|may|kin) (?:i|a|ah|we|you|ye|u) (?:\w+ )?(?:take|tak|hae|have)\b|\bhow (?:many|much)\b|\bif (?:i|a|ah|you)\b")


def heard(text: str, earlier: Iterable[str]) -> Verdict | None:
    """The danger in `text` that only the `earlier` texts of the same person and day make it; None if there is none."""
    before = list(earlier)
    if _too_many(text, before):
        return Verdict("emergency", "counted", "self", "weak", "counted")
    if sees_what_is_not_there(normalise(text, SPELLER)) and any(stopped(normalise(t, SPELLER)) for t in before):
        return Verdict("emergency", "withdrawal", "self", "strong", "seen_since_stopping")
    return None


def _too_many(text: str, before: list[str]) -> bool:
    told = any(re.search(rf"\b{_PARACETAMOL}\b", _letters(t)) for t in [*before, text])
    letters = _letters(text)
    if told and _OFTEN.search(letters) and _TAKES.search(letters) and not _ASKS.search(letters):
        return True
    if not told or not (now := _taken(text)):
        return False
    return now + sum(map(_taken, before)) > A_DAY


def _taken(text: str) -> int:
    """How many tablets a text counts."""
    letters = _letters(text)
    if _ASKS.search(letters):
        return 0
    counted: dict[int, int] = {}
    for pattern in (_SUM, _NAMED, _MORE, _A_DAYS):
        for found in pattern.finditer(letters):
            for name, number in found.groupdict().items():
                if number is not None:
                    counted[found.start(name)] = _WORDS.get(number) or int(number)
    return sum(counted.values())


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))
