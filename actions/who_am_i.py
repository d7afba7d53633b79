"""Whether it is asked what answers here: a bot or a person. The honest answer comes before anybody is brought in."""

from __future__ import annotations

import re

from actions.speech import PERSON, TO_MENU, Pair, Speech

#: Under "I'm a bot": the way to a person is theirs to take.
WAYS: tuple[Pair, ...] = (PERSON, TO_MENU)

_YOU = r"(?:you|u|ye|yous|yi|yuo|yoo|this|it|that|i|there)"
_WHAT = (
    r"(?:bots?|robots?|(?:real |reel |actual |live |human )?(?:persons?|people|humans?|human being)|machines?|"
    r"computers?|ai|a\.i\.|chat ?gpt|chat ?bots?|gpt|siri|alexa|automated|automatic|real)"
)
_ASKED = re.compile(
    rf"\b(?:are|r|ur|is|am|wis|you're|youre|ye're)\b(?: (?:{_YOU}|even|just|actually|a|an|some|the|speaking|talking|"
    rf"talkin|to|tae|texting|textin|wi|with|kind|of|sort|like)){{0,6}} {_WHAT}\b|"
    rf"^\W*{_YOU}(?: (?:a|an|some))? {_WHAT}\b|"
    r"\b(?:chat ?gpt|chat ?bot|robot)\b",
    re.IGNORECASE,
)
#: A person is what they want, not what they ask about.
_WANTS = re.compile(
    r"\b(?:can|kin|could|want|wanna|need|let|get|git|gie|give|put|pass|prefer|rather|please|pls|dont|don't|"
    r"no a|not a|stupid|useless|daft|hate)\b|\b(?:nae|no|not) (?:bot|robot|computer|machine)",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether it is asked who or what answers ("u chatgpt or sumin"), and not for a person."""
    return len(text.split()) <= 14 and _ASKED.search(text) is not None and _WANTS.search(text) is None


def say(speech: Speech, *, in_a_form: bool) -> None:
    """That this is a bot, and how to get a person."""
    speech.say("bot_challenge", () if in_a_form else WAYS)
