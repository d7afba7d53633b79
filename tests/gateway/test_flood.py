"""A flood of texts from one person: kept, screened, answered with one honest sentence, and a burden to nobody else."""

from __future__ import annotations

import asyncio

from bot import wording
from bot.gateway.flood import TEXTS_A_MINUTE
from tests.gateway.kit import PHONE

ANOTHER = "+447700900555"


def flood(world, number):
    for n in range(number):
        world.take(f"text {n}")


def test_a_flood_is_kept_and_answered_with_one_sentence(world, at_noon):
    flood(world, TEXTS_A_MINUTE + 25)
    world.step()
    assert len(world.rows("in")) == TEXTS_A_MINUTE + 25 and {row.status for row in world.rows("in")} == {"answered"}
    assert len(world.rasa.asked) == TEXTS_A_MINUTE
    assert world.got().count(wording.say("gateway.too_many")) == 1
    at_noon.later(minutes=1)
    assert "You said and now" in world.says("and now")


def test_danger_in_a_flood_is_answered_at_once(world, at_noon):
    flood(world, TEXTS_A_MINUTE + 5)
    world.take("i want to die")
    asyncio.run(world.gateway.sending.send_one())
    assert [row.purpose for row in world.rows("out") if row.status == "sent"] == ["crisis"]
    assert world.handoffs()[0].priority == 0


def test_stop_in_a_flood_stops(world, at_noon):
    flood(world, TEXTS_A_MINUTE + 5)
    world.step()
    assert wording.say("gateway.stopped") in world.says("STOP")


def test_others_do_not_wait_behind_a_flood(any_world, at_noon):
    """Of eight workers the flood has one at a time; whoever else texts gets the next."""
    flood(any_world, 200)
    any_world.take("hello", sender=ANOTHER)
    first, second = any_world.gateway.answering._claim(), any_world.gateway.answering._claim()
    rows = {row.id: row.conversation_id for row in any_world.rows("in")}
    assert rows[first[0]] != rows[second[0]], "the second worker has the other person's text"


def test_a_flood_to_be_sent_does_not_hold_up_anothers_reply(world, at_noon):
    flood(world, 30)
    for _ in range(30):
        asyncio.run(world.gateway.answering.answer_one())
    world.says("hello", sender=ANOTHER)
    assert "You said hello" in world.got(ANOTHER) and len(world.got(PHONE)) >= 30
