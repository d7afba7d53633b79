"""The audit trail: declared events with a fixed set of fields each; calling with others raises."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, crypto
from bot.models import AuditEntry

#: action → the fields its details must have, no more and no fewer. Ids and codes only.
EVENTS: dict[str, frozenset[str]] = {
    "booking.made": frozenset({"session"}),
    "booking.waiting": frozenset({"session"}),
    "booking.offered": frozenset({"session"}),
    "booking.changed": frozenset({"session", "from_session"}),
    "booking.cancelled": frozenset({"session", "by"}),
    "booking.offer_expired": frozenset({"session"}),
    "booking.walk_in": frozenset({"session"}),
    "booking.by_text": frozenset({"phone"}),
    "attendance.recorded": frozenset({"came", "minutes"}),
    "hours.approved": frozenset({"minutes", "above"}),
    "order.set": frozenset({"minutes"}),
    "order.closed": frozenset({"outcome", "released", "told"}),
    "order.reopened": frozenset(),
    "session.cancelled": frozenset({"told"}),
    "session.moved": frozenset({"told"}),
    "session.created": frozenset(),
    "session.places_set": frozenset({"places"}),
    "session.edited": frozenset({"fields"}),
    "session.repeated": frozenset({"from_session"}),
    "conversation.viewed": frozenset({"why"}),
    "handoffs.listed": frozenset({"count"}),
    "handoff.opened": frozenset({"reason"}),
    "handoff.raised": frozenset({"reason"}),
    "handoff.seen": frozenset(),
    "handoff.contacted": frozenset(),
    "handoff.noted": frozenset(),
    "handoff.taken": frozenset(),
    "handoff.snoozed": frozenset({"how_long"}),
    "handoff.unsnoozed": frozenset(),
    "handoff.given_back": frozenset({"how"}),
    "handoff.assigned": frozenset({"to"}),
    "handoff.transferred": frozenset({"to"}),
    "note.written": frozenset({"message"}),
    "labels.listed": frozenset({"count"}),
    "label.made": frozenset(),
    "label.approved": frozenset(),
    "label.dropped": frozenset(),
    "quality.drawn": frozenset({"count"}),
    "quality.reviewed": frozenset({"sample"}),
    "conversation.tagged": frozenset(),
    "ready_reply.changed": frozenset({"active"}),
    "handoff.closed": frozenset({"how"}),
    "call_back.rang": frozenset({"outcome"}),
    "alarm.raised": frozenset({"alarm"}),
    "alarm.acknowledged": frozenset({"alarm"}),
    "alarm.failed": frozenset({"alarm"}),
    "duty.added": frozenset({"staff", "rung"}),
    "duty.removed": frozenset(),
    "duty.tested": frozenset(),
    "duty.test_sent": frozenset(),
    "message.sent_by_staff": frozenset({"message"}),
    "address.stopped": frozenset({"by"}),
    "person.left_out": frozenset({"kind"}),
    "address.started": frozenset(),
    "address.released": frozenset(),
    "link_code.made": frozenset({"person"}),
    "link_code.used": frozenset({"conversation"}),
    "link_code.refused": frozenset({"why"}),
    "feedback.given": frozenset({"kind"}),
    "feedback.taken_back": frozenset(),
    "feedback.put_back": frozenset(),
    "person.viewed": frozenset({"why"}),
    "person.erased": frozenset({"reason", "rows"}),
    "person.added": frozenset({"how"}),
    "person.renamed": frozenset(),
    "person.contact_set": frozenset({"by"}),
    "person.squad_set": frozenset({"squad"}),
    "broadcast.made": frozenset({"count"}),
    "broadcast.stopped": frozenset({"count"}),
    "people.imported": frozenset({"added", "changed"}),
    "person.merged": frozenset({"gone"}),
    "person.unmerged": frozenset({"gone"}),
    "apart.added": frozenset({"one", "other"}),
    "apart.ended": frozenset(),
    "team.added": frozenset(),
    "team.changed": frozenset({"active"}),
    "person.team_set": frozenset({"team"}),
    "squad.added": frozenset(),
    "squad.changed": frozenset({"active", "supervisors"}),
    "staff.added": frozenset({"role"}),
    "staff.signed_in": frozenset(),
    "staff.sign_in_failed": frozenset(),
    "staff.signed_out": frozenset(),
    "staff.second_factor_set": frozenset(),
    "staff.second_factor_failed": frozenset(),
    "staff.second_factor_removed": frozenset(),
    "staff.recovery_code_used": frozenset({"left"}),
    "staff.code_made": frozenset(),
    "staff.password_chosen": frozenset(),
    "staff.changed": frozenset({"role", "active"}),
    "staff.team_set": frozenset({"team"}),
    "device.remembered": frozenset(),
    "device.signed_in": frozenset(),
    "device.ended": frozenset(),
    "staff_phone.code_made": frozenset(),
    "staff_phone.linked": frozenset({"channel"}),
    "staff_phone.refused": frozenset({"why"}),
    "staff_phone.ended": frozenset({"why"}),
    "staff.listed": frozenset({"count"}),
    "audit.viewed": frozenset({"count"}),
    "fact.set": frozenset({"key"}),
    "hours.set": frozenset({"key", "value"}),
    "answer.edited": frozenset({"revision"}),
    "answer.approved": frozenset({"revision"}),
    "answer.withdrawn": frozenset({"revision"}),
    "answers.exported": frozenset({"count"}),
    "answers.imported": frozenset({"count"}),
    "topic.opened": frozenset(),
    "topic.closed": frozenset(),
    "service.checked": frozenset(),
    "service.edited": frozenset(),
    "service.held": frozenset({"hold"}),
    "number.checked": frozenset(),
}

SYSTEM = "system"


def staff(staff_id: int) -> str:
    return f"staff:{staff_id}"


def person(person_id: int) -> str:
    return f"person:{person_id}"


def record(db: Session, actor: str, action: str, object_: str, **details: object) -> AuditEntry:
    """Add an audit row. KeyError for an undeclared action, ValueError when the fields are not those declared."""
    expected = EVENTS[action]
    if set(details) != expected:
        raise ValueError(f"{action} takes exactly {sorted(expected)}, not {sorted(details)}")
    entry = AuditEntry(actor=actor, action=action, object=object_, details=details)
    db.add(entry)
    return entry


def record_each(db: Session, actor: str, action: str, objects: Iterable[str], **details: object) -> None:
    """`record` for several objects in one statement: a page that shows fifty people writes once."""
    if set(details) != EVENTS[action]:
        raise ValueError(f"{action} takes exactly {sorted(EVENTS[action])}, not {sorted(details)}")
    rows = [{"actor": actor, "action": action, "object": object_, "details": details} for object_ in objects]
    if rows:
        db.execute(sa.insert(AuditEntry), rows)


#: Rows younger than this are not sealed yet: one that was begun earlier may still be committed, with a lower id.
SEAL_AFTER = timedelta(minutes=1)


def seal(db: Session, at: datetime | None = None) -> int:
    """Chain the audit rows that are not sealed yet to those that are; how many. Run by the scheduler.

    A seal is a keyed hash of the row and of the seal before it: changing, removing or inserting a row breaks every seal
    after it, and nobody without the keys can mend them.
    """
    before = db.execute(
        sa.select(AuditEntry.seal).where(AuditEntry.seal.is_not(None)).order_by(AuditEntry.id.desc()).limit(1)
    ).scalar()
    query = (
        sa.select(AuditEntry)
        .where(AuditEntry.seal.is_(None), AuditEntry.at <= (at or clock.now()) - SEAL_AFTER)
        .order_by(AuditEntry.id)
    )
    count = 0
    for entry in db.execute(query).scalars():
        entry.seal = before = crypto.keyring().hash(_sealed(entry, before))
        count += 1
    return count


def first_broken(db: Session) -> int | None:
    """The id of the first row whose seal does not fit; None when the chain is whole."""
    before = None
    query = sa.select(AuditEntry).order_by(AuditEntry.id)
    unsealed = None
    for entry in db.execute(query).scalars():
        if entry.seal is None:
            unsealed = unsealed or entry.id
            continue
        if unsealed is not None or entry.seal not in crypto.keyring().hashes(_sealed(entry, before)):
            return unsealed or entry.id
        before = entry.seal
    return None


def _sealed(entry: AuditEntry, before: str | None) -> str:
    fields = [entry.id, clock.aware(entry.at).isoformat(), entry.actor, entry.action, entry.object, entry.details]
    return json.dumps([before, *fields], sort_keys=True)
