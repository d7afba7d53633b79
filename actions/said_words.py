"""How people say that we repeat ourselves, and that they have told us before. Pure."""

from __future__ import annotations

import re

#: "You said that already."
YOU_SAID = re.compile(
    r"\b(?:you|ye|u|yous)(?:'?ve)?(?: have| just| jist| already| keep| aw?ready)* (?:said|sayed|say|sayin'?g?|"
    r"telt|told|"
    r"sent|repeat(?:ed|ing|in)?)\b(?: (?:me|us))? (?:that|this|it|the same)\b.{0,12}"
    r"\b(?:already|aw?ready|before|twice|thing|again|just)\b|"
    r"\bsame (?:thing|answer|reply|text|message|hing) (?:again|twice|ower n ower|over and over)\b|"
    r"\b(?:you'?re|ye'?re|yer|ur|stop|quit) repeat(?:ing|in)\b|\bi(?:'ve)? (?:already )?(?:heard|read|"
    r"got) that\b.{0,10}"
    r"\b(?:already|before)\b",
    re.IGNORECASE,
)
_ALREADY = r"(?:aw?ready|already|just|jist|twice|before|once|the noo|\d+ times|(?:loads|dozens) of times|times)"
#: "I already told you twice", and nothing besides.
I_SAID = re.compile(
    r"^\W*(?:(?:but|and|so|och|aw|naw|no|ok|aye|well|right|ffs|for fuck'?s? sake)\W+)*"
    rf"(?:i|a|ah|av|i'?ve|ave)(?: have| huv)?(?: {_ALREADY})* (?:telt|told|said|answered|sayed)"
    rf"(?: (?:you|ye|u|yous|it|that|this|them|{_ALREADY}|three|a (?:minute|second) ago|just there))*"
    r"(?:\W+(?:ffs|for fuck'?s? sake|man|mate|pal|eejit|stupid|ya \w+))*\W*$",
    re.IGNORECASE,
)
