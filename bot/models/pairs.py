"""Two people who must not meet, and two records that turned out to be one person."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Encrypted, Moment

_OPEN = sa.text("ended_at IS NULL")


class KeepApart(Base):
    """Two people who cannot have a place at the same session. Neither learns of it, nor that the other is known."""

    __tablename__ = "keep_apart"
    __table_args__ = (
        sa.Index("uq_keep_apart_open", "one_id", "other_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        sa.CheckConstraint("one_id < other_id", name="order"),
        {"sqlite_autoincrement": True},
    )

    id = sa.Column(sa.Integer, primary_key=True)
    one_id = sa.Column(sa.ForeignKey("people.id"), nullable=False, index=True)
    other_id = sa.Column(sa.ForeignKey("people.id"), nullable=False, index=True)
    reason = sa.Column(Encrypted)
    made_by = sa.Column(sa.ForeignKey("staff.id"), nullable=False)
    made_at = sa.Column(Moment, nullable=False, default=clock.now)
    ended_by = sa.Column(sa.ForeignKey("staff.id"))
    ended_at = sa.Column(Moment)


class Merge(Base):
    """Two records were made one: what moved, so that a wrong one can be undone for a while, and then by hand."""

    __tablename__ = "merges"
    __table_args__ = {"sqlite_autoincrement": True}

    id = sa.Column(sa.Integer, primary_key=True)
    kept_id = sa.Column(sa.ForeignKey("people.id"), nullable=False, index=True)
    gone_id = sa.Column(sa.ForeignKey("people.id"), nullable=False)
    merged_by = sa.Column(sa.ForeignKey("staff.id"), nullable=False)
    merged_at = sa.Column(Moment, nullable=False, default=clock.now)
    #: "table.column" → keys of the rows that pointed at the record that is gone.
    moved = sa.Column(sa.JSON, nullable=False, default=dict)
    #: How both records were before, as JSON, while it can be undone; then it goes, since it names them.
    before = sa.Column(Encrypted)
    undone_at = sa.Column(Moment)
    undone_by = sa.Column(sa.ForeignKey("staff.id"))
