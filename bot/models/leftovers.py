"""What is still to be taken out, or kept from coming back, once somebody has been erased."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class Leftover(Base):
    """One id or keyed hash, for a week at most. It leads to nobody: whom it belonged to is gone."""

    __tablename__ = "leftovers"
    __table_args__ = (sa.Index("ix_leftovers_kind_key", "kind", "key"),)

    id = sa.Column(sa.Integer, primary_key=True)
    #: tracker | provider | spool: to be taken out there. ledger: to be written there.
    #: address | message | person: not to come back.
    kind = sa.Column(sa.String(12), nullable=False)
    key = sa.Column(sa.String(96), nullable=False)
    #: For a provider: whose.
    channel = sa.Column(sa.String(16))
    #: When the person was erased.
    at = sa.Column(Moment, nullable=False, default=clock.now)
