"""Erasing a person: one routine for everything that is theirs, in one transaction; all of it goes or nothing does.

What stays: their number here with the time (so that the audit trail, which has numbers and codes alone, means nobody
else), the sums that they added to the figures, and, where they said STOP, a keyed hash of the address without the
address. What lies outside this database (Rasa's tracker, the provider's records, the spool) is noted as `leftovers`
and taken out by the gateway, as often as it takes.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, crypto
from bot.conversations import handoffs, leftovers, quality
from bot.db import Base, lock
from bot.models import (
    ACTIVE,
    Address,
    Booking,
    Conversation,
    Feedback,
    Handoff,
    KeepApart,
    LinkGuess,
    Merge,
    Message,
    Person,
    ProgrammeSession,
)  # fmt: skip
from bot.programme import hours, offers, people, staff_line, tallies

#: "table.column": what points there at something of theirs is theirs too, and goes with it.
GOES = frozenset({
    "alarm_calls.alarm_id", "alarms.handoff_id", "answers_shown.conversation_id", "attendances.booking_id",
    "bookings.person_id", "broadcast_messages.message_id", "call_backs.conversation_id", "choices.conversation_id",
    "choices.message_id", "conversations.person_id", "feedback.person_id", "handoffs.conversation_id",
    "keep_apart.one_id", "keep_apart.other_id", "labels.message_id", "link_codes.person_id", "marks.booking_id",
    "merges.gone_id", "merges.kept_id", "messages.conversation_id", "orders.pseudonym", "readings.message_id",
    "signposts.person_id",
})  # fmt: skip
#: What only mentions something of theirs stays, and points nowhere from then on.
LOOSENED = frozenset({
    "bookings.conversation_id", "feedback.conversation_id", "link_codes.used_in", "messages.reply_to",
    "signposts.conversation_id",
})  # fmt: skip
#: What has a rule of its own: the marks of a quality review stay, without a way back to the conversation.
BY_HAND = frozenset({"quality_picks.conversation_id"})
#: Why somebody is erased. Words for staff; the audit trail has the code.
REASONS: dict[str, str] = {
    "asked": "They asked for it",
    "over": "Their order is over, and so is the time that records are kept",
    "mistake": "Added by mistake, or for trying things out",
    "died": "They have died",
}
#: Nobody chooses it: they had been erased, and a backup from before was restored.
AGAIN = "again"
#: How far back the provider is asked to take out the words of our texts.
PROVIDER = timedelta(days=30)


class Wrong(ValueError):
    """They cannot be erased like that; the message is a sentence for staff."""


@dataclass(frozen=True)
class Preview:
    """What erasing does: how many rows of each table go, and what staff should know before. Nothing that was said."""

    rows: dict[str, int]
    #: Sentences: what is lost with them that somebody may still need.
    mind: tuple[str, ...]
    #: Why it cannot be done now; None when it can.
    why_not: str | None
    #: Addresses of which a keyed hash stays, because they said STOP there.
    stopped: int

    @property
    def total(self) -> int:
        return sum(self.rows.values())

    @property
    def seen(self) -> str:
        """What a decision is made on, for `erase` to compare: what came in since was not part of it."""
        return ".".join(str(number) for _, number in sorted(self.rows.items()))


def preview(db: Session, person: Person, at: datetime | None = None) -> Preview:
    """What erasing somebody would do now. Writes nothing."""
    at, ids = at or clock.now(), _records(db, person.id)
    rows = {table.name: _count(db, table, ids) for table in theirs() if table.name != "people"}
    stopped = [address for address in _addresses(db, ids) if address.stopped_at is not None]
    return Preview(rows, tuple(_mind(db, person, ids, at)), _why_not(db, ids), len(stopped))


def erase(
    db: Session, person_id: int, *, reason: str, seen: str, minded: bool, by_staff: int | None,
    at: datetime | None = None,
) -> Preview:  # fmt: skip
    """Erase somebody everywhere; what that was. `seen`: `Preview.seen` of what was decided on; `minded`: its `mind` was
    read; `by_staff` None: whoever runs the machine.

    Wrong, with a sentence, without a reason, while they may be in danger, or when it is another by now; LookupError
    when there is no such person.
    """
    at = at or clock.now()
    person = people.there(db, person_id)
    ids = _records(db, person_id)
    theirs_ = sa.select(Conversation).where(Conversation.person_id.in_(ids)).order_by(Conversation.id)
    conversations = list(db.execute(theirs_.with_for_update()).scalars())
    found = preview(db, person, at)
    if reason not in REASONS and reason != AGAIN:
        raise Wrong("Choose why.")
    if found.why_not is not None:
        raise Wrong(found.why_not)
    if found.seen != seen:
        raise Wrong("Something has come in or changed since the page was made. Look at it again.")
    if found.mind and not minded:
        raise Wrong("Say that you have seen to what is lost with them.")
    addresses = _addresses(db, ids)
    sessions = _places_to_come(db, ids, at)
    tallies.add(db, ids)
    _leave(db, ids, conversations, addresses, at)
    staff_line.forget(db, [db.get(Person, id_) for id_ in ids])
    _take_out(db, ids)
    _forget_addresses(db, addresses)
    _empty(db, ids, at)
    for session_id in sessions:
        offers.offer_places(db, db.get(ProgrammeSession, session_id), at)
    actor = audit.SYSTEM if by_staff is None else audit.staff(by_staff)
    audit.record(db, actor, "person.erased", audit.person(person_id), reason=reason, rows=found.total)
    return found


def brought_back(db: Session, ledger: Set[str]) -> list[int]:
    """The numbers of those who had been erased, by the hashes in the `ledger`, and are here: from a backup."""
    here = db.execute(sa.select(Person.id, Person.pseudonym).where(Person.erased_at.is_(None)).order_by(Person.id))
    keys = crypto.keyring()
    return [id_ for id_, pseudonym in here if not ledger.isdisjoint(keys.hashes(_ledger_name(pseudonym)))]


def erase_again(db: Session, person_id: int, at: datetime) -> None:
    """Erase somebody whom a backup brought back. Wrong, with a sentence, while they may be in danger."""
    person = people.there(db, person_id)
    erase(db, person_id, reason=AGAIN, seen=preview(db, person, at).seen, minded=True, by_staff=None, at=at)


def sweep(db: Session, at: datetime) -> int:
    """Take out what was written about somebody while they were being erased; how many rows. For the scheduler."""
    ids = [int(row.key) for row in leftovers.of_kind(db, leftovers.PERSON)]
    number = sum(_count(db, table, ids) for table in theirs() if table.name != "people") if ids else 0
    if number:
        conversations = list(db.execute(sa.select(Conversation).where(Conversation.person_id.in_(ids))).scalars())
        addresses = _addresses(db, ids)
        _leave(db, ids, conversations, addresses, at)
        _take_out(db, ids)
        _forget_addresses(db, addresses)
    return number


def theirs() -> list[sa.Table]:
    """Every table that has rows of a person, those that others point at first."""
    names = {"people"} | {pointer.partition(".")[0] for pointer in GOES}
    return [table for table in Base.metadata.sorted_tables if table.name in names]


# --- what there is ---------------------------------------------------------------------------


def _records(db: Session, person_id: int) -> list[int]:
    """The number of somebody, and of every record that was merged into theirs and has not been parted from it."""
    found, new = [], [person_id]
    while new:
        found += new
        query = sa.select(Merge.gone_id).where(Merge.kept_id.in_(new), Merge.undone_at.is_(None))
        new = sorted(set(db.execute(query).scalars()) - set(found))
    return found


def _which(table: sa.Table, ids: Sequence[int]):
    """The condition that a row of `table` is theirs."""
    if table.name == "people":
        return table.c.id.in_(ids)
    reasons = []
    for column in table.columns:
        if f"{table.name}.{column.name}" in GOES:
            (key,) = column.foreign_keys
            parent = key.column.table
            reasons.append(column.in_(sa.select(key.column).where(_which(parent, ids))))
    return sa.or_(*reasons)


def _count(db: Session, table: sa.Table, ids: Sequence[int]) -> int:
    return db.execute(sa.select(sa.func.count()).select_from(table).where(_which(table, ids))).scalar_one()


def _addresses(db: Session, ids: Sequence[int]) -> list[Address]:
    """Where they text from, without what somebody else texts from too (or had before)."""
    mine = sa.select(Conversation.address_id).where(Conversation.person_id.in_(ids))
    others = sa.select(Conversation.address_id).where(Conversation.person_id.not_in(ids))
    query = sa.select(Address).where(Address.id.in_(mine), Address.id.not_in(others)).order_by(Address.id)
    return list(db.execute(query.with_for_update()).scalars())


def _why_not(db: Session, ids: Sequence[int]) -> str | None:
    danger = (
        sa.select(Handoff.id)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(Conversation.person_id.in_(ids), Handoff.closed_at.is_(None), Handoff.priority == 0)
    )
    if db.execute(danger.limit(1)).first() is not None:
        return "They may be in danger, and this is the only way to reach them. Close that hand-off first."
    return None


def _mind(db: Session, person: Person, ids: Sequence[int], at: datetime):
    """What staff should see to before, a sentence each."""
    balance = hours.balances(db, [person.id])[person.id]
    if hours.order_of(db, person) is not None:
        yield f"Their order is open. {_hours(balance.approved)} approved here: the case system must have them."
    if balance.claimed:
        yield f"{_hours(balance.claimed)} claimed and not decided."
    open_ = sa.select(sa.func.count()).select_from(Feedback).where(
        Feedback.person_id.in_(ids), Feedback.kind == "complaint", Feedback.handled_at.is_(None)
    )  # fmt: skip
    if complaints := db.execute(open_).scalar_one():
        yield f"{complaints} {'complaint' if complaints == 1 else 'complaints'} that nobody has answered."
    open_ = sa.select(Handoff).join(Conversation, Conversation.id == Handoff.conversation_id).where(
        Conversation.person_id.in_(ids), Handoff.closed_at.is_(None)
    )  # fmt: skip
    if any(handoffs.wants(found, "keep_my_data") for found in db.execute(open_).scalars()):
        yield "They asked for this and then said that they do not want it. Ask them first."
    pairs = sa.select(sa.func.count()).select_from(KeepApart).where(
        sa.or_(KeepApart.one_id.in_(ids), KeepApart.other_id.in_(ids)), KeepApart.ended_at.is_(None)
    )  # fmt: skip
    if kept_apart := db.execute(pairs).scalar_one():
        yield f"They are kept apart from {kept_apart} {'person' if kept_apart == 1 else 'people'}: nobody will know."
    if sessions := len(_places_to_come(db, ids, at)):
        places = "1 place" if sessions == 1 else f"{sessions} places"
        yield f"{places} at sessions to come: given back, and they are not told."
    taken = sa.select(Conversation.id).where(Conversation.person_id.in_(ids), Conversation.taken_by.is_not(None))
    if db.execute(taken.limit(1)).first() is not None:
        yield "A worker is texting with them now."


def _hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    words = "1 hour" if whole == 1 else f"{whole} hours"
    return f"{words} {rest} minutes" if rest else words


def _places_to_come(db: Session, ids: Sequence[int], at: datetime) -> list[int]:
    """The sessions to come at which they have a place or a turn in the line, locked in the order of their numbers."""
    query = (
        sa.select(Booking.session_id)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .where(Booking.person_id.in_(ids), Booking.status.in_(ACTIVE), ProgrammeSession.starts_at > at)
    )
    found = sorted(set(db.execute(query).scalars()))
    for session_id in found:
        lock(db, ProgrammeSession, session_id)
    return found


# --- taking it out ---------------------------------------------------------------------------


def _ledger_name(pseudonym: str) -> str:
    """What is hashed for the ledger: the same pseudonym is hashed for nothing else."""
    return f"erased:{pseudonym}"


def _leave(db: Session, ids: Sequence[int], conversations: list[Conversation], addresses: list[Address], at) -> None:
    """Note what is to be taken out elsewhere, and what was underway and must not come back."""
    leave, hash_ = leftovers.leave, crypto.keyring().hashes
    conversation_ids = [conversation.id for conversation in conversations]
    leave(db, leftovers.PERSON, map(str, ids), at)
    known = db.execute(sa.select(Person.pseudonym).where(Person.id.in_(ids), Person.erased_at.is_(None))).scalars()
    leave(db, leftovers.LEDGER, [crypto.keyring().hash(_ledger_name(pseudonym)) for pseudonym in known], at)
    leave(db, leftovers.TRACKER, conversation_ids, at)
    leave(db, leftovers.ADDRESS, [address.address_hash for address in addresses], at)
    spooled = [key[:16] for a in addresses for key in hash_(f"spool:{a.channel}:{a.address}")]
    leave(db, leftovers.SPOOL, spooled, at)
    said = sa.select(Message.external_id, Message.channel, Message.provider_id, Message.created_at).where(
        Message.conversation_id.in_(conversation_ids), Message.created_at > at - PROVIDER
    )
    for external_id, channel, provider_id, created_at in db.execute(said).all():
        if external_id is not None and created_at > at - leftovers.LIFE:
            leave(db, leftovers.MESSAGE, [external_id], at)
        if provider_id is not None:
            leave(db, leftovers.PROVIDER, [provider_id], at, channel)


def _take_out(db: Session, ids: Sequence[int]) -> None:
    query = sa.select(Conversation.id).where(Conversation.person_id.in_(ids))
    quality.forget(db, list(db.execute(query).scalars()))
    for pointer in sorted(LOOSENED):
        name, _, column_name = pointer.partition(".")
        table = Base.metadata.tables[name]
        (key,) = table.c[column_name].foreign_keys
        gone = sa.select(key.column).where(_which(key.column.table, ids))
        db.execute(sa.update(table).where(table.c[column_name].in_(gone)).values({column_name: None}))
    for table in reversed(theirs()):
        if table.name != "people":
            db.execute(sa.delete(table).where(_which(table, ids)))
    db.expire_all()


def _forget_addresses(db: Session, addresses: list[Address]) -> None:
    """Where they texted from; of one that said STOP a keyed hash stays, so that nobody ever texts there again."""
    for address in addresses:
        kept = {field: getattr(address, field) for field in ("channel", "address_hash", "stopped_at")}
        for table, column in ((LinkGuess, LinkGuess.address_id), (Address, Address.id)):
            gone = sa.delete(table).where(column == address.id)
            db.execute(gone.execution_options(synchronize_session=False))
        db.expunge(address)
        if kept["stopped_at"] is not None:  # under another number: the audit trail knew the old one
            db.add(Address(**kept, address="", created_at=kept["stopped_at"]))
    db.flush()


def _empty(db: Session, ids: Sequence[int], at: datetime) -> None:
    """Their number stays, so that it never becomes somebody else's; nothing else of them does."""
    for person_id in ids:
        nothing = {c.name: None for c in Person.__table__.columns if c.nullable}
        nothing |= {"pseudonym": secrets.token_hex(16), "created_at": at, "erased_at": at}
        update = sa.update(Person).where(Person.id == person_id).values(nothing)
        db.execute(update.execution_options(synchronize_session=False))
    db.expire_all()
