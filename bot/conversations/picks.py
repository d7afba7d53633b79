"""A choice picked by number at the head of a text that goes on: "1 please. what do i wear if it rains?"

The language model would hear the question and lose the pick.
"""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from bot.conversations import choices
from bot.models import Choice, Conversation

_HEAD = re.compile(
    r"^\W*(?:(?:aye|yes|yeah|ok|okay|the|number|no\.?|num|option|opt)\s+)*"
    r"(?P<number>\d{1,2}(?:st|nd|rd|th)?|one|two|three|four|five|first|furst|frist|firs|second|secont|secund|third|thurd|"
    r"fourth|fifth)"
    r"(?P<one>\s+(?:one|wan|yin))?(?P<plain>"
    r"(?:\s+(?:please|pls|plz|thanks|ta|then|pal|mate|(?:book|buk) (?:it|me|that)(?: (?:in|on|oan))?|"
    r"(?:put|pit) me (?:on|oan|down|doon|in)(?: (?:it|that))?))*)"
    r"(?:(?P<on>(?=\s+(?:but|and|an|n|btw|also|oh)\s))|(?P<stop>\s*[.;:!)]+|\s*,|))\s+(?P<more>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "furst": 1, "frist": 1, "firs": 1, "secont": 2, "secund": 2, "thurd": 3,
}  # fmt: skip
#: What follows a number that is no pick: "2, maybe 3", "1 of them", "2 and a half".
_NO_PICK = re.compile(
    r"(?:\d|(?:or|maybe|to|of|in|out|pints?|units?|times?|days?|weeks?|months?|years?|o|"
    r"(?:and|an|n) (?:\d+|two|three|a (?:half|hauf|bit|wee bit|quarter)))\b)",
    re.IGNORECASE,
)
#: Words that take a pick back, or pick something else: "1. dont book me on that", "2 please no wait 3". What is not
#: wanted besides ("2. a don't want ma name on a list") takes nothing back.
_TAKEN_BACK = re.compile(
    r"^\W*(?:(?:but|oh|och|and|n|aw)\W+)*(?:no|not|naw|nah|wrong|sorry)\b|"
    r"\b(?:wait|actually|changed (?:my|ma) mind|instead)\b|"
    r"\b(?:don'?t|dinnae|dinna|do not)\s+"
    r"(?:book|buk|put|sign|(?:want|wan|fancy|need)(?:\s+(?:it|that|this|to|tae))?\W*$|"
    r"(?:want|wan|need)\s+(?:it|that|this|(?:to|tae)\s+(?:go|come|be)))\b|"
    r"\b(?:not|no|nae)\s+(?:that|the other|this|sure)\b(?!\s+the\b)|"
    r"\b(?:for|fur)\s+(?:him|her|them)\b|(?<!\S)\d(?!\S)",
    re.IGNORECASE,
)
#: Choices where a number may say how many or how good, or that stop something: never picked by the way.
_ONLY_ALONE = re.compile(r'"(?:score|rate|crisis|stop|wrong|leave_out|absence|handoff)[:"]')


def with_more(db: Session, conversation: Conversation, text: str) -> tuple[Choice, str] | None:
    """The open choice that the head of `text` picks, and what it says besides; None where it picks none, or says no
    more than that."""
    found = _HEAD.match(text)
    if found is None or _NO_PICK.match(found["more"]):
        return None
    if not (found["plain"] or found["stop"] or found["on"] is not None):
        return None
    if len(found["more"].split()) < 2 or _TAKEN_BACK.search(found["more"]):
        return None
    if not found["number"][0].isdigit() and not (found["one"] or found["plain"]):
        return None  # "first, i lost my job"
    said = found["number"].lower()
    number = _NUMBERS.get(said) or int(re.sub(r"\D", "", said))
    row = next((c for c in choices.open_choices(db, conversation.id) if c.position == number), None)
    return None if row is None or _ONLY_ALONE.search(row.payload) else (row, found["more"].strip())
