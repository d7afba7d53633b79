"""Quality review: samples of conversations drawn once and kept, and what reviewers found in them."""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Encrypted, Moment
from bot.models.conversations import Conversation


class QualitySample(Base):
    """Conversations of a period, picked by chance."""

    __tablename__ = "quality_samples"

    id = sa.Column(sa.Integer, primary_key=True)
    begins_at = sa.Column(Moment, nullable=False)
    ends_at = sa.Column(Moment, nullable=False)
    #: The team whose people alone it was drawn from: that of whoever drew it.
    team_id = sa.Column(sa.ForeignKey("teams.id"))
    #: How many there were of each kind to pick from: {"danger": 3, "handed": 12, "plain": 140}.
    of = sa.Column(sa.JSON, nullable=False)
    #: What was tried in that time ("shorter menu"), for whoever compares samples. About the service, nobody in it.
    trial = sa.Column(sa.String(120))
    drawn_by = sa.Column(sa.ForeignKey("staff.id"), nullable=False)
    drawn_at = sa.Column(Moment, nullable=False, default=clock.now)


class QualityPick(Base):
    """One conversation of a sample."""

    __tablename__ = "quality_picks"

    id = sa.Column(sa.Integer, primary_key=True)
    sample_id = sa.Column(sa.ForeignKey("quality_samples.id"), nullable=False, index=True)
    #: None once the person has been erased: what was found still counts, and says nothing of whose it was.
    conversation_id = sa.Column(sa.ForeignKey("conversations.id"), index=True)
    #: danger | handed | plain
    kind = sa.Column(sa.String(8), nullable=False)

    sample = relationship(QualitySample)
    conversation = relationship(Conversation)


class QualityReview(Base):
    """What one reviewer found in one conversation."""

    __tablename__ = "quality_reviews"
    __table_args__ = (sa.UniqueConstraint("pick_id", "staff_id"),)

    id = sa.Column(sa.Integer, primary_key=True)
    pick_id = sa.Column(sa.ForeignKey("quality_picks.id"), nullable=False)
    staff_id = sa.Column(sa.ForeignKey("staff.id"), nullable=False)
    #: Line of the rubric → yes | partly | no | none.
    marks = sa.Column(sa.JSON, nullable=False)
    note = sa.Column(Encrypted)
    reviewed_at = sa.Column(Moment, nullable=False, default=clock.now)

    pick = relationship(QualityPick)
