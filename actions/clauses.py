"""One place given up and another wanted: "cancel it n gie me the pollok wan". Each part is read by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from actions.search import Search

if TYPE_CHECKING:
    from actions.turn import Turn

_BETWEEN = re.compile(r"\s*[.,;!?\n]+\s*|\s+(?:and|an|n|but|then)\s+", re.IGNORECASE)
_CANCELS = re.compile(
    r"\b(?:cancel\w*|scrap|drop|(?:take|tak|tk|get|git) (?:me|us|ma name|my name) (?:aff|off|of|oot|out)|"
    r"(?:cannae|canny|can'?t|cant|cannot|won'?t|couldnae) (?:\w+ )?(?:make|dae|do|come|go|manage|attend)|"
    r"(?:don'?t|dinnae|dont) want|(?:no|not|instead of|rather than) (?:the|that))\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\b(?:(?:i|a|ah|i'?d|id)(?: would| wid| wud)?(?: just| jist| really| rather)? "
    r"(?:want|wan|wanna|need|like|prefer|tak|take)|"
    r"gie (?:me|us)|gi me|gimme|gies|give (?:me|us)|get (?:me|us) (?!off|aff)|git me (?!off|aff)|book|buk|"
    r"(?:put|pit|sign|stick) (?:me|us) (?!off|aff)|instead|swap|move me)\b",
    re.IGNORECASE,
)
_SWAP = re.compile(
    r"\b(?:swap|swop|change|chynge|switch|move|trade)\b(?P<old>.+?)\b(?:for|fur|tae|to|wi|with|onto)\b(?P<new>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_MINE = re.compile(r"\b(?:booking|booked|appointment|my|ma|move|change|chynge|swap|switch|instead)\b", re.IGNORECASE)
#: What comes off a list only if something else happens: "if theres naebody tae mind him a cannae come".
_IF = re.compile(
    r"\b(?:if|unless|incase|in case)\b.*\b(?:cannae|canny|can'?t|cant|cannot|won'?t|wullnae|will no) "
    r"(?:\w+ ){0,2}(?:come|make|go|dae|do|be)\b|"
    r"\b(?:cannae|canny|can'?t|cant|cannot|won'?t) (?:\w+ ){0,3}(?:if|unless)\b",
    re.IGNORECASE,
)
#: "CANCEL it", "naw tak me aff", to "shall I take you off?".
_OUTRIGHT = re.compile(
    r"^\W*(?:(?:no|naw|nah|aye|yes|i said|a said|just|jist|please|pls|och)\W+)*"
    r"(?:cancel|scrap|(?:take|tak|tk|get|git) (?:me|us) (?:aff|off|oot|out))\b(?:\W+\w+){0,4}\W*$",
    re.IGNORECASE,
)


def only_if(text: str) -> bool:
    """Whether they cannot come only if something is so: that is no wish to be taken off."""
    return _IF.search(text) is not None


def cancels_outright(text: str) -> bool:
    """Whether a few words say to take them off, and nothing else."""
    return _OUTRIGHT.match(text) is not None


def names_cancelling(text: str) -> bool:
    """Whether it says anywhere to take them off, or that they cannot come."""
    return _CANCELS.search(text) is not None


def apart(turn: Turn) -> tuple[Turn, Turn | None]:
    """What gives a place up, and what wants another; the whole and None where no other is wanted."""
    text, spans, at = turn.typed, [], 0
    for between in _BETWEEN.finditer(text):
        spans.append((at, between.start()))
        at = between.end()
    spans.append((at, len(text)))
    wants = [s for s in spans if _WANTS.search(text[slice(*s)]) and not _CANCELS.search(text[slice(*s)])]
    wants = [s for s in wants if not Search.of(_part(turn, *s)).is_empty()]
    rest = [s for s in spans if s not in wants]
    if not wants or not rest:
        return turn, None
    gives_up = next((s for s in rest if _CANCELS.search(text[slice(*s)])), rest[0])
    return _part(turn, *gives_up), _part(turn, *wants[-1])


def wants_only(turn: Turn) -> bool:
    """Whether a session is wanted, and no word is said of a place that they have."""
    text = turn.typed
    wants = _WANTS.search(text) is not None and not (_CANCELS.search(text) or _SWAP.search(text) or _MINE.search(text))
    return wants and not Search.of(turn).is_empty()


def swap(turn: Turn) -> tuple[Turn, Turn] | None:
    """The one that is given up and the one that is wanted for it: "swap the drink one for the money one"."""
    found = _SWAP.search(turn.typed)
    if found is None:
        return None
    old, new = (_part(turn, *found.span(name)) for name in ("old", "new"))
    return None if Search.of(new).is_empty() else (old, new)


def behind(turn: Turn) -> Turn | None:
    """The part that wants a session, in words that were asked for something else; None where there is none."""
    return apart(turn)[1]


def _part(turn: Turn, start: int, end: int) -> Turn:
    """A part of a message as a message of its own, with the entities that are in it."""
    inside = [e for e in turn.parse.get("entities") or () if start <= (e.get("start") or 0) < end]
    return replace(turn, text=turn.typed[start:end], parse={**turn.parse, "entities": inside})
