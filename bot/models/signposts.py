"""Signposts: a person was pointed to a service, and what they say two weeks later about whether they went."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class Signpost(Base):
    """One service that somebody was given. Those of one text have the same `given_at`, and are asked about as one.

    Kept of services alone that may be asked about at all (bot.programme.signposts.may_be_asked_about).
    """

    __tablename__ = "signposts"
    __table_args__ = {"sqlite_autoincrement": True}

    id = sa.Column(sa.Integer, primary_key=True)
    person_id = sa.Column(sa.ForeignKey("people.id"), nullable=False, index=True)
    conversation_id = sa.Column(sa.ForeignKey("conversations.id"), index=True)
    service_slug = sa.Column(sa.ForeignKey("services.slug"), nullable=False, index=True)
    given_at = sa.Column(Moment, nullable=False, default=clock.now)
    #: When they were asked; None while that is still to come.
    asked_at = sa.Column(Moment)
    answered_at = sa.Column(Moment)
    #: went | other (they went to the other one of that text) | unsaid (which) | not_yet |
    #: never (they want no such question again)
    answer = sa.Column(sa.String(12))
    #: For those who went: whether it helped.
    helped = sa.Column(sa.Boolean)
    #: For those who did not: no_time | not_reached | not_for_me | changed | unsaid
    why = sa.Column(sa.String(16))
