"""Closing an order: it is over, places to come go back, and nothing is texted any more of our own accord.

The person is told only where staff say so, and never by a text that speaks of an order: others read phones. They can
go on asking about health. How long the order and what hangs on it are kept is counted from here (`Order.closed_at`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.conversations import messages
from bot.db import lock
from bot.models import Order, Person
from bot.programme import bookings, hours, notices, orders, people

#: How an order can end. Words for staff.
OUTCOMES: dict[str, str] = {
    "completed": "Completed",
    "revoked": "Revoked by the court",
    "transferred": "Transferred to another area",
    "other": "Ended in another way",
}


class Wrong(ValueError):
    """The order cannot be closed like that; the message is a sentence for staff."""


@dataclass(frozen=True)
class Preview:
    """What closing does: the places that go back, time claimed and undecided, and whether they can be texted."""

    order: Order
    bookings: list[bookings.BookingView]
    claimed: int
    textable: bool

    @property
    def seen(self) -> str:
        """What a decision is made on, for `close` to compare."""
        return ",".join([str(self.order.id), *sorted(str(view.id) for view in self.bookings)])


def preview(db: Session, person: Person, at: datetime | None = None) -> Preview | None:
    """What closing would do now; None for somebody without an open order."""
    order = hours.order_of(db, person)
    if order is None:
        return None
    claimed = hours.balances(db, [person.id])[person.id].claimed
    to_come = bookings.bookings_of(db, person, at or clock.now())
    return Preview(order, to_come, claimed, notices.way_to(db, person.id) is not None)


def close(
    db: Session, person_id: int, outcome: str, *, seen: str, tell: bool, by_staff: int, at: datetime | None = None
) -> int:
    """Close somebody's order; how many places were given back. `seen`: `Preview.seen` of what was decided on.

    Wrong, with a sentence, for an outcome that is none, without an open order, or when it is another by now;
    LookupError when there is no such person.
    """
    at = at or clock.now()
    person = people.there(db, person_id)
    if outcome not in OUTCOMES:
        raise Wrong("Choose how the order ended.")
    found = preview(db, person, at)
    if found is None:
        raise Wrong("There is no open order.")
    if found.seen != seen:
        raise Wrong("Something was booked or changed since the page was made. Look at it again.")
    for view in found.bookings:
        bookings.cancel(db, person, view.id, at=at, by_staff=by_staff)
    order = lock(db, Order, found.order.id)
    order.closed_at, order.outcome, order.closed_by = at, outcome, by_staff
    db.flush()
    told = tell and _tell(db, person_id)
    audit.record(
        db, audit.staff(by_staff), "order.closed", audit.person(person_id), outcome=outcome,
        released=len(found.bookings), told=told,
    )  # fmt: skip
    return len(found.bookings)


def reopen(db: Session, person_id: int, *, by_staff: int) -> Order:
    """Take a closing back: it was a mistake. Places stay given back. Wrong when there is nothing to reopen."""
    person = people.there(db, person_id)
    if hours.order_of(db, person) is not None:
        raise Wrong("There is an open order already.")
    order = orders.last(db, person)
    if order is None:
        raise Wrong("There is no order that was closed.")
    order = lock(db, Order, order.id)
    order.closed_at = order.outcome = order.closed_by = None
    db.flush()
    audit.record(db, audit.staff(by_staff), "order.reopened", audit.person(person_id))
    return order


def _tell(db: Session, person_id: int) -> bool:
    conversation = notices.way_to(db, person_id)
    if conversation is None:
        return False
    messages.say(db, conversation, wording.say("session.finished"), author="system", purpose="notice")
    return True
