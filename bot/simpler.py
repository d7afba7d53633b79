"""The answer to "say it more simply": fewer, shorter, easier words than the answer, with nothing lost that keeps safe.

Pure, like `bot/wording.py`. Used where answers are checked (`bot/content.py`) and where staff write them.
"""

from __future__ import annotations

import re

from bot import wording

#: Years of age, as `wording.reading_age` reckons: an answer may be read at 11, its simple wording at 8.
MAX_AGE = 8.0
#: An answer that is easier than this already need not be made easier still.
EASY = 7.0
#: Words in a sentence. The reading age is a mean, and would let one long sentence hide among short ones.
LONGEST_SENTENCE = 16
EMERGENCY = "999"

#: Telephone numbers, sums, ages, doses, hours: whatever is written in digits.
_FIGURE = re.compile(r"\d(?:[\d,.:]*\d)?(?: \d+)*")
_END = re.compile(r"[.!?:]+(?=[\s'\"]|$)|\n+")
#: What an answer says → what its simple wording has to say too, and how that is called.
_KEPT = {
    "the warning against stopping suddenly": (
        r"\bstop(?:s|ped|ping)?\b[^.?!]*\b(?:suddenly|all at once)\b|\bjust (?:stop|go without)\b",
    ),
    "what to do where somebody else reads the phone": (r"\bdelete\b",),
    "how to call without speaking": (r"\bpress 55\b",),
    "where to go at once": (r"\bA&E", r"\bA&E|\b999\b|\b111\b"),
}


def problems(simple: str, text: str, more: str | None = None, urgent: str | None = None) -> list[str]:
    """What is wrong with the simple wording of an answer; an empty list if nothing is.

    It is no longer and no harder to read than `text`, keeps the telephone numbers of `text`, 999 where `urgent` has it
    and the warnings that keep people safe, and has no figure that the answer has not.
    """
    hardest = min(MAX_AGE, max(EASY, round(wording.reading_age(text), 1)))
    found = wording.problems(simple, max_age=hardest)
    if (units := wording.size(simple).units) > (limit := wording.size(text).units):
        found.append(f"{units} units, longer than the answer's {limit}")
    if (longest := max((len(s.split()) for s in _END.split(simple)), default=0)) > LONGEST_SENTENCE:
        found.append(f"a sentence of {longest} words, at most {LONGEST_SENTENCE}")
    kept, whole = set(wording.numbers(text)), f"{text}\n{more or ''}\n{urgent or ''}"
    if EMERGENCY in wording.numbers(urgent or ""):
        kept.add(EMERGENCY)
    found += [f"leaves out {number}" for number in sorted(kept - set(wording.numbers(simple)))]
    found += [f"{figure} is not in the answer" for figure in sorted(_figures(simple) - _figures(whole))]
    for what, patterns in _KEPT.items():
        if re.search(patterns[0], text, re.IGNORECASE) and not re.search(patterns[-1], simple, re.IGNORECASE):
            found.append(f"leaves out {what}")
    return found


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(text))
