"""Texts to many: whom they reach, what they cost, queueing them. The outbox keeps quiet hours and the day's limit.

Only people who have texted us are texted, once each, and one text goes to a phone that several share. Nobody is texted
who wants no texts of our own accord, is with a worker, or was in danger within a day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.conversations import messages, teams
from bot.conversations.addresses import wants
from bot.db import lock
from bot.models import (
    HOLDS_A_PLACE,
    Address,
    Booking,
    Broadcast,
    BroadcastMessage,
    Conversation,
    Message,
    Person,
    ProgrammeSession,
    Staff,
)
from bot.programme import orders

#: Whom a text may be for. A squad and a session are named by their id.
AUDIENCES = {
    "everyone": "Everybody who has texted us",
    "idle": "Everybody who has nothing booked",
    "squad": "A squad",
    "session": "Those with a place at a session",
}
#: Hours for which a text may be of use.
LEAST_HOURS, MOST_HOURS = 1, 48
#: How many are queued within one transaction, so that nobody else's writes wait for all of them.
AT_A_TIME = 50
#: Nobody is sent news this soon after they were in danger.
AFTER_CRISIS = timedelta(days=1)
TEMPLATE = "broadcast.template."


class Wrong(ValueError):
    """It cannot be sent like that; the message is a sentence for staff."""


@dataclass(frozen=True)
class Reach:
    """One person to text, and where."""

    conversation_id: str
    person_id: int
    address_id: int
    channel: str


@dataclass(frozen=True)
class Cost:
    """What a text to an audience comes to. `segments` is what the SMS of it cost together."""

    sms: int
    telegram: int
    each: int

    @property
    def people(self) -> int:
        return self.sms + self.telegram

    @property
    def segments(self) -> int:
        return self.sms * self.each

    def pounds(self, pence_a_segment: float) -> str | None:
        """ "£1.23": what the segments cost, to the next penny up; None where nobody has said what one costs."""
        if not pence_a_segment:
            return None
        pence = math.ceil(self.segments * Decimal(str(pence_a_segment)))
        return f"£{pence // 100}.{pence % 100:02d}"


@dataclass(frozen=True)
class Sent:
    """A broadcast with how many of its texts are where: status → number."""

    broadcast: Broadcast
    counts: dict[str, int]


def templates() -> dict[str, str]:
    """Key → words to begin with."""
    return {k.removeprefix(TEMPLATE): v for k, v in wording.sentences().items() if k.startswith(TEMPLATE)}


def whole(text: str) -> str:
    """The text as it goes out: with how to get no more of them under it."""
    return f"{wording.to_gsm(text).strip()}\n{wording.say('broadcast.end')}"


def problems(text: str) -> list[str]:
    """What is wrong with the words of a broadcast; an empty list when they may go out."""
    return wording.problems(whole(text)) if text.strip() else ["is empty"]


def cost(found: list[Reach], text: str) -> Cost:
    """What `text` comes to for an audience."""
    sms = sum(reach.channel == "sms" for reach in found)
    return Cost(sms, len(found) - sms, wording.size(whole(text)).segments)


def audience(
    db: Session, kind: str, of: int | None, at: datetime | None = None, *, team: int | None = None
) -> list[Reach]:
    """Whom a text of staff of a team (None: of none) would reach now, each person and each address once.

    Wrong for an audience that is none.
    """
    now = at or clock.now()
    query = (
        sa.select(Conversation.id, Conversation.person_id, Conversation.address_id, Address.channel)
        .join(Address, Address.id == Conversation.address_id)
        .join(Person, Person.id == Conversation.person_id)
        .where(
            Conversation.ended_at.is_(None),
            Conversation.last_inbound_at.is_not(None),
            Conversation.taken_by.is_(None),
            sa.or_(Conversation.crisis_at.is_(None), Conversation.crisis_at < now - AFTER_CRISIS),
            Address.stopped_at.is_(None),
            Address.unreachable_at.is_(None),
            Person.erased_at.is_(None),
            teams.theirs(team),
            sa.or_(Person.contact_by.is_(None), Person.contact_by == "text"),
            sa.or_(Person.without.is_(None), Person.without.not_like("%broadcast%")),
            ~orders.over(),
        )
        .order_by(Conversation.last_inbound_at.desc(), Conversation.id)
    )
    if kind in ("squad", "session") and of is None:
        raise Wrong("Choose which squad or session it is for.")
    if kind == "squad":
        query = query.where(Person.squad_id == of)
    elif kind == "session":
        query = query.where(Person.id.in_(_with_a_place().where(Booking.session_id == of)))
    elif kind == "idle":
        query = query.where(
            Person.id.not_in(
                _with_a_place()
                .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
                .where(ProgrammeSession.starts_at > now)
            )
        )
    elif kind != "everyone":
        raise Wrong("Choose whom it is for.")
    found: list[Reach] = []
    people: set[int] = set()
    addresses: set[int] = set()
    for row in db.execute(query):
        reach = Reach(*row)
        if reach.person_id not in people and reach.address_id not in addresses:
            people.add(reach.person_id)
            addresses.add(reach.address_id)
            found.append(reach)
    return found


def send(
    db: Session, *, nonce: str, text: str, kind: str, of: int | None, seen: int, send_after: datetime,
    hours: int, by_staff: int,
) -> Broadcast:  # fmt: skip
    """Write a broadcast down; `queue` then fills the outbox. The same `nonce` again returns the first one.

    `seen`: the number of people that was agreed to. Wrong, with a sentence, when it is another by now, when nobody
    would get it, or when the words may not go out.
    """
    before = db.execute(sa.select(Broadcast).where(Broadcast.nonce == nonce)).scalars().first()
    if before is not None:
        return before
    if found := problems(text):
        raise Wrong(f"The words cannot go out: {found[0]}.")
    if not LEAST_HOURS <= hours <= MOST_HOURS:
        raise Wrong(f"A text is of use for {LEAST_HOURS} to {MOST_HOURS} hours.")
    team = db.get(Staff, by_staff).team_id
    number = len(audience(db, kind, of, team=team))
    if number == 0:
        raise Wrong("Nobody would get it.")
    if number != seen:
        raise Wrong(f"It would go to {number} now, not to {seen}. Look at it again.")
    row = Broadcast(
        nonce=nonce, text=whole(text), audience=kind, audience_of=of, planned=number, made_by=by_staff, team_id=team,
        send_after=send_after, expires_at=send_after + timedelta(hours=hours),
    )  # fmt: skip
    db.add(row)
    db.flush()
    audit.record(db, audit.staff(by_staff), "broadcast.made", f"broadcast:{row.id}", count=number)
    return row


def queue(db: Session, broadcast_id: int) -> int:
    """Queue the next AT_A_TIME texts of a broadcast; how many. Nothing once all are queued, it was stopped or is over.

    Safe to repeat, from where it was cut off: who has a text of it queued gets no second one.
    """
    row = lock(db, Broadcast, broadcast_id)
    if row is None or row.queued_at is not None or row.stopped_at is not None or row.expires_at <= clock.now():
        return 0
    done = (
        sa.select(Conversation.person_id, Conversation.address_id)
        .join(Message, Message.conversation_id == Conversation.id)
        .join(BroadcastMessage, BroadcastMessage.message_id == Message.id)
        .where(BroadcastMessage.broadcast_id == row.id)
    )
    done = list(db.execute(done))
    people, addresses = {person for person, _ in done}, {address for _, address in done}
    found = [
        reach
        for reach in audience(db, row.audience, row.audience_of, team=row.team_id)
        if reach.person_id not in people and reach.address_id not in addresses
    ][:AT_A_TIME]
    for reach in found:
        message = messages.say(
            db, db.get(Conversation, reach.conversation_id), row.text, author="system", purpose="broadcast",
            staff_id=row.made_by, send_after=row.send_after, expires_at=row.expires_at,
        )  # fmt: skip
        db.add(BroadcastMessage(message_id=message.id, broadcast_id=row.id))
    if not found:
        row.queued_at = clock.now()
    db.flush()
    return len(found)


def stop(db: Session, broadcast_id: int, *, by_staff: int) -> int:
    """Take back what has not gone out yet; how many texts. LookupError when there is no such broadcast."""
    row = lock(db, Broadcast, broadcast_id)
    if row is None:
        raise LookupError("no such broadcast")
    if row.stopped_at is not None:
        return 0
    row.stopped_at, row.stopped_by = clock.now(), by_staff
    mine = sa.select(BroadcastMessage.message_id).where(BroadcastMessage.broadcast_id == row.id)
    done = db.execute(
        sa.update(Message)
        .where(Message.id.in_(mine), Message.status == "queued")
        .values(status="stopped", error="taken_back", settled_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    db.flush()
    audit.record(db, audit.staff(by_staff), "broadcast.stopped", f"broadcast:{row.id}", count=done.rowcount)
    return done.rowcount


def sees(team: int | None, broadcast: Broadcast) -> bool:
    """Whether a broadcast is shown to staff of a team: theirs, and those to everybody."""
    return team is None or broadcast.team_id in (None, team)


def latest(db: Session, team: int | None = None, limit: int = 30) -> list[Sent]:
    """The broadcasts that staff of a team (None: of none) see, newest first, each with what became of its texts."""
    query = sa.select(Broadcast).order_by(Broadcast.id.desc()).limit(limit)
    if team is not None:
        query = query.where(sa.or_(Broadcast.team_id.is_(None), Broadcast.team_id == team))
    rows = list(db.execute(query).scalars())
    counts: dict[int, dict[str, int]] = {row.id: {} for row in rows}
    query = (
        sa.select(BroadcastMessage.broadcast_id, Message.status, sa.func.count())
        .join(Message, Message.id == BroadcastMessage.message_id)
        .where(BroadcastMessage.broadcast_id.in_(counts))
        .group_by(BroadcastMessage.broadcast_id, Message.status)
    )
    for broadcast_id, status, number in db.execute(query):
        counts[broadcast_id][status] = number
    return [Sent(row, counts[row.id]) for row in rows]


def still_wanted(db: Session, message: Message, at: datetime) -> str | None:
    """Why a queued text of a broadcast is not to go out after all; None when it is. Asked right before it does."""
    conversation = message.conversation
    if conversation.crisis_at is not None and at - conversation.crisis_at < AFTER_CRISIS:
        return "crisis"
    if conversation.taken_by is not None:
        return "with_staff"
    person = db.get(Person, conversation.person_id)
    if conversation.ended_at is not None or person.contact_by not in (None, "text"):
        return "not_by_text"
    if not wants(person, "broadcast"):
        return "left_out"
    if orders.is_over(db, person):
        return "order_over"
    return None


def _with_a_place():
    return sa.select(Booking.person_id).where(Booking.status.in_(HOLDS_A_PLACE))
