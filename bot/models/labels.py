"""Messages that staff say the meaning of, so that the assistant learns: scrubbed, and approved by a second person."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Encrypted, Moment


class Label(Base):
    __tablename__ = "labels"
    __table_args__ = {"sqlite_autoincrement": True}

    id = sa.Column(sa.Integer, primary_key=True)
    message_id = sa.Column(sa.ForeignKey("messages.id"), nullable=False, unique=True)
    #: The words without what says whose they are; staff may take out more.
    text = sa.Column(Encrypted, nullable=False)
    #: waiting → labelled → approved; or dropped, when it teaches nothing.
    status = sa.Column(sa.String(12), nullable=False, default="waiting", index=True)
    #: Whether the assistant had read it right; None while nobody has said.
    right = sa.Column(sa.Boolean)
    #: What it does mean: an intent, or an answer ("topic/key").
    meaning = sa.Column(Encrypted)
    made_at = sa.Column(Moment, nullable=False, default=clock.now)
    labelled_by = sa.Column(sa.ForeignKey("staff.id"))
    labelled_at = sa.Column(Moment)
    approved_by = sa.Column(sa.ForeignKey("staff.id"))
    approved_at = sa.Column(Moment)
