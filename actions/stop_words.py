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
#: Nothing but the wish, however many words; or off our list in other words.
_ALL_OF_IT = re.compile(
    r"^\W*(?:(?:can|could|will|you|ye|u|gonnae|gonny|please|pls|just|jist|stop|quit|enough|no more|nae mair|dont|don't|"
    r"want|of|this|these|it|all|now|noo|any ?more|mate|pal|ffs)\b\W*)+$|"
    r"\bhear from\b|\b(?:delete|take) me (?:off|aff|from|oot|out)\b",
    re.IGNORECASE,
)

#: The texts are to go on: not "don't want these texts", "no I want it to stop" or "don't keep texting me", which begin
#: with a no as well.
_KEEPS = re.compile(r"\b(?:keep (?:them|it|on|sending)|leave (?:them|it) (?:on|be|as)|carry on)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:stop\w*|quit|enough|any ?more|nae mair|no more|(?:don'?t|dinnae|you|ye|u|yous) (?:\w+ )?(?:keep|carry)|"
    r"pester\w*|heid in)\b",
    re.IGNORECASE,
)


def is_of_texts(text: str) -> bool:
    """Whether `text`, taken for a wish to have no more of our texts, may be one: it names them, or is all of it."""
    return len(text.split()) <= _FEW or any(said.search(text) for said in (_OF_TEXTS, _ALL_OF_IT))


def keeps_them(text: str) -> bool:
    """Whether a no is to stopping ("naw keep them"): the texts are to go on, and nothing in it says otherwise."""
    said = text.replace("’", "'")
    return _KEEPS.search(said) is not None and _ENDS.search(said) is None
