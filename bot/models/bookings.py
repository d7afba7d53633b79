"""Bookings: a person's place at a session, or in the line for one."""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Encrypted, Moment
from bot.models.conversations import Person
from bot.models.sessions import ProgrammeSession

#: Statuses that fill one of the session's places. An offer holds its place until it expires.
HOLDS_A_PLACE = ("booked", "offered", "attended")
#: Statuses of which a person has at most one for a session.
ACTIVE = ("booked", "offered", "waiting", "attended", "missed")
_ACTIVE_SQL = sa.text("status IN ('booked','offered','waiting','attended','missed')")


class Booking(Base):
    __tablename__ = "bookings"
    __table_args__ = (
        sa.Index(
            "uq_bookings_active", "session_id", "person_id", unique=True,
            sqlite_where=_ACTIVE_SQL, postgresql_where=_ACTIVE_SQL,
        ),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id = sa.Column(sa.Integer, primary_key=True)  # also the order of the waiting list
    session_id = sa.Column(sa.ForeignKey("sessions.id"), nullable=False, index=True)
    person_id = sa.Column(sa.ForeignKey("people.id"), nullable=False, index=True)
    #: Where to tell the person about it.
    conversation_id = sa.Column(sa.ForeignKey("conversations.id"))
    #: booked | waiting | offered | cancelled | attended | missed
    status = sa.Column(sa.String(16), nullable=False)
    #: The inbound message that asked for it: a retried turn returns the first booking.
    asked_by = sa.Column(sa.Integer, unique=True)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)
    offered_at = sa.Column(Moment)
    offer_expires_at = sa.Column(Moment)
    cancelled_at = sa.Column(Moment)
    #: person | staff | session | expired
    cancelled_by = sa.Column(sa.String(16))
    reason = sa.Column(Encrypted)
    reminded_at = sa.Column(Moment)

    session = relationship(ProgrammeSession)
    person = relationship(Person)
