"""Marks: what a supervisor said of somebody at a session from their phone, each kept once however often it is sent."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class Mark(Base):
    __tablename__ = "marks"
    __table_args__ = (sa.UniqueConstraint("staff_id", "token"),)

    id = sa.Column(sa.Integer, primary_key=True)
    staff_id = sa.Column(sa.ForeignKey("staff.id"), nullable=False)
    #: Made for each mark by the page or the phone: the same one again is the same mark.
    token = sa.Column(sa.String(40), nullable=False)
    booking_id = sa.Column(sa.ForeignKey("bookings.id"), nullable=False, index=True)
    outcome = sa.Column(sa.String(16), nullable=False)  # came | not_there
    #: kept | same | conflict | decided | refused: what became of it, which is never decided anew.
    result = sa.Column(sa.String(12), nullable=False)
    received_at = sa.Column(Moment, nullable=False, default=clock.now)
