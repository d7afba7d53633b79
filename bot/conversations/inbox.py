"""The views of the inbox: what waits, mine, what nobody has, what is put off, what is closed; and first replies.

What is put off comes back by itself: at its time, with the next text of the person, and at once with any new reason.
Danger cannot be put off.
"""

from __future__ import annotations

import statistics
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from bot import audit, clock
from bot.conversations import teams
from bot.models import Conversation, Handoff, Staff

VIEWS = ("waiting", "mine", "unassigned", "snoozed", "closed")
#: How many closed ones are shown, and how far back first replies are counted.
CLOSED, COUNTED = 100, timedelta(days=28)
#: How long something may be put off, by what the worker picks.
SNOOZE = ("hour", "tomorrow", "week")
#: Why a hand-off is there that staff opened to come back to somebody on a day (see follow_ups.py).
FOLLOW_UP = "follow_up"
#: When it comes back on another day: London time.
MORNING = 9


class Danger(Exception):
    """A hand-off in which somebody may be in danger is not put off."""


def view(db: Session, name: str, staff: Staff, at: datetime) -> list[Handoff]:
    """The hand-offs of a view that `staff` reach: the most urgent first, then who has waited longest; closed ones
    newest first."""
    query = sa.select(Handoff).join(Conversation, Conversation.id == Handoff.conversation_id)
    query = query.where(_of(name, staff.id, at), teams.reaches(staff, at))
    conversation = joinedload(Handoff.conversation)
    query = query.options(conversation.joinedload(Conversation.address), conversation.joinedload(Conversation.person))
    if name == "closed":
        return list(db.execute(query.order_by(Handoff.closed_at.desc()).limit(CLOSED)).scalars())
    return list(db.execute(query.order_by(Handoff.priority, Handoff.opened_at)).scalars())


def counts(db: Session, staff: Staff, at: datetime) -> dict[str, int]:
    """How many each view but the closed one has for `staff`."""
    found = {}
    for name in VIEWS[:-1]:
        query = sa.select(sa.func.count(Handoff.id)).join(Conversation, Conversation.id == Handoff.conversation_id)
        found[name] = db.execute(query.where(_of(name, staff.id, at), teams.reaches(staff, at))).scalar()
    return found


def snooze(db: Session, handoff: Handoff, staff: Staff, how_long: str, at: datetime) -> None:
    """Put it off. Danger when somebody may be in danger; KeyError for a length of time there is not."""
    if handoff.priority == 0:
        raise Danger
    handoff.snoozed_at, handoff.snoozed_until = at, _until(how_long, at)
    audit.record(db, audit.staff(staff.id), "handoff.snoozed", f"handoff:{handoff.id}", how_long=how_long)


def unsnooze(db: Session, handoff: Handoff, staff: Staff) -> None:
    """Back on the list now."""
    if handoff.snoozed_until is not None:
        handoff.snoozed_at = handoff.snoozed_until = None
        audit.record(db, audit.staff(staff.id), "handoff.unsnoozed", f"handoff:{handoff.id}")


def is_snoozed(handoff: Handoff, at: datetime) -> bool:
    """Whether it is put off at that moment."""
    if handoff.snoozed_until is None or handoff.snoozed_until <= at or handoff.priority == 0:
        return False
    wrote = handoff.conversation.last_inbound_at
    return handoff.reason == FOLLOW_UP or wrote is None or wrote <= handoff.snoozed_at


def first_replies(db: Session, staff: Staff, at: datetime) -> tuple[int, timedelta | None]:
    """Of the hand-offs of the last weeks that `staff` reach and that a worker replied to: how many, and the time within
    which half were."""
    query = sa.select(Handoff.opened_at, Handoff.first_reply_at).join(Conversation).where(
        Handoff.opened_at > at - COUNTED, Handoff.first_reply_at.is_not(None), teams.reaches(staff, at)
    )
    waits = [(replied - opened).total_seconds() for opened, replied in db.execute(query)]
    return len(waits), timedelta(seconds=statistics.median(waits)) if waits else None


def _until(how_long: str, at: datetime) -> datetime:
    if how_long == "hour":
        return at + timedelta(hours=1)
    day = clock.london(at).date() + {"tomorrow": timedelta(days=1), "week": timedelta(days=7)}[how_long]
    return clock.start_of_day(day) + timedelta(hours=MORNING)


def _of(name: str, staff_id: int, at: datetime):
    """The condition of a view on hand-offs joined with their conversations."""
    if name == "closed":
        return Handoff.closed_at.is_not(None)
    put_off = sa.and_(
        Handoff.snoozed_until.is_not(None),
        Handoff.snoozed_until > at,
        Handoff.priority > 0,
        sa.or_(
            Handoff.reason == FOLLOW_UP,
            Conversation.last_inbound_at.is_(None),
            Conversation.last_inbound_at <= Handoff.snoozed_at,
        ),
    )
    narrower = {
        "waiting": ~put_off,
        # What a colleague gave them is theirs, though they have not taken it yet.
        "mine": sa.or_(
            Conversation.taken_by == staff_id,
            sa.and_(Conversation.taken_by.is_(None), Handoff.assigned_to == staff_id),
        ),
        "unassigned": sa.and_(~put_off, Conversation.taken_by.is_(None)),
        "snoozed": put_off,
    }[name]
    return sa.and_(Handoff.closed_at.is_(None), narrower)
