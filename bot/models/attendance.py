"""Who came to what, the time that counts for it, and the order that it counts towards."""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Encrypted, Moment
from bot.models.bookings import Booking

_OPEN = sa.text("closed_at IS NULL")


class Attendance(Base):
    """What became of a booking, as the register has it. Time claimed and time approved are two figures."""

    __tablename__ = "attendances"
    __table_args__ = (
        sa.CheckConstraint("claimed >= 0", name="claimed"),
        sa.CheckConstraint("approved IS NULL OR approved >= 0", name="approved"),
        sa.CheckConstraint("taken_off >= 0", name="taken_off"),
        sa.CheckConstraint("left_at > arrived_at", name="left_at"),
    )

    id = sa.Column(sa.Integer, primary_key=True)
    booking_id = sa.Column(sa.ForeignKey("bookings.id"), nullable=False, unique=True)
    #: One of bot.programme.outcomes.
    outcome = sa.Column(sa.String(16), nullable=False)
    #: Minutes that the register claims.
    claimed = sa.Column(sa.Integer, nullable=False)
    #: Why they came and no time is claimed.
    reason = sa.Column(Encrypted)
    #: When they arrived and left; None for the session's own time, or where only minutes are known.
    arrived_at = sa.Column(Moment)
    left_at = sa.Column(Moment)
    #: Minutes taken off what would count, and why.
    taken_off = sa.Column(sa.Integer, nullable=False, default=0, server_default="0")
    taken_off_why = sa.Column(Encrypted)
    recorded_by = sa.Column(sa.ForeignKey("staff.id"), nullable=False)
    recorded_at = sa.Column(Moment, nullable=False, default=clock.now)
    #: Minutes that were approved; None while nobody has decided.
    approved = sa.Column(sa.Integer)
    approved_by = sa.Column(sa.ForeignKey("staff.id"))
    approved_at = sa.Column(Moment)
    #: Why it is other than claimed, or above what may count.
    decision = sa.Column(Encrypted)

    booking = relationship(Booking)


class Order(Base):
    """The hours a court imposed. It hangs on the pseudonym: nothing about health leads here by itself."""

    __tablename__ = "orders"
    __table_args__ = (
        sa.Index("uq_orders_open", "pseudonym", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        sa.CheckConstraint("minutes > 0", name="minutes"),
    )

    id = sa.Column(sa.Integer, primary_key=True)
    pseudonym = sa.Column(sa.ForeignKey("people.pseudonym"), nullable=False)
    minutes = sa.Column(sa.Integer, nullable=False)
    imposed_at = sa.Column(Moment)
    #: By when it has to be done, if the court said so.
    ends_at = sa.Column(Moment)
    #: Its number in the case system, and a keyed hash to find it by.
    case_number = sa.Column(Encrypted)
    case_hash = sa.Column(sa.String(64), index=True)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)
    #: When it was over: from then on it is counted how long this is kept. One that was merged away has no outcome.
    closed_at = sa.Column(Moment)
    #: completed | revoked | transferred | other: one of bot.programme.closing.
    outcome = sa.Column(sa.String(16))
    closed_by = sa.Column(sa.ForeignKey("staff.id"))
