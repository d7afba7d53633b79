"""Teams: staff of an area, and the people they look after. What belongs to one is not shown to another."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class Team(Base):
    __tablename__ = "teams"

    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(40), nullable=False, unique=True)
    #: Out of use: nobody new is given to it. Those who are in it stay.
    active = sa.Column(sa.Boolean, nullable=False, default=True)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)
