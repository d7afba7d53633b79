"""Coming back to somebody on a day: their hand-off is put off till then, or one is opened that waits for the day.

One that staff opened for it alone waits for its day whatever they text meanwhile; a new reason brings it back at once.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.conversations import handoffs, inbox, messages
from bot.models import Conversation, Handoff, Staff

#: How far ahead a day may lie: half a year.
AHEAD = timedelta(days=183)


def plan(db: Session, conversation: Conversation, staff: Staff, day: date, at: datetime) -> Handoff:
    """A worker comes back to them on `day`. ValueError, with a sentence, for a day that cannot be, or in danger.

    Call with the conversation row locked (`db.lock`).
    """
    today = clock.london(at).date()
    if not today < day <= today + AHEAD:
        raise ValueError("Choose a day from tomorrow on, within half a year.")
    if conversation.taken_by not in (None, staff.id):
        raise ValueError("Another worker has this conversation, so it is theirs to put off.")
    handoff = handoffs.current(db, conversation.id)
    if handoff is not None and handoff.priority == 0:
        raise ValueError("Somebody may be in danger here, so it cannot wait for a day.")
    if handoff is None:
        reasons = [[inbox.FOLLOW_UP, at.isoformat()]]
        handoff = Handoff(
            conversation_id=conversation.id, reason=inbox.FOLLOW_UP, reasons=reasons, opened_at=at, seen_at=at,
            seen_by=staff.id, priority=handoffs.PRIORITIES[inbox.FOLLOW_UP], assigned_to=staff.id,
        )  # fmt: skip
        db.add(handoff)
        db.flush()
        audit.record(db, audit.staff(staff.id), "handoff.opened", f"handoff:{handoff.id}", reason=inbox.FOLLOW_UP)
    handoff.snoozed_at, handoff.snoozed_until = at, clock.start_of_day(day) + timedelta(hours=inbox.MORNING)
    audit.record(db, audit.staff(staff.id), "handoff.snoozed", f"handoff:{handoff.id}", how_long=day.isoformat())
    said = wording.say("marker.follow_up", name=staff.name, day=f"{day.day} {day:%B %Y}")
    messages.mark(db, conversation, said, staff.id)
    return handoff
