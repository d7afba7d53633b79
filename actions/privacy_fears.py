"""What somebody fears of what they have told: what is thought of them for it, or where it went. Pure."""

from __future__ import annotations

import re

#: "Will they no think am a nutter", "are they gonny judge me".
_SHAME = re.compile(
    r"\bthink\w*\b.{0,14}\b(?:i'?m|am|i am|a'm|ah'm)\b.{0,14}\b(?:nutter|nuts|mad|mental|crazy|daft|stupid|weak|loopy|"
    r"pathetic|weird|psycho|(?:a )?(?:freak|junkie|jakey|waster|mess|failure|idiot|liar|dafty)|at it|lyin\w*|attention|"
    r"bad (?:mum|maw|da|dad|person))\b|"
    r"\b(?:think|thinkin) (?:bad|less|badly|worse) (?:of|ae) me\b|\b(?:judg\w+|laugh\w*(?: at)?|slag\w*) me\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:before|earlier|last night|yesterday|the other day|(?:what|whit|wit|that|stuff) (?:i|a|ah) "
    r"(?:said|sayed|told|telt|texted|wrote|sent)|(?:is|will|wull|does|wis|was|did) (?:that|it|this))\b",
    re.IGNORECASE,
)


def fears_shame(text: str) -> bool:
    """Whether it is asked what they may think of the one who texts."""
    return _SHAME.search(text.replace("\u2019", "'")) is not None


def of_what_was_said(text: str) -> bool:
    """Whether it is asked of what was said before: "see before, is that on my file"."""
    return _BEFORE.search(text) is not None
