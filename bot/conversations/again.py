"""What is said of danger where the same was said a moment ago: shorter words, with the numbers in them.

Three long texts again read as if nobody had listened, and push the numbers off the screen of an old phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, safety, wording
from bot.models import Conversation, Message

#: So long after the full words they are not said again: of a doubt, and of what is sure.
DOUBTED, SURE = timedelta(hours=1), timedelta(minutes=10)
#: Abuse of these kinds; whoever tells of another kind, or of a child, gets all that there is for it.
_PARTNER = frozenset({"partner"})


def instead_of(db: Session, conversation: Conversation, verdict: safety.Verdict, full: Sequence[str]) -> Sequence[str]:
    """`full`, the words for `verdict`, or the shorter ones where their first text was said here lately."""
    key = key_of(verdict)
    if key is None or not _said(db, conversation, full[0], SURE if verdict.strength == "strong" else DOUBTED):
        return full
    return [wording.say(key)]


def key_of(verdict: safety.Verdict) -> str | None:
    """The sentence for danger of the same kind heard again; None where there is none."""
    if verdict.safety == "abuse":
        return "crisis.again.partner" if verdict.kind in _PARTNER else None
    if verdict.about == "other" and verdict.safety == "suicide":
        return "crisis.again.other"
    if verdict.safety == "emergency":
        overdose = verdict.kind in ("overdose", "not_breathing")
        return "crisis.again.overdose" if overdose else "crisis.again.emergency"
    return "crisis.again.suicide" if verdict.strength == "strong" else "crisis.again.suicide_asked"


def _said(db: Session, conversation: Conversation, text: str, within: timedelta) -> bool:
    """Was `text` said here as words about danger `within` so long?"""
    query = sa.select(Message).where(
        Message.conversation_id == conversation.id,
        Message.direction == "out",
        Message.purpose == "crisis",
        Message.created_at > clock.now() - within,
    )
    return any(said.body == text for said in db.execute(query).scalars())
