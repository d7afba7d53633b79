"""Reminders: a text the day before a session, made from the booking as it is when the text is queued."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, wording
from bot.conversations import messages
from bot.db import lock
from bot.models import Booking, Conversation, ProgrammeSession
from bot.programme import notices

#: London time of the day before from which a session is reminded of, and the hours in which people are texted at all.
FROM, EARLIEST, LATEST = time(10), time(9), time(20)
#: With less time than this before the session a reminder is of no use any more.
USEFUL_UNTIL = timedelta(hours=2)
#: Not sent by then (the provider was down), it is dropped: the booking may have changed.
LIFE = timedelta(hours=2)
#: A form that was left open this long ago is over.
FORM_OVER = timedelta(hours=2)
#: Nobody is asked whether they are coming right after they were in danger.
QUIET_AFTER_CRISIS = timedelta(hours=2)


def due(db: Session, at: datetime) -> int:
    """Queue the reminders that are due at `at`; how many. Run by the scheduler, again and again.

    Somebody in the middle of a form, with a worker, or just out of a crisis is left alone until a later round.
    """
    local = clock.london(at)
    if not EARLIEST <= local.time() < LATEST:
        return 0
    query = (
        sa.select(Booking.id)
        .join(ProgrammeSession)
        .where(
            Booking.status == "booked",
            Booking.reminded_at.is_(None),
            ProgrammeSession.status == "scheduled",
            ProgrammeSession.starts_at > at + USEFUL_UNTIL,
            ProgrammeSession.starts_at < clock.start_of_day(local.date() + timedelta(days=2)),
        )
        .order_by(ProgrammeSession.starts_at, Booking.id)
    )
    return sum(_remind(db, booking_id, at) for booking_id in db.execute(query).scalars().all())


def _remind(db: Session, booking_id: int, at: datetime) -> bool:
    booking = lock(db, Booking, booking_id)
    session = db.get(ProgrammeSession, booking.session_id)
    begins = clock.london(session.starts_at).date() - timedelta(days=1)
    since = clock.from_london(begins, FROM)
    taken_at = max(moment for moment in (booking.created_at, booking.offered_at) if moment is not None)
    if booking.status != "booked" or at < since or taken_at >= since:  # who booked since then remembers
        return False
    conversation = notices.reachable(db, booking)
    if conversation is None or _busy(conversation, at):
        return False
    today = clock.london(at).date()
    payload = f'{{"booking": "{booking.id}"}}'
    messages.say(
        db,
        conversation,
        wording.say(
            "reminder.session",
            title=notices.title_of(session),
            day=clock.day_words(session.starts_at, today),
            time=clock.time_words(session.starts_at),
            place=session.place,
        ),
        author="system",
        purpose="reminder",
        choices=(
            (wording.say("reminder.coming"), f"/confirm_coming{payload}"),
            (wording.say("reminder.not_coming"), f"/cancel_booking{payload}"),
            (wording.say("reminder.another_day"), f"/change_booking{payload}"),
        ),
        expires_at=min(session.starts_at - USEFUL_UNTIL, at + LIFE),
    )
    booking.reminded_at = at
    db.flush()
    return True


def _busy(conversation: Conversation, at: datetime) -> bool:
    in_form = conversation.task is not None and (conversation.task_at is None or at - conversation.task_at < FORM_OVER)
    shaken = conversation.crisis_at is not None and at - conversation.crisis_at < QUIET_AFTER_CRISIS
    return in_form or shaken or conversation.taken_by is not None
