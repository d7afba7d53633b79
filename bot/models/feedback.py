"""What people tell the programme: feedback on sessions, complaints, and what they want more of."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Encrypted, Moment


class Feedback(Base):
    __tablename__ = "feedback"
    __table_args__ = (
        sa.CheckConstraint("score IS NULL OR (score BETWEEN 1 AND 5)", name="score"),
        {"sqlite_autoincrement": True},
    )

    id = sa.Column(sa.Integer, primary_key=True)
    person_id = sa.Column(sa.ForeignKey("people.id"), nullable=False, index=True)
    conversation_id = sa.Column(sa.ForeignKey("conversations.id"))
    session_id = sa.Column(sa.ForeignKey("sessions.id"))
    #: feedback | complaint | priority
    kind = sa.Column(sa.String(16), nullable=False)
    score = sa.Column(sa.Integer)
    words = sa.Column(Encrypted)
    #: For priorities: topics named in it.
    topics = sa.Column(sa.JSON, nullable=False, default=list)
    asked_by = sa.Column(sa.Integer, unique=True)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)
    handled_at = sa.Column(Moment)
    #: When the person took a complaint back. The words stay: staff may have read them.
    taken_back_at = sa.Column(Moment)
