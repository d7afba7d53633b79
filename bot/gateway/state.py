"""What the gateway remembers between two starts, in the database."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot import clock
from bot.models import State

HEARTBEAT, TELEGRAM_OFFSET = "scheduler.heartbeat", "telegram.offset"
RECONCILED, REDACTED = "sms.reconciled", "sms.redacted"


def get(db: Session, key: str) -> State | None:
    """What was last put under `key`, with the time it was put."""
    return db.get(State, key)


def put(db: Session, key: str, value: str) -> None:
    """Remember `value` under `key`."""
    found = db.get(State, key, with_for_update=True)
    if found is None:
        db.add(State(key=key, value=value, at=clock.now()))
    else:
        found.value, found.at = value, clock.now()
