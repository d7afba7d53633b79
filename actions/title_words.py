"""The words of a title that tell one session from another."""

from __future__ import annotations

import re

#: Words that are in titles and are said of anything ("Gambling: what's the harm?", "Being there for a pal").
_COMMON = frozenset(
    "session sessions group groups class classes course hour with your about the and for health from this that drop "
    "wellbeing down there being better well sort easy staying what when where which whaur time does have been "
    "will just some them then they more much make take need want start stop chat help into over going good know tell "
    "send please long like many here also only very".split()
)


def telling(text: str) -> set[str]:
    """The words of a message or of a title that may tell which session is meant."""
    return set(re.findall(r"[a-z]{4,}", text.lower())) - _COMMON
