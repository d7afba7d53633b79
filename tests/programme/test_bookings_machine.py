"""Whatever people do, in whatever order: no session holds more than its places, and nobody is overtaken in line."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.models import ACTIVE, HOLDS_A_PLACE, Booking
from bot.programme import bookings, offers, sessions
from bot.programme.refusals import CODES, Refused
from tests import builders
from tests.builders import NOW

PEOPLE, SESSIONS = 5, 3
people = st.integers(0, PEOPLE - 1)
which = st.integers(0, SESSIONS - 1)
some = st.lists(people, min_size=2, max_size=PEOPLE, unique=True)


class _ThrownAway(Exception):
    """Ends an example's transaction without keeping it."""


class Bookings(RuleBasedStateMachine):
    """One transaction for each example, thrown away at its end."""

    database = None

    @initialize(places=st.lists(st.integers(1, 2), min_size=SESSIONS, max_size=SESSIONS))
    def begin(self, places):
        self.write = self.database.write()
        self.db, self.now, self.messages = self.write.__enter__(), NOW, itertools.count(1)
        self.people = [builders.a_person(self.db) for _ in range(PEOPLE)]
        # The first two sessions overlap.
        start = NOW + timedelta(days=2)
        starts = [start, start + timedelta(minutes=30), start + timedelta(days=1)]
        times = zip(starts, places, strict=True)
        self.sessions = [builders.a_session(self.db, starts_at=s, places=p) for s, p in times]

    def teardown(self):
        if hasattr(self, "write"):  # left as if it had failed: rolled back, and the next need not wait for its turn
            self.write.__exit__(_ThrownAway, _ThrownAway(), None)

    def do(self, act, *args, **how):
        try:
            return act(self.db, *args, at=self.now, **how)
        except Refused as refused:
            assert refused.code in CODES
        return None

    def mine(self, n):
        query = sa.select(Booking.id).where(Booking.person_id == self.people[n].id).order_by(Booking.id.desc())
        return self.db.execute(query).scalars().first()

    @rule(wanting=some, s=which, act=st.sampled_from([bookings.book, bookings.join_waiting_list]))
    def want(self, wanting, s, act):
        for n in wanting:
            person, session_id, message = self.people[n], self.sessions[s].id, next(self.messages)
            how = {"conversation_id": builders.conversation_id(self.db, person), "asked_by": message}
            first = self.do(act, person, session_id, **how)
            assert first is None or self.do(act, person, session_id, **how) is first

    @rule(s=which)
    def somebody_gives_a_place_up(self, s):
        query = sa.select(Booking).where(Booking.session_id == self.sessions[s].id, Booking.status.in_(HOLDS_A_PLACE))
        if (booking := self.db.execute(query.order_by(Booking.id)).scalars().first()) is not None:
            self.do(bookings.cancel, booking.person, booking.id, asked_by=next(self.messages))

    @rule(who=some, act=st.sampled_from([bookings.cancel, bookings.accept_offer, bookings.decline_offer]))
    def answer(self, who, act):
        for n in who:
            if (booking_id := self.mine(n)) is not None:
                self.do(act, self.people[n], booking_id, asked_by=next(self.messages))

    @rule(who=some, s=which)
    def change(self, who, s):
        for n in who:
            if (booking_id := self.mine(n)) is not None:
                self.do(bookings.change, self.people[n], booking_id, self.sessions[s].id, asked_by=next(self.messages))

    @rule(s=which, places=st.integers(1, 3))
    def set_places(self, s, places):
        try:
            self.do(sessions.set_places, self.sessions[s].id, places, by_staff=1)
        except ValueError:
            pass

    @rule(minutes=st.sampled_from([5, 60, 121, 600]))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)
        bookings.expire_offers(self.db, self.now)

    @invariant()
    def no_session_holds_more_than_its_places(self):
        for session in getattr(self, "sessions", ()):
            held = offers.count(self.db, session, *HOLDS_A_PLACE)
            assert 0 <= held <= session.places
            left = sessions.session(self.db, session.id, at=self.now).left
            assert 0 <= left <= session.places - held

    @invariant()
    def nobody_is_in_a_session_twice_or_in_two_places_at_once(self):
        for person in getattr(self, "people", ()):
            query = sa.select(Booking).where(Booking.person_id == person.id, Booking.status.in_(ACTIVE))
            mine = self.db.execute(query).scalars().all()
            assert len({b.session_id for b in mine}) == len(mine) <= bookings.LIMIT
            booked = [b.session for b in mine if b.status == "booked"]
            for one, other in itertools.combinations(booked, 2):
                assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at

    @invariant()
    def a_place_is_not_left_empty_by_day_while_somebody_waits(self):
        for session in getattr(self, "sessions", ()):
            free = session.places - offers.count(self.db, session, *HOLDS_A_PLACE)
            hour = self.now.hour  # November: London time is UTC
            if free > 0 and 8 <= hour < 21 and offers.can_offer(session, self.now):
                assert offers.count(self.db, session, "waiting") == 0


@pytest.mark.timeout(300)
def test_whatever_people_do(database):
    machine = type("TestBookings", (Bookings,), {"database": database})
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    found_not_shrunk = (Phase.reuse, Phase.generate)  # shrinking takes minutes; the first example is short enough
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=checks,
            phases=found_not_shrunk,
        ),
    )
