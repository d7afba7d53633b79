"""People, the addresses they text from, and conversations between the two.

A person is not a number: a number can be shared, change hands or be given up. A conversation is an address times a
profile on it; its random id is all that Rasa ever sees of anybody.
"""

import sqlalchemy as sa
from sqlalchemy.orm import relationship

from bot import clock
from bot.db import Base, Encrypted, Moment


class Person(Base):
    __tablename__ = "people"

    id = sa.Column(sa.Integer, primary_key=True)
    #: Links health records to order-and-hours records without a name.
    pseudonym = sa.Column(sa.String(32), nullable=False, unique=True)
    #: What a worker names them by in a text ("KT-4821"); made once staff open their page. It says nothing of them.
    reference = sa.Column(sa.String(8), index=True, unique=True)
    #: What staff call them, if they said or staff know.
    name = sa.Column(Encrypted)
    #: The squad that they do unpaid work in.
    squad_id = sa.Column(sa.ForeignKey("squads.id"), index=True)
    #: The team that looks after them; None: no team yet, so that every team sees them.
    team_id = sa.Column(sa.ForeignKey("teams.id"), index=True)
    #: text | call | person: how they want to be reached of our accord; None is text.
    contact_by = sa.Column(sa.String(12))
    #: What to mind about it ("not before noon", "somebody else reads this phone").
    contact_note = sa.Column(Encrypted)
    #: The kinds of text of our accord that they said no to ("reminder broadcast"); the others go on.
    without = sa.Column(sa.String(40))
    #: Another number to ring them on, and a keyed hash to find it by. Nothing is texted to it.
    call_number = sa.Column(Encrypted)
    call_hash = sa.Column(sa.String(64), index=True)
    created_at = sa.Column(Moment, nullable=False, default=clock.now)
    erased_at = sa.Column(Moment)


class Address(Base):
    """A phone number or Telegram chat: encrypted, with a keyed hash to find it by."""

    __tablename__ = "addresses"
    __table_args__ = (sa.UniqueConstraint("channel", "address_hash"), {"sqlite_autoincrement": True})

    id = sa.Column(sa.Integer, primary_key=True)
    channel = sa.Column(sa.String(16), nullable=False)  # sms | telegram
    address_hash = sa.Column(sa.String(64), nullable=False)
    address = sa.Column(Encrypted, nullable=False)
    stopped_at = sa.Column(Moment)  # they said STOP; None once they say START
    unreachable_at = sa.Column(Moment)  # the provider says that nothing arrives
    created_at = sa.Column(Moment, nullable=False, default=clock.now)


class Conversation(Base):
    __tablename__ = "conversations"
    __table_args__ = (
        sa.Index(
            "uq_conversations_open", "address_id", "profile", unique=True,
            sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id = sa.Column(sa.String(32), primary_key=True)  # random; Rasa's sender id
    address_id = sa.Column(sa.ForeignKey("addresses.id"), nullable=False)
    person_id = sa.Column(sa.ForeignKey("people.id"), nullable=False, index=True)
    profile = sa.Column(sa.String(16), nullable=False, default="main")
    began_at = sa.Column(Moment, nullable=False, default=clock.now)
    ended_at = sa.Column(Moment)
    last_inbound_at = sa.Column(Moment)
    #: The one notice about the service, after the first answer.
    notice_at = sa.Column(Moment)
    #: The staff member who has taken it: while set, the assistant is silent (crisis replies apart). The one flag.
    taken_by = sa.Column(sa.ForeignKey("staff.id"))
    staff_active_at = sa.Column(Moment)
    #: The form that is open ("booking", "feedback" ...), None when none is; kept by the actions.
    task = sa.Column(sa.String(32))
    task_at = sa.Column(Moment)
    #: Messages in a row that were not understood.
    misunderstood = sa.Column(sa.Integer, nullable=False, default=0, server_default="0")
    #: When a crisis was last seen: no "did that help?" and no feedback requests for a while after.
    crisis_at = sa.Column(Moment)
    #: A confirmation the gateway itself is waiting for ("stop": really stop the texts?).
    pending = sa.Column(sa.String(16))

    #: What staff marked it with, comma-separated codes (bot.conversations.desk.TAGS).
    tags = sa.Column(Encrypted)

    address = relationship(Address)
    person = relationship(Person)
