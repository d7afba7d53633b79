"""Facts about the programme that staff set: "case_manager_number", "office_number". Missing means not known."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot import audit, clock
from bot.models import Fact


def get(db: Session, key: str) -> str | None:
    """The value of a fact; None when nobody has set it."""
    fact = db.get(Fact, key)
    return None if fact is None else fact.value


def set(db: Session, key: str, value: str | None, staff_id: int) -> None:  # noqa: A001 (facts.set reads best)
    """Set a fact; an empty value takes it away. ValueError when the key or the value is too long for its column."""
    value = (value or "").strip()
    if not key or len(key) > 40 or len(value) > 300:
        raise ValueError("a fact has a key of at most 40 characters and a value of at most 300")
    fact = db.get(Fact, key)
    if value and fact is None:
        db.add(Fact(key=key, value=value, set_by=staff_id))
    elif value:
        fact.value, fact.set_by, fact.set_at = value, staff_id, clock.now()
    elif fact is not None:
        db.delete(fact)
    audit.record(db, audit.staff(staff_id), "fact.set", f"fact:{key}", key=key)
