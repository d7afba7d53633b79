"""Staff accounts, the audit trail, and the few facts that staff set."""

import sqlalchemy as sa

from bot import clock
from bot.db import Base, Encrypted, Moment


class Staff(Base):
    __tablename__ = "staff"

    id = sa.Column(sa.Integer, primary_key=True)
    email = sa.Column(sa.String(200), nullable=False, unique=True)
    name = sa.Column(sa.String(80), nullable=False)
    password = sa.Column(sa.String(255), nullable=False)
    #: One of bot.conversations.access.MAY: worker | coordinator | supervisor | analyst | editor | admin
    role = sa.Column(sa.String(16), nullable=False)
    active = sa.Column(sa.Boolean, nullable=False, default=True)
    #: The team whose people they see, beside those of no team; None: they see everybody.
    team_id = sa.Column(sa.ForeignKey("teams.id"))
    #: Changes when every session of theirs must end.
    fs_uniquifier = sa.Column(sa.String(64), nullable=False, unique=True)
    tf_primary_method = sa.Column(sa.String(16))
    tf_totp_secret = sa.Column(Encrypted)
    #: The time step of the last code that was taken: no code counts twice.
    tf_last_step = sa.Column(sa.Integer)
    mf_recovery_codes = sa.Column(sa.JSON)
    #: Keyed hash of the one-time code with which the owner chooses a password, and until when it counts.
    invite_hash = sa.Column(sa.String(64))
    invite_expires_at = sa.Column(Moment)
    failed_sign_ins = sa.Column(sa.Integer, nullable=False, default=0)
    locked_until = sa.Column(Moment)
    last_sign_in_at = sa.Column(Moment)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)


class AuditEntry(Base):
    """Who did what to which record, views included. Rows are only ever added."""

    __tablename__ = "audit"
    __table_args__ = (sa.Index("ix_audit_actor", "actor", "id"), sa.Index("ix_audit_object", "object", "id"))

    id = sa.Column(sa.Integer, primary_key=True)
    at = sa.Column(Moment, nullable=False, default=clock.now, index=True)
    #: staff:<id> | person:<id> | system
    actor = sa.Column(sa.String(32), nullable=False)
    action = sa.Column(sa.String(48), nullable=False)
    object = sa.Column(sa.String(64), nullable=False)  # "booking:12"
    details = sa.Column(sa.JSON, nullable=False, default=dict)  # ids and codes, never words or numbers of people
    seal = sa.Column(sa.String(64))  # hash chain, filled in by a job every minute


class Fact(Base):
    """A fact about the programme that staff set: the number to ring about shifts, say. Missing means not known."""

    __tablename__ = "facts"

    key = sa.Column(sa.String(40), primary_key=True)
    value = sa.Column(sa.String(300), nullable=False)
    set_by = sa.Column(sa.ForeignKey("staff.id"))
    set_at = sa.Column(Moment, nullable=False, default=clock.now)
