"""Call-backs: somebody wants to be rung, where and when that is safe, and whether it happened."""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Encrypted, Moment
from bot.models.conversations import Conversation


class CallBack(Base):
    __tablename__ = "call_backs"

    id = sa.Column(sa.Integer, primary_key=True)
    conversation_id = sa.Column(sa.ForeignKey("conversations.id"), nullable=False, index=True)
    asked_at = sa.Column(Moment, nullable=False, default=clock.now)
    #: any | morning | afternoon | evening: when it is safe to ring; None until they say.
    part = sa.Column(sa.String(12))
    #: The day and the hour that they named, if they did ("at 2pm"): a wish, as nobody can promise them.
    day = sa.Column(sa.Date)
    at = sa.Column(sa.String(20))
    #: Another number that is safe to ring, and whether they said yes when it was read back.
    number = sa.Column(Encrypted)
    confirmed = sa.Column(sa.Boolean, nullable=False, default=False)
    rang_at = sa.Column(Moment)
    rang_by = sa.Column(sa.ForeignKey("staff.id"))
    outcome = sa.Column(sa.String(12))  # talked | no_answer: what the worker says
    #: When they were asked whether anybody rang, and what they say: yes | missed | waiting | not_asked
    checked_at = sa.Column(Moment)
    answer = sa.Column(sa.String(12))

    conversation = relationship(Conversation)
