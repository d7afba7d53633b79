"""Danger is answered in every state: in a form, with a worker, after STOP, with Rasa dead, with a broken screen."""

from __future__ import annotations

import asyncio
import re

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


# --- a phone that somebody else reads ---------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["he hits me and he reads my phone", "dont text me back he checks ma phone, he batters me"]
)
def test_a_phone_that_somebody_else_reads_gets_one_text_and_no_other(world, words):
    [said] = world.says(words)
    assert said.startswith("Thanks, I've read it.") and "999" in said and "delete" in said
    assert not re.search(r"abus|violen|hit|partner|worker", said)
    assert world.rasa.asked[-1][2] == "/crisis_abuse", "an open form closes"
    with world.conversation() as (_, conversation):
        assert conversation.person.contact_by == "person" and "reads this phone" in conversation.person.contact_note
    assert [h.reason for h in world.handoffs()] == ["crisis_abuse"]


def test_on_a_phone_that_somebody_else_reads_nothing_is_said_of_danger_denied(world):
    world.says("my man reads my phone and he hits me")
    with world.conversation() as (_, conversation):
        conversation.person.contact_by = "person"
    assert wording.say("crisis.stand_corrected_again") not in world.says("nobody hits me, who is this")


def test_staff_are_told_once_that_a_phone_is_read(world):
    for _ in range(2):
        world.says("he hits me and he reads my phone")
    told = [row.body for row in world.rows() if row.body == wording.say("marker.watched")]
    assert len(told) == 1


def test_what_they_ask_is_answered_all_the_same(world):
    world.says("he hits me and he reads my phone")
    assert world.says("what is a unit") == ["You said what is a unit"]


def test_danger_told_of_again_within_minutes_gets_shorter_words_with_the_numbers(world):
    first = world.says("i want to kill myself")
    again = world.says("i really want to kill myself")
    assert len(first) > 2 and len(again) == 1
    assert "999" in again[0] and "116 123" in again[0]


def test_danger_of_another_kind_gets_all_its_words(world):
    world.says("i want to kill myself")
    assert len(world.says("and he batters me every night")) > 1


def test_a_late_yes_is_danger(world):
    world.says("nobody cares if im here")
    world.says("what time is the class")
    said = world.says("aye yes am thinkin it")
    assert "999" in said[0] and "116 123" in said[0]
