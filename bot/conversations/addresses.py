"""Addresses and the conversations on them. Who someone is follows from the conversation id, nothing else."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, crypto
from bot.db import lock
from bot.models import Address, Choice, Conversation, Message, Person

#: The kinds of text of our own accord that somebody can do without while keeping the others (purposes of messages).
KINDS = ("reminder", "broadcast", "did_you_go")
DID_YOU_GO = KINDS[2]


def find(db: Session, channel: str, address: str) -> Address | None:
    """The stored address, looked up by its keyed hash under every key; None if it never texted."""
    hashes = crypto.keyring().hashes(f"{channel}:{address}")
    query = sa.select(Address).where(Address.channel == channel, Address.address_hash.in_(hashes))
    return db.execute(query).scalars().first()


def find_or_begin(db: Session, channel: str, address: str) -> Conversation:
    """The open conversation of an address; a new address, person and conversation if there is none."""
    found = find(db, channel, address)
    if found is None:
        found = Address(channel=channel, address_hash=crypto.keyring().hash(f"{channel}:{address}"), address=address)
        db.add(found)
        db.flush()
    elif not found.address:  # they were erased and had said STOP, which still counts
        found.address = address
    query = sa.select(Conversation).where(Conversation.address_id == found.id, Conversation.ended_at.is_(None))
    conversation = db.execute(query).scalars().first()
    return conversation or _begin(db, found)


def _begin(db: Session, address: Address) -> Conversation:
    person = Person(pseudonym=secrets.token_hex(16))
    db.add(person)
    db.flush()
    conversation = Conversation(id=secrets.token_hex(16), address=address, person=person)
    db.add(conversation)
    db.flush()
    return conversation


def of_same_person(db: Session, conversation_id: str) -> list[Conversation]:
    """Every conversation of the person whose conversation this is, itself among them, the oldest first."""
    person_id = sa.select(Conversation.person_id).where(Conversation.id == conversation_id).scalar_subquery()
    query = sa.select(Conversation).where(Conversation.person_id == person_id)
    return list(db.execute(query.order_by(Conversation.began_at, Conversation.id)).scalars())


def stop(db: Session, conversation: Conversation, by: str = "person") -> None:
    """No more texts to this address but crisis replies. Messages waiting to go out are taken back."""
    conversation.address.stopped_at = clock.now()
    conversation.pending = None
    open_conversations = sa.select(Conversation.id).where(Conversation.address_id == conversation.address_id)
    db.execute(
        sa.update(Message)
        .where(
            Message.conversation_id.in_(open_conversations),
            Message.direction == "out",
            Message.status == "queued",
            Message.purpose != "crisis",
        )
        .values(status="stopped", settled_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    actor = audit.person(conversation.person_id)
    audit.record(db, actor, "address.stopped", f"address:{conversation.address_id}", by=by)


def leave_out(db: Session, conversation: Conversation, kind: str) -> None:
    """The person wants no texts of one kind any more, and keeps the others. ValueError when it is none of KINDS.

    Whatever they text from: it is about them, not about one number. What is queued is held back when its turn comes.
    """
    if kind not in KINDS:
        raise ValueError("no such kind of text")
    person = lock(db, Person, conversation.person_id)
    person.without = " ".join(k for k in KINDS if k == kind or not wants(person, k))
    audit.record(db, audit.person(person.id), "person.left_out", audit.person(person.id), kind=kind)


def only_in_person(db: Session, conversation: Conversation, note: str) -> bool:
    """Nothing of our own accord goes to any phone of theirs until staff say so again; `note` says why. What staff have
    noted before stays in front of it. False when it is so already, and nothing changes.
    """
    person = lock(db, Person, conversation.person_id)
    before = person.contact_note or ""
    if person.contact_by == "person" and note in before:
        return False
    person.contact_by = "person"
    person.contact_note = before if note in before else f"{before} {note}".strip()
    audit.record(db, audit.person(person.id), "person.contact_set", audit.person(person.id), by="person")
    return True


def wants(person: Person, kind: str) -> bool:
    """Whether a person has said no to that kind of text of ours, or not."""
    return kind not in (person.without or "").split()


def start(db: Session, conversation: Conversation) -> None:
    """Texts may go to this address again, of every kind."""
    conversation.address.stopped_at = None
    conversation.address.unreachable_at = None
    lock(db, Person, conversation.person_id).without = None
    audit.record(db, audit.person(conversation.person_id), "address.started", f"address:{conversation.address_id}")


def release(db: Session, conversation: Conversation) -> None:
    """The number belongs to somebody else now: the conversation ends and nothing more is sent to it.

    Whoever texts from it next is a new person with a new conversation, and sees nothing of this one.
    """
    now = clock.now()
    conversation.ended_at = now
    conversation.pending = conversation.task = None
    db.execute(
        sa.update(Message)
        .where(Message.conversation_id == conversation.id, Message.direction == "out", Message.status == "queued")
        .values(status="stopped", settled_at=now)
        .execution_options(synchronize_session=False)
    )
    db.execute(
        sa.update(Choice)
        .where(Choice.conversation_id == conversation.id, Choice.closed_at.is_(None))
        .values(closed_at=now)
        .execution_options(synchronize_session=False)
    )
    audit.record(
        db, audit.person(conversation.person_id), "address.released", f"address:{conversation.address_id}"
    )  # fmt: skip
