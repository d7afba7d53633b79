"""One turn: what Rasa does wrong, crashes and bugs, order, who gets which answer, what was understood."""

from __future__ import annotations

import asyncio
import random

import pytest

from bot import wording
from bot.conversations import readings
from bot.gateway import turns
from bot.gateway.parts import Ask

HOLDING = wording.sentences()["gateway.holding"].split(".")[0]


# --- what Rasa does wrong ------------------------------------------------------------------------


def test_holding_words_are_said_once_and_the_answer_comes_when_rasa_is_back(world, at_noon):
    world.rasa.mode = "down"
    assert len(world.says("what is a unit")) == 1
    at_noon.later(seconds=10)
    world.step()
    assert len(world.got()) == 1 and HOLDING in world.got()[0]
    world.rasa.mode = "talks"
    at_noon.later(seconds=10)
    world.step()
    assert "You said what is a unit" in world.got()


def test_a_late_answer_closes_the_handoff_that_the_wait_had_opened(world, at_noon):
    world.rasa.mode = "slow"
    world.says("what is a unit")
    at_noon.later(minutes=4)
    world.step()
    assert world.handoffs() == []
    at_noon.later(minutes=2)
    world.step()
    assert [h.reason for h in world.handoffs()] == ["assistant_down"] and world.handoffs()[0].closed_at is None
    world.rasa.mode = "talks"
    at_noon.later(minutes=1)
    world.step()
    assert world.handoffs()[0].closed_how == "answered"


@pytest.mark.parametrize("mode", ["empty", "error"])
def test_a_turn_that_ended_without_words_is_never_asked_again(world, at_noon, mode):
    world.rasa.mode = mode
    said = world.says("book it")
    at_noon.later(minutes=1)
    world.step()
    assert len(world.rasa.asked) == 1 and len(said) == 1
    assert world.handoffs()[0].reason == "assistant_down"


def test_a_later_message_waits_for_the_one_before(any_world, at_noon):
    any_world.rasa.mode = "down"
    any_world.says("first text")
    any_world.says("second text")
    any_world.rasa.mode = "talks"
    at_noon.later(seconds=30)
    any_world.step()
    assert [text for _, _, text in any_world.rasa.asked] == ["first text", "second text"]


# --- crashes and bugs ----------------------------------------------------------------------------


@pytest.mark.parametrize("point", ["before_rasa", "after_rasa", "while_concluding"])
def test_killed_in_the_middle_of_a_turn_it_is_answered_once(world, at_noon, monkeypatch, point):
    world.take("book it")

    class Killed(BaseException):
        pass

    async def run_into(where):
        answering = world.gateway.answering
        if where == "before_rasa":
            answering._claim()
            raise Killed
        if where == "after_rasa":
            _, ask = answering._claim()
            await answering.assistant.ask(ask)
            raise Killed
        monkeypatch.setattr(turns, "_give_notice", lambda *a: (_ for _ in ()).throw(Killed))
        await answering.answer_one()

    with pytest.raises(Killed):
        asyncio.run(run_into(point))
    monkeypatch.undo()
    monkeypatch.setattr("bot.clock.now", lambda: at_noon.time)
    assert "You said book it" not in [row.body for row in world.rows("out")]
    at_noon.later(seconds=31)
    world.step()
    assert world.got().count("You said book it") == 1
    assert len({message_id for message_id, _, _ in world.rasa.asked}) == 1, "Rasa knows it by its id"


def test_a_message_that_breaks_the_worker_is_set_aside_and_others_are_answered(world, at_noon, monkeypatch):
    prepare = turns.prepare

    def fragile(db, message, hours):
        if message.body == "poison":
            raise ValueError("a bug")
        return prepare(db, message, hours)

    monkeypatch.setattr(turns, "prepare", fragile)
    world.take("poison")
    world.take("hello", sender="+447700900999")
    for _ in range(6):
        try:
            world.step()
        except ValueError:
            pass
        at_noon.later(seconds=6)
    assert "You said hello" in world.got("+447700900999")
    assert world.rows("in")[0].status == "failed" and world.handoffs()[0].reason == "assistant_down"
    monkeypatch.setattr(turns, "prepare", prepare)
    assert "You said still here" in world.says("still here")


