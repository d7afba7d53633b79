"""Danger is answered in every state: in a form, with a worker, after STOP, with Rasa dead, with a broken screen."""

from __future__ import annotations

import asyncio

import pytest

from bot import wording
from tests.gateway.kit import with_worker

DANGER = "i want to die"
HOLDING = wording.sentences()["gateway.holding"].split(".")[0]


def crisis_words(world):
    return [row.body for row in world.rows("out") if row.purpose == "crisis" and row.status == "sent"]


@pytest.mark.parametrize("mode", ["down", "slow", "broken", "empty", "error"])
def test_danger_is_answered_whatever_is_wrong_with_the_assistant(world, mode):
    world.rasa.mode = mode
    world.says(DANGER)
    assert crisis_words(world)
    assert [row.status for row in world.rows("in")] == ["answered"]
    assert HOLDING not in " ".join(world.got())


def test_danger_is_answered_while_a_worker_has_the_conversation(world):
    world.says("hello")
    with_worker(world)
    world.says(DANGER)
    assert crisis_words(world)


def test_danger_is_answered_after_stop(world):
    world.says("hello")
    world.says("STOP")
    assert world.says("what is a unit") == []
    assert world.says(DANGER) == crisis_words(world) != []


def test_danger_in_a_form_closes_the_form(world):
    world.says("hello")
    with world.conversation() as (_, conversation):
        conversation.task = "booking"
    world.says(DANGER)
    assert world.rasa.asked[-1][2] == "/crisis_suicide"
    assert "You said /crisis_suicide" not in world.got()
    with world.conversation() as (_, conversation):
        assert conversation.task is None


def test_danger_is_answered_before_the_worker_that_answers_wakes_up(world):
    world.take(DANGER)
    asyncio.run(world.gateway.sending.send_one())
    assert crisis_words(world) and world.rasa.asked == []


def test_a_screen_that_breaks_brings_in_a_person_and_the_message_is_kept(world, monkeypatch):
    def broken(text, recent=()):
        raise RecursionError

    monkeypatch.setattr("bot.safety.screen", broken)
    world.says("hello")
    assert world.handoffs()[0].priority == 0
    assert "You said hello" in world.got()
