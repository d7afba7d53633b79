"""Whether somebody who asks for a person has an ordinary errand, or may need help now.

The numbers of a crisis line under "can somebody interpret for me" make an errand of it that frightens; to whoever may
be in need they are never left out.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from actions import meant
from bot import clock
from bot.conversations import asking, handoffs
from bot.models import Conversation

if TYPE_CHECKING:
    from actions.turn import Turn

#: So long after danger was spoken of the numbers are said again.
_LATELY = timedelta(days=7)
#: What is on anybody's mind on any day.
_ERRAND = re.compile(
    r"\b(?:interpret\w*|translat\w*|session|class|group|course|book\w*|place|hours?|shifts?|squad|van|bus|fares?|"
    r"forms?|letters?|benefits?|pip|universal credit|uc|dwp|job|work|cv|number|address|order|supervisor|case manager|"
    r"gaffer|appointment|time|day|complaint|text|phone|wheelchair|read(?:ing)?|spell\w*|boots|jacket|gloves|"
    r"been through (?:it|this|the same)|lived experience|peer|done (?:it|this|a cpo) (?:before|themsel\w*))\b",
    re.IGNORECASE,
)
#: What no errand is, however it is worded.
_NEED = re.compile(
    r"\b(?:help me|need help|urgent\w*|asap|emergency|now|the noo|tonight|bad|worse|dark|alone|lonely|desperate|cope|"
    r"coping|struggl\w*|safe|hurt\w*|scared|feart|crisis|not ok|no ok|anymore|any ?mair|any more|heid|head|"
    r"cry\w*|greet\w*|"
    r"low|down|doon|depress\w*|anxi\w*|panic\w*|relaps\w*|using|drinking|rattl\w*|withdraw\w*|die|died|dead|kill\w*|"
    r"suicid\w*|overdos\w*|abus\w*|hit|hits|beat\w*|rape\w*|threat\w*)\b",
    re.IGNORECASE,
)


def in_need(db: Session, conversation: Conversation, turn: Turn) -> bool:
    """Whether there is a sign that they may need help now: in these words, or in what was said lately."""
    if turn.danger is not None or meant.feeling(turn.typed) is not None or _NEED.search(turn.typed):
        return True
    if conversation.crisis_at is not None and clock.now() - conversation.crisis_at < _LATELY:
        return True
    found = handoffs.current(db, conversation.id)
    grave = {"maybe_danger"} | {reason for reason in handoffs.PRIORITIES if reason.startswith("crisis_")}
    return asking.spoke_of_danger(db, conversation) or bool(found and grave & {reason for reason, _ in found.reasons})


def may_be_need(text: str) -> bool:
    """Whether some words may tell of a need."""
    return _NEED.search(text) is not None


def is_ordinary(text: str) -> bool:
    """Whether they say what they want a person for, and it is an everyday thing."""
    return _ERRAND.search(text) is not None and _NEED.search(text) is None
