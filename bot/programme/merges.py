"""Merging: two records that are one person become one. What moved is written down."""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.conversations import addresses, messages
from bot.db import Base
from bot.models import ACTIVE, Booking, LinkCode, Merge, Order, Person
from bot.programme import apart, hours, people

#: What points at a person and does not simply move with them; it has its own rule below.
BY_HAND = frozenset({"keep_apart.one_id", "keep_apart.other_id", "merges.kept_id", "merges.gone_id"})


#: What staff know of a person and a merge carries over; the kinds of text somebody said no to have a rule of their own.
FIELDS = ("name", "team_id", "squad_id", "contact_by", "contact_note", "call_number", "call_hash")


class Wrong(ValueError):
    """The two cannot be made one as they are; the message is a sentence for staff."""


@dataclass(frozen=True)
class Sums:
    """How much hangs on a record, for the page that asks."""

    conversations: int
    bookings: int
    order_minutes: int | None


def sums(db: Session, person: Person) -> Sums:
    """What hangs on a record."""
    booked = db.execute(sa.select(sa.func.count()).select_from(Booking).where(Booking.person_id == person.id))
    order = hours.order_of(db, person)
    return Sums(
        len(people.ways(db, [person.id]).get(person.id, [])), booked.scalar_one(), order.minutes if order else None
    )  # fmt: skip


def merge(db: Session, kept_id: int, gone_id: int, *, by_staff: int) -> Merge:
    """Everything of one record goes to the other, and the record it came from is closed.

    Name, squad, order and ways to reach them of the record that is kept count; what it lacks is taken over.
    Wrong, with a sentence, when both have a place at one session or are kept apart; LookupError when one is not there.
    """
    if kept_id == gone_id:
        raise Wrong("That is the same record.")
    first, second = sorted((kept_id, gone_id))
    there = {person_id: people.there(db, person_id) for person_id in (first, second)}
    kept, gone = there[kept_id], there[gone_id]
    if any(other == gone_id for _, other in apart.of(db, kept_id)):
        raise Wrong("These two are kept apart, so they are two people. End that first if it is a mistake.")
    if _clash(db, kept_id, gone_id):
        raise Wrong("Both have a place at the same session. Give one of them back first.")
    now = clock.now()
    db.execute(
        sa.update(LinkCode)
        .where(LinkCode.person_id.in_((kept_id, gone_id)), LinkCode.closed_at.is_(None))
        .values(closed_at=now)
        .execution_options(synchronize_session=False)
    )
    before = {"kept": _fields(kept), "gone": _fields(gone)}
    before["closed"] = _open_order(db, gone) if _open_order(db, kept) else []
    moved = {name: _move(db, name, gone_id, kept_id) for name in pointers() if name not in BY_HAND}
    moved["keep_apart"], before["pairs"] = _pairs(db, gone_id, kept_id, by_staff)
    moved["orders.pseudonym"] = _orders(db, gone, kept)
    for field in FIELDS:
        if getattr(kept, field) is None:
            setattr(kept, field, getattr(gone, field))
        setattr(gone, field, None)
    no = [k for k in addresses.KINDS if not (addresses.wants(kept, k) and addresses.wants(gone, k))]
    kept.without, gone.without = " ".join(no) or None, None
    gone.erased_at = now
    row = Merge(
        kept_id=kept_id, gone_id=gone_id, merged_by=by_staff, merged_at=now, before=json.dumps(before),
        moved={k: v for k, v in moved.items() if v},
    )  # fmt: skip
    db.add(row)
    db.flush()
    db.expire_all()
    for conversation in people.ways(db, [kept_id]).get(kept_id, []):
        if conversation.id in moved["conversations.person_id"]:
            messages.mark(db, conversation, wording.say("marker.merged"), staff_id=by_staff)
    audit.record(db, audit.staff(by_staff), "person.merged", audit.person(kept_id), gone=gone_id)
    return row


def pointers() -> list[str]:
    """Every "table.column" that points at a person, this schema's and any later one's."""
    return sorted(
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "people" and key.column.name == "id"
    )


def _move(db: Session, pointer: str, gone_id: int, kept_id: int) -> list:
    table_name, column_name = pointer.split(".")
    table = Base.metadata.tables[table_name]
    (key,) = table.primary_key.columns
    column = table.columns[column_name]
    keys = list(db.execute(sa.select(key).where(column == gone_id).order_by(key)).scalars())
    if keys:
        db.execute(sa.update(table).where(column == gone_id).values({column_name: kept_id}))
    return keys


def _fields(person: Person) -> dict:
    return {field: getattr(person, field) for field in (*FIELDS, "without")}


def _open_order(db: Session, person: Person) -> list[int]:
    order = hours.order_of(db, person)
    return [order.id] if order is not None else []


def _pairs(db: Session, gone_id: int, kept_id: int, by_staff: int) -> tuple[list[int], list[list]]:
    """Whom the one was kept apart from, the other is from now on.

    The pairs that ended, and for each of them the one that counts in its place and whether it was made for that.
    """
    moved, instead = [], []
    there = {pair.id for pair, _ in apart.of(db, kept_id)}
    for pair, other in apart.of(db, gone_id):
        apart.end(db, pair.id, by_staff=by_staff)
        moved.append(pair.id)
        new = apart.add(db, kept_id, other, reason=pair.reason, by_staff=by_staff)
        instead.append([new.id, new.id not in there])
    return moved, instead


def _orders(db: Session, gone: Person, kept: Person) -> list[int]:
    """The order of the record that is kept counts; without one, that of the other. Both stay on file."""
    known = hours.order_of(db, kept) is not None
    query = sa.select(Order).where(Order.pseudonym == gone.pseudonym)
    rows = list(db.execute(query).scalars())
    for row in rows:
        if known and row.closed_at is None:
            row.closed_at = clock.now()
        row.pseudonym = kept.pseudonym
    db.flush()
    return [row.id for row in rows]


def _clash(db: Session, one: int, other: int) -> bool:
    def sessions(person_id: int):
        return sa.select(Booking.session_id).where(Booking.person_id == person_id, Booking.status.in_(ACTIVE))

    return db.execute(sessions(one).where(Booking.session_id.in_(sessions(other))).limit(1)).first() is not None


def log(db: Session, person_id: int) -> list[Merge]:
    """The merges into a record, the latest first."""
    query = sa.select(Merge).where(Merge.kept_id == person_id).order_by(Merge.id.desc())
    return list(db.execute(query).scalars())
