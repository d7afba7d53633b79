"""Texts that are changed after they were sent, answers to older lists, and map pins: what becomes of the turn."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot import clock, safety, wording
from bot.conversations import addresses, messages
from tests.gateway.kit import World

ME = {"channel": "telegram", "sender": "1001"}
DANGER = "i want to die"


def send(world: World, text: str, number: int = 5, **values):
    return world.take(text, external_id=f"1001:{number}", **ME, **values)


def change(world: World, text: str, number: int = 5):
    return world.take(text, external_id=f"1001:{number}:{text}", kind="edit", edits=f"1001:{number}", **ME)


def asked(world: World):
    return [text for _, _, text in world.rasa.asked]


def heard(world: World):
    return world.got("1001", "telegram")


def test_a_change_before_the_answer_takes_the_place_of_what_was_sent(any_world):
    send(any_world, "whats a unite")
    change(any_world, "whats a unit")
    change(any_world, "whats a unit of drink")
    any_world.step()
    assert asked(any_world) == ["whats a unit of drink"]
    assert [row.error for row in any_world.rows("in")] == ["corrected", "corrected", None], "and all is on record"


def test_what_is_doubted_is_weighed_although_it_was_changed(world, monkeypatch):
    doubt = safety.Verdict("suicide", "suicide", "self", "weak", safety.LEARNT)
    monkeypatch.setattr(safety, "screen", lambda text, recent=(), alone=False: doubt if text == "done wi it" else None)
    monkeypatch.setattr(safety, "doubts", lambda text, recent=(): text == "done wi it")
    send(world, "done wi it")
    change(world, "done wi it for the day")
    world.rasa.mode = "down"
    world.step()
    assert any("are you thinking about suicide" in text for text in heard(world))


def test_a_change_after_the_answer_is_answered_too(world):
    send(world, "whats a unite")
    world.step()
    change(world, "whats a unit")
    world.step()
    assert asked(world) == ["whats a unite", "whats a unit"]


def test_a_change_that_changes_nothing_is_no_text(world):
    send(world, "whats a unit")
    world.step()
    change(world, "whats a unit")
    world.step()
    assert asked(world) == ["whats a unit"]


@pytest.mark.parametrize("task", [None, "booking"])
def test_a_changed_number_answers_no_later_question(world, task):
    send(world, "1")
    world.step()
    with world.conversation() as (_, conversation):
        conversation.task = task
    change(world, "2")
    world.step()
    assert asked(world) == [] if task is None else "2" not in asked(world)
    assert heard(world)[-1] == wording.say("gateway.edited")


def test_in_a_form_a_changed_answer_is_asked_for_anew(world):
    send(world, "drink")
    world.step()
    with world.conversation() as (_, conversation):
        conversation.task = "booking"
    change(world, "drugs")
    world.step()
    assert asked(world) == ["drink"] and heard(world)[-1] == wording.say("gateway.edited")


def test_in_a_form_a_change_before_the_answer_still_counts(world):
    send(world, "hello", 4)
    world.step()
    with world.conversation() as (_, conversation):
        conversation.task = "booking"
    send(world, "drink")
    change(world, "drugs")
    world.step()
    assert asked(world) == ["hello", "drugs"]


def test_danger_in_either_version_is_answered(any_world):
    send(any_world, DANGER)
    change(any_world, "never mind, whats a unit")
    send(any_world, "whats on", 6)
    change(any_world, DANGER, 6)
    said = [row for row in any_world.rows("out") if row.purpose == "crisis"]
    assert len({row.reply_to for row in said}) == 2
    any_world.step()
    assert {row.status for row in any_world.rows("in")} == {"answered"}


def test_stop_counts_however_it_was_put_in(world):
    send(world, "stpo")
    world.step()
    change(world, "stop")
    world.step()
    with world.conversation() as (_, conversation):
        assert conversation.address.stopped_at is not None


def test_a_change_of_what_we_never_had_is_a_text(world):
    change(world, "whats a unit")
    world.step()
    assert asked(world) == ["whats a unit"]


def test_nobody_changes_what_somebody_else_wrote(world):
    send(world, "whats a unit")
    world.take("mine", external_id="2002:9", kind="edit", edits="1001:5", channel="telegram", sender="2002")
    world.step()
    assert sorted(asked(world)) == ["mine", "whats a unit"]


# --- a reply to an older list ----------------------------------------------------------------


def offer(world, *labels):
    with world.database.write() as db:
        conversation = addresses.find_or_begin(db, "telegram", "1001")
        made = messages.say(db, conversation, "Which?", choices=[(label, f"/pick_{label}") for label in labels])
        made.status, made.provider_id = "sent", str(made.id)
        return str(made.id)


def test_a_number_sent_as_a_reply_picks_from_the_list_it_replies_to(any_world):
    older = offer(any_world, "a", "b")
    newer = offer(any_world, "c", "d")
    send(any_world, "2", replies_to=newer)
    any_world.step()
    assert asked(any_world) == ["/pick_d"]
    offer(any_world, "e", "f")
    send(any_world, "2", 6, replies_to=older)
    any_world.step()
    assert asked(any_world) == ["/pick_d"] and wording.say("gateway.old_button") in heard(any_world)


def test_words_sent_as_a_reply_are_words(world):
    send(world, "what does that mean", replies_to=offer(world, "a"))
    world.step()
    assert asked(world) == ["what does that mean"]


def test_a_reply_reaches_no_list_of_somebody_else(world):
    theirs = offer(world, "a")
    world.take("1", external_id="2002:1", channel="telegram", sender="2002", replies_to=theirs)
    world.step()
    assert asked(world) == []


# --- map pins ----------------------------------------------------------------------------------


def test_a_map_pin_asks_for_services_near_its_district(world):
    send(world, "Govan", kind="location")
    world.step()
    assert asked(world) == ['/find_service{"area": "Govan"}']
    send(world, "", 6, kind="location")
    world.step()
    assert heard(world)[-1] == wording.say("gateway.location")


def test_what_is_spooled_keeps_what_it_changes_and_what_it_replies_to(world):
    spool = world.gateway.intake.spool
    inbound = world.inbound("x", kind="edit", edits="1001:5", replies_to="7", at=clock.now() - timedelta(minutes=1))
    read = spool.read(spool.put(inbound)).inbound
    assert (read.edits, read.replies_to, read.kind) == ("1001:5", "7", "edit")


def test_a_second_delivery_of_a_change_is_the_same_change(world):
    send(world, "a")
    assert not change(world, "b").duplicate and change(world, "b").duplicate
    asyncio.run(world.gateway.intake.drained())
    assert len(world.rows("in")) == 2
