"""The directory of services people are pointed to, and checks of the crisis numbers."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Moment


class Service(Base):
    __tablename__ = "services"

    slug = sa.Column(sa.String(64), primary_key=True)
    name = sa.Column(sa.String(120), nullable=False)
    what = sa.Column(sa.String(300), nullable=False)
    topics = sa.Column(sa.JSON, nullable=False)
    audience = sa.Column(sa.String(80), nullable=False)
    #: glasgow-wide | scotland | uk | north-west | north-east | south
    area = sa.Column(sa.String(20), nullable=False)
    phone = sa.Column(sa.String(40))
    sms = sa.Column(sa.String(40))
    sms_keyword = sa.Column(sa.String(20))
    hours = sa.Column(sa.String(200))
    self_referral = sa.Column(sa.Boolean)
    cost_to_call = sa.Column(sa.String(40))
    url = sa.Column(sa.String(300))
    address = sa.Column(sa.String(200))
    source_url = sa.Column(sa.String(400))
    seen = sa.Column(sa.String(120))
    confidence = sa.Column(sa.String(16), nullable=False)
    hold = sa.Column(sa.Boolean, nullable=False, default=False)
    note = sa.Column(sa.Text)
    #: Position in the seed file: crisis lines come first there.
    position = sa.Column(sa.Integer, nullable=False, default=0)
    #: A person's check: live mode shows only services whose check is in date.
    checked_by = sa.Column(sa.String(80))
    checked_at = sa.Column(Moment)
    check_due = sa.Column(Moment)
    #: Staff edited it: seeding leaves it alone.
    edited = sa.Column(sa.Boolean, nullable=False, default=False)


class NumberCheck(Base):
    """A member of staff rang a crisis number, and it was right. The number is kept: a changed one is unchecked."""

    __tablename__ = "number_checks"

    id = sa.Column(sa.Integer, primary_key=True)
    key = sa.Column(sa.String(40), nullable=False, index=True)
    number = sa.Column(sa.String(40), nullable=False)
    checked_by = sa.Column(sa.ForeignKey("staff.id"), nullable=False)
    checked_at = sa.Column(Moment, nullable=False, default=clock.now)
