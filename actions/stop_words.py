"""Whether a wish to stop is about our texts: "should i just stop it", after an answer on methadone, is not."""

from __future__ import annotations

import re

#: More words than this say what is to stop.
_FEW = 2
_OF_TEXTS = re.compile(
    r"\b(?:te?xt\w*|txt\w*|messag\w*|msg\w*|sms|remind\w*|news\w*|updates?|alerts?|notif\w*|(?:un)?subscri\w*|number|"
    r"contact\w*|pester\w*|bother\w*|spam\w*|hassl\w*|harass\w*|annoy\w*|send\w*|sent|ping\w*|phon\w*|mail\w*|list|"
    r"leave (?:me|us) (?:alone|be)|peace|opt|whatsapp|telegram|(?:fuck|piss|bugger|sod) (?:off|aff)|blow up|buzz\w*|"
    r"stuff)\b",
    re.IGNORECASE,
)


def is_of_texts(text: str) -> bool:
    """Whether `text`, taken for a wish to have no more of our texts, may be one: it names them, or is a bare "stop"."""
    return len(text.split()) <= _FEW or _OF_TEXTS.search(text) is not None
