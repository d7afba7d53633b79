"""After a complaint: what happens with it, asked in a few words ("whit noo")."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType

from actions.handoffs import when_words
from actions.slots import COMPLAINT
from actions.turn import Speech, Turn, back_to_form, database
from bot.conversations import handoffs

_AUX = r"(?:will|wull|wid|would|did|has|have|is|are|am|does|do|dae|dis|can|could|should)"
_ASKS = re.compile(
    r"^\W*(?:(?:so|and|but|aye|ok|okay|right|naw|no|then|well|eh|see|also|hi|hiya)\W+)*"
    r"(?:(?:wh?[ai]t|wit)(?:'?s|(?: time)? (?:happens|happened (?:wi|with|to|tae) (?:my|ma|the)|now|noo|next|if|"
    rf"aboot|about|{_AUX}))|(?:when|where|why|how)(?:'?s|'?ll)? {_AUX}|how (?:long|soon)|"
    r"who(?:'?s|'?ll)? ?(?:is|will|wull|reads|gets|sees|deals|can|else|(?:do|dae|does) (?!he|she|they)\w+)|"
    rf"{_AUX} (?:you|ye|u|yous|i|a|ah|we|it|this|that|he|she|they|there|any\w*|some\w*|the|my|ma|her|his|staff|"
    r"complain\w*)|any (?:word|news|update))\b|\?\s*$",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"(?<=[?])|[.!;\n]+")
#: What we can do in general is the menu's to say.
_IN_GENERAL = re.compile(r"\b(?:menu|help|can (?:you|ye|yous|u)|else)\b", re.IGNORECASE)


#: Fewer words than this between two full stops tell nothing of their own.
_TELLS = 4
def only_asks(text: str) -> bool:
    """Whether a message asks and tells nothing: a question is no part of a complaint."""
    clauses = [clause.strip() for clause in _CLAUSES.split(text) if clause.strip(" ,?")]
    asked = [_ASKS.search(clause) is not None for clause in clauses]
    return any(asked) and all(a or len(c.split()) < _TELLS for a, c in zip(asked, clauses, strict=True))


def what_happens(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Say where their complaint is, if that is what they ask; None, and nothing said, for anything else."""
    if turn.slots.get("last_said") != COMPLAINT or _IN_GENERAL.search(turn.typed) or not only_asks(turn.typed):
        return None
    with database().read() as db:
        found = handoffs.current(db, turn.conversation_id)
        waits = found is not None and found.seen_at is None
    speech.say("complaint_next" if waits else "complaint_read", when=when_words())
    return back_to_form(turn)
