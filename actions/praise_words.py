"""A few words of praise and nothing else: "barry that", "pure class", "no bad"."""

from __future__ import annotations

import re

_GOOD = (
    r"barry|belter|magic|class|quality|brilliant|brill|sound|ace|mint|smashin\w*|gallus|crackin\w*|stoater|tidy|sweet|"
    r"lovely|fab|fantastic|amazing|superb|excellent|perfect|great|nice (?:one|wan)|spot on|ya dancer|"
    r"(?:no|not|nae|no too|no half) bad|love (?:it|that)"
)
_AROUND = (
    r"(?:aye|och|oh|ah|wow|that'?s|that|this|was|wis|it'?s|it|pure|dead|absolute|absolutely|fair|fuckin\w*|wee|so|"
    r"really|too|pal|mate|man|hen|big man|bro|wi that|ta|thanks|cheers|ya)"
)
#: All of the message is praise: "pure class that", "no bad".
_PRAISE = re.compile(rf"\W*(?:{_AROUND}\W+)*(?:{_GOOD})(?:\W+(?:{_AROUND}|{_GOOD}))*\W*", re.IGNORECASE)
#: The most words that it may have.
_FEW = 5


def is_praise(text: str) -> bool:
    """Whether `text` is a few words of praise and nothing else."""
    return 1 <= len(text.split()) <= _FEW and _PRAISE.fullmatch(text) is not None


#: In answer to "shall I book it?" these say yes: "sound", "magic pal".
_YES = re.compile(
    r"\W*(?:aye\W+)?(?:sound|magic|perfect|brilliant|brill|sweet|barry|class|lovely|great|nice (?:one|wan)|ace|spot on)"
    r"(?:\W+(?:pal|mate|man|big man|hen|that|ta|thanks|cheers|aye))*\W*",
    re.IGNORECASE,
)


def says_yes(text: str) -> bool:
    """Whether praise is all that is said, and says yes to what was read back."""
    return len(text.split()) <= 3 and _YES.fullmatch(text) is not None
