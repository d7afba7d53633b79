"""Leftovers: what is still to be done elsewhere, or kept from coming back, once somebody has been erased.

Erasing commits in our database at once. Rasa's tracker, the provider's records and the spool follow, each as often as
it takes; and what was underway (a text in the spool, one that a provider delivers twice or that is fetched late) is
known by its keyed hash and stays out. After LIFE nothing of this is left either.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, crypto
from bot.conversations import messages
from bot.models import Leftover

#: How long what was underway is kept out: longer than anybody delivers late, and than texts are fetched back.
LIFE = timedelta(days=7)
#: To be taken out of Rasa's tracker, of the provider's records, of the spool.
TRACKER, PROVIDER, SPOOL = "tracker", "provider", "spool"
#: To be written into the ledger beside the database, so that a backup does not bring a record back.
LEDGER = "ledger"
#: Not to come back: what was sent from an address before, a text that was known, anything of a person's number here.
ADDRESS, MESSAGE, PERSON = "address", "message", "person"


def leave(db: Session, kind: str, keys: Iterable[str], at: datetime, channel: str | None = None) -> None:
    """Note what is left to do, or to keep out."""
    db.add_all(Leftover(kind=kind, key=key, channel=channel, at=at) for key in keys)
    db.flush()


def of_kind(db: Session, kind: str) -> list[Leftover]:
    """Everything of a kind, the oldest first."""
    return list(db.execute(sa.select(Leftover).where(Leftover.kind == kind).order_by(Leftover.id)).scalars())


def done(db: Session, ids: Iterable[int]) -> None:
    """These are dealt with."""
    gone = sa.delete(Leftover).where(Leftover.id.in_(list(ids)))
    db.execute(gone.execution_options(synchronize_session=False))


def known(db: Session, channel: str, external_id: str) -> bool:
    """Whether an inbound message had been stored here before its person was erased."""
    return _any(db, MESSAGE, messages.keys(channel, external_id)) is not None


def sent_before(db: Session, channel: str, address: str, at: datetime | None) -> bool:
    """Whether a message that was sent at `at` (None: now) is from before the person at that address was erased."""
    if at is None:
        return False
    erased_at = _any(db, ADDRESS, crypto.keyring().hashes(f"{channel}:{address}"))
    return erased_at is not None and at < erased_at


def prune(db: Session, at: datetime) -> None:
    """What was kept out for LIFE is forgotten. What is to be taken out elsewhere stays until that is done."""
    kept_out = Leftover.kind.in_((ADDRESS, MESSAGE, PERSON, SPOOL))
    old = sa.delete(Leftover).where(kept_out, Leftover.at <= at - LIFE)
    db.execute(old.execution_options(synchronize_session=False))


def _any(db: Session, kind: str, keys: Iterable[str]) -> datetime | None:
    query = sa.select(sa.func.max(Leftover.at)).where(Leftover.kind == kind, Leftover.key.in_(list(keys)))
    found = db.execute(query).scalar()
    return None if found is None else clock.aware(found)
