"""Call-backs: "call me", on a number and at a time that are safe, and "did they call?" afterwards.

A number that is typed here is read by the gateway alone, so that Rasa never sees it. It is read back before it counts,
and nothing is ever texted to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, phone, wording
from bot.conversations import call_times, call_wishes, messages
from bot.models import CallBack, Conversation, Staff

#: When it is safe to ring, as it is told to both sides.
PARTS = {"any": "any time", "morning": "in the morning", "afternoon": "in the afternoon", "evening": "in the evening"}
#: What a worker says became of it.
OUTCOMES = {"talked": "We talked", "no_answer": "Nobody picked up"}
#: What a conversation waits for while a number is awaited.
PENDING = "call_number"
#: "Did they call?" is asked this long after a worker rang, or after a day on which somebody could have.
AFTER_RINGING, AFTER_ASKING = timedelta(hours=2), timedelta(hours=24)
EARLIEST, LATEST = time(10), time(19)
QUIET_AFTER_CRISIS = timedelta(hours=48)
#: So long after a call was asked for, a time by itself is another time for it.
STILL_ARRANGED = timedelta(minutes=5)
_NUMBER = re.compile(r"(?<!\d)\+?\d[\d\s().-]{8,16}\d(?!\d)")


def open_for(db: Session, conversation: Conversation) -> CallBack:
    """The call-back that is wanted, begun if there is none."""
    found = current(db, conversation.id)
    if found is None:
        found = CallBack(conversation_id=conversation.id, asked_at=clock.now())
        db.add(found)
        db.flush()
    return found


def current(db: Session, conversation_id: str) -> CallBack | None:
    """The newest call-back of a conversation that they have not been asked about yet."""
    query = sa.select(CallBack).where(CallBack.conversation_id == conversation_id, CallBack.checked_at.is_(None))
    return db.execute(query.order_by(CallBack.id.desc()).limit(1)).scalars().first()


def set_part(db: Session, conversation: Conversation, part: str) -> CallBack:
    """When it is safe to ring. KeyError for a time of day that is none."""
    found = open_for(db, conversation)
    found.part, found.at = part if PARTS[part] else None, None
    return found


def set_wish(db: Session, conversation: Conversation, wish: call_wishes.Wish) -> CallBack:
    """When they would like to be rung; what they do not say of it stays as it was."""
    found = open_for(db, conversation)
    if wish.part:
        found.part, found.at = wish.part, wish.at
    found.day = wish.day or found.day
    return found


def said(found: CallBack) -> str:
    """When they want to be rung, as it is told to both sides; empty until they say."""
    return call_wishes.words(found.part, found.day, found.at, PARTS)


def wanted(db: Session, conversation_id: str) -> CallBack | None:
    """The call that is asked for and that nobody has made yet."""
    found = current(db, conversation_id)
    return found if found is not None and found.rang_at is None else None


def await_number(db: Session, conversation: Conversation) -> None:
    """The next text is read as a number, if it is one. What was there before does not count any more."""
    found = open_for(db, conversation)
    found.number, found.confirmed = None, False
    conversation.pending = PENDING


def take_time(db: Session, conversation: Conversation, text: str) -> str | None:
    """The time in a text under the question for a number, as it is said back; None when it says more than a time, or
    a number. "This number" is no time here.

    The number is still awaited.
    """
    if conversation.pending != PENDING or (part := call_times.only(text)) in (None, "any"):
        return None
    set_part(db, conversation, part)
    return said(_with_hour(open_for(db, conversation), text))


def _with_hour(found: CallBack, text: str) -> CallBack:
    """With the hour that a text names beside the part of the day."""
    wish = call_wishes.read(text, clock.today())
    if wish is not None and wish.part == found.part:
        found.at, found.day = wish.at, wish.day or found.day
    return found


def change_time(db: Session, conversation: Conversation, text: str) -> str | None:
    """Another time for a call that was just arranged, as it is said back; None when the text is no time alone, or no
    call is being arranged."""
    found = current(db, conversation.id)
    if found is None or found.part is None or conversation.task or clock.now() - found.asked_at > STILL_ARRANGED:
        return None
    if (part := call_times.only(text)) in (None, "any", found.part):
        return None
    found.part, found.at = part, None
    return said(_with_hour(found, text))


def take_number(db: Session, conversation: Conversation, text: str) -> str | None:
    """The number in a text that was awaited, as it is read back; None when none was awaited or it has none."""
    if conversation.pending != PENDING:
        return None
    conversation.pending = None
    for written in _NUMBER.findall(text):
        try:
            number = phone.normalise(written)
        except phone.NotANumber:
            continue
        open_for(db, conversation).number = number
        return re.sub(r"^\+44(\d{4})(\d+)(\d{3})$", r"0\1 \2 \3", number)
    return None


def confirm(db: Session, conversation: Conversation) -> bool:
    """It was read back, and is right. False when there is no number."""
    found = current(db, conversation.id)
    if found is None or not found.number:
        return False
    found.confirmed = True
    return True


def rang(db: Session, call_back: CallBack, staff: Staff, outcome: str) -> None:
    """A worker rang, and what came of it. KeyError for an outcome that is none."""
    call_back.outcome = outcome if OUTCOMES[outcome] else None
    call_back.rang_at, call_back.rang_by = clock.now(), staff.id
    audit.record(
        db, audit.staff(staff.id), "call_back.rang", f"conversation:{call_back.conversation_id}", outcome=outcome
    )
    messages.mark(db, call_back.conversation, wording.say(f"marker.rang_{outcome}", name=staff.name), staff.id)


def due(db: Session, next_open: Callable[[datetime], datetime], at: datetime) -> int:
    """Ask everybody who is due whether anybody rang; how many. Run by the scheduler.

    `next_open` says when staff are in next: nobody is asked on a Sunday why nobody rang on Saturday. Who is in a form,
    with a worker or just out of danger is asked later; who does not want to be texted of our accord is not asked.
    """
    if not EARLIEST <= clock.london(at).time() < LATEST:
        return 0
    query = sa.select(CallBack).where(CallBack.checked_at.is_(None), CallBack.asked_at < at - AFTER_RINGING)
    return sum(_ask(db, row, next_open, at) for row in db.execute(query).scalars().all())


def _ask(db: Session, row: CallBack, next_open: Callable[[datetime], datetime], at: datetime) -> bool:
    conversation = row.conversation
    since = row.rang_at + AFTER_RINGING if row.rang_at else next_open(row.asked_at) + AFTER_ASKING
    shaken = conversation.crisis_at is not None and at - conversation.crisis_at < QUIET_AFTER_CRISIS
    if at < since or conversation.task is not None or conversation.taken_by is not None or shaken:
        return False
    row.checked_at = at
    if conversation.ended_at or conversation.address.stopped_at or conversation.person.contact_by in ("call", "person"):
        row.answer = "not_asked"
        return False
    choices = [(wording.say(f"call.{a}"), f'/choose{{"option": "called:{a}"}}') for a in ("yes", "missed", "waiting")]
    messages.say(db, conversation, wording.say("call.did_they"), author="system", purpose="notice", choices=choices)
    return True


def answered(db: Session, conversation: Conversation, answer: str) -> bool:
    """What they say about it. True when they want to be rung again: the same number and time, asked for anew."""
    query = sa.select(CallBack).where(CallBack.conversation_id == conversation.id, CallBack.checked_at.is_not(None))
    last = db.execute(query.order_by(CallBack.id.desc()).limit(1)).scalars().first()
    if last is None:
        return False
    last.answer = answer
    if answer == "yes":
        return False
    again = open_for(db, conversation)
    again.part, again.at = last.part, last.at
    again.number, again.confirmed = last.number, last.confirmed
    return True
