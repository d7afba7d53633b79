"""What staff do about a conversation beside replying in it: notes for each other, tags, and who it is meant for."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.conversations import handoffs, messages
from bot.conversations.access import MAY
from bot.conversations.limits import AWAKE
from bot.models import Conversation, Handoff, Message, Person, Staff

#: Longest private note, in characters.
NOTE = 1_000
#: What a conversation can be marked with: code → words. A fixed list, so that nobody's story ends up in a tag.
TAGS = {
    "housing": "Housing",
    "money": "Money",
    "health": "Health",
    "drink_drugs": "Drink or drugs",
    "mood": "Mood",
    "family": "Family",
    "work": "Work or training",
    "order": "Their order",
    "follow_up": "Follow up",
    "language": "Needs another language",
}


class NotTheirs(Exception):
    """Another worker has the conversation, so it is theirs to pass on."""


def note(db: Session, conversation: Conversation, staff: Staff, text: str) -> Message:
    """A private note in the thread: for staff alone, never sent. ValueError, with a sentence, when it is no note."""
    text = text.strip()
    if not text or len(text) > NOTE:
        raise ValueError(f"Write a note of at most {NOTE} characters.")
    kept = messages.mark(db, conversation, text, staff.id)
    kept.kind, kept.author = "note", "staff"
    audit.record(db, audit.staff(staff.id), "note.written", f"conversation:{conversation.id}", message=kept.id)
    return kept


def tags(conversation: Conversation) -> list[str]:
    """The tags of a conversation, in the order of TAGS."""
    there = set((conversation.tags or "").split(","))
    return [code for code in TAGS if code in there]


def tag(db: Session, conversation: Conversation, staff: Staff, codes: Iterable[str]) -> None:
    """These tags and no others; what is not one of TAGS is left out."""
    wanted = set(codes)
    kept = [code for code in TAGS if code in wanted]
    if kept != tags(conversation):
        conversation.tags = ",".join(kept) or None
        audit.record(db, audit.staff(staff.id), "conversation.tagged", f"conversation:{conversation.id}")


def colleagues(db: Session, staff: Staff, person: Person) -> list[Staff]:
    """Who a conversation of somebody can be given to, by name: whoever else may reply, sees them and works here."""
    roles = [role for role, may in MAY.items() if "reply" in may]
    query = sa.select(Staff).where(Staff.active, Staff.role.in_(roles), Staff.id != staff.id)
    if person.team_id is not None:
        query = query.where(sa.or_(Staff.team_id.is_(None), Staff.team_id == person.team_id))
    return list(db.execute(query.order_by(Staff.name, Staff.id)).scalars())


def assign(db: Session, handoff: Handoff, staff: Staff, to: int, text: str) -> Staff:
    """Give an open hand-off to a colleague, with a note that says why; returns who it went to.

    One that nobody has taken is meant for them from now on, and the assistant goes on answering until they take it. One
    that `staff` has goes over to them: the person stays with a worker and is told that it is another one.

    Raises NotTheirs when another worker has it; ValueError, with a sentence, for nobody to give it to or no note. Call
    with the conversation row locked (`db.lock`).
    """
    conversation = handoff.conversation
    if conversation.taken_by not in (None, staff.id):
        raise NotTheirs
    other = next((one for one in colleagues(db, staff, conversation.person) if one.id == to), None)
    if other is None:
        raise ValueError("Choose who it goes to.")
    if not text.strip():
        raise ValueError("Write a note, so that they know what it is about.")
    note(db, conversation, staff, text)
    handoff.assigned_to = other.id
    taken = conversation.taken_by is not None
    if taken:
        handoffs.pass_on(db, handoff, other)
    key = "transferred" if taken else "assigned"
    event = "handoff.transferred" if taken else "handoff.assigned"
    audit.record(db, audit.staff(staff.id), event, f"handoff:{handoff.id}", to=other.id)
    messages.mark(db, conversation, wording.say(f"marker.{key}", name=staff.name, other=other.name), staff.id)
    return other


def awake(conversation: Conversation) -> bool:
    """Whether they wrote so lately that a text wakes nobody."""
    wrote = conversation.last_inbound_at
    return wrote is not None and clock.now() - wrote < AWAKE
