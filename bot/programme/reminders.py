"""Reminders: a text the day before a session, queued from the booking and checked against it again when it is sent."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, wording
from bot.conversations import addresses, choices, messages
from bot.db import lock
from bot.models import Booking, Conversation, Message, ProgrammeSession
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
    if conversation is None or not addresses.wants(conversation.person, "reminder") or _busy(conversation, at):
        return False
    payload = f'{{"booking": "{booking.id}"}}'
    messages.say(
        db,
        conversation,
        _words(session, at),
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


def still_wanted(db: Session, message: Message, at: datetime) -> str | None:
    """Why a queued reminder is not to be sent after all; None when it is, with its words brought up to date.

    Asked in the transaction that lets it go out. Who cannot be asked just now (in a form, with a worker, in a crisis,
    or with another question put to them meanwhile) is reminded in a later round, if there is still time.
    """
    offered = choices.of_message(db, message.id)
    if not offered:
        return "no_booking"
    if not addresses.wants(message.conversation.person, "reminder"):
        return "left_out"
    told = json.loads(offered[0].payload.removeprefix("/confirm_coming"))
    booking = lock(db, Booking, int(told["booking"]))
    if booking is None or booking.status != "booked" or booking.session.status != "scheduled":
        return "not_booked"
    starts = booking.session.starts_at
    if starts <= at + USEFUL_UNTIL:
        return "too_late"
    if clock.london(starts).date() > clock.london(at).date() + timedelta(days=1):
        booking.reminded_at = None  # it has been moved: the new day has a reminder of its own
        return "moved"
    if _busy(message.conversation, at) or any(choice.closed_at for choice in offered):
        booking.reminded_at = None
        return "not_now"
    message.body = wording.to_gsm(_words(booking.session, at))
    return None


def _words(session: ProgrammeSession, at: datetime) -> str:
    return wording.say(
        "reminder.session",
        title=notices.title_of(session),
        day=clock.day_words(session.starts_at, clock.london(at).date()),
        time=clock.time_words(session.starts_at),
        place=session.place,
    )


def _busy(conversation: Conversation, at: datetime) -> bool:
    in_form = conversation.task is not None and (conversation.task_at is None or at - conversation.task_at < FORM_OVER)
    shaken = conversation.crisis_at is not None and at - conversation.crisis_at < QUIET_AFTER_CRISIS
    return in_form or shaken or conversation.taken_by is not None
