"""Somebody is erased while things are underway: nothing brings them back, and what lies elsewhere goes too."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import clock, crypto
from bot.conversations import leftovers, messages
from bot.db import Database
from bot.dialogue import storage
from bot.gateway import channels, forgetting
from bot.models import Address, Conversation, Leftover, Message, Person
from bot.programme import erasure
from tests.conftest import POSTGRES, postgres_database
from tests.gateway.kit import PHONE


def erase(world) -> str:
    """Whoever texts from PHONE is erased; the id of their conversation until then."""
    if not world.gateway.forgetting.tracker_url:
        world.gateway.forgetting.tracker_url = f"sqlite:///{world.settings.var}/tracker.db"
    with world.database.write() as db:
        (person,) = db.execute(sa.select(Person).where(Person.erased_at.is_(None))).scalars()
        id_ = db.execute(sa.select(Conversation.id).where(Conversation.person_id == person.id)).scalar_one()
        seen = erasure.preview(db, person).seen
        erasure.erase(db, person.id, reason="asked", seen=seen, minded=True, by_staff=None)
    return id_


def nobody(world) -> bool:
    with world.database.read() as db:
        return all(db.execute(sa.select(model)).first() is None for model in (Message, Conversation, Address))


def test_a_turn_that_was_underway_says_nothing_and_leaves_nothing(any_world, at_noon):
    any_world.says("hello")
    any_world.take("delete my stuff")
    claimed = any_world.gateway.answering._claim()
    erase(any_world)
    ask = claimed[1]
    outcome = asyncio.run(any_world.assistant.ask(ask))
    any_world.gateway.answering._settle(ask, outcome)
    any_world.step()
    assert nobody(any_world)


@pytest.mark.parametrize("mode", ["down", "empty"])
def test_nor_one_that_fails(any_world, at_noon, mode):
    any_world.says("hello")
    any_world.take("delete my stuff")
    ask = any_world.gateway.answering._claim()[1]
    erase(any_world)
    any_world.rasa.mode = mode
    any_world.gateway.answering._settle(ask, asyncio.run(any_world.assistant.ask(ask)))
    assert nobody(any_world)


@pytest.mark.parametrize("outcome", [channels.Sent("sms:1", "sent"), channels.TryAgain("503"), channels.Blocked("x")])
def test_a_send_that_was_underway_is_settled_without_a_row(any_world, at_noon, outcome):
    any_world.says("hello")
    with any_world.conversation() as (db, conversation):
        messages.say(db, conversation, "one more thing")
    job = any_world.gateway.sending._claim()
    erase(any_world)
    any_world.gateway.sending._settle(job, outcome)
    assert nobody(any_world)


def test_a_text_that_is_delivered_twice_does_not_bring_them_back(any_world, at_noon):
    any_world.says("hello", external_id="SM7")
    erase(any_world)
    any_world.take("hello", external_id="SM7")
    assert nobody(any_world)
    any_world.says("hello again")  # this one is new, and so is whoever sends it
    with any_world.database.read() as db:
        people = db.execute(sa.select(Person).where(Person.erased_at.is_(None))).scalars().all()
        assert len(people) == 1 and people[0].created_at >= at_noon.time


def test_a_text_in_the_spool_from_before_stays_out_unless_it_speaks_of_danger(any_world, at_noon):
    any_world.says("hello")
    spool = any_world.gateway.intake.spool
    spool.put(any_world.inbound("it was nice knowing the weather", at=at_noon.time))
    at_noon.later(minutes=1)
    erase(any_world)
    any_world.gateway.intake.import_spool()
    assert nobody(any_world) and spool.waiting() == []
    spool.put(any_world.inbound("i want to kill myself", at=at_noon.time - timedelta(seconds=30)))
    any_world.gateway.intake.import_spool()
    with any_world.database.read() as db:
        came = db.execute(sa.select(Message.purpose).where(Message.direction == "in")).scalars().all()
        assert came == ["crisis"]


def test_what_was_set_aside_of_theirs_goes_from_the_spool(world, at_noon):
    world.says("hello")
    spool = world.gateway.intake.spool
    theirs, others = spool.put(world.inbound("x")), spool.put(world.inbound("x", sender="+447700900999"))
    for path in (theirs, others):
        spool.set_aside(path)
    at_noon.later(minutes=1)
    erase(world)
    asyncio.run(world.gateway.forgetting.round())
    assert [p.name for p in spool.folder.iterdir()] == [others.with_suffix(".bad").name]


@pytest.fixture(params=["sqlite", "postgresql"])
def tracker(request, tmp_path):
    """The URL of a tracker database with Rasa's table in it."""
    if request.param == "sqlite":
        yield _with_events(f"sqlite:///{tmp_path / 'tracker.db'}")
        return
    if not POSTGRES:
        pytest.skip("WELLBEING_TEST_POSTGRES_URL is not set")
    with postgres_database() as database:
        yield _with_events(database.url.render_as_string(hide_password=False))


