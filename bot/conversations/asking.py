"""Asking somebody whose words may speak of danger: the hand-off that goes with the question."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, wording
from bot.conversations import addresses, handoffs, messages
from bot.models import Conversation, Message

#: Danger has just been answered: the same words twice would not help.
JUST_ANSWERED = timedelta(minutes=2)
#: So long after it, or after danger, the line on whom to turn to is not said again.
OFFERED = timedelta(hours=20)
#: In `purpose` of the inbound message that it was said to.
OFFER = "offer"
#: So long after danger nothing light is said.
SHAKEN = timedelta(hours=1)


def answered_just_now(conversation: Conversation, now: datetime) -> bool:
    """Was danger answered, or asked about, in this conversation a moment ago?"""
    return conversation.crisis_at is not None and now - conversation.crisis_at < JUST_ANSWERED


def still_shaken(db: Session, conversation: Conversation, now: datetime) -> bool:
    """Was danger answered within the hour, and is it still waiting for a worker? Small talk would undo the words."""
    if conversation.crisis_at is None or now - conversation.crisis_at >= SHAKEN:
        return False
    found = handoffs.current(db, conversation.id)
    return found is not None and found.reason.startswith("crisis_")


def spoke_of_danger(db: Session, conversation: Conversation) -> bool:
    """Did we speak of danger here within the hour, be it by the line alone?"""
    since = clock.now() - SHAKEN
    if conversation.crisis_at is not None and conversation.crisis_at >= since:
        return True
    said = sa.select(Message.id).where(
        Message.conversation_id == conversation.id, Message.direction == "out", Message.purpose == "crisis",
        Message.created_at > since,
    )  # fmt: skip
    return db.execute(said.limit(1)).first() is not None or _offered_since(db, conversation, since)


def asked_lately(db: Session, conversation: Conversation) -> Message | None:
    """The last text of theirs within the hour to which we spoke of danger; None where there is none."""
    said = (
        sa.select(Message)
        .where(
            Message.conversation_id == conversation.id, Message.direction == "in", Message.purpose == "crisis",
            Message.created_at > clock.now() - SHAKEN,
        )
        .order_by(Message.id.desc())
    )  # fmt: skip
    return db.execute(said.limit(1)).scalars().first()


def said_since(db: Session, conversation: Conversation, within: timedelta) -> list[str]:
    """What we said of danger here `within` this time, text by text."""
    said = sa.select(Message).where(
        Message.conversation_id == conversation.id, Message.direction == "out", Message.purpose == "crisis",
        Message.created_at > clock.now() - within,
    )  # fmt: skip
    return [row.body or "" for row in db.execute(said).scalars()]


def only_asked(db: Session, conversation: Conversation) -> bool:
    """Have staff been told of no more than a doubt?"""
    found = handoffs.current(db, conversation.id)
    return found is not None and found.reason == "maybe_danger"


def begin(db: Session, conversation: Conversation, message_id: int | None, reason: str, wakes: bool) -> bool:
    """Open the hand-off and mark the message. False when danger was answered just now, and nothing is to be said.

    What does not "wake" is a doubt, which staff read in daylight: a yes to the question wakes them.
    """
    now = clock.now()
    if answered_just_now(conversation, now):
        if wakes and only_asked(db, conversation):  # two nets hear it: staff are told so, the person is not asked twice
            handoffs.open_for(db, conversation, reason)
        return False
    conversation.crisis_at = now
    handoffs.open_for(db, conversation, reason if wakes else "maybe_danger")
    message = db.get(Message, message_id) if message_id is not None else None
    if message is not None and message.conversation_id == conversation.id:
        message.purpose = "crisis"
    return True


def offer(db: Session, conversation: Conversation, message_id: int | None) -> bool:
    """Whether the answer to a message with a faint sign gets the line on whom to turn to; if so, marks the message.

    Never where somebody else may read the phone: "not safe" under an ordinary answer tells them more than it helps.
    """
    now = clock.now()
    if conversation.person.contact_by == "person":
        return False
    if conversation.crisis_at is not None and now - conversation.crisis_at < OFFERED:
        return False
    if _offered_since(db, conversation, now - OFFERED):
        return False
    message = db.get(Message, message_id) if message_id is not None else None
    if message is not None and message.conversation_id == conversation.id:
        message.purpose = OFFER
    return True


def _offered_since(db: Session, conversation: Conversation, since: datetime) -> bool:
    lately = sa.select(Message.id).where(
        Message.conversation_id == conversation.id, Message.purpose == OFFER, Message.created_at > since
    )
    return db.execute(lately).first() is not None


def mind_the_phone(db: Session, conversation: Conversation) -> None:
    """Somebody else reads their phone: nothing of our own accord goes to it any more, and staff are told so once."""
    why = wording.say("marker.watched")
    if addresses.only_in_person(db, conversation, why):
        messages.mark(db, conversation, why)
