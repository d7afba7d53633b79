"""Written down before it is answered: the database, the spool, danger past both, and redeliveries."""

from __future__ import annotations

import asyncio
import json
import stat
import time
from datetime import timedelta

import pytest

from bot import crypto, wording
from bot.gateway.channels import TryAgain
from bot.gateway.intake import NotTaken

DANGER = "i want to die"


def test_a_message_is_stored_answered_and_sent(world):
    assert world.says("what is a unit")[0] == "You said what is a unit"
    assert [row.status for row in world.rows("in")] == ["answered"]


def test_a_redelivery_is_harmless(any_world):
    any_world.says("hello", external_id="SM1")
    taken = any_world.take("hello", external_id="SM1")
    any_world.step()
    assert taken.duplicate and len(any_world.rows("in")) == 1
    assert len(any_world.rasa.asked) == 1


def test_a_person_may_say_the_same_twice(world):
    assert world.says("yes") and world.says("yes")
    assert len(world.rows("in")) == 2


def test_fifty_copies_at_once_are_one_message(any_world):
    async def all_at_once():
        inbound = any_world.inbound("hello", external_id="SM1")
        return await asyncio.gather(*(any_world.gateway.intake.take(inbound) for _ in range(50)))

    taken = asyncio.run(all_at_once())
    assert sum(t.message_id is not None and not t.duplicate for t in taken) == 1
    any_world.gateway.intake.import_spool()  # on a slow machine some could not wait for the others
    any_world.step()
    assert len(any_world.rows("in")) == 1 and len(any_world.rasa.asked) == 1


@pytest.mark.alone
def test_a_locked_database_sends_it_to_the_spool_within_two_seconds(world):
    with world.locked():
        began = time.monotonic()
        taken = world.take("hello")
        assert time.monotonic() - began < 2
    assert taken.message_id is None and world.rows() == []
    [path] = world.gateway.intake.spool.waiting()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "hello" not in path.read_text() and "900123" not in path.read_text() + path.name


def test_the_spool_is_imported_in_order_and_then_answered(world):
    with world.locked():
        for text in ("apple", "berry", "cherry"):
            world.take(text)
    world.take("damson")  # the database is back, but three of this person's are still in the spool
    assert world.gateway.intake.import_spool() == 4
    world.step()
    assert [text for _, _, text in world.rasa.asked] == ["apple", "berry", "cherry", "damson"]
    assert world.gateway.intake.spool.waiting() == []


def test_others_do_not_wait_for_one_persons_spool(world):
    with world.locked():
        world.take("hello")
    assert world.take("hello", sender="+447700900999").message_id is not None


def test_an_import_that_was_cut_off_is_repeated_harmlessly(world, monkeypatch):
    with world.locked():
        world.take("hello")
    monkeypatch.setattr(world.gateway.intake.spool, "remove", lambda path: None)  # killed before the file is gone
    world.gateway.intake.import_spool()
    monkeypatch.undo()
    world.gateway.intake.import_spool()
    assert len(world.rows("in")) == 1


def test_a_spool_file_that_cannot_be_read_holds_nobody_up(world):
    with world.locked():
        world.take("one")
        world.take("two", sender="+447700900999")
    first, _ = world.gateway.intake.spool.waiting()
    first.write_text(crypto.keyring().encrypt("{not json"))
    assert world.gateway.intake.import_spool() == 1
    assert world.gateway.intake.spool.aside() == 1 and world.gateway.intake.spool.waiting() == []


def test_what_an_earlier_release_left_in_the_spool_is_imported(world):
    with world.locked():
        world.take(DANGER)
    [path] = world.gateway.intake.spool.waiting()
    content = json.loads(crypto.keyring().decrypt(path.read_text()))
    del content["said"]
    path.write_text(crypto.keyring().encrypt(json.dumps({**content, "answered": True})))
    assert world.gateway.intake.import_spool() == 1
    assert [row.body for row in world.rows("in")] == [DANGER] and world.handoffs()


