"""A coordinator closes an order from the person's page: what it does is shown first; a mistake can be taken back."""

from __future__ import annotations

import pytest

from bot import clock
from bot.models import Booking, Order
from bot.programme import hours
from tests import builders


@pytest.fixture
def ordered(database):
    with database.write() as db:
        person = builders.a_person(db, name="Jo Bloggs")
        hours.set_order(db, person, minutes=6000, by_staff=builders.a_member_of_staff(db).id)
        builders.a_booking(db, person, builders.a_session(db, at=clock.now(), title="A walk"))
        return person.id


def test_it_is_previewed_closed_and_opened_again(signed_in, database, audited, ordered):
    there = signed_in("coordinator")
    there.get(f"/people/{ordered}")
    assert "Close the order" in there.html
    there.get(f"/people/{ordered}/close")
    assert "A walk" in there.html
    seen = there.page.one("input", name="seen").attributes["value"]
    there.post(f"/people/{ordered}/close", {"outcome": "", "seen": seen}, status=422)
    assert "Choose how the order ended." in there.html
    there.post(f"/people/{ordered}/close", {"outcome": "completed", "seen": "old"}, status=422)
    there.post(f"/people/{ordered}/close", {"outcome": "transferred", "seen": seen})
    there.get(f"/people/{ordered}")
    assert "1 place is given back." in there.html and "Transferred to another area" in there.html
    with database.read() as db:
        assert db.query(Booking).one().status == "cancelled" and db.query(Order).one().outcome == "transferred"
    there.post(f"/people/{ordered}/close/undo")
    there.get(f"/people/{ordered}")
    assert "Close the order" in there.html
    assert [a[2] for a in audited("order.closed")] == [f"person:{ordered}"] and audited("order.reopened")


def test_a_worker_cannot_and_is_offered_nothing(signed_in, ordered):
    there = signed_in("worker")
    there.get(f"/people/{ordered}")
    assert "Close the order" not in there.html
    there.get(f"/people/{ordered}/close", status=403)


def test_somebody_without_an_order_has_nothing_to_close(signed_in, database):
    with database.write() as db:
        person = builders.a_person(db).id
    there = signed_in("coordinator")
    assert there.http.get(f"/people/{person}/close").status_code == 303
    there.post(f"/people/{person}/close/undo")
    there.get(f"/people/{person}")
    assert "no order that was closed" in there.html