def _with_events(url: str) -> str:
    with storage.engine(url).begin() as connection:
        connection.execute(sa.text("CREATE TABLE events (sender_id VARCHAR(255), data TEXT)"))
    return url


def events(url: str, sender: str, add: int = 0) -> int:
    """How many events of a conversation there are; after adding some."""
    with storage.engine(url).begin() as connection:
        for _ in range(add):
            row = {"s": sender, "d": crypto.keyring().encrypt("x")}
            connection.execute(sa.text("INSERT INTO events VALUES (:s, :d)"), row)
        return connection.execute(sa.text("SELECT count(*) FROM events WHERE sender_id = :s"), {"s": sender}).scalar()


def test_the_tracker_forgets_them_and_forgets_again_what_a_turn_wrote_late(world, at_noon, tracker):
    world.says("hello")
    with world.database.read() as db:
        theirs = db.execute(sa.select(Conversation.id)).scalar_one()
    events(tracker, theirs, add=3)
    events(tracker, "somebody else", add=2)
    assert erase(world) == theirs
    part = world.gateway.forgetting
    part.tracker_url = "sqlite:////nowhere/at/all/tracker.db"  # it is down
    asyncio.run(part.round(at_noon.time))
    part.tracker_url = tracker
    assert events(tracker, theirs) == 3
    asyncio.run(part.round(at_noon.time))
    assert events(tracker, theirs) == 0 and events(tracker, "somebody else") == 2
    events(tracker, theirs, add=1)  # a turn that was underway ends, and writes
    asyncio.run(part.round(at_noon.time + forgetting.TURNS_END))
    assert events(tracker, theirs) == 0
    with world.database.read() as db:
        assert leftovers.of_kind(db, leftovers.TRACKER) == []


def test_the_provider_is_asked_until_it_has_forgotten(world, at_noon):
    asked, answers = [], [channels.TryAgain("503"), channels.Refused("20009"), None]

    async def redact(provider_id):
        asked.append(provider_id)
        if (answer := answers.pop(0)) is not None:
            raise answer

    world.says("hello")
    world.channels["sms"].redact = redact
    with world.database.read() as db:
        sent = db.execute(sa.select(Message.provider_id).where(Message.provider_id.is_not(None))).scalars().all()
    with world.database.write() as db:  # one is enough to ask about
        db.execute(sa.update(Message).where(Message.provider_id.in_(sent[1:])).values(provider_id=None))
    erase(world)
    for _ in range(4):
        asyncio.run(world.gateway.forgetting.round(clock.now()))
    assert asked == sent[:1] * 3 and answers == []


def test_a_week_later_nothing_is_kept_out_any_more(world, at_noon):
    world.says("hello")
    erase(world)
    asyncio.run(world.gateway.forgetting.round(at_noon.time + timedelta(hours=1)))
    at_noon.later(days=8)
    world.gateway.scheduling.round()
    with world.database.read() as db:
        assert [row.kind for row in db.execute(sa.select(Leftover)).scalars()] == []


def test_nothing_of_them_stays_in_the_file_itself(world, at_noon):
    """SQLite leaves what was deleted in its pages and in its log, unless it is told otherwise."""
    world.says("my word is zanzibar")
    with world.database.read() as db:
        found = [crypto.keyring().hash(f"sms:{PHONE}")]
        found += db.execute(sa.select(Message.external_id).where(Message.direction == "in")).scalars().all()
        found += [db.execute(sa.select(Person.pseudonym)).scalar_one()]
    erase(world)
    with world.database.write() as db:
        db.execute(sa.delete(Leftover).where(Leftover.kind != leftovers.TRACKER))
    asyncio.run(world.gateway.forgetting.round(at_noon.time + timedelta(hours=1)))
    path = world.database.url.database
    world.database.close()
    again = Database(f"sqlite:///{path}")
    with again.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    again.close()
    raw = b"".join(p.read_bytes() for p in world.settings.var.glob("wellbeing.db*"))
    assert len(raw) > 10_000 and [one for one in found if one.encode() in raw] == []


def test_nothing_of_them_is_in_the_logs(world, at_noon, caplog):
    caplog.set_level("DEBUG")
    world.says("my word is zanzibar")
    world.take("and timbuktu")
    ask = world.gateway.answering._claim()[1]
    erase(world)
    world.rasa.mode = "down"
    world.gateway.answering._settle(ask, asyncio.run(world.assistant.ask(ask)))
    asyncio.run(world.gateway.forgetting.round())
    world.gateway.scheduling.round()
    said = caplog.text
    assert not any(word in said for word in ("zanzibar", "timbuktu", PHONE, PHONE.removeprefix("+44")))
