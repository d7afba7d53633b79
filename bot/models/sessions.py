"""Topics (data, not code) and the programme's sessions."""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Moment


class Topic(Base):
    __tablename__ = "topics"

    slug = sa.Column(sa.String(32), primary_key=True)
    name = sa.Column(sa.String(80), nullable=False)
    #: What the menu says, short.
    label = sa.Column(sa.String(40), nullable=False)
    position = sa.Column(sa.Integer, nullable=False)
    active = sa.Column(sa.Boolean, nullable=False, default=True)
    #: Since when participants get its answers outside the demo; None while it is closed to them.
    opened_at = sa.Column(Moment)
    opened_by = sa.Column(sa.ForeignKey("staff.id"))


class ProgrammeSession(Base):
    __tablename__ = "sessions"
    __table_args__ = (
        sa.CheckConstraint("places >= 0", name="places"),
        sa.CheckConstraint("ends_at > starts_at", name="times"),
    )

    id = sa.Column(sa.Integer, primary_key=True)
    topic_slug = sa.Column(sa.ForeignKey("topics.slug"), nullable=False, index=True)
    title = sa.Column(sa.String(80), nullable=False)
    provider = sa.Column(sa.String(80))
    place = sa.Column(sa.String(80), nullable=False)
    address = sa.Column(sa.String(120))
    #: A district or neighbourhood as people say it ("Govan"), and its sector (north-west, north-east, south).
    area = sa.Column(sa.String(40), nullable=False)
    sector = sa.Column(sa.String(20))
    directions = sa.Column(sa.String(160))
    starts_at = sa.Column(Moment, nullable=False, index=True)
    ends_at = sa.Column(Moment, nullable=False)
    places = sa.Column(sa.Integer, nullable=False)
    #: everyone | women | men
    audience = sa.Column(sa.String(16), nullable=False, default="everyone")
    #: Private sessions are booked by staff and never listed.
    private = sa.Column(sa.Boolean, nullable=False, default=False)
    #: The squad of which everybody goes: its supervisor learns what and where. None: people choose for themselves.
    squad_id = sa.Column(sa.ForeignKey("squads.id"))
    book_from = sa.Column(Moment)
    book_until = sa.Column(Moment)
    #: Minutes that it can count for at most; None: as long as it lasts.
    credit_minutes = sa.Column(sa.Integer)
    #: scheduled | cancelled
    status = sa.Column(sa.String(16), nullable=False, default="scheduled")
    #: True for examples: said to be one wherever it is shown.
    sample = sa.Column(sa.Boolean, nullable=False, default=False)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)

    topic = relationship(Topic)
