"""Hand-offs: a person of the staff is wanted in a conversation."""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Encrypted, Moment
from bot.models.conversations import Conversation

_OPEN = sa.text("closed_at IS NULL")


class Handoff(Base):
    __tablename__ = "handoffs"
    __table_args__ = (
        sa.Index("uq_handoffs_open", "conversation_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        {"sqlite_autoincrement": True},
    )

    id = sa.Column(sa.Integer, primary_key=True)
    conversation_id = sa.Column(sa.ForeignKey("conversations.id"), nullable=False)
    #: Why, newest and most urgent reason: crisis_suicide, crisis_emergency, crisis_abuse, maybe_danger, asked,
    #: complaint, complaint_back, shift, ill, call_me, not_understood, assistant_down, message_failed, delete_my_data,
    #: keep_my_data, alcohol_check, no_help, follow_up.
    reason = sa.Column(sa.String(32), nullable=False)
    #: Every reason so far with its time: [[reason, iso time], ...].
    reasons = sa.Column(sa.JSON, nullable=False, default=list)
    #: 0 crisis, 1 soon (complaint, assistant down, delivery failed), 2 ordinary.
    priority = sa.Column(sa.Integer, nullable=False)
    opened_at = sa.Column(Moment, nullable=False, default=clock.now)
    #: What was passed on with the person's yes ("can't make my shift tomorrow").
    note = sa.Column(Encrypted)
    #: What workers wrote for whoever is on next; the person never sees it.
    handover = sa.Column(Encrypted)
    #: First opened by staff: only now may the person be told that somebody has read it.
    seen_at = sa.Column(Moment)
    seen_by = sa.Column(sa.ForeignKey("staff.id"))
    #: When a worker reached them: rang, met or heard from them. Reading is not reaching.
    contacted_at = sa.Column(Moment)
    contacted_by = sa.Column(sa.ForeignKey("staff.id"))
    #: Whom a colleague gave it to; they need not have taken it yet.
    assigned_to = sa.Column(sa.ForeignKey("staff.id"))
    taken_at = sa.Column(Moment)
    taken_by = sa.Column(sa.ForeignKey("staff.id"))
    #: Put off till then; the person's next text brings it back before.
    snoozed_at = sa.Column(Moment)
    snoozed_until = sa.Column(Moment)
    #: When a worker first replied.
    first_reply_at = sa.Column(Moment)
    closed_at = sa.Column(Moment)
    #: staff | answered (the assistant recovered) | quiet (the worker went quiet and the person was answered)
    closed_how = sa.Column(sa.String(16))
    #: What came of it, one of bot.conversations.handoffs.OUTCOMES; None when it closed by itself.
    outcome = sa.Column(sa.String(16))
    closed_by = sa.Column(sa.ForeignKey("staff.id"))

    conversation = relationship(Conversation)
