"""Squads of unpaid work, and who on the staff supervises them."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class Squad(Base):
    __tablename__ = "squads"

    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(40), nullable=False, unique=True)
    active = sa.Column(sa.Boolean, nullable=False, default=True)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)


class Supervision(Base):
    """A member of staff sees the attendance of a squad."""

    __tablename__ = "supervisions"

    squad_id = sa.Column(sa.ForeignKey("squads.id"), primary_key=True)
    staff_id = sa.Column(sa.ForeignKey("staff.id"), primary_key=True)