# --- order ---------------------------------------------------------------------------------------


def test_eight_workers_keep_thirty_conversations_in_order(any_world):
    people = [f"+4477009001{n:02d}" for n in range(30)]
    per_person = 4
    busy: set[str] = set()

    ask = any_world.gateway.assistant.ask

    async def slow_ask(question: Ask):
        assert question.conversation_id not in busy, "two turns of one conversation at once"
        busy.add(question.conversation_id)
        await asyncio.sleep(random.random() / 200)
        outcome = await ask(question)
        busy.discard(question.conversation_id)
        return outcome

    any_world.gateway.answering.assistant.ask = slow_ask

    async def everything():
        for n in range(per_person):
            for person in people:
                await any_world.gateway.intake.take(any_world.inbound(f"text {n} of {person[-2:]}", sender=person))
        running = [asyncio.create_task(part.run()) for part in (any_world.gateway.answering, any_world.gateway.sending)]
        for _ in range(400):
            await asyncio.sleep(0.1)
            said = [text for _, text in any_world.channels["sms"].got if text.startswith("You said")]
            if len(said) == per_person * len(people):
                break
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    asyncio.run(everything())
    for person in people:
        answers = [text for text in any_world.got(person) if text.startswith("You said")]
        assert answers == [f"You said text {n} of {person[-2:]}" for n in range(per_person)]


# --- who someone is ------------------------------------------------------------------------------


def test_rasa_never_sees_a_number_and_nobody_gets_anothers_answer(world):
    for n in range(5):
        world.says(f"mine is {n}", sender=f"+44770090011{n}")
    for n in range(5):
        mine = world.got(f"+44770090011{n}")
        assert f"You said mine is {n}" in mine and len([t for t in mine if "mine is" in t]) == 1
    assert len(world.rasa.asked) == 5
    # The whole of a number's beginning: four digits of it stand in one random name of some two thousand.
    assert all("447700900" not in f"{asked}" and len(asked[1]) == 32 for asked in world.rasa.asked)


def test_the_notice_comes_once_after_the_first_answer(world):
    notice = wording.say("gateway.notice")
    assert world.says("hello") == ["You said hello", notice]
    assert notice not in world.says("hello again")


def test_logs_carry_no_words_and_no_numbers(world, caplog):
    caplog.set_level("DEBUG", logger="wellbeing")
    for world.rasa.mode in ("talks", "empty", "broken", "down"):
        world.says("canary words here")
    assert "canary" not in caplog.text and "900123" not in caplog.text


# --- what was understood -------------------------------------------------------------------------


def read_as(world) -> dict[str, tuple]:
    """Text of each inbound message → what is kept of its reading."""
    with world.database.read() as db:
        kept = readings.of(db, [row.id for row in world.rows("in")])
        found = {row.body: kept.get(row.id) for row in world.rows("in")}
        return {text: r and (r.intent, r.answer, r.sure, r.understood) for text, r in found.items()}


def test_what_a_message_was_taken_to_mean_is_kept_with_the_turn(world):
    world.rasa.reading = {"intent": "ask_alcohol", "confidence": 0.914, "answer": "alcohol/units"}
    world.says("whits a unit")
    assert read_as(world) == {"whits a unit": ("ask_alcohol", "alcohol/units", 91, True)}


def test_what_was_not_understood_is_kept_as_such(world):
    world.rasa.reading = {"intent": "nlu_fallback", "confidence": 0.3, "answer": None}
    world.rasa.replies = [{"text": "Sorry?", "understood": False}]
    world.says("bla")
    assert read_as(world) == {"bla": ("nlu_fallback", None, 30, False)}


def test_what_was_picked_was_not_guessed(world):
    world.rasa.reading = {"intent": "help", "confidence": 1.0, "answer": None}
    world.says("MENU")
    assert read_as(world)["MENU"] == ("help", None, None, True)


@pytest.mark.parametrize("reading", [None, "x", [], {"intent": "greet"}, {"intent": "greet", "confidence": "much"}])
def test_an_answer_does_not_hang_on_its_reading(world, reading):
    world.rasa.reading = reading
    assert world.says("hello") == ["You said hello", *world.got()[1:]]
    assert read_as(world) == {"hello": None}
