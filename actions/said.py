"""Whether somebody has said what they have to say, or only that they want to say it."""

from __future__ import annotations

import re

#: Words that announce: with one of these a message must go on to say more before it counts as said.
_ANNOUNCE = frozenset(
    "want wanna wantin like need complain complaint complaining complaints feedback say tell give gie leave make put "
    "rate review share suggest raise lodge send report".split()
)
#: Words that say nothing about what it was like.
_EMPTY = _ANNOUNCE | frozenset(
    "i id im a an the to tae and of on oan in it its is was wis about aboot for fur my ma me us you ye yous yees u "
    "that this there some something sumhin any can could would will gonna gonnae gonny where how hows who do dae did "
    "please pls plz pal mate hi hiya hello hey just how went go going gone been be have has had got session class "
    "group course thing hing wan one formal official programme service today yesterday last week".split()
)


def says_something(text: str) -> bool:
    """Whether a message that opens a complaint or feedback has the matter in it ("the tutor shouted at me")."""
    said = re.findall(r"[a-z]+", text.lower().replace("'", ""))
    telling = [word for word in said if word not in _EMPTY]
    return len(telling) >= (3 if _ANNOUNCE & set(said) else 1)
