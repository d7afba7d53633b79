"""Texts to many: what was sent to whom, until when it is of use."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class Broadcast(Base):
    __tablename__ = "broadcasts"

    id = sa.Column(sa.Integer, primary_key=True)
    #: Random, from the form that sent it: a form that is sent twice sends once.
    nonce = sa.Column(sa.String(32), nullable=False, unique=True)
    #: The words as they go out; to many, so they are nobody's secret.
    text = sa.Column(sa.Text, nullable=False)
    #: One of bot.programme.broadcasts.AUDIENCES, and which squad or session.
    audience = sa.Column(sa.String(16), nullable=False)
    audience_of = sa.Column(sa.Integer)
    #: The team whose people alone it was for: that of whoever made it.
    team_id = sa.Column(sa.ForeignKey("teams.id"))
    #: How many it was meant for when it was sent off.
    planned = sa.Column(sa.Integer, nullable=False)
    made_by = sa.Column(sa.ForeignKey("staff.id"), nullable=False)
    made_at = sa.Column(Moment, nullable=False, default=clock.now)
    send_after = sa.Column(Moment, nullable=False)
    expires_at = sa.Column(Moment, nullable=False)
    #: When every text had been queued; None while some are not.
    queued_at = sa.Column(Moment)
    stopped_at = sa.Column(Moment)
    stopped_by = sa.Column(sa.ForeignKey("staff.id"))


class BroadcastMessage(Base):
    """A text of a broadcast."""

    __tablename__ = "broadcast_messages"

    message_id = sa.Column(sa.ForeignKey("messages.id"), primary_key=True)
    broadcast_id = sa.Column(sa.ForeignKey("broadcasts.id"), nullable=False, index=True)
