"""Alarms: staff on duty are told of danger, one step of the ladder after the other, until somebody says "I am on it".

An alarm is a row that is written together with the hand-off, so that no crash loses it. `advance`, which the gateway
runs every second in one process, turns it into calls; `claim` and its kin are the outbox of those calls. A call says
nothing about anybody: phones of staff are read by others too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from bot import audit, clock, wording
from bot.conversations import duty, messages, teams
from bot.db import lock
from bot.models import Alarm, AlarmCall, Conversation, Duty, Handoff, Staff

#: After the whole ladder has failed everybody on it is alarmed again, this often.
AGAIN = timedelta(minutes=15)
#: Said "I am on it" and this long later they have neither been reached nor is anybody texting with them: once more.
NOT_REACHED = timedelta(minutes=30)
#: New danger in a conversation whose alarm was answered longer ago than this is a new alarm.
STILL_THE_SAME = timedelta(minutes=5)
#: In abuse numbers are texted unasked only to a phone that was in their hand this short a time ago.
IN_HAND = timedelta(minutes=2)
#: A call begun this long ago was cut off by a crash and is made again.
CUT_OFF = timedelta(seconds=60)


def raise_for(db: Session, handoff: Handoff) -> Alarm | None:
    """An alarm for a hand-off in which somebody may be in danger; None when one rings, or was answered just now."""
    now, last = clock.now(), latest(db, [handoff.id]).get(handoff.id)
    if last is not None and (last.acknowledged_at is None or now - last.acknowledged_at < STILL_THE_SAME):
        return None
    handoff.contacted_at = handoff.contacted_by = None  # whatever they said before, this is new
    alarm = Alarm(handoff_id=handoff.id, raised_at=now, next_at=now)
    db.add(alarm)
    db.flush()
    audit.record(db, audit.SYSTEM, "alarm.raised", f"handoff:{handoff.id}", alarm=alarm.id)
    return alarm


def acknowledge(db: Session, handoff: Handoff, staff: Staff) -> bool:
    """Somebody is on it: nobody else is woken. False when nothing rang."""
    last = latest(db, [handoff.id]).get(handoff.id)
    if last is None or last.acknowledged_at is not None:
        return False
    last.acknowledged_at, last.acknowledged_by = clock.now(), staff.id
    audit.record(db, audit.staff(staff.id), "alarm.acknowledged", f"handoff:{handoff.id}", alarm=last.id)
    messages.mark(db, handoff.conversation, wording.say("marker.on_it", name=staff.name), staff.id)
    return True


def latest(db: Session, handoff_ids: Iterable[int]) -> dict[int, Alarm]:
    """The newest alarm of each hand-off."""
    query = sa.select(Alarm).where(Alarm.handoff_id.in_(list(handoff_ids))).order_by(Alarm.id)
    return {alarm.handoff_id: alarm for alarm in db.execute(query).scalars()}


def ringing(db: Session, staff: Staff) -> int:
    """How many alarms nobody has answered yet, of those that `staff` reach."""
    query = sa.select(sa.func.count()).select_from(Alarm).join(Handoff).join(Conversation).where(*_UNANSWERED)
    return db.execute(query.where(teams.reaches(staff, clock.now()))).scalar()


def ringing_for():
    """For a query of hand-offs: how many alarms of the hand-off nobody has answered yet."""
    query = sa.select(sa.func.count(Alarm.id)).where(Alarm.handoff_id == Handoff.id, Alarm.acknowledged_at.is_(None))
    return query.correlate(Handoff).scalar_subquery()


def called(db: Session, alarm: Alarm) -> list[tuple[AlarmCall, Duty]]:
    """Who was alarmed and when, in order."""
    query = sa.select(AlarmCall, Duty).join(Duty).where(AlarmCall.alarm_id == alarm.id).order_by(AlarmCall.id)
    return [tuple(row) for row in db.execute(query)]


# --- the ladder ----------------------------------------------------------------------------


def any_due(db: Session, at: datetime) -> bool:
    """Whether `advance` has anything to do. Takes no lock."""
    due = sa.select(Alarm.id).join(Handoff).where(*_UNANSWERED, Alarm.next_at <= at).limit(1)
    return db.execute(due).first() is not None or bool(duty.untested(db, at)) or bool(_not_reached(db, at))


def advance(db: Session, patience: timedelta, at: datetime) -> None:
    """Everything that is due: the next step of each ladder, the tests of duties that begin, danger that nobody reached.

    `patience` is how long a step of the ladder has to answer.
    """
    for beginning in duty.untested(db, at):
        duty.send_test(db, beginning, at)
    for handoff in _not_reached(db, at):
        messages.mark(db, handoff.conversation, wording.say("marker.not_reached"))
        raise_for(db, handoff)
    db.flush()
    query = sa.select(Alarm).join(Handoff).where(*_UNANSWERED, Alarm.next_at <= at).order_by(Alarm.id)
    for alarm in db.execute(query.with_for_update(of=Alarm)).scalars().all():
        _advance(db, alarm, patience, at)


def _advance(db: Session, alarm: Alarm, patience: timedelta, at: datetime) -> None:
    on, before = duty.on(db, at), called(db, alarm)
    alarmed = {person.id for _, person in before}
    fresh = [person for person in on if person.id not in alarmed]
    alarm.next_at = at + patience
    if fresh:
        _call(db, alarm, [person for person in fresh if duty.step(person) == duty.step(fresh[0])], at)
    elif alarm.failed_at is None:
        alarm.failed_at = at
        audit.record(db, audit.SYSTEM, "alarm.failed", f"handoff:{alarm.handoff_id}", alarm=alarm.id)
        if any(person.tested_at is not None for _, person in before):  # else they know that nobody is on
            _tell(db, alarm.handoff, at)
    else:
        _call(db, alarm, on, at)
        alarm.next_at = at + AGAIN


def _call(db: Session, alarm: Alarm, people: list[Duty], at: datetime) -> None:
    waiting = {call.duty_id for call, _ in called(db, alarm) if call.status in ("queued", "sending")}
    db.add_all(AlarmCall(alarm_id=alarm.id, duty_id=d.id, created_at=at) for d in people if d.id not in waiting)
    db.flush()


def _tell(db: Session, handoff: Handoff, at: datetime) -> None:
    """Nobody of us could be reached: they hear it at once, and whom they can ring instead."""
    conversation = handoff.conversation
    abuse = any(reason == "crisis_abuse" for reason, _ in handoff.reasons)
    in_hand = conversation.last_inbound_at is not None and at - conversation.last_inbound_at <= IN_HAND
    person = conversation.person
    minded = person.contact_by not in (None, "text") or person.contact_note  # "somebody else reads this phone"
    key = "crisis.nobody_answered_private" if abuse and (minded or not in_hand) else "crisis.nobody_answered"
    if abuse and person.contact_by == "person":  # somebody else reads it, and they were told to expect no text
        messages.mark(db, conversation, wording.say("marker.nobody_answered_unsaid"))
        return
    messages.mark(db, conversation, wording.say("marker.nobody_answered"))
    messages.say(db, conversation, wording.say(key), author="system", purpose="crisis")


def _not_reached(db: Session, at: datetime) -> list[Handoff]:
    """Hand-offs whose alarm was answered a while ago, and nobody has reached them or is texting with them."""
    other = aliased(Alarm)
    newest = sa.select(sa.func.max(other.id)).where(other.handoff_id == Handoff.id).correlate(Handoff)
    query = (
        sa.select(Handoff)
        .join(Alarm, Alarm.handoff_id == Handoff.id)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(
            Handoff.closed_at.is_(None),
            Handoff.contacted_at.is_(None),
            Conversation.taken_by.is_(None),
            Alarm.id == newest.scalar_subquery(),
            Alarm.acknowledged_at <= at - NOT_REACHED,
        )
    )
    return list(db.execute(query).scalars())


# --- the outbox of calls -------------------------------------------------------------------


def any_waiting(db: Session) -> bool:
    """Whether any call is to be made or was cut off. Takes no lock."""
    query = sa.select(AlarmCall.id).where(AlarmCall.status.in_(("queued", "sending"))).limit(1)
    return db.execute(query).first() is not None


def claim(db: Session, at: datetime) -> AlarmCall | None:
    """The next call to make, marked `sending`; None if there is none. One that is needless by now is dropped."""
    query = (
        sa.select(AlarmCall)
        .where(
            sa.or_(
                AlarmCall.status == "queued",
                sa.and_(AlarmCall.status == "sending", AlarmCall.claimed_at < at - CUT_OFF),
            ),
            sa.or_(AlarmCall.send_after.is_(None), AlarmCall.send_after <= at),
        )
        .order_by(AlarmCall.alarm_id.is_(None), AlarmCall.id)  # danger before tests
        .limit(1)
        .with_for_update(skip_locked=True, of=AlarmCall)
    )
    while (call := db.execute(query).scalars().first()) is not None:
        if not _needless(call, at):
            call.status, call.claimed_at, call.attempts = "sending", at, call.attempts + 1
            return call
        call.status, call.error, call.settled_at = "failed", duty.NEEDLESS, at
        db.flush()
    return None


def text_of(call: AlarmCall) -> str:
    """What the call says: that there is an alarm, and where to look. Nothing about anybody."""
    if call.alarm is None:
        return wording.say("alarm.test", code=call.duty.code)
    return wording.say("alarm.danger" if call.alarm.failed_at is None else "alarm.again")


def sent(db: Session, call: AlarmCall, at: datetime, provider_id: str | None = None) -> None:
    """The provider took it, unless it has reported already what became of it. Whether it was heard shows only when
    somebody answers."""
    call.provider_id = provider_id
    if call.status == "sending":
        call.status, call.settled_at, call.error = "sent", at, None


def not_sent(db: Session, call: AlarmCall, at: datetime, error: str, again: timedelta | None) -> None:
    """It was not taken: tried `again` later, or (None) given up, and the next on the ladder is alarmed at once."""
    if call.status != "sending":
        return  # a report has come before: it did arrive, or it never will
    call.error = error
    if again is not None:
        call.status, call.send_after = "queued", at + again
        return
    call.status, call.settled_at = "failed", at
    _climb(call, at)


def find_call(db: Session, channel: str, provider_id: str, call_id: int | None) -> AlarmCall | None:
    """The call that a provider's report speaks of, locked: by our own number of it, else by the provider's."""
    if call_id is not None:
        call = lock(db, AlarmCall, call_id)
        known = call is not None and call.provider_id not in (None, provider_id)
        return None if call is None or known or call.duty.channel != channel else call
    query = sa.select(AlarmCall).join(Duty).where(AlarmCall.provider_id == provider_id, Duty.channel == channel)
    return db.execute(query.with_for_update(of=AlarmCall)).scalars().first()


def reported(db: Session, call: AlarmCall, status: str, error: str | None, at: datetime) -> bool:
    """The provider says that a call arrived ("delivered") or did not ("failed"): then whoever is next is alarmed now.

    False when it says nothing new; what arrived stays so.
    """
    new = {"delivered": "delivered", "failed": "undelivered"}.get(status)
    if new is None or call.status not in ("sending", "sent"):
        return False
    call.status, call.error, call.settled_at = new, error[:40] if error else None, at
    if new == "undelivered":
        _climb(call, at)
    return True


def _climb(call: AlarmCall, at: datetime) -> None:
    """Whoever was called was not reached: the ladder goes on now. Once the whole of it has failed it keeps its pace, so
    that a provider that fails is not called every second."""
    if call.alarm is not None and call.alarm.failed_at is None:
        call.alarm.next_at = at


def _needless(call: AlarmCall, at: datetime) -> bool:
    if call.duty.removed_at is not None or call.duty.ends_at <= at:
        return True
    if call.alarm is None:
        return call.duty.tested_at is not None
    return call.alarm.acknowledged_at is not None or call.alarm.handoff.closed_at is not None


_UNANSWERED = (Alarm.acknowledged_at.is_(None), Handoff.closed_at.is_(None))
