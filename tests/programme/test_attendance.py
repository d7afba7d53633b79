"""The register, and the hours that it claims: what may be said when, what counts, and who decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import clock
from bot.models import Attendance, AuditEntry, Booking, Order
from bot.programme import attendance, facts, hours
from bot.programme.outcomes import AHEAD, OUTCOMES
from bot.programme.refusals import Refused
from tests import builders
from tests.builders import NOW


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def begun(db):
    """A session of 90 minutes that began an hour ago, with two people booked."""
    row = builders.a_session(db, starts_at=NOW - timedelta(hours=1))
    return row, [builders.a_booking(db, session=row) for _ in range(2)]


def kept(db, booking):
    return db.execute(sa.select(Attendance).where(Attendance.booking_id == booking.id)).scalars().one()


def keep(db, session, found, outcome, staff, **more):
    return attendance.record(db, session.id, [b.id for b in found], outcome, by_staff=staff, at=NOW, **more)


def test_the_same_outcome_for_several_claims_all_that_counts(db, staff, begun):
    session, both = begun
    assert keep(db, session, both, "came", staff) == 2
    assert [(kept(db, b).claimed, kept(db, b).approved, b.status) for b in both] == [(90, None, "attended")] * 2
    assert keep(db, session, both, "came", staff) == 0
    session.credit_minutes = 60
    with pytest.raises(attendance.Wrong, match="60 minutes at most"):
        keep(db, session, both, "came", staff, minutes=61)
    assert keep(db, session, both[:1], "came_part", staff, minutes=45) == 1
    assert keep(db, session, both[1:], "not_there", staff) == 1
    assert [(kept(db, b).claimed, b.status) for b in both] == [(45, "attended"), (0, "missed")]


@pytest.mark.parametrize(
    ("outcome", "more", "said"),
    [
        ("came_no_time", {}, "say why"),
        ("came", {"minutes": 0}, "say why"),
        ("came_no_time", {"minutes": 5, "reason": "x"}, "another outcome"),
        ("came_part", {}, "how many minutes"),
        ("came", {"minutes": -1}, "at most"),
        ("ill", {"minutes": 30}, "was not there"),
        ("sailing", {}, "Choose an outcome"),
    ],
)
def test_what_does_not_go_together_is_refused_for_all_of_them(db, staff, begun, outcome, more, said):
    session, both = begun
    with pytest.raises(attendance.Wrong, match=said):
        keep(db, session, both, outcome, staff, **more)
    assert db.query(Attendance).count() == 0


def test_no_time_for_somebody_who_came_needs_its_reason(db, staff, begun):
    session, both = begun
    keep(db, session, both[:1], "came_no_time", staff, reason="left after five minutes")
    assert (kept(db, both[0]).claimed, kept(db, both[0]).reason) == (0, "left after five minutes")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_before_it_begins_only_a_good_reason_to_be_away_is_kept(db, staff, outcome):
    session = builders.a_session(db, places=1)
    booking = builders.a_booking(db, session=session)
    waits = builders.a_booking(db, session=session, status="waiting")
    if outcome not in AHEAD:
        with pytest.raises(attendance.Wrong, match="not begun"):
            keep(db, session, [booking], outcome, staff)
        return
    keep(db, session, [booking], outcome, staff)
    assert (booking.status, booking.cancelled_by, kept(db, booking).claimed) == ("cancelled", "staff", 0)
    assert db.get(Booking, waits.id).status == "offered"  # the place went to the next in line
    assert [line.booking.id for line in attendance.register(db, [session.id])[session.id]] == [booking.id]


def test_somebody_who_was_to_be_away_and_booked_again_has_one_line(db, staff):
    session = builders.a_session(db)
    person = builders.a_person(db)
    keep(db, session, [builders.a_booking(db, person, session)], "work", staff)
    again = builders.a_booking(db, person, session)
    assert [line.booking.id for line in attendance.register(db, [session.id])[session.id]] == [again.id]


def test_whose_booking_it_is_not_cannot_be_ticked(db, staff, begun):
    session, both = begun
    elsewhere = builders.a_booking(db)
    for ticked in ([], [both[0].id, elsewhere.id], [999999]):
        with pytest.raises(attendance.Wrong, match="Tick"):
            attendance.record(db, session.id, ticked, "came", by_staff=staff, at=NOW)
    assert db.query(Attendance).count() == 0


def test_a_session_that_is_off_has_no_register(db, staff, begun):
    session, both = begun
    session.status = "cancelled"
    with pytest.raises(Refused, match="cancelled"):
        keep(db, session, both, "came", staff)


def test_the_audit_does_not_say_who_was_ill(db, staff, begun):
    session, both = begun
    keep(db, session, both, "ill", staff)
    found = db.execute(sa.select(AuditEntry).where(AuditEntry.action == "attendance.recorded")).scalars()
    assert [e.details for e in found] == [{"came": False, "minutes": 0}] * 2


def test_who_walks_in_is_on_the_register_once_even_when_it_is_full(db, staff, begun):
    session, _ = begun
    session.places = 2
    person = builders.a_person(db)
    first = attendance.walk_in(db, session.id, person, by_staff=staff, at=NOW)
    assert attendance.walk_in(db, session.id, person, by_staff=staff, at=NOW).id == first.id
    waits = builders.a_booking(db, session=session, status="waiting")
    assert attendance.walk_in(db, session.id, waits.person, by_staff=staff, at=NOW).id == waits.id
    assert len(attendance.register(db, [session.id])[session.id]) == 4
    with pytest.raises(attendance.Wrong, match="Book them"):
        attendance.walk_in(db, builders.a_session(db).id, person, by_staff=staff, at=NOW)


# --- what counts ---------------------------------------------------------------------------


def an_order(db, person, hours_):
    db.add(Order(pseudonym=person.pseudonym, minutes=hours_ * 60))
    db.flush()


def claim(db, staff, person, minutes):
    session = builders.a_session(db, starts_at=NOW - timedelta(days=3), minutes=600)
    booking = builders.a_booking(db, person, session)
    keep(db, session, [booking], "came", staff, minutes=minutes)
    return kept(db, booking)


@pytest.mark.parametrize(
    ("imposed", "cap"), [(20, 6), (40, 12), (60, 18), (80, 24), (100, 30), (120, 30), (240, 30), (300, 30)]
)
def test_the_cap_is_thirty_per_cent_and_never_above_thirty_hours(db, imposed, cap):
    law = hours.rule(db)
    assert (law.cap(imposed * 60), law.by) == (cap * 60, None)
    assert law.cap(None) == 30 * 60


def test_the_rule_is_set_in_somebodys_name(db, staff):
    facts.set(db, hours.PERCENT, "20", staff)
    assert hours.rule(db).by is None  # half a confirmation is none
    facts.set(db, hours.MOST, "10", staff)
    law = hours.rule(db)
    assert (law.percent, law.hours, law.by) == (20, 10, "Sam Case") and law.since is not None
    assert law.cap(300 * 60) == 600


def test_claimed_and_approved_are_two_figures(db, staff):
    person = builders.a_person(db)
    an_order(db, person, 20)
    first, second = claim(db, staff, person, 200), claim(db, staff, person, 100)
    hours.approve(db, first.id, 200, by_staff=staff, seen=200)
    balance = hours.balances(db, [person.id])[person.id]
    assert (balance.imposed, balance.cap, balance.claimed, balance.approved, balance.left) == (1200, 360, 100, 200, 160)
    assert [row.id for row in hours.claims(db)] == [second.id]


def test_above_the_cap_needs_a_reason_and_keeps_it(db, staff):
    person = builders.a_person(db)
    an_order(db, person, 20)
    first, second = claim(db, staff, person, 300), claim(db, staff, person, 100)
    hours.approve(db, first.id, 300, by_staff=staff, seen=300)
    with pytest.raises(hours.Wrong, match="40 minutes more"):
        hours.approve(db, second.id, 100, by_staff=staff, seen=100)
    assert second.approved is None
    hours.approve(db, second.id, 100, by_staff=staff, seen=100, reason="agreed with the manager")
    assert (second.approved, second.decision) == (100, "agreed with the manager")
    entry = db.execute(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).scalars().first()
    assert (entry.action, entry.details) == ("hours.approved", {"minutes": 100, "above": 40})


def test_less_than_claimed_needs_a_reason_and_more_is_never_approved(db, staff):
    row = claim(db, staff, builders.a_person(db), 100)
    with pytest.raises(hours.Wrong, match="Less than claimed"):
        hours.approve(db, row.id, 0, by_staff=staff, seen=100)
    with pytest.raises(hours.Wrong, match="No more"):
        hours.approve(db, row.id, 101, by_staff=staff, seen=100, reason="kind")
    hours.approve(db, row.id, 0, by_staff=staff, seen=100, reason="was elsewhere")
    assert row.approved == 0 and hours.claims(db) == []
    with pytest.raises(hours.Wrong, match="has changed"):
        hours.approve(db, row.id, 100, by_staff=staff, seen=100)


def test_what_is_decided_is_what_was_seen_and_another_time_takes_it_back(db, staff):
    person = builders.a_person(db)
    row = claim(db, staff, person, 100)
    keep(db, row.booking.session, [row.booking], "came_part", staff, minutes=50)
    with pytest.raises(hours.Wrong, match="has changed"):
        hours.approve(db, row.id, 100, by_staff=staff, seen=100)
    hours.approve(db, row.id, 50, by_staff=staff, seen=50)
    keep(db, row.booking.session, [row.booking], "came_part", staff, minutes=50, reason="only the words change")
    assert row.approved == 50
    keep(db, row.booking.session, [row.booking], "not_there", staff)
    assert (row.approved, row.approved_by, row.claimed) == (None, None, 0)


@pytest.mark.parametrize("hours_", [0, 19, 301])
def test_an_order_no_court_imposes_is_refused(db, staff, hours_):
    with pytest.raises(ValueError, match="20 to 300"):
        hours.set_order(db, builders.a_person(db), minutes=hours_ * 60, by_staff=staff)


def test_an_order_is_put_right_rather_than_doubled(db, staff):
    person = builders.a_person(db)
    hours.set_order(db, person, minutes=6000, by_staff=staff)
    hours.set_order(db, person, minutes=7200, by_staff=staff, imposed_at=NOW)
    assert (hours.order_of(db, person).minutes, db.query(Order).count()) == (7200, 1)
    with pytest.raises(ValueError, match="ends after"):
        hours.set_order(db, person, minutes=7200, by_staff=staff, imposed_at=NOW, ends_at=NOW)
