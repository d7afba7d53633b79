"""An order is closed: places go back, texts of our accord stop, health answers do not, and time counts from then."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import clock, wording
from bot.models import AuditEntry, Booking, Order, Person
from bot.programme import bookings, broadcasts, closing, hours, orders, reminders
from bot.programme.refusals import Refused
from tests import builders
from tests.builders import NOW


@pytest.fixture
def at_now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def ordered(database, at_now):
    """Somebody with an order who is booked on a full session that somebody else waits for."""
    with database.write() as db:
        staff = builders.a_member_of_staff(db)
        person = builders.a_person(db, name="Jo Bloggs")
        hours.set_order(db, person, minutes=6000, by_staff=staff.id)
        session = builders.a_session(db, places=1)
        booking = builders.a_booking(db, person, session)
        waits = builders.a_booking(db, session=session, status="waiting")
        conversation = db.get(builders.Conversation, builders.conversation_id(db, person))
        conversation.last_inbound_at = NOW
        return {"staff": staff.id, "person": person.id, "booking": booking.id, "waits": waits.id}


def close(db, ids, outcome="completed", tell=False):
    seen = closing.preview(db, db.get(Person, ids["person"])).seen
    return closing.close(db, ids["person"], outcome, seen=seen, tell=tell, by_staff=ids["staff"])


@pytest.mark.parametrize("outcome", closing.OUTCOMES)
def test_places_go_back_to_whoever_waits(database, ordered, outcome):
    with database.write() as db:
        assert close(db, ordered, outcome) == 1
        assert db.get(Booking, ordered["booking"]).status == "cancelled"
        assert db.get(Booking, ordered["waits"]).status == "offered"
        order = db.query(Order).one()
        assert (order.outcome, order.closed_at, order.closed_by) == (outcome, NOW, ordered["staff"])
        assert orders.is_over(db, db.get(Person, ordered["person"]))
        assert hours.order_of(db, db.get(Person, ordered["person"])) is None


def test_they_are_told_only_when_staff_say_so_and_never_of_an_order(database, ordered):
    with database.write() as db:
        close(db, ordered)
        assert builders.texts_to(db, db.get(Person, ordered["person"])) == []
        closing.reopen(db, ordered["person"], by_staff=ordered["staff"])
        close(db, ordered, tell=True)
        (text,) = builders.texts_to(db, db.get(Person, ordered["person"]))
        assert text.body == wording.say("session.finished") and "order" not in text.body.lower()
        entries = db.execute(sa.select(AuditEntry).where(AuditEntry.action == "order.closed")).scalars()
        assert [entry.details["told"] for entry in entries] == [False, True]


def test_who_wants_no_texts_gets_none(database, ordered):
    with database.write() as db:
        db.get(Person, ordered["person"]).contact_by = "call"
        close(db, ordered, tell=True)
        assert builders.texts_to(db, db.get(Person, ordered["person"])) == []


def test_no_reminder_and_no_text_to_many_goes_out_any_more(database, ordered):
    with database.write() as db:
        reached = {reach.person_id for reach in broadcasts.audience(db, "everyone", None)}
        assert ordered["person"] in reached
        close(db, ordered)
        assert ordered["person"] not in {reach.person_id for reach in broadcasts.audience(db, "everyone", None)}
        reminders.due(db, NOW + timedelta(days=2))
        assert builders.texts_to(db, db.get(Person, ordered["person"])) == []


def test_a_text_to_many_that_was_queued_before_is_held_back(database, ordered):
    with database.write() as db:
        reach = broadcasts.audience(db, "everyone", None)
        row = broadcasts.send(
            db, nonce="n" * 32, text="The hall is shut.", kind="everyone", of=None, seen=len(reach), send_after=NOW,
            hours=24, by_staff=ordered["staff"],
        )  # fmt: skip
        broadcasts.queue(db, row.id)
        (text,) = builders.texts_to(db, db.get(Person, ordered["person"]))
        assert broadcasts.still_wanted(db, text, NOW) is None
        close(db, ordered)
        assert broadcasts.still_wanted(db, text, NOW) == "order_over"


def test_a_page_that_is_out_of_date_closes_nothing(database, ordered):
    with database.write() as db:
        seen = closing.preview(db, db.get(Person, ordered["person"])).seen
        bookings.book(db, db.get(Person, ordered["person"]), builders.a_session(db, days=9).id, conversation_id=None,
                      asked_by=None)  # fmt: skip
        with pytest.raises(closing.Wrong, match="changed"):
            closing.close(db, ordered["person"], "completed", seen=seen, tell=False, by_staff=ordered["staff"])
        assert db.get(Booking, ordered["booking"]).status == "booked"


def test_it_is_closed_once(database, ordered):
    with database.write() as db:
        seen = closing.preview(db, db.get(Person, ordered["person"])).seen
        close(db, ordered)
        with pytest.raises(closing.Wrong, match="no open order"):
            closing.close(db, ordered["person"], "completed", seen=seen, tell=True, by_staff=ordered["staff"])
        with pytest.raises(closing.Wrong, match="Choose"):
            closing.close(db, ordered["person"], "nonsense", seen=seen, tell=True, by_staff=ordered["staff"])


def test_a_mistake_is_taken_back_and_a_new_order_counts(database, ordered):
    with database.write() as db:
        close(db, ordered)
        closing.reopen(db, ordered["person"], by_staff=ordered["staff"])
        person = db.get(Person, ordered["person"])
        assert hours.order_of(db, person).outcome is None and not orders.is_over(db, person)
        with pytest.raises(closing.Wrong, match="open order already"):
            closing.reopen(db, ordered["person"], by_staff=ordered["staff"])
        close(db, ordered)
        hours.set_order(db, person, minutes=1200, by_staff=ordered["staff"])
        assert not orders.is_over(db, person) and db.query(Order).count() == 2
        assert ordered["person"] in {reach.person_id for reach in broadcasts.audience(db, "everyone", None)}


def test_somebody_without_an_order_is_not_over(database, at_now):
    with database.write() as db:
        person = builders.a_person(db)
        assert not orders.is_over(db, person) and closing.preview(db, person) is None


def test_whose_order_is_over_books_no_more_by_chat_and_staff_can_book_them(database, ordered):
    with database.write() as db:
        close(db, ordered)
        person, other = db.get(Person, ordered["person"]), builders.a_session(db, days=9)
        asks = {"conversation_id": None, "asked_by": None}
        for way in (bookings.book, bookings.join_waiting_list):
            with pytest.raises(Refused, match="finished"):
                way(db, person, other.id, **asks)
        booking = bookings.book(db, person, other.id, **asks, by_staff=ordered["staff"])
        assert booking.status == "booked"
        elsewhere = builders.a_session(db, days=12)
        with pytest.raises(Refused, match="finished"):
            bookings.change(db, person, booking.id, elsewhere.id, asked_by=None)
        assert db.get(Booking, booking.id).status == "booked"
        assert bookings.cancel(db, person, booking.id).status == "cancelled"


def test_whom_staff_put_in_the_line_since_may_take_the_place(database, ordered):
    with database.write() as db:
        close(db, ordered)
        person, full = db.get(Person, ordered["person"]), builders.a_session(db, days=9, places=1)
        taken = builders.a_booking(db, session=full)
        waits = bookings.join_waiting_list(
            db, person, full.id, conversation_id=None, asked_by=None, by_staff=ordered["staff"]
        )
        bookings.cancel(db, taken.person, taken.id)
        assert waits.status == "offered"
        assert bookings.book(db, person, full.id, conversation_id=None, asked_by=None).status == "booked"


def test_an_order_that_is_open_or_unknown_hinders_nobody(database, ordered):
    with database.write() as db:
        session = builders.a_session(db, days=9)
        for person in (db.get(Person, ordered["person"]), builders.a_person(db)):
            assert bookings.book(db, person, session.id, conversation_id=None, asked_by=None).status == "booked"
