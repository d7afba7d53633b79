"""Tallies: what the erased had added to the figures, as sums that lead to nobody."""

import sqlalchemy as sa

from bot.db import Base, Moment


class Tally(Base):
    """One sum of one quarter."""

    __tablename__ = "tallies"

    #: The first moment of the quarter.
    begins = sa.Column(Moment, primary_key=True)
    #: Which sum: one of bot.programme.tallies.SUMS.
    what = sa.Column(sa.String(16), primary_key=True)
    #: Of which channel, topic, reason or service.
    line = sa.Column(sa.String(40), primary_key=True)
    number = sa.Column(sa.Integer, nullable=False)
