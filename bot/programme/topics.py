"""The programme's topics: data, not code."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.models import Topic


def active(db: Session) -> list[Topic]:
    """The topics on offer, in the order of the menu."""
    return list(db.execute(sa.select(Topic).where(Topic.active).order_by(Topic.position)).scalars())


def get(db: Session, slug: str) -> Topic | None:
    """One topic, None when there is no such slug."""
    return db.get(Topic, slug)
