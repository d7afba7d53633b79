"""Who can be texted: one by one, and many in one look."""

from __future__ import annotations

from bot.programme import notices
from tests import builders
from tests.builders import NOW


def test_many_are_looked_up_as_one_is(database):
    with database.write() as db:
        bookings = [builders.a_booking(db) for _ in range(7)]
        stopped, unreachable, ended, rings, texts, twice = (b.person for b in bookings[1:])
        addresses = {
            p.id: notices.reachable(db, b).address for p, b in zip((b.person for b in bookings), bookings, strict=True)
        }
        addresses[stopped.id].stopped_at = addresses[unreachable.id].unreachable_at = NOW
        notices.reachable(db, bookings[3]).ended_at = NOW
        rings.contact_by, texts.contact_by = "call", "text"
        addresses[twice.id].stopped_at = NOW
        builders.a_conversation(db, twice)
        db.flush()
        found = notices.textable(db, bookings)
        assert found == {b.id for b in bookings if notices.reachable(db, b) is not None}
        assert found == {bookings[0].id, bookings[5].id, bookings[6].id} and ended.id
