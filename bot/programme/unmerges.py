"""Undoing a merge that was wrong, while it can be done truthfully: for a week, the latest first.

What hung on the record that went goes back to it, and so does what was done since on the phones that are its own. What
staff wrote since without a phone stays with the record that was kept: nobody but staff can say whose it is, so the page
says how much there is. What was read and sent meanwhile stays read and sent.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.conversations import addresses, messages
from bot.db import Base, lock
from bot.models import Booking, Conversation, KeepApart, Merge, Message, Order, Person
from bot.programme import apart, merges
from bot.programme.merges import Wrong

#: How long a merge can be undone. By then it is known whether it was right, and too much has been added to part it.
LIFE = timedelta(days=7)


@dataclass(frozen=True)
class Preview:
    """What undoing a merge would do, for the page that asks."""

    conversations: int
    bookings: int
    #: Bookings made since on a phone that goes back, which go with it.
    since: int
    #: Bookings that staff made since without a phone: they stay, and staff say whose they are.
    unclear: int
    #: Texts of ours to either since: they may have told the one of the other.
    texts: int


def why_not(db: Session, merge: Merge, at: datetime) -> str | None:
    """Why a merge cannot be undone (any more), as a sentence; None when it can."""
    if merge.undone_at is not None:
        return "It has been undone already."
    if at > merge.merged_at + LIFE or merge.before is None:
        return f"It is more than {LIFE.days} days ago, or from before merges could be undone. Part them by hand."
    if db.get(Person, merge.kept_id).erased_at is not None:
        return "The record that was kept has been erased or merged into another since."
    later = sa.select(Merge.id).where(
        Merge.kept_id == merge.kept_id, Merge.id > merge.id, Merge.undone_at.is_(None)
    )  # fmt: skip
    if db.execute(later.limit(1)).first() is not None:
        return "Another record was merged into this one since. Undo that one first."
    for pair, _ in _pairs(db, merge, ended=True):
        if any(db.get(Person, id_).erased_at is not None for id_ in (pair.one_id, pair.other_id)):
            return "Somebody they are kept apart from has been merged since. Part them by hand."
    return None


def preview(db: Session, merge: Merge) -> Preview:
    """What undoing it would do."""
    theirs = merge.moved.get("conversations.person_id", [])
    moved = merge.moved.get("bookings.person_id", [])
    fresh = sa.select(Booking.conversation_id, sa.func.count()).where(
        Booking.person_id == merge.kept_id, Booking.id.not_in(moved), Booking.created_at > merge.merged_at
    )
    made = dict(db.execute(fresh.group_by(Booking.conversation_id)).all())
    texts = (
        sa.select(sa.func.count())
        .select_from(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.person_id == merge.kept_id, Message.direction == "out", Message.created_at > merge.merged_at
        )
    )
    return Preview(
        len(theirs), len(moved), sum(n for id_, n in made.items() if id_ in theirs), made.get(None, 0),
        db.execute(texts).scalar_one(),
    )  # fmt: skip


def undo(db: Session, merge_id: int, *, by_staff: int) -> Merge:
    """Two records again. Wrong, with a sentence, when it cannot be done; LookupError when there is no such merge."""
    merge, now = lock(db, Merge, merge_id), clock.now()
    if merge is None:
        raise LookupError("no such merge")
    for person_id in sorted((merge.kept_id, merge.gone_id)):
        lock(db, Person, person_id)
    if (problem := why_not(db, merge, now)) is not None:
        raise Wrong(problem)
    before = json.loads(merge.before)
    kept, gone = db.get(Person, merge.kept_id), db.get(Person, merge.gone_id)
    gone.erased_at = None
    for pointer in merges.pointers():
        if pointer not in merges.BY_HAND:
            _back(db, pointer, merge)
    _orders(db, merge, gone, before["closed"])
    _fields(kept, gone, before)
    for pair, fresh in _pairs(db, merge):
        other = pair.other_id if pair.one_id == kept.id else pair.one_id
        if fresh:
            apart.end(db, pair.id, by_staff=by_staff)
        apart.add(db, gone.id, other, reason=pair.reason, by_staff=by_staff)
    merge.undone_at, merge.undone_by, merge.before = now, by_staff, None
    db.flush()
    db.expire_all()
    for conversation_id in merge.moved.get("conversations.person_id", []):
        conversation = db.get(Conversation, conversation_id)
        if conversation.person_id == gone.id and conversation.ended_at is None:
            messages.mark(db, conversation, wording.say("marker.unmerged"), staff_id=by_staff)
    audit.record(db, audit.staff(by_staff), "person.unmerged", audit.person(kept.id), gone=gone.id)
    return merge


def forget_old(db: Session, at: datetime) -> int:
    """Merges that cannot be undone any more keep nothing of how the records were; how many. For the scheduler."""
    old = sa.update(Merge).where(Merge.before.is_not(None), Merge.merged_at < at - LIFE).values(before=None)
    return db.execute(old.execution_options(synchronize_session=False)).rowcount


def _back(db: Session, pointer: str, merge: Merge) -> None:
    """The rows that a merge moved, and those made since in a conversation that it moved, point at the other again."""
    table_name, column_name = pointer.split(".")
    table = Base.metadata.tables[table_name]
    (key,), column = table.primary_key.columns, table.columns[column_name]
    which = [key.in_(merge.moved.get(pointer, []))]
    if "conversation_id" in table.columns:
        which.append(table.c.conversation_id.in_(merge.moved.get("conversations.person_id", [])))
    if table_name == "conversations":  # begun since on a phone of theirs
        phones = sa.select(Conversation.address_id).where(Conversation.id.in_(merge.moved.get(pointer, [])))
        which.append(sa.and_(table.c.address_id.in_(phones), table.c.began_at > merge.merged_at))
    update = sa.update(table).where(column == merge.kept_id, sa.or_(*which)).values({column_name: merge.gone_id})
    db.execute(update)


def _orders(db: Session, merge: Merge, gone: Person, closed: list[int]) -> None:
    for order_id in merge.moved.get("orders.pseudonym", []):
        order = db.get(Order, order_id)
        order.pseudonym = gone.pseudonym
        if order_id in closed:
            order.closed_at = None
    db.flush()


def _fields(kept: Person, gone: Person, before: dict) -> None:
    """What the one took over it loses again, unless staff have changed it since; the other has its own back."""
    for field in merges.FIELDS:
        took_over = before["kept"][field] is None
        if took_over and getattr(kept, field) == before["gone"][field]:
            setattr(kept, field, None)
        setattr(gone, field, before["gone"][field])
    both = {kind for record in ("kept", "gone") for kind in (before[record]["without"] or "").split()}
    if set((kept.without or "").split()) == both & set(addresses.KINDS):
        kept.without = before["kept"]["without"]
    gone.without = before["gone"]["without"]


def _pairs(db: Session, merge: Merge, *, ended: bool = False) -> list[tuple[KeepApart, bool]]:
    """The pairs of the record that was kept that stand for pairs of the other, and whether they were made for that;
    without those that are `ended` unless they are asked for."""
    found = [(db.get(KeepApart, id_), fresh) for id_, fresh in json.loads(merge.before)["pairs"]]
    return [(pair, fresh) for pair, fresh in found if ended or pair.ended_at is None]
