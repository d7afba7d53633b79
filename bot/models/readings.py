"""What the assistant took a message to mean, one row a message that it was asked about."""

import sqlalchemy as sa

from bot.db import Base, Encrypted


class Reading(Base):
    __tablename__ = "readings"

    message_id = sa.Column(sa.ForeignKey("messages.id"), primary_key=True, autoincrement=False)
    #: Intent and answer ("topic/key"): what somebody asked about is as private as how they put it.
    intent = sa.Column(Encrypted, nullable=False)
    answer = sa.Column(Encrypted)
    #: How sure it was, in percent; None when a choice or a key word said so and nothing was guessed.
    sure = sa.Column(sa.Integer)
    #: False when the assistant said that it did not understand, or asked what was meant.
    understood = sa.Column(sa.Boolean, nullable=False, default=True)
