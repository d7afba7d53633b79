"""A worker's own phone, linked to their account so that they can book people in by text, and what went to and fro.

Apart from the tables of those who text for themselves: what staff write is nobody's health talk and teaches nothing.
"""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Encrypted, Moment
from bot.models.staff import Staff

_LINKED = sa.text("linked_at IS NOT NULL AND ended_at IS NULL")


class StaffPhone(Base):
    """A one-time code and, once it was texted, the phone it came from. One row from the code to the end of the link."""

    __tablename__ = "staff_phones"
    __table_args__ = (
        sa.Index(
            "uq_staff_phones_linked", "channel", "address_hash", unique=True,
            sqlite_where=_LINKED, postgresql_where=_LINKED,
        ),
    )  # fmt: skip

    id = sa.Column(sa.Integer, primary_key=True)
    staff_id = sa.Column(sa.ForeignKey("staff.id"), nullable=False, index=True)
    #: Keyed hash of the code: nobody can read a code out of the database.
    code_hash = sa.Column(sa.String(64), nullable=False, unique=True)
    made_at = sa.Column(Moment, nullable=False, default=clock.now)
    expires_at = sa.Column(Moment, nullable=False)
    #: None until the code was texted.
    channel = sa.Column(sa.String(16))
    address_hash = sa.Column(sa.String(64))
    address = sa.Column(Encrypted)
    linked_at = sa.Column(Moment)
    #: When the code stopped counting, or the link.
    ended_at = sa.Column(Moment)
    #: What a number would answer now, as JSON of ids: which session, or whether to book.
    pending = sa.Column(Encrypted)
    pending_at = sa.Column(Moment)
    #: References texted that nobody has, since when: guessing ends the link.
    misses = sa.Column(sa.Integer, nullable=False, default=0, server_default="0")
    misses_since = sa.Column(Moment)

    staff = relationship(Staff)


class StaffText(Base):
    """A text from a worker's linked phone, or to it. in: received → answered. out: queued → sending → sent | failed."""

    __tablename__ = "staff_texts"
    __table_args__ = (sa.UniqueConstraint("channel", "external_id"),)

    id = sa.Column(sa.Integer, primary_key=True)
    phone_id = sa.Column(sa.ForeignKey("staff_phones.id"), nullable=False, index=True)
    direction = sa.Column(sa.String(8), nullable=False)  # in | out
    channel = sa.Column(sa.String(16), nullable=False)
    body = sa.Column(Encrypted, nullable=False)
    #: Keyed hash of the provider's id of an inbound text; doubles are refused.
    external_id = sa.Column(sa.String(96))
    status = sa.Column(sa.String(12), nullable=False, index=True)
    reply_to = sa.Column(sa.ForeignKey("staff_texts.id"), index=True)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)
    attempts = sa.Column(sa.Integer, nullable=False, default=0)
    send_after = sa.Column(Moment)
    claimed_at = sa.Column(Moment)
    settled_at = sa.Column(Moment)
    error = sa.Column(sa.String(40))  # the provider's code, never its words

    phone = relationship(StaffPhone)
