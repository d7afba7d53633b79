"""Hours: how much of an order may be "other activity", what is claimed and approved, and approving it.

The rule is a reading of published guidance, not of the statute (30 per cent of the hours imposed, never above 30
hours), so both figures are facts that staff set in their own name; until then the reading is said to be nobody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from bot import audit, clock
from bot.conversations import teams
from bot.db import lock
from bot.models import Attendance, Booking, Fact, Order, Person, ProgrammeSession, Staff

PERCENT, MOST = "other_activity_percent", "other_activity_hours"
DEFAULT = {PERCENT: 30, MOST: 30}
REASON = 300


class Wrong(ValueError):
    """The time cannot be approved like that; the message is a sentence for staff."""


@dataclass(frozen=True)
class Rule:
    """How much other activity counts. `by` and `since`: who set it last and when; None while nobody has."""

    percent: int
    hours: int
    by: str | None
    since: datetime | None

    def cap(self, imposed: int | None) -> int:
        """Minutes of other activity that count towards `imposed` minutes; the upper limit when those are not known."""
        most = self.hours * 60
        return most if imposed is None else min(imposed * self.percent // 100, most)


@dataclass(frozen=True)
class Balance:
    """One person's minutes. `imposed` is None when no order is known; `claimed` is what waits for a decision."""

    imposed: int | None
    cap: int
    claimed: int
    approved: int

    @property
    def left(self) -> int:
        """Minutes that can still be approved; never below nothing."""
        return max(0, self.cap - self.approved)


def rule(db: Session) -> Rule:
    """The rule that counts now."""
    found = {key: db.get(Fact, key) for key in DEFAULT}
    set_ = [fact for fact in found.values() if fact is not None]
    last = max(set_, key=lambda fact: fact.set_at) if len(set_) == len(DEFAULT) else None
    by = db.get(Staff, last.set_by) if last is not None and last.set_by else None
    values = {key: int(fact.value) if fact is not None else DEFAULT[key] for key, fact in found.items()}
    return Rule(values[PERCENT], values[MOST], by.name if by else None, last.set_at if last else None)


def order_of(db: Session, person: Person) -> Order | None:
    """The order that a person's hours count towards; None when none is known."""
    query = sa.select(Order).where(Order.pseudonym == person.pseudonym, Order.closed_at.is_(None))
    return db.execute(query).scalars().first()


def balances(db: Session, person_ids: Sequence[int]) -> dict[int, Balance]:
    """The balance of each of several people."""
    law, ids = rule(db), list(person_ids)
    imposed = dict(
        db.execute(
            sa.select(Person.id, Order.minutes)
            .join(Order, Order.pseudonym == Person.pseudonym)
            .where(Person.id.in_(ids), Order.closed_at.is_(None))
        ).all()
    )
    sums = {
        person_id: (claimed, approved)
        for person_id, claimed, approved in db.execute(
            sa.select(
                Booking.person_id,
                sa.func.sum(sa.case((Attendance.approved.is_(None), Attendance.claimed), else_=0)),
                sa.func.sum(sa.func.coalesce(Attendance.approved, 0)),
            )
            .join(Attendance, Attendance.booking_id == Booking.id)
            .where(Booking.person_id.in_(ids))
            .group_by(Booking.person_id)
        )
    }
    return {i: Balance(imposed.get(i), law.cap(imposed.get(i)), *sums.get(i, (0, 0))) for i in ids}


def claims(db: Session, team: int | None = None, limit: int = 200) -> list[Attendance]:
    """Time that is claimed for people whom staff of a team (None: of none) see and nobody has decided about, the oldest
    session first."""
    query = (
        sa.select(Attendance)
        .join(Booking, Booking.id == Attendance.booking_id)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .where(Attendance.approved.is_(None), Attendance.claimed > 0)
        .where(Booking.person_id.in_(teams.ids_of(team)))
        .options(
            joinedload(Attendance.booking).joinedload(Booking.session),
            joinedload(Attendance.booking).joinedload(Booking.person),
        )
        .order_by(ProgrammeSession.starts_at, Attendance.id)
        .limit(limit)
    )
    return list(db.execute(query).scalars())


def approve(
    db: Session, attendance_id: int, minutes: int, *, by_staff: int, seen: int, team: int | None = None,
    reason: str | None = None,
) -> None:  # fmt: skip
    """Approve minutes of what a register claims. `seen`: the minutes claimed that the decision was made on.

    Another time than claimed, and anything above what may count, needs a reason, which is kept. Wrong, with a
    sentence, otherwise; also when the claim has changed or has been decided meanwhile.
    """
    reason = (reason or "").strip()[:REASON] or None
    found = db.get(Attendance, attendance_id)
    person_id = found.booking.person_id if found is not None else None
    if person_id is not None:
        lock(db, Person, person_id)  # two approvals for one person see each other's sum
    row = lock(db, Attendance, attendance_id)
    hidden = row is not None and not teams.sees(team, row.booking.person)
    if row is None or hidden or row.approved is not None or row.claimed != seen:
        raise Wrong("This has changed since the page was made. Look at it again.")
    if not 0 <= minutes <= row.claimed:
        raise Wrong("No more can be approved than is claimed.")
    balance = balances(db, [person_id])[person_id]
    above = max(0, minutes - balance.left)
    if above and reason is None:
        raise Wrong(f"That is {above} minutes more than may count. Approve less, or say why it counts.")
    if minutes != row.claimed and reason is None:
        raise Wrong("Less than claimed: say why.")
    row.approved, row.approved_by, row.approved_at, row.decision = minutes, by_staff, clock.now(), reason
    db.flush()
    audit.record(
        db, audit.staff(by_staff), "hours.approved", f"booking:{row.booking_id}", minutes=minutes, above=above
    )  # fmt: skip


def set_order(
    db: Session, person: Person, *, minutes: int, by_staff: int, imposed_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Order:  # fmt: skip
    """The hours imposed on somebody; what was known before is put right. ValueError for what no court imposes."""
    if not 20 * 60 <= minutes <= 300 * 60:
        raise ValueError("An order has 20 to 300 hours.")
    if imposed_at is not None and ends_at is not None and ends_at <= imposed_at:
        raise ValueError("An order ends after it was imposed.")
    row = order_of(db, person)
    if row is None:
        row = Order(pseudonym=person.pseudonym, minutes=minutes)
        db.add(row)
    row.minutes, row.imposed_at, row.ends_at = minutes, imposed_at, ends_at
    db.flush()
    audit.record(db, audit.staff(by_staff), "order.set", audit.person(person.id), minutes=minutes)
    return row
