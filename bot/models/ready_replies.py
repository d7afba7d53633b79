"""Replies that staff have ready, to put into the box and change before they are sent."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class ReadyReply(Base):
    __tablename__ = "ready_replies"

    id = sa.Column(sa.Integer, primary_key=True)
    #: Its name in data/ready_replies.yml; None when staff wrote it.
    key = sa.Column(sa.String(40), unique=True)
    title = sa.Column(sa.String(60), nullable=False)
    #: The same for everybody, so it is nobody's secret.
    text = sa.Column(sa.Text, nullable=False)
    active = sa.Column(sa.Boolean, nullable=False, default=True)
    changed_by = sa.Column(sa.ForeignKey("staff.id"))
    changed_at = sa.Column(Moment, nullable=False, default=clock.now)
