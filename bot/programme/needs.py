"""Needs: from the words of a request to what kind of service fits, and for whom a service is meant.

The lexicon, `NEEDS`, is data/needs.yml; everything here is pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot import yamlfile
from bot.wording import DATA


@dataclass(frozen=True)
class Need:
    """`words`: how people say it. `topics`: where to look. `marks`: what a fitting service says in its name or line.

    `answer`: (topic, key) of the answer that is said before the places. `sentence`: one of ours that is said instead.
    `before`: a sentence of ours that is said before them. `lead`: services that come first for somebody who has just
    spoken of it. `only`: nothing that is merely about the topic is given where no service fits.
    """

    words: str
    topics: tuple[str, ...]
    marks: str
    answer: tuple[str, str] | None = None
    sentence: str | None = None
    lead: tuple[str, ...] = ()
    before: str | None = None
    only: bool = False


@dataclass(frozen=True)
class Today:
    """What somebody has to have today. `said`: how people say it. `unless`: words that make it another question.
    `answers`: (topic, key) of what is said, that which helps soonest first."""

    said: str
    unless: str
    answers: tuple[tuple[str, str], ...]


def _load(
    tree: dict,
) -> tuple[dict[str, Need], tuple[tuple[str, str], ...], dict[str, list[str]], tuple[Today, ...], dict[str, str]]:
    found = {
        name: Need(
            "|".join(map(str, need["words"])), tuple(need["topics"]), "|".join(need["marks"]),
            _answer(need["answer"]) if "answer" in need else None, need.get("sentence"),
            tuple(need.get("lead", ())), need.get("before"), bool(need.get("only")),
        )
        for name, need in tree["needs"].items()
    }  # fmt: skip
    today = tuple(
        Today("|".join(row["said"]), "|".join(row["unless"]), tuple(map(_answer, row["answers"])))
        for row in tree["today"]
    )
    limits = tuple((row["audience"], "|".join(map(str, row["said"]))) for row in tree["limits"])
    names = {slug: "|".join(map(str, said)) for slug, said in tree["names"].items()}
    return found, limits, tree["usual"], today, names


def _answer(name: str) -> tuple[str, str]:
    topic, _, key = name.partition("/")
    return topic, key


#: NEEDS: need → how it is said, where to look, how to tell a fitting service.
#: LIMITS: whom a service is for → the words with which someone says that they are one of them.
#: USUAL: topic → the needs that most people have who name it and nothing more.
#: TODAY: what cannot wait, and the answers to it.
#: NAMES: the slug of a service → how people call it.
NEEDS, LIMITS, USUAL, TODAY, NAMES = _load(yamlfile.read(DATA / "needs.yml"))

#: Of those, the reviewed crisis lines, by their key in data/crisis_numbers.yml; and one that is a district as well.
CRISIS_LINES = {"samaritans": "samaritans", "breathing-space": "breathing_space", "rape-crisis-scotland": "rape_crisis"}
ALSO_A_DISTRICT = frozenset({"sandyford"})

#: Somebody has none, or too little of it.
_NO_MONEY = re.compile(
    r"\b(?:money|cash|skint|broke|brassic|afford|pay ?day|giro|(?:on|oan) (?:the )?emergency|"
    r"(?:no|nae) (?:food|gas|leccy|lecky|electric\w*)|"
    r"(?:nothing|nuthin|nowt) (?:(?:to|tae) (?:eat|feed|gie|give)|(?:for|fur) (?:the|ma|my)))\b",
    re.IGNORECASE,
)
#: Of what they are or look for; not "my mum died", not "aye man".
_WOMEN = re.compile(r"\b(?:wom[ae]n'?s?|females?|lass(?:es|ies)|ladies|mums)\b", re.IGNORECASE)
_MEN = re.compile(r"\b(?:men'?s?|males?|lads|blokes|dads)\b", re.IGNORECASE)


def needs_of(text: str) -> list[str]:
    """The needs that a text names, the one named first in front."""
    found = []
    for name, need in NEEDS.items():
        if match := re.search(rf"\b(?:{need.words})\b", text, re.IGNORECASE):
            found.append((match.start(), name))
    return [name for _, name in sorted(found)]


def called(text: str) -> tuple[str, ...]:
    """The slugs of the services that a text calls by name ("is the lodging house mission open")."""
    text = text.replace("’", "'")
    return tuple(slug for slug, said in NAMES.items() if re.search(rf"\b(?:{said})\b", text, re.IGNORECASE))


def needed_today(text: str) -> tuple[tuple[str, str], ...]:
    """The answers, as (topic, key), for somebody without money for what they must have today; () for anybody else."""
    if not _NO_MONEY.search(text):
        return ()
    for row in TODAY:
        if re.search(rf"\b(?:{row.said})", text, re.IGNORECASE):
            return () if re.search(rf"\b(?:{row.unless})\b", text, re.IGNORECASE) else row.answers
    return ()


def fits(need: str, description: str) -> bool:
    """Whether a service with this name and line is one for `need`. KeyError for an unknown need."""
    return re.search(rf"\b(?:{NEEDS[need].marks})\b", description, re.IGNORECASE) is not None


def asks_for_women(text: str) -> bool:
    return _WOMEN.search(text) is not None


def asks_for_men(text: str) -> bool:
    return _MEN.search(text) is not None


def only_for(audience: str) -> str | None:
    """Whom alone a service is for: "women", "men" or None."""
    if re.search(r"\bwomen\b", audience, re.IGNORECASE) and "and others" not in audience.lower():
        return "women"
    return "men" if re.search(r"\bmen\b", audience, re.IGNORECASE) else None


def within_limits(audience: str, text: str) -> bool:
    """Whether someone who says `text` may be offered a service for `audience`."""
    for limited, said in LIMITS:
        if re.search(limited, audience, re.IGNORECASE):
            return re.search(rf"\b(?:{said})\b", text, re.IGNORECASE) is not None
    return True
