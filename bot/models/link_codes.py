"""Codes that staff give out, so that somebody who texts from somewhere new is known as who they are."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class LinkCode(Base):
    __tablename__ = "link_codes"
    __table_args__ = {"sqlite_autoincrement": True}

    id = sa.Column(sa.Integer, primary_key=True)
    person_id = sa.Column(sa.ForeignKey("people.id"), nullable=False, index=True)
    #: Keyed hash of the code: nobody can read a code out of the database.
    code_hash = sa.Column(sa.String(64), nullable=False, unique=True)
    made_by = sa.Column(sa.ForeignKey("staff.id"), nullable=False)
    made_at = sa.Column(Moment, nullable=False, default=clock.now)
    expires_at = sa.Column(Moment, nullable=False)
    #: When it stopped counting: used, or replaced by a newer one.
    closed_at = sa.Column(Moment)
    #: The conversation that it linked; None when it was replaced.
    used_in = sa.Column(sa.ForeignKey("conversations.id"))


class LinkGuess(Base):
    """A code that did not count, typed from an address: guessing is stopped."""

    __tablename__ = "link_guesses"

    id = sa.Column(sa.Integer, primary_key=True)
    address_id = sa.Column(sa.ForeignKey("addresses.id"), nullable=False, index=True)
    at = sa.Column(Moment, nullable=False, default=clock.now)
