"""Rows for tests, each with defaults: say only what the test is about.

>>> someone = builders.a_person(db)
>>> builders.a_booking(db, someone, builders.a_session(db, places=1))
"""

from __future__ import annotations

import itertools
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot import crypto
from bot.clock import UTC
from bot.models import (
    Address,
    Answer,
    AnswerRevision,
    Booking,
    Broadcast,
    Conversation,
    Duty,
    Message,
    Order,
    Person,
    ProgrammeSession,
    Service,
    Squad,
    Staff,
    Supervision,
    Topic,
)

#: A Monday at noon: the tests' "now" where they say none.
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

_numbers = itertools.count(1)


def a_topic(db, slug="alcohol", **values):
    """A topic; the one that is there, if there is one."""
    found = db.get(Topic, slug)
    if found is None:
        defaults = {"slug": slug, "name": slug.replace("_", " ").capitalize(), "label": slug.capitalize()[:40]}
        found = Topic(**(defaults | {"position": next(_numbers), "opened_at": NOW} | values))
        db.add(found)
        db.flush()
    return found


def a_person(db, **values):
    """A person with an open conversation by SMS."""
    person = Person(pseudonym=secrets.token_hex(16), **values)
    db.add(person)
    db.flush()
    a_conversation(db, person)
    return person


def a_conversation(db, person=None, *, channel="sms", **values):
    """An open conversation; of a new person unless one is given."""
    if person is None:
        person = Person(pseudonym=secrets.token_hex(16))
    number = f"+447700{next(_numbers):06d}"
    address = Address(channel=channel, address_hash=crypto.keyring().hash(f"{channel}:{number}"), address=number)
    conversation = Conversation(id=secrets.token_hex(16), address=address, person=person, **values)
    db.add(conversation)
    db.flush()
    return conversation


def conversation_id(db, person):
    """The id of a person's newest conversation."""
    query = sa.select(Conversation.id).where(Conversation.person_id == person.id).order_by(Conversation.began_at.desc())
    return db.execute(query).scalars().first()


def a_member_of_staff(db, role="coordinator", **values):
    """An active member of staff."""
    defaults = {"email": f"staff{next(_numbers)}@example.org", "name": "Sam", "password": "x"}
    defaults["fs_uniquifier"] = secrets.token_hex(16)
    staff = Staff(**(defaults | {"role": role} | values))
    db.add(staff)
    db.flush()
    return staff


def a_duty(db, staff=None, *, at=NOW, hours=8, tested=True, **values):
    """A duty that has begun an hour before `at`; by SMS to a number of its own, its test come back."""
    staff = staff or a_member_of_staff(db, "worker")
    defaults = {"starts_at": at - timedelta(hours=1), "ends_at": at + timedelta(hours=hours), "rung": 1}
    defaults |= {"channel": "sms", "address": f"+447701{next(_numbers):06d}", "made_by": staff.id}
    if tested:
        defaults |= {"test_sent_at": at - timedelta(hours=1), "tested_at": at - timedelta(hours=1), "code": "1234"}
    duty = Duty(**(defaults | {"staff_id": staff.id} | values))
    db.add(duty)
    db.flush()
    return duty


def a_session(db, *, topic="alcohol", at=NOW, days=3, starts_at=None, minutes=90, **values):
    """A session with 8 places for everyone at 2pm in Govan, three days after NOW."""
    a_topic(db, topic)
    start = starts_at or (at + timedelta(days=days)).replace(hour=14)
    defaults = {"title": "Drink and you", "place": "Sample Hall, Govan", "area": "Govan", "sector": "south"}
    defaults |= {"places": 8, "topic_slug": topic, "starts_at": start, "ends_at": start + timedelta(minutes=minutes)}
    session = ProgrammeSession(**(defaults | values))
    db.add(session)
    db.flush()
    return session


def a_booking(db, person=None, session=None, *, status="booked", **values):
    """A booking; of a new person at a new session unless they are given."""
    person = person or a_person(db)
    session = session or a_session(db)
    defaults = {"conversation_id": conversation_id(db, person), "asked_by": next(_numbers) + 1_000_000}
    booking = Booking(**(defaults | {"person_id": person.id, "session_id": session.id, "status": status} | values))
    db.add(booking)
    db.flush()
    return booking


def an_order(db, person, **values):
    """An order of 100 hours; open unless it says when it was closed, and how it ended."""
    order = Order(**({"pseudonym": person.pseudonym, "minutes": 6000} | values))
    db.add(order)
    db.flush()
    return order


def a_squad(db, *supervisors, **values):
    """A squad in use, and who supervises it."""
    squad = Squad(**({"name": f"Squad {next(_numbers)}", "active": True} | values))
    db.add(squad)
    db.flush()
    db.add_all(Supervision(squad_id=squad.id, staff_id=staff_id) for staff_id in supervisors)
    db.flush()
    return squad


def a_broadcast(db, **values):
    """A text to many of which nothing is queued yet."""
    defaults = {"nonce": secrets.token_hex(16), "text": "New sessions are up.", "audience": "everyone", "planned": 1}
    defaults |= {"made_by": a_member_of_staff(db).id, "send_after": NOW, "expires_at": NOW + timedelta(days=1)}
    broadcast = Broadcast(**(defaults | values))
    db.add(broadcast)
    db.flush()
    return broadcast


def a_service(db, slug=None, **values):
    """A service that may be shown in demo mode: confirmed, with a phone number, for everyone in Glasgow."""
    number = next(_numbers)
    defaults = {
        "slug": slug or f"service-{number}",
        "name": f"Service {number}",
        "what": "Help when you want it.",
        "topics": ["alcohol"],
        "audience": "everyone",
        "area": "glasgow-wide",
        "phone": "0141 496 0000",
        "self_referral": True,
        "confidence": "confirmed",
        "hold": False,
        "position": number,
    }
    service = Service(**(defaults | values))
    db.add(service)
    db.flush()
    return service


def an_answer_revision(db, topic="alcohol", key="units", *, revision=1, status="approved", **values):
    """A revision of an answer, approved and in date; the answer itself is made when it is not there."""
    a_topic(db, topic)
    answer = db.execute(sa.select(Answer).where(Answer.topic_slug == topic, Answer.key == key)).scalars().first()
    if answer is None:
        answer = Answer(topic_slug=topic, key=key, question="What is a unit?")
        db.add(answer)
        db.flush()
    defaults = {"text": f"Revision {revision} of {key}.", "review_by": NOW + timedelta(days=90)}
    found = AnswerRevision(**({"answer_id": answer.id, "revision": revision, "status": status} | defaults | values))
    db.add(found)
    db.flush()
    return found


def texts_to(db, person):
    """The texts queued for a person, oldest first."""
    query = (
        sa.select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.person_id == person.id, Message.direction == "out")
        .order_by(Message.id)
    )
    return list(db.execute(query).scalars())
