"""Orders: whether somebody's is over. Whoever has an open one, or none that we know of, is not somebody whose is."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.models import Order, Person


def last(db: Session, person: Person) -> Order | None:
    """The order of somebody that was closed last, as far as it was closed here."""
    query = (
        sa.select(Order)
        .where(Order.pseudonym == person.pseudonym, Order.closed_at.is_not(None), Order.outcome.is_not(None))
        .order_by(Order.closed_at.desc())
    )
    return db.execute(query).scalars().first()


def over():
    """The condition that somebody's order is over: they had one that was closed, and have none that is open."""
    closed = sa.select(Order.id).where(Order.pseudonym == Person.pseudonym, Order.outcome.is_not(None))
    open_ = sa.select(Order.id).where(Order.pseudonym == Person.pseudonym, Order.closed_at.is_(None))
    return sa.and_(closed.exists(), ~open_.exists())


def is_over(db: Session, person: Person) -> bool:
    """Whether that is so for one person."""
    return bool(over_among(db, [person.id]))


def over_among(db: Session, person_ids: list[int]) -> set[int]:
    """Those of several people whose order is over."""
    return set(db.execute(sa.select(Person.id).where(Person.id.in_(person_ids), over())).scalars())
