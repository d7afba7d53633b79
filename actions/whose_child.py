"""A child of theirs, for whom a parent asks: it is the parent who reads the answer. Pure."""

from __future__ import annotations

import re

#: What is said of a child, and of who is none any more.
_WEE = re.compile(
    r"\b(?:young|baby|newborn) (?:boy|girl|lassie|laddie|son|daughter|yin|one)\b|"
    r"\b(?:wee|youngest) (?:boy|man|girl|lassie|laddie|son|daughter|yin|one)(?:'?s)? (?:\w+ )?"
    r"(?:needs?|needin\w*|wants|grown|growin\w*|starts|startin\w*)\b|"
    r"\b(?:school|nursery|primary|p ?[1-7]|uniform|nappies|pram|cot|teeth(?:ing|in)|dummy|playgroup|"
    r"child (?:benefit|payment))\b",
    re.IGNORECASE,
)
_GROWN = re.compile(r"\b(?:1[6-9]|[2-9]\d)\b")
_OURS = frozenset({"son", "daughter", "girl", "child", "children", "baby"})


def is_small(called: str, text: str) -> bool:
    """Whether somebody who is `called` son, daughter or the like is a child by what is said of them."""
    return called in _OURS and _WEE.search(text) is not None and _GROWN.search(text) is None
