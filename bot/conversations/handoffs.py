"""Hand-offs to a person, from the moment one is wanted until it is closed.

`conversation.taken_by` is the one flag that silences the assistant. It is set by `take` and cleared here only.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.conversations import alarms, call_backs, messages, teams
from bot.models import Conversation, Handoff, Message, Staff

#: Reason → priority: 0 crisis, 1 soon, 2 ordinary.
PRIORITIES = {
    "crisis_suicide": 0,
    "crisis_emergency": 0,
    "crisis_abuse": 0,
    "crisis_other": 0,
    "maybe_danger": 1,
    "message_failed": 1,
    "assistant_down": 1,
    "complaint": 1,
    "complaint_back": 1,
    "asked": 1,
    "call_me": 1,
    "delete_my_data": 1,
    "keep_my_data": 1,
    "shift": 2,
    "ill": 2,
    "not_understood": 2,
    "alcohol_check": 2,
    "no_help": 2,
    "follow_up": 2,
}


#: What takes a wish back → the wish. Of the two the one that was said last holds.
TAKES_BACK = {"complaint_back": "complaint", "keep_my_data": "delete_my_data"}


#: What came of a hand-off, said by whoever closes it: code → words.
OUTCOMES = {
    "answered": "Answered here",
    "phoned": "Spoke on the phone or face to face",
    "booked": "Booked or changed a session",
    "service": "Passed to a service",
    "case_manager": "Passed to the case manager",
    "emergency": "Called 999 or another emergency service",
    "no_reply": "They did not reply",
    "not_needed": "Nobody was needed",
}


def danger(safety: str, about: str) -> str:
    """The reason that danger of a kind is handed over for. In an emergency it is all the same whose life it is."""
    return "crisis_other" if about == "other" and safety != "emergency" else f"crisis_{safety}"


class AlreadyTaken(Exception):
    """Another worker has the conversation."""


class NotTaken(Exception):
    """The worker does not have the conversation (any more), so cannot speak in it."""


def open_for(db: Session, conversation: Conversation, reason: str, *, note: str | None = None) -> Handoff:
    """The conversation's open hand-off, opened or raised for `reason` (KeyError if it is not one of PRIORITIES).

    A second reason raises the first hand-off; it never opens another, and never lowers it.
    """
    now, priority = clock.now(), PRIORITIES[reason]
    found = current(db, conversation.id)
    actor = audit.person(conversation.person_id)
    if found is None:
        found = Handoff(conversation_id=conversation.id, reason=reason, priority=priority, reasons=[], opened_at=now)
        db.add(found)
        db.flush()
        audit.record(db, actor, "handoff.opened", f"handoff:{found.id}", reason=reason)
        messages.mark(db, conversation, wording.say("marker.handoff_opened", reason=wording.say(f"reason.{reason}")))
    elif all(reason != before for before, _ in found.reasons) or _turns_about(found, reason):
        audit.record(db, actor, "handoff.raised", f"handoff:{found.id}", reason=reason)
        messages.mark(db, conversation, wording.say("marker.handoff_raised", reason=wording.say(f"reason.{reason}")))
    found.snoozed_at = found.snoozed_until = None  # whatever was put off, this is new
    if reason in TAKES_BACK and found.taken_by is None:
        found.seen_at = found.seen_by = None  # whoever has read the wish may be about to do it
    if priority <= found.priority:
        if priority == 0 and found.priority > 0:
            found.seen_at = found.seen_by = None  # it was read as something lesser: it must be read again
        found.reason, found.priority = reason, priority
    found.reasons = [*found.reasons, [reason, now.isoformat()]]
    if note:
        found.note = f"{found.note}\n{note}" if found.note else note
    if reason == "call_me":
        call_backs.open_for(db, conversation)
    if priority == 0:
        db.flush()
        alarms.raise_for(db, found)
    return found


def current(db: Session, conversation_id: str) -> Handoff | None:
    """The open hand-off of a conversation, if there is one."""
    query = sa.select(Handoff).where(Handoff.conversation_id == conversation_id, Handoff.closed_at.is_(None))
    return db.execute(query).scalars().first()


def last(db: Session, conversation_id: str) -> Handoff | None:
    """The newest hand-off of a conversation, open or closed."""
    query = sa.select(Handoff).where(Handoff.conversation_id == conversation_id).order_by(Handoff.id.desc())
    return db.execute(query.limit(1)).scalars().first()


def wants(handoff: Handoff | None, reason: str) -> bool:
    """Whether a hand-off is for `reason`, and the opposite has not been said since."""
    wish = TAKES_BACK.get(reason, reason)
    said = [before for before, _ in handoff.reasons if wish in (before, TAKES_BACK.get(before))] if handoff else []
    return said[-1:] == [reason]


def _turns_about(found: Handoff, reason: str) -> bool:
    """Whether `reason` says the opposite of what was said before it: staff see each turn."""
    return reason in {*TAKES_BACK, *TAKES_BACK.values()} and not wants(found, reason)


def last_words(db: Session, conversation: Conversation) -> str | None:
    """The last thing the person wrote in words rather than picked: what they want passed on."""
    query = (
        sa.select(Message)
        .where(Message.conversation_id == conversation.id, Message.direction == "in", Message.kind == "text")
        .order_by(Message.id.desc())
        .limit(6)
    )
    return next((m.body for m in db.execute(query).scalars() if len(m.body.split()) > 1), None)


def words_of(db: Session, conversation: Conversation, message_id: int) -> str | None:
    """What the person wrote in one message of theirs; None when it is not one of this conversation's."""
    message = db.get(Message, message_id)
    if message is None or message.conversation_id != conversation.id or message.direction != "in":
        return None
    return message.body


