"""How people ask what nobody has written an answer to about coming to a session: children, fares, steps, food. Pure."""

from __future__ import annotations

import re

from actions.practical_kinds import ASKED

#: It is about a session, whatever the language model made of it.
_SESSION = re.compile(
    r"\b(?:sessions?|class(?:es)?|groups?|courses?|workshops?|talks?|the (?:wan|one|thing|walk))\b", re.IGNORECASE
)
#: These may be asked of anything: of a session only where one is spoken of.
_OF_ANYTHING = frozenset({
    "reading", "others", "for_another", "food", "cost", "online", "language", "access", "runs", "who_for", "reminders",
    "their_details", "waiting_list", "weather",
})  # fmt: skip
_ASKS = re.compile(
    r"\?|\b(?:can|kin|could|is|are|do|dae|does|dis|will|wull|any|whit|what|wot|wat|how|who|"
    r"wants|refer|should|need|allowed|ok to|user|get|nae ?body|no ?body|deaf|if)\b",
    re.IGNORECASE,
)


def asked(text: str, *, of_a_session: bool) -> str | None:
    """The kind of practical question that `text` puts; None if it puts none.

    `of_a_session`: a session is what the talk is of already, so it need not be named.
    """
    if not text or not _ASKS.search(text):
        return None
    named = of_a_session or _SESSION.search(text) is not None
    found = (kind for kind, said in ASKED if said.search(text))
    return next((kind for kind in found if named or kind not in _OF_ANYTHING), None)

_BOOKS = re.compile(r"\b(?:book|buk|put|pit|sign|place|space|spot|name|want|need)\b", re.IGNORECASE)


def only_asks(text: str) -> bool:
    """Whether it asks who may come along, and books nothing: "can ma brother come"."""
    return asked(text, of_a_session=True) in ("company", "child") and _BOOKS.search(text) is None
