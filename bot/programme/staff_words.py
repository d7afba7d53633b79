"""What a worker texts from their linked phone, read without a model: a reference, a session in plain words, a day."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot import when
from bot.clock import london
from bot.conversations import choices
from bot.programme import references
from bot.programme.sessions import SessionView

#: What stands around the words that name a session.
_FILLER = frozenset(
    "a about add an and any at book booking can coming could course class down fit for free from full get going got "
    "group has have hi how in into is it just left list many me much my name names next of on onto or person place "
    "places please pls plz put room session sessions slot space spaces spot ta taken thanks that the their them there "
    "these this to up want wants we what whats when who whos will with would you".split()
)
_COUNT = re.compile(
    r"^\W*(?:who\b|who'?s\b|whos\b|how (?:many|full|busy)\b|any (?:room|places?|spaces?)\b|is there|what'?s on\b)",
    re.I,
)
#: What cannot be done from here. Read as a booking it would be the opposite of what was meant.
_OTHER = re.compile(
    r"\b(?:cancel|unbook|remove|delete|drop|move|change|swap|switch|give (?:up|back)|not coming|cannot come|"
    r"can'?t (?:come|make)|when is|where is|take\b.{0,20}\boff|is\b.{0,20}\bbooked|did\b.{0,20}\b(?:come|go))\b",
    re.I,
)
_INSTEAD = re.compile(r"\b(?:instead|out of|rather than)\b", re.I)
#: A text that begins so is a booking, whatever the session is called ("the change", "a drop-in").
_BOOK = re.compile(r"^\W*(?:book|put|add)\b", re.I)
_TIME = re.compile(r"\b(1[0-2]|[1-9])(?:[:.]([0-5]\d))? ?(am|pm)\b", re.I)
_YES = frozenset("yes y yeah yep aye ok okay book it do".split())
_NO = frozenset("no n naw nah nope leave it".split())


@dataclass(frozen=True)
class Said:
    """A text taken apart. `reference` is None when none is in it; `words` are what may name a session."""

    reference: str | None
    #: Another reference beside it.
    several: bool
    #: It asks how full something is, and books nobody.
    counts: bool
    #: It asks for something that cannot be done from here.
    other: bool
    days: tuple[date, date] | None
    part: str | None
    time: tuple[int, int] | None
    words: tuple[str, ...]

    @property
    def names_a_session(self) -> bool:
        return bool(self.words or self.days or self.time)


def read(text: str, today: date) -> Said:
    """Take a text apart."""
    reference, rest = references.read(text)
    another, rest = references.read(rest)
    found = when.read(rest, today)
    if found is not None:
        rest = re.sub(re.escape(found.words), " ", rest, flags=re.I) if found.words else rest
    clock = _TIME.search(rest)
    rest = _TIME.sub(" ", rest)
    at = None
    if clock is not None:
        at = (int(clock[1]) % 12 + (12 if clock[3].lower() == "pm" else 0), int(clock[2] or 0))
    words = re.findall(r"[a-z0-9]+", rest.lower().replace("’", "'").replace("'", ""))
    part = when.read_part(rest)
    parts = {"morning", "mornings", "afternoon", "afternoons", "evening", "evenings", "tonight"}
    days = (found.start, found.end) if found is not None else None
    named = tuple(word for word in words if word not in _FILLER and word not in parts)
    wants = bool(_COUNT.match(text)), _is_other(text)
    return Said(
        reference, another not in (None, reference), *wants, days, part or (found.part if found else None), at, named
    )


def _is_other(text: str) -> bool:
    return bool(_INSTEAD.search(text) or (_OTHER.search(text) and not _BOOK.match(text)))


def option(text: str) -> int | None:
    """Which of the numbered lines a text picks: by its number, or yes for the first and no for the second."""
    number = choices.number(text)
    if number is not None:
        return number
    words = re.findall(r"[a-z]+", text.lower())
    if words and len(words) <= 3:
        if all(word in _YES for word in words):
            return 1
        if all(word in _NO for word in words):
            return 2
    return None


def matching(said: Said, views: Iterable[SessionView], topics: dict[str, str]) -> list[SessionView]:
    """The sessions that a text may mean: every word of it names something of them, and the time is theirs.

    `topics`: slug → its names, to find "money" under financial health.
    """
    found = []
    for view in views:
        local = london(view.starts_at)
        if said.time is not None and (local.hour, local.minute) != said.time:
            continue
        about = (
            f"{view.title} {view.place} {view.area} {view.provider or ''} {view.audience} {topics.get(view.topic, '')}"
        )
        known = re.findall(r"[a-z0-9]+", about.lower().replace("'", ""))
        if all(_names(word, known) for word in said.words):
            found.append(view)
    return found


def _names(word: str, known: list[str]) -> bool:
    """Whether a word is one of a session's, shortened ("alc") or misspelt ("alchohol") as people text."""
    if any(other == word or (len(word) >= 3 and other.startswith(word)) for other in known):
        return True
    return len(word) >= 5 and bool(difflib.get_close_matches(word, known, n=1, cutoff=0.8))
