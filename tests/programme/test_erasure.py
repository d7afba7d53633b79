"""Erasing a person: nothing of them is found in any column of any table, and nobody else loses a row."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import clock
from bot.conversations import addresses, handoffs, leftovers
from bot.models import Address, AuditEntry, Booking, Conversation, Person, QualityReview, StaffPhone
from bot.programme import erasure, figures, people, unmerges
from tests import builders
from tests.programme import whole_life

#: Where something may stay: conversations in the trail by their random id, and for a week what is to be kept out.
STAYS = {("audit", "object"), ("audit", "details")}


@pytest.fixture
def lives(any_database):
    """Two people with everything."""
    with any_database.write() as db:
        return whole_life.a_life(db, "zanzibar", "417321"), whole_life.a_life(db, "timbuktu", "529864")


def gone(database, life, **values):
    """Erase somebody; what that was."""
    with database.write() as db:
        found = erasure.preview(db, db.get(Person, life.person_id))
        how = {"reason": "asked", "seen": found.seen, "minded": True, "by_staff": None} | values
        return erasure.erase(db, life.person_id, **how)


def test_the_two_are_in_every_table_and_every_encrypted_column(any_database, lives):
    with any_database.read() as db:
        for life in lives:
            assert whole_life.lacking(db, life) == []
    assert len(whole_life.traces(any_database, lives[0].needles)) > 30


def test_nothing_is_found_of_them_afterwards(any_database, lives):
    erased, _ = lives
    with any_database.write() as db:
        addresses.stop(db, db.get(Conversation, erased.conversation_ids[0]))
    gone(any_database, erased)
    hashed = {("addresses", "address_hash")}  # they said STOP there
    assert whole_life.traces(any_database, erased.needles) - STAYS == hashed | {("leftovers", "key")}
    with any_database.write() as db:
        assert {row.kind for row in db.execute(sa.text("SELECT kind FROM leftovers"))} == {
            "tracker", "provider", "spool", "ledger", "address", "message", "person",
        }  # fmt: skip
        leftovers.prune(db, clock.now() + leftovers.LIFE)
        left = [r.id for k in (leftovers.TRACKER, leftovers.PROVIDER) for r in leftovers.of_kind(db, k)]
        leftovers.done(db, left)
    assert whole_life.traces(any_database, erased.needles) - STAYS == hashed
    with any_database.read() as db:
        shell = db.get(Person, erased.person_id)
        known = {c.name for c in Person.__table__.columns if getattr(shell, c.name) is not None}
        assert known == {"id", "pseudonym", "created_at", "erased_at"}
        (stop,) = db.execute(sa.select(Address).where(Address.address_hash.in_(erased.needles))).scalars()
        assert stop.address == "" and stop.stopped_at is not None
        entry = db.execute(sa.select(AuditEntry).where(AuditEntry.action == "person.erased")).scalar_one()
        assert (entry.object, entry.details["reason"]) == (f"person:{erased.person_id}", "asked")
        words = " ".join(f"{e.actor} {e.object} {e.details}" for e in db.execute(sa.select(AuditEntry)).scalars())
        assert not any(n in words for n in erased.needles - set(erased.conversation_ids))
        assert db.execute(sa.select(sa.func.count()).select_from(QualityReview)).scalar_one() >= 2  # marks stay


def test_nobody_else_loses_anything(any_database, lives):
    erased, other = lives
    with any_database.read() as db:
        ids = erasure._records(db, other.person_id)
        before = {t.name: db.execute(sa.select(t).where(erasure._which(t, ids))).all() for t in erasure.theirs()}
    traces = whole_life.traces(any_database, other.needles)
    gone(any_database, erased)
    assert whole_life.traces(any_database, other.needles) == traces
    with any_database.read() as db:
        after = {t.name: db.execute(sa.select(t).where(erasure._which(t, ids))).all() for t in erasure.theirs()}
        assert after == before
        assert any(p.pending for p in db.execute(sa.select(StaffPhone)).scalars())  # that one asks about the other


@pytest.mark.parametrize("where", ["_leave", "_take_out", "_forget_addresses", "_empty"])
def test_what_breaks_in_the_middle_has_done_nothing(any_database, lives, monkeypatch, where):
    real = getattr(erasure, where)

    def breaks(*args):
        real(*args)
        raise RuntimeError("cut off")

    before = whole_life.everything(any_database)
    monkeypatch.setattr(erasure, where, breaks)
    with pytest.raises(RuntimeError, match="cut off"):
        gone(any_database, lives[0])
    assert whole_life.everything(any_database) == before
    monkeypatch.undo()
    gone(any_database, lives[0])
    assert not whole_life.traces(any_database, {"zanzibar"})


def pointers(database) -> set[str]:
    """Every "table.column" of the database itself that points at something of a person's."""
    inspector = sa.inspect(database.engine)
    names = {table.name for table in erasure.theirs()}
    return {
        f"{table}.{key['constrained_columns'][0]}"
        for table in inspector.get_table_names()
        for key in inspector.get_foreign_keys(table)
        if key["referred_table"] in names
    }


def test_every_table_that_points_at_a_person_or_theirs_is_known(any_database):
    known = erasure.GOES | erasure.LOOSENED | erasure.BY_HAND
    unknown = pointers(any_database) - known
    assert not unknown, f"{sorted(unknown)}: say in bot/programme/erasure.py what becomes of it when a person is erased"
    assert known - pointers(any_database) == set()


def test_a_table_that_a_later_migration_adds_is_noticed(any_database):
    with any_database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE diaries (id INTEGER, of_whom INTEGER REFERENCES people (id))")
    assert pointers(any_database) - erasure.GOES - erasure.LOOSENED - erasure.BY_HAND == {"diaries.of_whom"}


