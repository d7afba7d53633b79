"""People kept apart, and records made one."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.db import Base
from bot.models import Booking, Conversation, Feedback, LinkCode, Person
from bot.programme import apart, bookings, hours, merges, people, sessions
from bot.programme.refusals import Refused
from tests import builders
from tests.builders import NOW


@pytest.fixture
def pair(db, staff):
    """Two people kept apart, the first of them with a place at a session with places left."""
    one, other = builders.a_person(db, name="One"), builders.a_person(db, name="Other")
    apart.add(db, one.id, other.id, reason="asked for", by_staff=staff)
    session = builders.a_session(db, places=3)
    builders.a_booking(db, one, session)
    return one, other, session


def take(db, person, session, act=bookings.book, **more):
    return act(db, person, session.id, conversation_id=None, asked_by=None, at=NOW, **more)


def test_to_the_second_of_a_pair_the_session_is_full(db, pair, staff):
    one, other, session = pair
    for by_staff in (None, staff):
        with pytest.raises(Refused) as refusal:
            take(db, other, session, by_staff=by_staff)
        assert refusal.value.code == "full"
    third = builders.a_person(db)
    assert take(db, third, session).status == "booked"
    assert sessions.session(db, session.id, NOW).left == 1
    assert sessions.session(db, session.id, NOW, seen_by=other.id).left == 0
    assert sessions.session(db, session.id, NOW, seen_by=one.id).left == 1


def test_it_holds_whoever_comes_first_and_for_moving_there(db, pair):
    one, other, _ = pair
    session, elsewhere = builders.a_session(db, days=8), builders.a_session(db, days=9)
    take(db, other, session)
    with pytest.raises(Refused, match="full"):
        take(db, one, session)
    booking = take(db, one, elsewhere)
    with pytest.raises(Refused, match="full"):
        bookings.change(db, one, booking.id, session.id, asked_by=None, at=NOW)
    assert booking.status == "booked"


def test_who_is_kept_out_waits_like_anybody_is_offered_nothing_and_takes_nothing_from_others(db, pair):
    one, other, session = pair
    waits = take(db, other, session, bookings.join_waiting_list)
    assert waits.status == "waiting"
    with pytest.raises(Refused, match="already_waiting"):
        take(db, other, session)
    assert sessions.session(db, session.id, NOW).left == 2
    bookings.expire_offers(db, NOW)
    assert db.get(Booking, waits.id).status == "waiting"
    assert take(db, builders.a_person(db), session).status == "booked"
    assert take(db, builders.a_person(db), session).status == "booked"
    assert builders.texts_to(db, other) == []


def test_once_the_other_gives_the_place_back_it_is_offered_in_turn(db, pair):
    one, other, session = pair
    waits = take(db, other, session, bookings.join_waiting_list)
    held = db.execute(sa.select(Booking).where(Booking.person_id == one.id)).scalars().one()
    bookings.cancel(db, one, held.id, at=NOW)
    assert db.get(Booking, waits.id).status == "offered"
    with pytest.raises(Refused, match="full"):
        take(db, one, session)


def test_of_a_pair_in_line_one_is_offered_a_place(db, pair):
    one, other, _ = pair
    session = builders.a_session(db, days=8, places=2)
    both = [builders.a_booking(db, person, session, status="waiting") for person in (one, other)]
    third = builders.a_booking(db, session=session, status="waiting")
    bookings.expire_offers(db, NOW)
    assert [db.get(Booking, b.id).status for b in (*both, third)] == ["offered", "waiting", "offered"]


def test_a_pair_that_has_ended_counts_no_more(db, pair, staff):
    one, other, session = pair
    ((found, who),) = apart.of(db, other.id)
    assert who == one.id
    apart.end(db, found.id, by_staff=staff)
    assert apart.of(db, other.id) == [] and take(db, other, session).status == "booked"
    apart.add(db, other.id, one.id, reason=None, by_staff=staff)  # the same two again
    assert len(apart.of(db, one.id)) == 1


def test_nobody_is_kept_apart_from_themselves_or_from_nobody(db, staff):
    person = builders.a_person(db)
    with pytest.raises(ValueError, match="same person"):
        apart.add(db, person.id, person.id, reason=None, by_staff=staff)
    with pytest.raises(LookupError):
        apart.add(db, person.id, 99999, reason=None, by_staff=staff)


def test_asking_twice_makes_one_pair(db, pair, staff):
    one, other, _ = pair
    assert apart.add(db, other.id, one.id, reason="x", by_staff=staff).id == apart.of(db, one.id)[0][0].id


# --- merging --------------------------------------------------------------------------------


def test_everything_of_one_record_goes_to_the_other(db, staff):
    kept = builders.a_person(db, name="Jo", without="broadcast")
    gone = builders.a_person(db, name="Jo B", contact_note="after 4pm", without="reminder")
    booking = builders.a_booking(db, gone)
    db.add(Feedback(person_id=gone.id, kind="complaint", words="x", topics=[]))
    hours.set_order(db, gone, minutes=6000, by_staff=staff)
    third = builders.a_person(db)
    apart.add(db, gone.id, third.id, reason="asked for", by_staff=staff)
    conversation = builders.conversation_id(db, gone)
    row = merges.merge(db, kept.id, gone.id, by_staff=staff)
    assert row.moved["bookings.person_id"] == [booking.id]
    assert row.moved["conversations.person_id"] == [conversation]
    assert people.person_of(db, conversation).id == kept.id
    assert {f.person_id for f in db.execute(sa.select(Feedback)).scalars()} == {kept.id}
    assert hours.order_of(db, db.get(Person, kept.id)).minutes == 6000
    assert [other for _, other in apart.of(db, kept.id)] == [third.id]
    after = db.get(Person, gone.id)
    assert (after.name, after.contact_note, after.erased_at is not None) == (None, None, True)
    assert (db.get(Person, kept.id).name, db.get(Person, kept.id).contact_note) == ("Jo", "after 4pm")
    assert db.get(Person, kept.id).without == "reminder broadcast", "whatever either said no to"
    with pytest.raises(LookupError):
        merges.merge(db, kept.id, gone.id, by_staff=staff)


def test_nothing_that_points_at_a_person_is_left_behind(db, staff):
    """A table added later moves too, or its column is named in BY_HAND with a rule of its own."""
    assert merges.BY_HAND <= set(merges.pointers())
    for pointer in set(merges.pointers()) - merges.BY_HAND:
        table = Base.metadata.tables[pointer.split(".")[0]]
        assert len(table.primary_key.columns) == 1, f"{pointer}: merges.merge moves rows by one key"


def test_the_order_of_the_record_that_is_kept_counts(db, staff):
    kept, gone = builders.a_person(db), builders.a_person(db)
    hours.set_order(db, kept, minutes=6000, by_staff=staff)
    hours.set_order(db, gone, minutes=9000, by_staff=staff)
    merges.merge(db, kept.id, gone.id, by_staff=staff)
    assert hours.order_of(db, db.get(Person, kept.id)).minutes == 6000


def test_codes_that_were_given_out_stop_working(db, staff):
    kept, gone = builders.a_person(db), builders.a_person(db)
    for number, person in enumerate((kept, gone)):
        end = NOW + timedelta(days=900)
        db.add(LinkCode(person_id=person.id, code_hash=f"{number}", made_by=staff, expires_at=end))
    db.flush()
    merges.merge(db, kept.id, gone.id, by_staff=staff)
    assert all(code.closed_at for code in db.execute(sa.select(LinkCode)).scalars())


def test_two_people_are_not_made_one(db, pair, staff):
    one, other, session = pair
    with pytest.raises(merges.Wrong, match="kept apart"):
        merges.merge(db, one.id, other.id, by_staff=staff)
    third = builders.a_person(db)
    builders.a_booking(db, third, session)
    with pytest.raises(merges.Wrong, match="same session"):
        merges.merge(db, one.id, third.id, by_staff=staff)
    with pytest.raises(merges.Wrong, match="same record"):
        merges.merge(db, one.id, one.id, by_staff=staff)
    assert db.execute(sa.select(sa.func.count()).select_from(Conversation)).scalar() == 3
    assert [p.erased_at for p in db.execute(sa.select(Person)).scalars()] == [None] * 3
