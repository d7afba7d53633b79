"""Bookings: who gets a place, who does not and why, and that asking twice is harmless."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.models import HOLDS_A_PLACE, AuditEntry, Booking
from bot.programme import bookings, refusals
from bot.programme.refusals import Refused
from tests import builders
from tests.builders import NOW


def book(db, person, session, asked_by=None, at=NOW, **how):
    conversation = builders.conversation_id(db, person)
    return bookings.book(db, person, session.id, conversation_id=conversation, asked_by=asked_by, at=at, **how)


def wait(db, person, session, asked_by=None, at=NOW):
    conversation = builders.conversation_id(db, person)
    return bookings.join_waiting_list(db, person, session.id, conversation_id=conversation, asked_by=asked_by, at=at)


def refusal(call, *args, **kwargs):
    """The code with which the call is refused."""
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    assert refused.value.code in refusals.CODES
    return refused.value.code


def audited(db):
    return [(e.actor, e.action) for e in db.execute(sa.select(AuditEntry).order_by(AuditEntry.id)).scalars()]


# --- a place ---------------------------------------------------------------------------------


def test_a_free_place_is_booked_and_audited(db):
    person, session = builders.a_person(db), builders.a_session(db)
    booking = book(db, person, session, asked_by=7)
    assert (booking.status, booking.session, booking.person, booking.asked_by) == ("booked", session, person, 7)
    assert booking.conversation_id == builders.conversation_id(db, person)
    assert (f"person:{person.id}", "booking.made") in audited(db)


def test_the_same_message_books_once(db):
    person, session = builders.a_person(db), builders.a_session(db)
    first = book(db, person, session, asked_by=7)
    assert book(db, person, session, asked_by=7).id == first.id
    assert db.execute(sa.select(sa.func.count()).select_from(Booking)).scalar_one() == 1
    assert [a for _, a in audited(db)].count("booking.made") == 1


def test_a_full_session_is_refused(db):
    session = builders.a_session(db, places=1)
    builders.a_booking(db, session=session)
    assert refusal(book, db, builders.a_person(db), session) == "full"


@pytest.mark.parametrize("status", sorted(HOLDS_A_PLACE))
def test_every_status_that_holds_a_place_fills_the_session(db, status):
    session = builders.a_session(db, places=1)
    builders.a_booking(db, session=session, status=status, offer_expires_at=NOW + timedelta(hours=2))
    assert refusal(book, db, builders.a_person(db), session) == "full"


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("cancelled", {"status": "cancelled"}),
        ("started", {"starts_at": NOW - timedelta(minutes=1)}),
        ("started", {"starts_at": NOW}),
        ("not_open_yet", {"book_from": NOW + timedelta(minutes=1)}),
        ("closed", {"book_until": NOW}),
        ("gone", {"private": True}),
    ],
)
def test_what_cannot_be_booked(db, code, values):
    person, session = builders.a_person(db), builders.a_session(db, **values)
    assert refusal(book, db, person, session) == code
    assert refusal(wait, db, person, session) == code


def test_staff_book_what_is_private_or_not_open_yet(db):
    staff = builders.a_member_of_staff(db)
    session = builders.a_session(db, private=True, book_from=NOW + timedelta(days=1))
    assert book(db, builders.a_person(db), session, by_staff=staff.id).status == "booked"
    assert (f"staff:{staff.id}", "booking.made") in audited(db)


def test_a_session_that_does_not_exist(db):
    person = builders.a_person(db)
    assert refusal(bookings.book, db, person, 999_999, conversation_id=None, asked_by=None, at=NOW) == "gone"


@pytest.mark.parametrize("audience", ["women", "men"])
def test_a_session_that_the_person_says_is_not_for_them(db, audience):
    person, session = builders.a_person(db), builders.a_session(db, audience=audience)
    assert refusal(book, db, person, session, suits=False) == f"{audience}_only"
    assert book(db, person, session).status == "booked"


def test_booking_twice_is_refused(db):
    person, session = builders.a_person(db), builders.a_session(db)
    book(db, person, session, asked_by=1)
    assert refusal(book, db, person, session, asked_by=2) == "already_booked"


def test_whoever_gave_a_place_up_may_book_again(db):
    person, session = builders.a_person(db), builders.a_session(db)
    first = book(db, person, session, asked_by=1)
    bookings.cancel(db, person, first.id, asked_by=2, at=NOW)
    second = book(db, person, session, asked_by=3)
    assert (first.status, second.status, first.id != second.id) == ("cancelled", "booked", True)


@pytest.mark.parametrize("status", ["booked", "offered"])
@pytest.mark.parametrize(("minutes", "clashes"), [(-90, False), (-89, True), (0, True), (89, True), (90, False)])
def test_two_sessions_at_one_time(db, status, minutes, clashes):
    person, session = builders.a_person(db), builders.a_session(db)
    builders.a_booking(db, person, session, status=status, offer_expires_at=NOW + timedelta(hours=2))
    other = builders.a_session(db, starts_at=session.starts_at + timedelta(minutes=minutes))
    if clashes:
        assert refusal(book, db, person, other) == "clash"
    else:
        assert book(db, person, other).status == "booked"


def test_a_place_given_up_or_waited_for_clashes_with_nothing(db):
    person, session = builders.a_person(db), builders.a_session(db)
    builders.a_booking(db, person, session, status="cancelled")
    builders.a_booking(db, person, builders.a_session(db), status="waiting")
    assert book(db, person, builders.a_session(db)).status == "booked"


def test_six_upcoming_bookings_are_the_limit(db):
    person = builders.a_person(db)
    builders.a_booking(db, person, builders.a_session(db, days=-3))
    for days in range(1, bookings.LIMIT + 1):
        book(db, person, builders.a_session(db, days=days))
    seventh = builders.a_session(db, days=10)
    assert refusal(book, db, person, seventh) == "limit"
    bookings.cancel(db, person, bookings.bookings_of(db, person, NOW)[0].id, asked_by=None, at=NOW)
    assert book(db, person, seventh).status == "booked"


# --- giving up and changing --------------------------------------------------------------------


def test_giving_a_place_up_keeps_the_reason_and_is_harmless_twice(db):
    person = builders.a_person(db)
    booking = builders.a_booking(db, person)
    bookings.cancel(db, person, booking.id, reason="the wean is ill", asked_by=1, at=NOW)
    again = bookings.cancel(db, person, booking.id, asked_by=1, at=NOW)
    assert (again.status, again.cancelled_by, again.reason) == ("cancelled", "person", "the wean is ill")
    assert [a for _, a in audited(db)].count("booking.cancelled") == 1


def test_a_reason_can_be_added_afterwards(db):
    booking = builders.a_booking(db)
    bookings.cancel(db, booking.person, booking.id, asked_by=1, at=NOW)
    assert bookings.add_reason(db, booking.person, booking.id, " work ").reason == "work"


def test_somebody_elses_booking_cannot_be_touched(db):
    stranger, booking, other = builders.a_person(db), builders.a_booking(db), builders.a_session(db, days=5)
    for call in (bookings.cancel, bookings.accept_offer, bookings.decline_offer):
        assert refusal(call, db, stranger, booking.id, asked_by=1, at=NOW) == "not_yours"
        assert refusal(call, db, stranger, 999_999, asked_by=1, at=NOW) == "gone"
    assert refusal(bookings.change, db, stranger, booking.id, other.id, asked_by=1, at=NOW) == "not_yours"
    assert refusal(bookings.add_reason, db, stranger, booking.id, "x") == "not_yours"
    assert booking.status == "booked"


def test_after_the_start_nothing_is_given_up_or_changed(db):
    booking, other = builders.a_booking(db), builders.a_session(db, days=5)
    later = booking.session.starts_at
    assert refusal(bookings.cancel, db, booking.person, booking.id, asked_by=1, at=later) == "started"
    assert refusal(bookings.change, db, booking.person, booking.id, other.id, asked_by=1, at=later) == "started"


def test_changing_moves_the_place(db):
    booking, other = builders.a_booking(db), builders.a_session(db, days=5)
    person = booking.person
    new = bookings.change(db, person, booking.id, other.id, asked_by=9, at=NOW)
    assert (new.status, new.session_id, booking.status) == ("booked", other.id, "cancelled")
    assert bookings.change(db, person, booking.id, other.id, asked_by=9, at=NOW).id == new.id
    assert (f"person:{person.id}", "booking.changed") in audited(db)


def test_changing_to_a_full_session_leaves_everything_as_it_was(db):
    booking, other = builders.a_booking(db), builders.a_session(db, days=5, places=0)
    assert refusal(bookings.change, db, booking.person, booking.id, other.id, asked_by=9, at=NOW) == "full"
    assert booking.status == "booked"
    assert [v.id for v in bookings.bookings_of(db, booking.person, NOW)] == [booking.id]


def test_changing_to_a_session_at_the_same_time_or_at_the_limit(db):
    person = builders.a_person(db)
    mine = [builders.a_booking(db, person, builders.a_session(db, days=d)) for d in range(1, bookings.LIMIT + 1)]
    other = builders.a_session(db, starts_at=mine[0].session.starts_at)
    assert bookings.change(db, person, mine[0].id, other.id, asked_by=9, at=NOW).status == "booked"
    assert refusal(bookings.change, db, person, mine[1].id, other.id, asked_by=10, at=NOW) == "already_booked"
    assert refusal(bookings.change, db, person, mine[1].id, mine[1].session_id, asked_by=11, at=NOW) == "already_booked"
    assert refusal(bookings.change, db, person, mine[0].id, other.id, asked_by=12, at=NOW) == "cancelled"


def test_a_place_left_by_a_change_goes_to_the_next_in_line(db):
    session = builders.a_session(db, places=1)
    mine, next_ = builders.a_booking(db, session=session), builders.a_booking(db, session=session, status="waiting")
    bookings.change(db, mine.person, mine.id, builders.a_session(db, days=5).id, asked_by=9, at=NOW)
    assert next_.status == "offered"


# --- the waiting list --------------------------------------------------------------------------


@pytest.fixture
def line(db):
    """A full session of one place: its booking, and three people in line."""
    session = builders.a_session(db, places=1)
    held = builders.a_booking(db, session=session)
    return held, [wait(db, builders.a_person(db), session, asked_by=n) for n in (101, 102, 103)]


def test_a_place_given_up_is_offered_to_the_first_in_line(db, line):
    held, (first, second, third) = line
    bookings.cancel(db, held.person, held.id, asked_by=1, at=NOW)
    assert [b.status for b in (first, second, third)] == ["offered", "waiting", "waiting"]
    assert first.offer_expires_at == NOW + timedelta(hours=2)
    (text,) = builders.texts_to(db, first.person)
    assert "Drink and you" in text.body and "2pm today" in text.body
    assert text.expires_at == first.offer_expires_at
    from bot.conversations import choices

    payloads = [c.payload for c in choices.of_message(db, text.id)]
    assert payloads == [f'/accept_offer{{"booking": "{first.id}"}}', f'/decline_offer{{"booking": "{first.id}"}}']
    assert builders.texts_to(db, second.person) == []


def test_an_offer_taken_is_a_place(db, line):
    held, (first, second, _) = line
    bookings.cancel(db, held.person, held.id, asked_by=1, at=NOW)
    assert bookings.accept_offer(db, first.person, first.id, asked_by=2, at=NOW).status == "booked"
    assert bookings.accept_offer(db, first.person, first.id, asked_by=2, at=NOW).status == "booked"
    assert refusal(bookings.accept_offer, db, second.person, second.id, asked_by=3, at=NOW) == "full"


def test_an_offer_is_also_taken_by_booking(db, line):
    held, (first, *_) = line
    bookings.cancel(db, held.person, held.id, asked_by=1, at=NOW)
    assert book(db, first.person, held.session, asked_by=5).id == first.id
    assert book(db, first.person, held.session, asked_by=5).status == "booked"


def test_an_offer_left_goes_to_the_next(db, line):
    held, (first, second, _) = line
    bookings.cancel(db, held.person, held.id, asked_by=1, at=NOW)
    bookings.decline_offer(db, first.person, first.id, asked_by=2, at=NOW)
    bookings.decline_offer(db, first.person, first.id, asked_by=2, at=NOW)
    assert (first.status, first.cancelled_by, second.status) == ("cancelled", "person", "offered")


def test_an_offer_that_runs_out_goes_to_the_next(db, line):
    held, (first, second, third) = line
    bookings.cancel(db, held.person, held.id, asked_by=1, at=NOW)
    assert bookings.expire_offers(db, NOW + timedelta(minutes=119)) == 0
    later = NOW + timedelta(hours=2)
    assert bookings.expire_offers(db, later) == 1
    assert (first.status, first.cancelled_by, second.status, third.status) == (
        "cancelled", "expired", "offered", "waiting"
    )  # fmt: skip
    assert len(builders.texts_to(db, first.person)) == 2
    assert refusal(bookings.accept_offer, db, first.person, first.id, asked_by=4, at=later) == "offer_expired"
    assert bookings.expire_offers(db, later) == 0


def test_an_offer_is_good_until_somebody_has_passed_it_on(db, line):
    held, (first, *_) = line
    bookings.cancel(db, held.person, held.id, asked_by=1, at=NOW)
    assert bookings.accept_offer(db, first.person, first.id, asked_by=2, at=NOW + timedelta(hours=3)).status == "booked"


def test_no_offer_runs_out_in_the_night_and_none_is_made_in_it(db, line):
    held, (first, second, _) = line
    evening = NOW.replace(hour=19, minute=30)
    bookings.cancel(db, held.person, held.id, asked_by=1, at=evening)
    assert first.offer_expires_at == NOW.replace(hour=10) + timedelta(days=1)
    night = NOW.replace(hour=23)
    bookings.decline_offer(db, first.person, first.id, asked_by=2, at=night)
    assert second.status == "waiting"
    assert refusal(book, db, builders.a_person(db), held.session, at=night) == "full"
    bookings.expire_offers(db, NOW.replace(hour=8) + timedelta(days=1))
    assert (second.status, second.offer_expires_at) == ("offered", NOW.replace(hour=10) + timedelta(days=1))


def test_in_the_night_the_first_in_line_may_still_take_the_place_but_not_the_second(db, line):
    held, (first, second, _) = line
    night = NOW.replace(hour=23)
    bookings.cancel(db, held.person, held.id, asked_by=1, at=night)
    assert refusal(book, db, second.person, held.session, at=night) == "already_waiting"
    assert book(db, first.person, held.session, at=night).id == first.id


def test_an_offer_never_outlasts_the_start_of_the_session(db, line):
    held, (first, *_) = line
    at = held.session.starts_at - timedelta(minutes=90)
    bookings.cancel(db, held.person, held.id, asked_by=1, at=at)
    assert first.offer_expires_at == held.session.starts_at


def test_shortly_before_the_start_a_free_place_is_anybodys(db, line):
    held, (first, *_) = line
    at = held.session.starts_at - timedelta(minutes=30)
    bookings.cancel(db, held.person, held.id, asked_by=1, at=at)
    assert first.status == "waiting"
    assert book(db, builders.a_person(db), held.session, at=at).status == "booked"


def test_whoever_cannot_be_told_loses_their_turn(db, line):
    held, (first, second, third) = line
    first.person.erased_at = NOW
    for booking, field in ((first, "stopped_at"), (second, "unreachable_at")):
        conversation = db.get(type(builders.a_conversation(db)), builders.conversation_id(db, booking.person))
        setattr(conversation.address, field, NOW)
    db.flush()
    bookings.cancel(db, held.person, held.id, asked_by=1, at=NOW)
    assert [b.status for b in (first, second, third)] == ["cancelled", "cancelled", "offered"]


def test_joining_a_line_that_has_a_place_books_it(db):
    session = builders.a_session(db)
    assert wait(db, builders.a_person(db), session).status == "booked"


def test_the_line_is_joined_once(db, line):
    held, (first, *_) = line
    assert wait(db, first.person, held.session, asked_by=101).id == first.id
    assert refusal(wait, db, first.person, held.session, asked_by=104) == "already_waiting"
    assert refusal(book, db, first.person, held.session, asked_by=105) == "already_waiting"


def test_an_offer_that_clashes_by_now_is_refused(db, line):
    held, (first, *_) = line
    book(db, first.person, builders.a_session(db))
    bookings.cancel(db, held.person, held.id, asked_by=1, at=NOW)
    assert refusal(bookings.accept_offer, db, first.person, first.id, asked_by=2, at=NOW) == "clash"


def test_what_is_mine_with_my_turn_in_the_line(db, line):
    held, (_, second, _) = line
    soon = builders.a_booking(db, second.person, builders.a_session(db, days=1))
    builders.a_booking(db, second.person, builders.a_session(db, days=-1))
    builders.a_booking(db, second.person, builders.a_session(db, days=2), status="cancelled")
    mine = bookings.bookings_of(db, second.person, NOW)
    assert [(v.id, v.status, v.ahead) for v in mine] == [(soon.id, "booked", None), (second.id, "waiting", 1)]
    assert mine[1].session.id == held.session_id
