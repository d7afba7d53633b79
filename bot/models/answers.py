"""The answer bank: revisions of each answer, and which revision went to whom."""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Encrypted, Moment


class Answer(Base):
    __tablename__ = "answers"
    __table_args__ = (sa.UniqueConstraint("topic_slug", "key"),)

    id = sa.Column(sa.Integer, primary_key=True)
    topic_slug = sa.Column(sa.ForeignKey("topics.slug"), nullable=False)
    key = sa.Column(sa.String(64), nullable=False)
    question = sa.Column(sa.String(200), nullable=False)


class AnswerRevision(Base):
    """One wording of an answer. Never changed once shown: an edit is a new revision."""

    __tablename__ = "answer_revisions"
    __table_args__ = (sa.UniqueConstraint("answer_id", "revision"),)

    id = sa.Column(sa.Integer, primary_key=True)
    answer_id = sa.Column(sa.ForeignKey("answers.id"), nullable=False)
    revision = sa.Column(sa.Integer, nullable=False)
    text = sa.Column(sa.Text, nullable=False)
    more = sa.Column(sa.Text)
    urgent = sa.Column(sa.Text)
    #: The same in fewer and plainer words, for "say it more simply".
    simple = sa.Column(sa.Text)
    services = sa.Column(sa.JSON, nullable=False, default=list)  # slugs, the most fitting first
    sources = sa.Column(sa.JSON, nullable=False, default=list)  # [{title, url, seen}]
    #: draft | in_review | approved | withdrawn
    status = sa.Column(sa.String(16), nullable=False)
    #: Who on the staff wrote it; somebody else has to approve it.
    written_by = sa.Column(sa.ForeignKey("staff.id"))
    reviewed_by = sa.Column(sa.String(80))
    reviewed_at = sa.Column(Moment)
    review_by = sa.Column(Moment)
    #: seed | staff: seeding replaces only its own drafts, by adding a revision.
    origin = sa.Column(sa.String(8), nullable=False, default="seed")
    created_at = sa.Column(Moment, nullable=False, default=clock.now)

    answer = relationship(Answer)


class AnswerShown(Base):
    __tablename__ = "answers_shown"
    __table_args__ = (sa.UniqueConstraint("asked_by", "part", "revision_id"),)

    id = sa.Column(sa.Integer, primary_key=True)
    conversation_id = sa.Column(sa.ForeignKey("conversations.id"), nullable=False, index=True)
    revision_id = sa.Column(sa.ForeignKey("answer_revisions.id"), nullable=False)
    #: text | more
    part = sa.Column(sa.String(8), nullable=False)
    #: The inbound message that asked.
    asked_by = sa.Column(sa.Integer)
    shown_at = sa.Column(Moment, nullable=False, default=clock.now)
    #: Whether "did that help?" went with it, and what was said.
    asked_if_helped = sa.Column(sa.Boolean, nullable=False, default=False)
    helped = sa.Column(sa.Boolean)
    comment = sa.Column(Encrypted)

    revision = relationship(AnswerRevision)