def stamp(db: Session, staff: Staff) -> str:
    """A short text that changes when anything on the list of open hand-offs does, as `staff` see it. It names nobody:
    see `access` for what may be read."""
    columns = (
        Handoff.id, Handoff.priority, Handoff.seen_at, Handoff.taken_by, Handoff.reasons, Handoff.note.is_(None),
        Handoff.contacted_at, alarms.ringing_for(), Handoff.snoozed_until, Handoff.first_reply_at,
    )  # fmt: skip
    query = sa.select(*columns, Conversation.taken_by).join(Conversation).where(Handoff.closed_at.is_(None))
    query = query.where(teams.reaches(staff, clock.now()))
    return hashlib.sha256(repr(db.execute(query.order_by(Handoff.id)).all()).encode()).hexdigest()[:16]


def see(db: Session, handoff: Handoff, staff: Staff) -> None:
    """A member of staff has opened it. Only now is a person who passed something on told that it has been read."""
    if handoff.seen_at is not None:
        return
    handoff.seen_at, handoff.seen_by = clock.now(), staff.id
    audit.record(db, audit.staff(staff.id), "handoff.seen", f"handoff:{handoff.id}")
    if handoff.note:
        messages.say(db, handoff.conversation, wording.say("handoff.read"), author="system", purpose="notice")


def contacted(db: Session, handoff: Handoff, staff: Staff) -> None:
    """The worker has reached them: rang, met or heard from them. That somebody has read it does not say so."""
    if handoff.contacted_at is not None:
        return
    alarms.acknowledge(db, handoff, staff)
    handoff.contacted_at, handoff.contacted_by = clock.now(), staff.id
    audit.record(db, audit.staff(staff.id), "handoff.contacted", f"handoff:{handoff.id}")
    messages.mark(db, handoff.conversation, wording.say("marker.contacted", name=staff.name), staff.id)


def add_handover(db: Session, handoff: Handoff, staff: Staff, text: str, at_words: str) -> None:
    """A worker adds to the note for whoever is on next, under their name and the time (`at_words`)."""
    line = f"{at_words}, {staff.name}: {text}"
    handoff.handover = f"{handoff.handover}\n{line}" if handoff.handover else line
    audit.record(db, audit.staff(staff.id), "handoff.noted", f"handoff:{handoff.id}")


def take(db: Session, handoff: Handoff, staff: Staff) -> None:
    """The worker takes the conversation: from now on the assistant is silent in it.

    Raises AlreadyTaken when somebody else has it. Call with the conversation row locked (`db.lock`).
    """
    conversation = handoff.conversation
    if conversation.taken_by not in (None, staff.id):
        raise AlreadyTaken
    if conversation.taken_by == staff.id:
        return
    now = clock.now()
    conversation.taken_by, conversation.staff_active_at = staff.id, now
    handoff.taken_by, handoff.taken_at = staff.id, now
    see(db, handoff, staff)
    alarms.acknowledge(db, handoff, staff)
    audit.record(db, audit.staff(staff.id), "handoff.taken", f"handoff:{handoff.id}")
    messages.mark(db, conversation, wording.say("marker.taken", name=staff.name), staff.id)
    _hold_back(db, conversation)
    messages.say(db, conversation, wording.say("handoff.taken"), author="system", purpose="staff")