def test_a_bug_while_importing_keeps_one_persons_order(world, monkeypatch):
    with world.locked():
        world.take("one")
        world.take("two")
    from bot.gateway import turns

    accept, broken = turns.accept, []

    def accept_second_only(db, inbound, *more):
        if inbound.text == "one" and len(broken) < 1:
            broken.append(inbound)
            raise RuntimeError("a bug")
        return accept(db, inbound, *more)

    monkeypatch.setattr(turns, "accept", accept_second_only)
    assert world.gateway.intake.import_spool() == 0
    assert world.gateway.intake.import_spool() == 2
    assert [row.body for row in world.rows("in")] == ["one", "two"]


def test_danger_is_answered_while_the_database_is_locked(world):
    with world.locked():
        taken = world.take(DANGER)
        said = world.got()
    assert said and tuple(said) == taken.said
    world.gateway.intake.import_spool()
    world.step()
    assert world.got() == said, "the crisis words went out once"
    assert world.rows("in")[0].status == "answered"
    assert world.handoffs()[0].reason == "crisis_suicide"


def test_the_thread_has_the_words_that_went_out_past_the_database(world, at_noon):
    at_noon.time = at_noon.time.replace(hour=16, minute=59)
    with world.locked():
        world.take(DANGER)
        said = world.got()
    at_noon.time += timedelta(minutes=2)  # staff have gone home: the same words would now say tomorrow
    world.gateway.intake.import_spool()
    assert [row.body for row in world.rows("out") if row.purpose == "crisis"] == said


def test_a_question_asked_past_the_database_can_be_answered(world):
    with world.locked():
        world.take("die")  # a doubt, which the classifier would weigh if it had not been asked about yet
        asked = world.got()
    assert "thinking about suicide?" in asked[0]
    world.gateway.intake.import_spool()
    world.step()
    world.says("naw")
    assert world.got()[-1] == wording.say("crisis.said_no")


def test_more_danger_than_the_words_had_by_themselves_is_answered_too(world):
    world.says("i want to")
    before = world.got()
    with world.locked():
        world.take("die")
    asked = world.got()[len(before) :]
    world.gateway.intake.import_spool()
    world.step()
    crisis = [row.body for row in world.rows("out") if row.purpose == "crisis"]
    assert crisis == world.got()[len(before) :] and crisis[: len(asked)] == asked
    assert "want to end your life" in crisis[len(asked)], "what we had only asked about is sure"
    assert world.handoffs()[0].reason == "crisis_suicide"


def test_what_was_said_is_kept_though_nothing_is_heard_in_it_any_more(world, monkeypatch):
    with world.locked():
        world.take(DANGER)
        said = world.got()
    monkeypatch.setattr("bot.gateway.danger.safety.screen", lambda *words: None)  # a release later
    assert world.gateway.intake.import_spool() == 1
    assert [row.body for row in world.rows("out") if row.purpose == "crisis"] == said


def test_danger_that_could_not_go_out_past_the_database_goes_out_after_it(world, monkeypatch):
    monkeypatch.setattr("bot.gateway.intake.TRIES", 1)
    world.channels["sms"].fail(TryAgain("down"))
    with world.locked():
        world.take(DANGER)
    assert world.got() == []
    world.gateway.intake.import_spool()
    world.step()
    assert world.got()


def test_without_database_and_spool_the_provider_must_try_again(world, monkeypatch):
    def full(inbound):
        raise OSError("no space left on device")

    monkeypatch.setattr(world.gateway.intake.spool, "put", full)
    with world.locked(), pytest.raises(NotTaken):
        world.take("hello")


def test_a_half_written_spool_file_is_no_message(world, monkeypatch):
    def no_space(fd):
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    with world.locked(), pytest.raises(NotTaken):
        world.take("hello")
    monkeypatch.undo()
    assert list(world.gateway.intake.spool.folder.iterdir()) == []


def test_a_message_that_lay_long_in_the_spool_is_given_to_a_person(world, at_noon):
    with world.locked():
        world.take("is it ok to drive the day after")
    at_noon.time += timedelta(hours=5)
    world.gateway.intake.import_spool()
    world.step()
    assert world.rasa.asked == [] and world.handoffs()[0].reason == "assistant_down"
    assert world.rows("in")[0].error == "too_old"


def test_whoever_writes_can_be_reached(world, at_noon):
    world.says("hello")
    with world.conversation() as (_, conversation):
        conversation.address.unreachable_at = at_noon.time
    assert world.says("hello again")
