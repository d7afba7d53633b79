"""Notices: texts that tell people what became of a session. The words are in data/wording/session.yml."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, wording
from bot.conversations import messages
from bot.models import Address, Booking, Conversation, Person, ProgrammeSession


def title_of(session: ProgrammeSession) -> str:
    """A session's title as a participant reads it: an example says that it is one."""
    return wording.say("session.sample", title=session.title) if session.sample else session.title


def reachable(db: Session, booking: Booking) -> Conversation | None:
    """The conversation through which a booking's person can be told; None when there is none left to text.

    None too when they want no texts of our own accord. The one they booked in, or else the newest they have open:
    numbers change between booking and session.
    """
    return way_to(db, booking.person_id, booking.conversation_id)


def way_to(db: Session, person_id: int, first: str | None = None) -> Conversation | None:
    """The conversation through which somebody can be told of our accord; None when there is none. `first`: rather that
    one, where it is still open."""
    person = db.get(Person, person_id)
    if person.contact_by not in (None, "text"):
        return None
    query = (
        sa.select(Conversation)
        .where(Conversation.person_id == person_id, Conversation.ended_at.is_(None))
        .order_by((Conversation.id == first).desc(), Conversation.began_at.desc())
    )
    for conversation in db.execute(query).scalars():
        if conversation.address.stopped_at is None and conversation.address.unreachable_at is None:
            return conversation
    return None


def textable(db: Session, bookings: Sequence[Booking]) -> set[int]:
    """The ids of those bookings for which `reachable` finds a way, in one look."""
    query = (
        sa.select(Conversation.person_id)
        .join(Person, Person.id == Conversation.person_id)
        .join(Address, Address.id == Conversation.address_id)
        .where(
            Conversation.person_id.in_([booking.person_id for booking in bookings]),
            Conversation.ended_at.is_(None),
            sa.or_(Person.contact_by.is_(None), Person.contact_by == "text"),
            Address.stopped_at.is_(None),
            Address.unreachable_at.is_(None),
        )
    )
    people = set(db.execute(query).scalars())
    return {booking.id for booking in bookings if booking.person_id in people}


def tell(
    db: Session,
    booking: Booking,
    session: ProgrammeSession,
    key: str,
    *,
    at: datetime,
    choices: Sequence[tuple[str, str]] = (),
    expires_at: datetime | None = None,
    until: datetime | None = None,
) -> bool:
    """Queue the sentence `key` about `session` for the person of `booking`; whether there was anyone to text.

    The text is of no use once the session has begun, so it expires then unless `expires_at` is sooner.
    """
    conversation = reachable(db, booking)
    if conversation is None:
        return False
    today = clock.london(at).date()
    text = wording.say(
        key,
        title=title_of(session),
        day=clock.day_words(session.starts_at, today),
        time=clock.time_words(session.starts_at),
        place=session.place,
        until=until_words(until, today) if until else "",
    )
    messages.say(
        db,
        conversation,
        text,
        author="system",
        purpose="notice",
        choices=choices,
        expires_at=expires_at or max(session.starts_at, at),
    )
    return True


def until_words(moment: datetime, today) -> str:
    """Until when an offer stands: "4pm today", "10am tomorrow"."""
    return f"{clock.time_words(moment)} {clock.day_words(moment, today)}"
