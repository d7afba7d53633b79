"""A merge that was wrong is undone: everything is back where it was, and what came since goes where it is known to."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import clock
from bot.conversations import addresses
from bot.db import Base
from bot.models import Attendance, Booking, Conversation, Feedback, Merge, Order, Person
from bot.programme import apart, hours, merges, people, profiles, unmerges
from tests import builders


@pytest.fixture
def two(db, staff):
    """(kept, gone): the second with everything a record can have."""
    kept = builders.a_person(db, name="Jo", without="broadcast")
    gone = builders.a_person(db, name="Al", contact_note="after 4pm", without="reminder", contact_by="call")
    profiles.set_number(gone, "+441414960000")
    builders.a_booking(db, kept)
    attended = builders.a_booking(db, gone)
    db.add(Attendance(booking_id=attended.id, outcome="came", claimed=90, recorded_by=staff))
    db.add(Feedback(person_id=gone.id, kind="complaint", words="x", topics=[]))
    hours.set_order(db, kept, minutes=6000, by_staff=staff)
    hours.set_order(db, gone, minutes=9000, by_staff=staff)
    apart.add(db, gone.id, builders.a_person(db).id, reason="asked for", by_staff=staff)
    both = builders.a_person(db)
    for person in (kept, gone):
        apart.add(db, person.id, both.id, reason="x", by_staff=staff)
    return kept.id, gone.id


def picture(db) -> dict:
    """Everything that says whose something is, as it is now."""
    db.flush()
    db.expire_all()
    found: dict = {}
    for pointer in set(merges.pointers()) - merges.BY_HAND:
        table = Base.metadata.tables[pointer.split(".")[0]]
        (key,) = table.primary_key.columns
        found[pointer] = dict(db.execute(sa.select(key, table.columns[pointer.split(".")[1]])).all())
    people_ = db.execute(sa.select(Person).order_by(Person.id)).scalars().all()
    found["people"] = {p.id: ({f: getattr(p, f) for f in (*merges.FIELDS, "without")}, p.erased_at) for p in people_}
    found["apart"] = {p.id: sorted((other, pair.reason) for pair, other in apart.of(db, p.id)) for p in people_}
    orders = db.execute(sa.select(Order)).scalars()
    found["orders"] = {o.id: (o.pseudonym, o.minutes, o.closed_at is None) for o in orders}
    return found


def test_everything_is_as_it_was(db, two, staff):
    before = picture(db)
    row = merges.merge(db, *two, by_staff=staff)
    assert picture(db) != before
    unmerges.undo(db, row.id, by_staff=staff)
    assert picture(db) == before
    assert row.before is None and row.undone_by == staff


def test_and_a_kept_record_with_nothing_has_nothing_again(db, two, staff):
    _, gone = two
    bare = builders.a_person(db).id
    before = picture(db)
    row = merges.merge(db, bare, gone, by_staff=staff)
    assert hours.order_of(db, db.get(Person, bare)).minutes == 9000
    unmerges.undo(db, row.id, by_staff=staff)
    assert picture(db) == before


def test_what_came_since_on_their_phone_goes_with_it_and_what_staff_did_stays(db, two, staff):
    kept, gone = two
    phone = builders.conversation_id(db, db.get(Person, gone))
    row = merges.merge(db, kept, gone, by_staff=staff)
    late = clock.now() + timedelta(minutes=1)
    theirs = builders.a_booking(db, db.get(Person, kept), conversation_id=phone, created_at=late)
    desk = builders.a_booking(db, db.get(Person, kept), conversation_id=None, created_at=late)
    db.add(Feedback(person_id=kept, conversation_id=phone, kind="feedback", topics=[], words="good"))
    db.flush()
    shown = unmerges.preview(db, row)
    assert (shown.conversations, shown.bookings, shown.since, shown.unclear) == (1, 1, 1, 1)
    unmerges.undo(db, row.id, by_staff=staff)
    assert (db.get(Booking, theirs.id).person_id, db.get(Booking, desk.id).person_id) == (gone, kept)
    assert {f.person_id for f in db.execute(sa.select(Feedback)).scalars()} == {gone}


def test_what_staff_changed_since_is_not_thrown_away(db, two, staff):
    _, gone = two
    bare = builders.a_person(db).id
    row = merges.merge(db, bare, gone, by_staff=staff)
    people.rename(db, bare, "Josephine", by_staff=staff)
    addresses.leave_out(db, people.ways(db, [bare])[bare][0], "broadcast")
    unmerges.undo(db, row.id, by_staff=staff)
    assert db.get(Person, bare).name == "Josephine" and db.get(Person, gone).name == "Al"
    assert not addresses.wants(db.get(Person, bare), "broadcast")


def test_a_pair_that_staff_ended_since_stays_ended(db, two, staff):
    kept, gone = two
    row = merges.merge(db, kept, gone, by_staff=staff)
    for pair, _ in apart.of(db, kept):
        apart.end(db, pair.id, by_staff=staff)
    unmerges.undo(db, row.id, by_staff=staff)
    assert apart.of(db, gone) == []


def test_the_thread_of_each_phone_that_went_back_says_so(db, two, staff):
    kept, gone = two
    phone = builders.conversation_id(db, db.get(Person, gone))
    row = merges.merge(db, kept, gone, by_staff=staff)
    unmerges.undo(db, row.id, by_staff=staff)
    query = sa.text("select count(*) from messages where direction = 'marker' and conversation_id = :id")
    assert db.execute(query, {"id": phone}).scalar() == 2  # made one; two again
    assert db.get(Conversation, phone).person_id == gone


def test_merges_into_one_record_are_undone_the_latest_first(db, two, staff):
    kept, gone = two
    first = merges.merge(db, kept, gone, by_staff=staff)
    second = merges.merge(db, kept, builders.a_person(db, name="Third").id, by_staff=staff)
    with pytest.raises(merges.Wrong, match="Undo that one first"):
        unmerges.undo(db, first.id, by_staff=staff)
    unmerges.undo(db, second.id, by_staff=staff)
    unmerges.undo(db, first.id, by_staff=staff)
    with pytest.raises(merges.Wrong, match="already"):
        unmerges.undo(db, first.id, by_staff=staff)


@pytest.mark.parametrize("since", ["old", "before", "merged on", "other merged"])
def test_what_cannot_be_undone_truthfully_is_not(db, two, staff, since):
    kept, gone = two
    other = apart.of(db, gone)[0][1]
    row = merges.merge(db, kept, gone, by_staff=staff)
    if since == "old":
        row.merged_at -= unmerges.LIFE + timedelta(minutes=1)
    elif since == "before":
        row.before = None
    elif since == "merged on":
        merges.merge(db, builders.a_person(db).id, kept, by_staff=staff)
    else:
        merges.merge(db, builders.a_person(db).id, other, by_staff=staff)
    with pytest.raises(merges.Wrong):
        unmerges.undo(db, row.id, by_staff=staff)
    assert db.get(Person, gone).erased_at is not None


def test_how_they_were_is_forgotten_when_it_cannot_be_undone_any_more(db, two, staff):
    row = merges.merge(db, *two, by_staff=staff)
    at = row.merged_at + unmerges.LIFE
    assert unmerges.forget_old(db, at) == 0
    assert unmerges.forget_old(db, at + timedelta(minutes=1)) == 1
    db.expire_all()
    assert db.get(Merge, row.id).before is None


def test_there_is_no_such_merge(db, staff):
    with pytest.raises(LookupError):
        unmerges.undo(db, 77, by_staff=staff)
