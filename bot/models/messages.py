"""One table is inbox, outbox and transcript; markers ("a worker joined") are rows of the same thread."""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Encrypted, Moment
from bot.models.conversations import Conversation


class Message(Base):
    __tablename__ = "messages"
    __table_args__ = (
        sa.UniqueConstraint("channel", "external_id"),
        sa.Index("ix_messages_thread", "conversation_id", "id"),
        sa.Index(
            "ix_messages_work", "direction", "status", "id",
            sqlite_where=sa.text("status IN ('received','answering','queued','sending')"),
            postgresql_where=sa.text("status IN ('received','answering','queued','sending')"),
        ),
        sa.CheckConstraint("direction IN ('in','out','marker')", name="direction"),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id = sa.Column(sa.Integer, primary_key=True)
    conversation_id = sa.Column(sa.ForeignKey("conversations.id"), nullable=False)
    direction = sa.Column(sa.String(8), nullable=False)
    #: person | assistant | staff | system
    author = sa.Column(sa.String(16), nullable=False)
    staff_id = sa.Column(sa.ForeignKey("staff.id"))
    channel = sa.Column(sa.String(16), nullable=False)
    #: text | choice | edit | voice | photo | video | file | location | contact | sticker | other
    kind = sa.Column(sa.String(16), nullable=False, default="text")
    body = sa.Column(Encrypted, nullable=False)
    #: Keyed hash of the provider's id of an inbound message, prefixed with channel and kind; doubles are refused.
    external_id = sa.Column(sa.String(96))
    #: in: received → answering → answered | with_staff | failed.
    #: out: queued → sending → wired → sent → delivered, or failed | expired | stopped. marker: noted.
    status = sa.Column(sa.String(16), nullable=False)
    #: crisis | reply | staff | notice | reminder | nudge | broadcast; lanes of the outbox in this order.
    purpose = sa.Column(sa.String(16), nullable=False, default="reply")
    lane = sa.Column(sa.Integer, nullable=False, default=1)
    #: The inbound message that an outbound one answers, or that an inbound one (kind "edit") changes.
    reply_to = sa.Column(sa.ForeignKey("messages.id"), index=True)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)
    send_after = sa.Column(Moment)
    expires_at = sa.Column(Moment)
    claimed_at = sa.Column(Moment)
    settled_at = sa.Column(Moment)
    attempts = sa.Column(sa.Integer, nullable=False, default=0)
    #: The provider's own id of an outbound message.
    provider_id = sa.Column(sa.String(64), index=True)
    error = sa.Column(sa.String(64))
    segments = sa.Column(sa.Integer)

    conversation = relationship(Conversation)


class Choice(Base):
    """One of the numbered lines or buttons of an outbound message. Only the newest set of a conversation is open."""

    __tablename__ = "choices"
    __table_args__ = (sa.Index("ix_choices_open", "conversation_id", "closed_at"), {"sqlite_autoincrement": True})

    id = sa.Column(sa.Integer, primary_key=True)
    conversation_id = sa.Column(sa.ForeignKey("conversations.id"), nullable=False)
    message_id = sa.Column(sa.ForeignKey("messages.id"), nullable=False, index=True)
    position = sa.Column(sa.Integer, nullable=False)
    label = sa.Column(sa.String(200), nullable=False)
    #: What Rasa is told when it is picked: "/intent{...}". Made by us, never typed.
    payload = sa.Column(sa.String(400), nullable=False)
    closed_at = sa.Column(Moment)
