"""Sessions: what is on, and that everybody hears of a change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot import clock, wording
from bot.models import AuditEntry, ProgrammeSession
from bot.programme import bookings, sessions
from bot.programme.refusals import Refused
from tests import builders
from tests.builders import NOW


def titles(db, **wanted):
    return [s.title for s in sessions.open_sessions(db, at=NOW, **wanted)]


def test_only_what_can_be_booked_is_listed_soonest_first(db):
    builders.a_session(db, title="later", days=5)
    builders.a_session(db, title="soon", days=1)
    builders.a_session(db, title="cancelled", status="cancelled")
    builders.a_session(db, title="private", private=True)
    builders.a_session(db, title="begun", starts_at=NOW)
    builders.a_session(db, title="not open yet", book_from=NOW + timedelta(hours=1))
    builders.a_session(db, title="closed", book_until=NOW)
    builders.a_session(db, title="open until tonight", days=9, book_until=NOW + timedelta(hours=5))
    assert titles(db) == ["soon", "later", "open until tonight"]
    assert titles(db, limit=1) == ["soon"]


def test_sessions_are_found_by_topic_area_sector_audience_and_time(db):
    builders.a_session(db, title="govan", days=1)
    builders.a_session(db, title="maryhill", topic="drugs", days=2, area="Maryhill", sector="north-west")
    builders.a_session(db, title="women", days=3, audience="women", area="Gorbals")
    evening = clock.from_london(date(2026, 11, 27), clock.time(18))
    builders.a_session(db, title="evening", starts_at=evening, area="Gorbals")
    assert titles(db, topic="drugs") == ["maryhill"]
    assert titles(db, area=" GOVAN") == ["govan"]
    assert titles(db, area="south") == ["govan", "women", "evening"]
    assert titles(db, area="North West") == ["maryhill"]
    assert titles(db, sector="north-west") == ["maryhill"]
    assert titles(db, audience="women") == ["women"]
    assert titles(db, audience="everyone") == ["govan", "maryhill", "evening"]
    assert titles(db, part="evening") == ["evening"]
    assert titles(db, part="morning") == []
    assert titles(db, start=date(2026, 11, 25), end=date(2026, 11, 26)) == ["maryhill", "women"]
    assert titles(db, start=evening, end=evening + timedelta(minutes=1)) == ["evening"]
    with pytest.raises(KeyError):
        titles(db, part="elevenses")


def test_a_day_is_a_london_day_in_summer_too(db):
    late = clock.from_london(date(2026, 7, 10), clock.time(23, 30))
    builders.a_session(db, title="late", starts_at=late)
    found = sessions.open_sessions(db, start=date(2026, 7, 10), end=date(2026, 7, 10), at=late - timedelta(days=3))
    assert [s.title for s in found] == ["late"]


def test_places_left_count_what_is_held_and_who_waits(db):
    row = builders.a_session(db, places=4)
    for status in ("booked", "offered", "waiting", "cancelled", "missed"):
        builders.a_booking(db, session=row, status=status)
    assert sessions.session(db, row.id, at=NOW).left == 1
    assert sessions.session(db, row.id, at=row.starts_at - timedelta(minutes=30)).left == 2
    row.places = 1
    db.flush()
    assert sessions.session(db, row.id, at=NOW).left == 0
    assert titles(db, include_full=False) == []


def test_a_session_is_seen_whatever_its_state_and_none_is_none(db):
    row = builders.a_session(db, status="cancelled", private=True)
    seen = sessions.session(db, row.id, at=NOW)
    assert (seen.status, seen.private, seen.topic, seen.starts_at) == ("cancelled", True, "alcohol", row.starts_at)
    assert sessions.session(db, 999_999) is None


def made(db, **values):
    builders.a_topic(db)
    staff = builders.a_member_of_staff(db)
    defaults = {"topic": "alcohol", "title": "Drink and you", "place": "A hall", "area": "Maryhill", "places": 5}
    times = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1)}
    return sessions.create(db, by_staff=staff.id, **(defaults | times | values))


def test_a_new_session_knows_its_sector(db):
    seen = made(db, provider="Somebody", private=True)
    assert (seen.sector, seen.left, seen.provider, seen.private) == ("north-west", 5, "Somebody", True)
    assert not seen.sample
    assert db.execute(sa.select(AuditEntry.action)).scalars().all() == ["session.created"]


@pytest.mark.parametrize("values", [{"ends_at": NOW}, {"audience": "dogs"}, {"places": -1}, {"colour": "red"}])
def test_a_session_that_cannot_be_is_not_made(db, values):
    with pytest.raises(ValueError):
        made(db, **values)
    assert db.execute(sa.select(ProgrammeSession)).first() is None


@pytest.fixture
def full(db):
    """A session with somebody booked, somebody with an offer, somebody in line and somebody who gave up."""
    row = builders.a_session(db, places=2)
    rows = {s: builders.a_booking(db, session=row, status=s) for s in ("booked", "offered", "waiting", "cancelled")}
    rows["booked"].reminded_at = NOW
    rows["offered"].offer_expires_at = NOW + timedelta(hours=2)
    return row, rows


def test_calling_a_session_off_tells_everyone_who_has_to_do_with_it(db, full):
    row, rows = full
    staff = builders.a_member_of_staff(db)
    assert sessions.cancel(db, row.id, by_staff=staff.id, reason="no tutor", at=NOW) == 3
    for status in ("booked", "offered", "waiting"):
        (text,) = builders.texts_to(db, rows[status].person)
        assert "Drink and you (Thu 26 Nov, 2pm) is off" in text.body
        assert text.expires_at == row.starts_at
        row_ = rows[status]
        assert (row_.status, row_.cancelled_by, row_.reason) == ("cancelled", "session", "no tutor")
    assert builders.texts_to(db, rows["cancelled"].person) == []
    assert sessions.cancel(db, row.id, by_staff=staff.id, at=NOW) == 0
    entry = db.execute(sa.select(AuditEntry).where(AuditEntry.action == "session.cancelled")).scalars().one()
    assert (entry.actor, entry.details) == (f"staff:{staff.id}", {"told": 3})


def test_moving_a_session_keeps_the_bookings_and_tells_everyone(db, full):
    row, rows = full
    staff = builders.a_member_of_staff(db)
    start = row.starts_at + timedelta(days=1)
    told = sessions.move(
        db, row.id, by_staff=staff.id, starts_at=start, ends_at=start + timedelta(hours=1), place="B hall", at=NOW
    )
    assert told == 3
    assert (row.starts_at, row.place, row.address) == (start, "B hall", None)
    (booked,), (waiting,) = (builders.texts_to(db, rows[s].person) for s in ("booked", "waiting"))
    assert "Fri 27 Nov, 2pm, at B hall" in booked.body and "Your place is safe" in booked.body
    assert "waiting list" in waiting.body
    assert rows["booked"].reminded_at is None
    assert bookings.bookings_of(db, rows["booked"].person, NOW)[0].session.starts_at == start


def test_a_booking_window_moves_with_its_session_and_offers_end_before_it(db, full):
    row, rows = full
    row.book_until = row.starts_at - timedelta(hours=24)
    sooner = NOW + timedelta(hours=25)
    sessions.move(db, row.id, by_staff=1, starts_at=sooner, ends_at=sooner + timedelta(hours=1), at=NOW)
    assert row.book_until == NOW + timedelta(hours=1)
    assert rows["offered"].offer_expires_at == NOW + timedelta(hours=1)


def test_what_is_over_or_off_or_not_there_cannot_be_changed(db):
    over, off = builders.a_session(db, days=-1), builders.a_session(db, status="cancelled")
    times = {"starts_at": NOW + timedelta(days=1), "ends_at": NOW + timedelta(days=2), "at": NOW}
    for session_id, code in ((over.id, "started"), (off.id, "cancelled"), (999_999, "gone")):
        with pytest.raises(Refused) as refused:
            sessions.move(db, session_id, by_staff=1, **times)
        assert refused.value.code == code
    for session_id, code in ((over.id, "started"), (999_999, "gone")):
        with pytest.raises(Refused) as refused:
            sessions.cancel(db, session_id, by_staff=1, at=NOW)
        assert refused.value.code == code
    coming, hour = builders.a_session(db), timedelta(hours=1)
    with pytest.raises(ValueError, match="past"):
        sessions.move(db, coming.id, by_staff=1, starts_at=NOW, ends_at=NOW + hour, at=NOW)


def test_places_that_are_added_go_to_those_who_wait(db, full):
    row, rows = full
    staff = builders.a_member_of_staff(db)
    assert sessions.set_places(db, row.id, 3, by_staff=staff.id, at=NOW) == 1
    assert rows["waiting"].status == "offered"
    with pytest.raises(ValueError, match="taken already"):
        sessions.set_places(db, row.id, 2, by_staff=staff.id, at=NOW)


def test_a_sample_says_that_it_is_one_in_every_notice(db):
    booking = builders.a_booking(db, session=builders.a_session(db, sample=True))
    sessions.cancel(db, booking.session_id, by_staff=1, at=NOW)
    (text,) = builders.texts_to(db, booking.person)
    assert "(sample)" in text.body


def test_somebody_with_a_new_number_is_told_there(db):
    booking = builders.a_booking(db)
    old = db.get(type(builders.a_conversation(db)), booking.conversation_id)
    old.ended_at = NOW
    new = builders.a_conversation(db, booking.person)
    assert sessions.cancel(db, booking.session_id, by_staff=1, at=NOW) == 1
    (text,) = builders.texts_to(db, booking.person)
    assert text.conversation_id == new.id


@pytest.mark.parametrize("key", sorted(k for k in wording.sentences() if k.startswith(("session.", "service."))))
def test_the_words_are_plain(key):
    filled = wording.say(
        key, title="Drink and you", day="tomorrow", time="2pm", place="Sample Hall, Govan", until="4pm today",
        when="tomorrow, 2pm to 4pm", where="Sample Hall, Govan",
        name="Shelter", what="Help with housing", audience="for women",
        way="call 0808 800 4444", number="0808 800 4444", word="SHOUT",
        address="123 West Street",
        url="gov.scot", hours="Mon-Fri 9am-5pm", month="Nov 2026",
    )  # fmt: skip
    assert wording.problems(filled) == []
