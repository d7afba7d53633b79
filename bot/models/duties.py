"""Duty: who is alarmed when somebody may be in danger, the alarms themselves, and the texts that carry them."""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Encrypted, Moment
from bot.models.handoffs import Handoff


class Duty(Base):
    """A member of staff is to be alarmed from when till when, and how."""

    __tablename__ = "duties"

    id = sa.Column(sa.Integer, primary_key=True)
    staff_id = sa.Column(sa.ForeignKey("staff.id"), nullable=False, index=True)
    starts_at = sa.Column(Moment, nullable=False)
    ends_at = sa.Column(Moment, nullable=False, index=True)
    #: Place on the ladder: 1 is alarmed first, 2 when nobody of 1 has said that they are on it.
    rung = sa.Column(sa.Integer, nullable=False, default=1)
    channel = sa.Column(sa.String(16), nullable=False)  # sms | telegram
    address = sa.Column(Encrypted, nullable=False)  # their own; used for alarms alone
    #: The code of the test alarm, which shows that alarms arrive; until it came back they do not count as on.
    code = sa.Column(Encrypted)
    test_sent_at = sa.Column(Moment)
    tested_at = sa.Column(Moment)
    made_by = sa.Column(sa.ForeignKey("staff.id"), nullable=False)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)
    #: Taken off the rota; it is kept, because it says who was alarmed.
    removed_at = sa.Column(Moment)


class Alarm(Base):
    """Somebody may be in danger: staff on duty are told until one of them says that they are on it."""

    __tablename__ = "alarms"
    __table_args__ = {"sqlite_autoincrement": True}

    id = sa.Column(sa.Integer, primary_key=True)
    handoff_id = sa.Column(sa.ForeignKey("handoffs.id"), nullable=False, index=True)
    raised_at = sa.Column(Moment, nullable=False, default=clock.now)
    #: When the next on the ladder is alarmed.
    next_at = sa.Column(Moment, nullable=False)
    #: Nobody on the ladder had answered: since when, and the person knows.
    failed_at = sa.Column(Moment)
    #: "I am on it": not the same as having read it (handoffs.seen_at) or having reached them (handoffs.contacted_at).
    acknowledged_at = sa.Column(Moment)
    acknowledged_by = sa.Column(sa.ForeignKey("staff.id"))

    handoff = relationship(Handoff)


class AlarmCall(Base):
    """One text to one person on duty: an alarm, or with no alarm the test of their duty.

    queued → sending → sent → delivered; or failed (the provider did not take it), or undelivered (it took it, and
    reports that it did not arrive).
    """

    __tablename__ = "alarm_calls"
    __table_args__ = {"sqlite_autoincrement": True}

    id = sa.Column(sa.Integer, primary_key=True)
    alarm_id = sa.Column(sa.ForeignKey("alarms.id"), index=True)
    duty_id = sa.Column(sa.ForeignKey("duties.id"), nullable=False, index=True)
    status = sa.Column(sa.String(12), nullable=False, default="queued", index=True)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)
    attempts = sa.Column(sa.Integer, nullable=False, default=0)
    send_after = sa.Column(Moment)
    claimed_at = sa.Column(Moment)
    settled_at = sa.Column(Moment)
    error = sa.Column(sa.String(40))  # the provider's code, never its words
    #: The provider's own id of it, by which its report is found.
    provider_id = sa.Column(sa.String(64), index=True)

    alarm = relationship(Alarm)
    duty = relationship(Duty)
