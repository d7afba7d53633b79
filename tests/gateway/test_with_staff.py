"""While a worker has a conversation the assistant is silent, whoever of the two came first."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest

from bot.conversations import handoffs, messages
from bot.gateway import turns
from bot.gateway.channels import TryAgain
from bot.gateway.parts import Reply
from bot.models import Conversation, Message
from tests.gateway.kit import with_worker


def test_the_assistant_is_silent_while_a_worker_has_the_conversation(world):
    world.says("hello")
    with_worker(world)
    world.step()
    before = world.got()
    assert world.says("are you there") == [] and world.got() == before
    assert world.rows("in")[-1].status == "with_staff" and len(world.rasa.asked) == 1


def test_it_goes_on_answering_while_the_person_only_waits_for_a_worker(world):
    world.says("hello")
    with world.conversation() as (db, conversation):
        handoffs.open_for(db, conversation, "asked")
    assert world.says("what is a unit") == ["You said what is a unit"]


@pytest.mark.parametrize("seed", range(5))
def test_taking_races_with_answering(any_world, seed):
    """Whichever comes first, no words of the assistant's are queued or sent after the worker has taken it."""
    any_world.says("hello")
    any_world.take("what is a unit")
    chance = random.Random(seed)

    async def race():
        async def take_it():
            await asyncio.sleep(chance.random() / 30)
            await asyncio.to_thread(with_worker, any_world)

        async def answer():
            await asyncio.sleep(chance.random() / 30)
            await any_world.gateway.answering.answer_one()

        await asyncio.gather(take_it(), answer())

    asyncio.run(race())
    any_world.step()
    rows = any_world.rows()
    taken = next(row.id for row in rows if row.direction == "marker" and "took the conversation" in row.body)
    said = [row for row in rows if row.author == "assistant" and row.reply_to == any_world.rows("in")[-1].id]
    assert all(row.id < taken for row in said if row.direction == "out")
    assert all(row.status == "stopped" for row in said), "nothing of it left after the worker came"


def test_what_waits_to_be_sent_is_taken_back_when_a_worker_comes(world):
    world.take("hello")
    asyncio.run(world.gateway.answering.answer_one())
    with_worker(world)
    assert [row.status for row in world.rows("out") if row.author == "assistant"] == ["stopped"]


def test_a_reply_that_is_tried_again_does_not_go_out_after_the_worker_came(world, at_noon):
    world.take("hello")
    asyncio.run(world.gateway.answering.answer_one())
    job = world.gateway.sending._claim()
    with_worker(world)
    world.gateway.sending._settle(job, TryAgain("503"))
    at_noon.later(minutes=1)
    world.step()
    assert "You said hello" not in world.got()


@pytest.mark.parametrize("outcome", ["conclude", "postpone", "give_up"])
def test_a_worker_who_comes_during_the_turn_silences_it(world, outcome):
    world.says("hello")
    world.take("what is a unit")
    message_id, ask = world.gateway.answering._claim()
    with_worker(world)
    with world.database.write() as db:
        if outcome == "conclude":
            turns.conclude(db, ask, [Reply("You said it")], world.gateway.answering.hours)
        elif outcome == "postpone":
            turns.postpone(db, ask, world.gateway.answering.hours)
        else:
            turns.give_up(db, ask, world.gateway.answering.hours)
    with world.database.read() as db:
        assert db.get(Message, message_id).status == "with_staff"
        assert messages.replies_to(db, message_id) == []


def test_a_worker_gone_quiet_gives_it_back(world, at_noon):
    world.says("hello")
    with_worker(world)
    at_noon.later(minutes=31)
    world.gateway.scheduling.round()
    with world.database.read() as db:
        assert db.get(Conversation, world.rows("in")[0].conversation_id).taken_by is None
    assert "You said and now" in world.says("and now")
    assert timedelta(minutes=30) == world.gateway.scheduling.quiet
