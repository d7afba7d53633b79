"""What goes to staff as a complaint whatever it was read as: nobody was there, or more of a complaint just made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import talk_words
from actions.slots import COMPLAINT, forget_forms

if TYPE_CHECKING:
    from actions.turn import Turn

_NOBODY = re.compile(
    r"\b(?:nae ?body|nay ?body|no ?body|no ?one|nae ?one|nae ?wan|no a soul)(?:'?s)?"
    r"(?: (?:was|wis|were|wur|even|else|is|are|at|aw|in))* "
    r"(?:there|here|in|turned up|came|showed(?: up)?|the (?:class|session|hall|centre|door))\b|"
    r"\b(?:it'?s|it was|it wis|its|place|doors?|hall|centre)(?: (?:was|wis|is|were|aw|all|just))* "
    r"(?:shut|locked|closed)\b",
    re.IGNORECASE,
)
_WENT = re.compile(
    r"\b(?:told|telt|tellt|went|came|stood|staun\w*|waited|waitin\w*|turned up|session|class|group|"
    r"(?:yous?|youse|ye|u|it) (?:said|says)|booked|(?:am|i'?m|im) (?:at|doon at|here) (?:the|for))\b",
    re.IGNORECASE,
)
#: Read as one of these it says nothing by itself; so soon after a complaint, and in so many words, it is more of it.
_SAYS_NOTHING, _SOON, _TELLS = frozenset({"out_of_scope", "nlu_fallback"}), 900.0, 4


def tells_on(turn: Turn) -> bool:
    """Whether somebody who has just complained says more of it: "am staunin ootside in the rain"."""
    if turn.slots.get("last_said") != COMPLAINT or turn.intent not in _SAYS_NOTHING or turn.pause > _SOON:
        return False
    return len(turn.typed.split()) >= _TELLS and "?" not in turn.typed and talk_words.kind_of(turn.typed) is None


def found_nobody(text: str) -> bool:
    """Whether somebody says that they went and nobody was there ("u told me govan but its shut")."""
    return "?" not in text and _NOBODY.search(text) is not None and _WENT.search(text) is not None


def passed_on_as_complaint(turn: Turn) -> list[EventType]:
    """It goes to staff as it was said, with our apology."""
    return [
        *forget_forms(), SlotSet("words_for", COMPLAINT), SlotSet("words", turn.typed),
        FollowupAction("action_keep_words"),
    ]  # fmt: skip
