"""The audit trail: declared events with a fixed set of fields each; calling with others raises."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.models import AuditEntry

#: action → the fields its details must have, no more and no fewer. Ids and codes only.
EVENTS: dict[str, frozenset[str]] = {
    "booking.made": frozenset({"session"}),
    "booking.waiting": frozenset({"session"}),
    "booking.offered": frozenset({"session"}),
    "booking.changed": frozenset({"session", "from_session"}),
    "booking.cancelled": frozenset({"session", "by"}),
    "booking.offer_expired": frozenset({"session"}),
    "session.cancelled": frozenset({"told"}),
    "session.moved": frozenset({"told"}),
    "session.created": frozenset(),
    "conversation.viewed": frozenset({"why"}),
    "handoffs.listed": frozenset({"count"}),
    "handoff.opened": frozenset({"reason"}),
    "handoff.raised": frozenset({"reason"}),
    "handoff.seen": frozenset(),
    "handoff.taken": frozenset(),
    "handoff.given_back": frozenset({"how"}),
    "handoff.closed": frozenset({"how"}),
    "message.sent_by_staff": frozenset({"message"}),
    "address.stopped": frozenset({"by"}),
    "address.started": frozenset(),
    "address.released": frozenset(),
    "feedback.given": frozenset({"kind"}),
    "person.viewed": frozenset({"why"}),
    "person.erased": frozenset(),
    "staff.added": frozenset({"role"}),
    "staff.signed_in": frozenset(),
    "staff.sign_in_failed": frozenset(),
    "staff.signed_out": frozenset(),
    "fact.set": frozenset({"key"}),
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