def reply(db: Session, conversation: Conversation, staff: Staff, text: str) -> Message:
    """The worker says something. Raises NotTaken unless they have the conversation."""
    if conversation.taken_by != staff.id:
        raise NotTaken
    conversation.staff_active_at = clock.now()
    message = messages.say(db, conversation, text, author="staff", purpose="staff", staff_id=staff.id)
    if (handoff := current(db, conversation.id)) is not None and handoff.first_reply_at is None:
        handoff.first_reply_at = clock.now()
    said_in = f"conversation:{conversation.id}"
    audit.record(db, audit.staff(staff.id), "message.sent_by_staff", said_in, message=message.id)
    return message


def pass_on(db: Session, handoff: Handoff, to: Staff) -> None:
    """A conversation that a worker has goes over to a colleague; the person is told that it is another worker now."""
    conversation, now = handoff.conversation, clock.now()
    conversation.taken_by, conversation.staff_active_at = to.id, now
    handoff.taken_by, handoff.taken_at = to.id, now
    messages.say(db, conversation, wording.say("handoff.passed_on"), author="system", purpose="staff")


def close(
    db: Session, handoff: Handoff, *, how: str = "staff", staff: Staff | None = None, outcome: str | None = None
) -> None:
    """The hand-off is over; if a worker had the conversation the assistant answers again, and the person is told so.

    `how`: staff (a worker closed it), answered (a late answer made it needless), quiet (see `give_back_quiet`).
    `outcome`: one of OUTCOMES, when a worker says what came of it.
    """
    conversation, now = handoff.conversation, clock.now()
    was_taken = conversation.taken_by is not None
    conversation.taken_by = conversation.staff_active_at = None
    handoff.closed_at, handoff.closed_how, handoff.closed_by = now, how, staff.id if staff else None
    handoff.outcome = outcome
    actor = audit.staff(staff.id) if staff else audit.SYSTEM
    audit.record(db, actor, "handoff.closed", f"handoff:{handoff.id}", how=how)
    said = wording.say(f"marker.closed_{how}") + (f": {OUTCOMES[outcome].lower()}" if outcome else "")
    messages.mark(db, conversation, said, staff.id if staff else None)
    if was_taken:
        messages.say(db, conversation, wording.say("handoff.closed"), author="system", purpose="staff")


def give_back(db: Session, handoff: Handoff, how: str) -> None:
    """The assistant answers again although the hand-off stays open, and the person is told so.

    `how`: quiet (the worker said nothing for the set time), shift (office hours ended), released (the worker let go).
    """
    conversation = handoff.conversation
    conversation.taken_by = conversation.staff_active_at = None
    handoff.taken_by = handoff.taken_at = None
    audit.record(db, audit.SYSTEM, "handoff.given_back", f"handoff:{handoff.id}", how=how)
    messages.mark(db, conversation, wording.say(f"marker.given_back_{how}"))
    messages.say(db, conversation, wording.say("handoff.given_back"), author="system", purpose="staff")


def give_back_quiet(db: Session, *, quiet: timedelta, in_hours: bool, at: datetime | None = None) -> int:
    """Give back every taken conversation whose worker went quiet or whose shift has ended; how many there were.

    Run by the scheduler. After hours a worker who wrote within the quiet time keeps it: they are plainly still there.
    """
    now = at or clock.now()
    query = sa.select(Conversation).where(Conversation.taken_by.is_not(None))
    given = 0
    for conversation in db.execute(query).scalars().all():
        idle = now - (conversation.staff_active_at or now)
        limit = quiet if in_hours else min(quiet, timedelta(minutes=10))
        handoff = current(db, conversation.id)
        if idle < limit:
            continue
        if handoff is None:  # cannot happen by the rules above; if it does, the person must not be left in silence
            conversation.taken_by = None
        else:
            give_back(db, handoff, "quiet" if in_hours else "shift")
        given += 1
    return given


def is_assistants(message: Message) -> bool:
    """Whether an outbound message is the assistant speaking: Rasa's words, or the gateway's in their place."""
    return message.author == "assistant" or (message.author == "system" and message.purpose == "reply")


def _hold_back(db: Session, conversation: Conversation) -> None:
    """Replies of the assistant that have not gone out yet stay in: a worker speaks now."""
    db.execute(
        sa.update(Message)
        .where(
            Message.conversation_id == conversation.id,
            Message.direction == "out",
            sa.or_(Message.author == "assistant", sa.and_(Message.author == "system", Message.purpose == "reply")),
            Message.status == "queued",
            Message.purpose != "crisis",
        )
        .values(status="stopped", error="with_staff", settled_at=clock.now())
        .execution_options(synchronize_session=False)
    )
