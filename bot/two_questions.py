"""Two things asked in one text: "how do you catch hep C, and when is the drink class".

A text has one meaning to the classifier, the louder of the two, and the other would never be answered. Where a text
falls into two parts that each ask something by themselves, and each is surely understood, both are answered. Whatever
sounds of danger is never taken apart, and what leans on the first part ("and does it hurt") stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

#: A longer text is a story, and one thing to be understood whole.
LONGEST = 45
#: Words that a part has at least.
SHORTEST = 3
#: How sure of each part one must be. Of 89,000 messages labelled as one thing, 1 in 4,000 is taken apart.
SURE = 0.8
_WORD = (
    r"(?:what(?:'?s)?|whit(?:'?s)?|wit|wot|wats?|when(?:'?s)?|where(?:'?s)?|whaur|wher|how(?:'?s)?|hoo|who(?:'?s)?|why|which|can|"
    r"kin|could|do|dae|does|did|is|are|will|wull|would|should|any|am i|are there)"
)
_JOIN = r"(?:and|an|n|&|also|plus|oh|btw|by the way)"
#: Between two questions: the end of a sentence, or "and" before a word that asks or does.
_BETWEEN = re.compile(
    rf"[?.!;\n]+\s*(?:{_JOIN}[, ]+)*|[, ]+(?:{_JOIN}[, ]+)+(?=(?:{_WORD}|book|put me|sign me|i need|i want)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"^\W*(?:(?:hi|hiya|hello|hey|awrite|alright|ok|okay|so|right|please|pls|pal|mate|but|eh|aye)\W+)*{_WORD}\b|\?"
    r"|^\W*(?:(?:i|a|we)\W+)?(?:need|want|wanna|wantin|looking|lookin|trying|tryin|wondering|wonderin|book|put me"
    r"|sign me|get me|tell me)\b",
    re.IGNORECASE,
)
#: What stands for something that was said before.
_LEANS = re.compile(
    r"\b(?:it|its|it's|that|that's|thats|this|they|they're|them|these|those|one|wan|yin|there|he|she|him|her|his|hers|their|so|same|"
    r"first|else|other|ither|only|then)\b",
    re.IGNORECASE,
)
#: Plain intents that are told and done with, and those after which something is picked or asked.
_TOLD = frozenset({"ask_hours", "ask_order", "ask_privacy"})
_PICKED = frozenset({
    "list_sessions", "find_service", "book_session", "change_booking", "my_bookings"
})  # fmt: skip
#: Of a session: "book me on the drink class, do i get hours for it" asks about the class.
_OF_A_SESSION = frozenset({"list_sessions", "book_session"})

#: What the first of the two carries in its metadata, where its actions find it.
MORE_FOLLOWS = "more_follows"


def asks(text: str) -> bool:
    """Whether some words ask, or want, something by themselves. What begins with a slash would be no words to Rasa."""
    return len(text.split()) >= SHORTEST and _ASKS.search(text) is not None and not text.lstrip().startswith("/")


def more_follows(read: Mapping[str, Any]) -> bool:
    """Whether what was read is the first of two questions, the second of which is answered next."""
    return bool((read.get("metadata") or {}).get(MORE_FOLLOWS))


#: A wish to have it deleted, behind what is asked: "how do i get a test. can u delete this after".
_AND_DELETE = re.compile(
    rf"^(?P<first>\S.*?)(?:[?.!;,\n]+\s*|\s+)(?:{_JOIN}[, ]+)*"
    r"(?P<rest>(?:please |pls |(?:can|could|kin|will|wull|gonnae|gonny) (?:you|u|ye|yous|i|a) (?:please |pls |just )?)"
    r"(?:delete|erase|wipe|get rid (?:of|ae))\b.*)$",
    re.IGNORECASE | re.DOTALL,
)


def and_delete(text: str) -> tuple[str, str] | None:
    """What is asked before a wish that it be deleted, and that wish; None where there is no more than the wish."""
    found = _AND_DELETE.match(text) if len(text.split()) <= LONGEST else None
    if found is None or len(found["first"].split()) < SHORTEST or found["first"].startswith("/"):
        return None
    return found["first"].strip(), found["rest"].strip()


class Part(NamedTuple):
    """A part of a text, and what it was read as."""

    text: str
    read: Mapping[str, Any]


def parts(text: str) -> Iterator[tuple[str, str]]:
    """The ways in which `text` falls into two parts that each may ask something, in the order of their place in it."""
    if len(text.split()) > LONGEST:
        return
    for between in _BETWEEN.finditer(text):
        first = text[: between.start()].strip() + ("?" if "?" in between[0] else "")
        second = text[between.end() :].strip()
        if asks(first) and asks(second):
            yield first, second


def both(first: Part, second: Part) -> tuple[Part, Part] | None:
    """The two in the order in which to answer them, what leaves something to pick last; None where they are not two
    things that can each be answered. What was read is Rasa's parse data, with the keys of `bot.nlu.components`."""
    meant = [_meaning(part.read) for part in (first, second)]
    if None in meant or meant[0] == meant[1] or all(name in _PICKED for name in meant):
        return None
    if _LEANS.search(second.text) and not (meant[0] in _OF_A_SESSION and meant[1] == "ask_hours"):
        return None
    return (second, first) if meant[0] in _PICKED else (first, second)


def _meaning(read: Mapping[str, Any]) -> str | None:
    """The intent, or the answer that is asked for, where it is sure; None where it is not, or there is danger in it."""
    intent = read.get("intent") or {}
    name = str(intent.get("name") or "")
    if read.get("danger") or float(intent.get("confidence") or 0) < SURE:
        return None
    if name in _TOLD or name in _PICKED:
        return name
    return read.get("answer") if name.startswith("ask_") else None