def test_the_figures_are_the_same_without_them(any_database, lives, monkeypatch):
    monkeypatch.setattr(figures, "FEWEST", 1)
    quarter = figures.Quarter.of(clock.today())
    span = clock.start_of_day(quarter.before.first), clock.start_of_day(quarter.after.first)

    def told():
        with any_database.read() as db:
            tables = figures.tables(db, *span, dict.fromkeys(handoffs.PRIORITIES, "x") | {"crisis_suicide": "danger"})
            found = {t.title: {k: [f.value for f in row] for k, row in t.rows.items()} for t in tables}
            sessions = found["Sessions by topic"]
            return found, {name: row.pop(1) for name, row in sessions.items()}

    before, booked = told()
    for life in lives:
        gone(any_database, life)
    after, booked_after = told()
    assert after == before
    assert booked["Alcohol"] - booked_after["Alcohol"] == 2  # one place each was still to come, and went back
    assert before["Who wrote"]["SMS"][0] == 2 and before["Sessions by topic"]["Alcohol"][1] == 2


def test_a_place_that_they_had_is_offered_to_the_next(any_database, lives):
    erased, _ = lives
    at = clock.from_london(clock.today() + timedelta(days=1), clock.datetime.min.time().replace(hour=11))
    with any_database.write() as db:
        waits = builders.a_person(db)
        session = db.get(builders.ProgrammeSession, erased.session_to_come)
        line = builders.a_booking(db, waits, session, status="waiting").id
    gone(any_database, erased, at=at)
    with any_database.read() as db:
        assert db.get(Booking, line).status == "offered"


def test_not_while_they_may_be_in_danger(any_database, lives):
    with any_database.write() as db:
        handoffs.open_for(db, db.get(Conversation, lives[0].conversation_ids[0]), "crisis_suicide")
    with pytest.raises(erasure.Wrong, match="may be in danger"):
        gone(any_database, lives[0])


def test_not_by_what_was_seen_before_they_wrote_again(any_database, lives):
    with any_database.write() as db:
        seen = erasure.preview(db, db.get(Person, lives[0].person_id)).seen
        builders.a_booking(db, db.get(Person, lives[0].person_id))
    with pytest.raises(erasure.Wrong, match="has come in or changed"):
        gone(any_database, lives[0], seen=seen)


@pytest.mark.parametrize(("how", "words"), [({"reason": "because Jo asked"}, "why"), ({"minded": False}, "lost")])
def test_not_without_a_reason_and_not_unminded(any_database, lives, how, words):
    with pytest.raises(erasure.Wrong, match=words):
        gone(any_database, lives[0], **how)


def test_nobody_is_erased_twice_and_nobody_who_is_not_there(db):
    person = builders.a_person(db)
    for _ in range(2):
        found = erasure.preview(db, person)
        erasure.erase(db, person.id, reason="mistake", seen=found.seen, minded=True, by_staff=None)
        with pytest.raises(LookupError):
            erasure.erase(db, person.id, reason="mistake", seen=found.seen, minded=True, by_staff=None)
        person = builders.a_person(db)


def test_a_number_that_is_somebody_elses_by_now_stays_theirs(db):
    old = builders.a_conversation(db)
    addresses.release(db, old)
    new = addresses.find_or_begin(db, old.address.channel, old.address.address)
    erased, kept, address = old.person_id, new.id, old.address_id
    found = erasure.preview(db, old.person)
    erasure.erase(db, erased, reason="asked", seen=found.seen, minded=True, by_staff=None)
    assert db.get(Conversation, kept).address_id == address and db.get(Address, address).address


def test_whoever_writes_again_is_new_and_stop_still_counts(db):
    conversation = builders.a_conversation(db)
    channel, number, before = conversation.address.channel, conversation.address.address, conversation.id
    addresses.stop(db, conversation)
    person = conversation.person
    erasure.erase(
        db, person.id, reason="asked", seen=erasure.preview(db, person).seen, minded=True, by_staff=None
    )
    again = addresses.find_or_begin(db, channel, number)
    assert again.id != before and again.person_id != person.id
    assert again.address.stopped_at is not None and again.address.address == number


def test_numbers_are_not_given_out_again(db):
    """A provider's late report, and the audit trail, name texts and bookings by their number."""
    booking = builders.a_booking(db)
    person, last = booking.person, booking.id
    erasure.erase(db, person.id, reason="asked", seen=erasure.preview(db, person).seen, minded=True, by_staff=None)
    assert builders.a_booking(db).id > last and builders.a_person(db).id > person.id


def test_what_is_written_about_them_meanwhile_is_swept_up(db):
    person = builders.a_person(db)
    erasure.erase(db, person.id, reason="asked", seen=erasure.preview(db, person).seen, minded=True, by_staff=None)
    builders.a_booking(db, db.get(Person, person.id), conversation_id=None)
    assert erasure.sweep(db, clock.now()) == 1 and erasure.sweep(db, clock.now()) == 0
    assert db.query(Booking).count() == 0


def test_a_merge_that_was_undone_leaves_the_other_one_alone(db):
    from bot.programme import merges

    staff = builders.a_member_of_staff(db).id
    kept, other = builders.a_person(db, name="Jo"), builders.a_person(db, name="Al")
    unmerges.undo(db, merges.merge(db, kept.id, other.id, by_staff=staff).id, by_staff=staff)
    erasure.erase(db, kept.id, reason="asked", seen=erasure.preview(db, kept).seen, minded=True, by_staff=staff)
    assert people.there(db, other.id).name == "Al"
