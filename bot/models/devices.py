"""Phones of supervisors that are remembered, and let them in with a short PIN."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class Device(Base):
    __tablename__ = "devices"

    id = sa.Column(sa.Integer, primary_key=True)
    staff_id = sa.Column(sa.ForeignKey("staff.id"), nullable=False, index=True)
    #: Keyed hash of the random token in the phone's cookie.
    token_hash = sa.Column(sa.String(64), nullable=False, unique=True)
    #: argon2, like a password.
    pin = sa.Column(sa.String(255), nullable=False)
    #: Keyed hash of the password hash that the account had: another password ends it.
    stamp = sa.Column(sa.String(64), nullable=False)
    failures = sa.Column(sa.Integer, nullable=False, default=0)
    made_at = sa.Column(Moment, nullable=False, default=clock.now)
    expires_at = sa.Column(Moment, nullable=False)
    ended_at = sa.Column(Moment)
