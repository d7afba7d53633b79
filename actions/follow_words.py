"""How people take back what they just asked for, and ask on in half a sentence. Pure."""

from __future__ import annotations

import re

_NOT_AFTER_ALL = re.compile(
    r"^\W*(?:(?:actually|och|aw|oh|wait|sorry|hing is|thing is|no|naw|nah|hold on|haud oan|ma bad|my bad)\W+)*"
    r"(?:actually\W*)?(?:naw|nah|no|cancel (?:it|that)|(?:(?:i|a|ah)(?:'?ve)? )?changed (?:my|ma) mind|"
    r"(?:(?:i|a|ah) )?(?:can'?t|cannae|canny|cannot) (?:go|make (?:it|that))|"
    r"(?:is it|can (?:i|a)).{0,12}(?:too late|still).{0,12}(?:change|cancel|back oot|back out).{0,12}|"
    r"tak(?:e)? me (?:aff|off)(?: (?:it|that))?|forget it|(?:(?:i|a|ah) )?(?:don'?t|dinnae) (?:want|wan) (?:it|that))"
    r"(?:\W+(?:then|sorry|pal|mate|please|pls|actually))*\W*$",
    re.IGNORECASE,
)
_HALF_A_QUESTION = re.compile(
    r"^\W*(?:(?:and|but|so|ok|aye|right)\W+)*(?:how (?:long|much|many|often|come|bad|soon)|why|"
    r"(?:wh?[ai]t|wit) (?:about|aboot|if|for|fur|else|kind)|"
    r"(?:is|are|does|dis|do|dae|can|could|will|wull|would|should) (?:it|that|this|they|them|i|a|ah|he|she|you|ye)\b|"
    r"who (?:does|decides|gives|gies|tells)|when (?:do|dae|does|dis|can|will))\b",
    re.IGNORECASE,
)
#: Words of the programme: then it is no question on health.
_OURS = re.compile(
    r"\b(?:session|class|course|group|book|squad|hours?|order|worker|shift|van|court|breach\w*|case manager|gaffer|"
    r"supervisor|texts?|number|bot|robot|thursday|friday|monday|tuesday|wednesday|saturday|sunday|today|tomorrow|morra)"
    r"(?:es|s)?\b",
    re.IGNORECASE,
)
#: More words than this are more than half a question.
_HALF = 6


def takes_it_back(text: str) -> bool:
    """Whether nothing is said but that they want no place after all: "actually naw", "changed ma mind"."""
    return _NOT_AFTER_ALL.match(text) is not None


def is_half_a_question(text: str) -> bool:
    """Whether a few words ask on about what was said: "how long", "what if i cant"; never of the programme itself."""
    return is_few(text) and _HALF_A_QUESTION.match(text) is not None


def is_few(text: str) -> bool:
    """Whether so few words are said, and none of the programme's own, that they may lean on what was said before."""
    return len(text.split()) <= _HALF and _OURS.search(text) is None
