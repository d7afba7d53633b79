"""A worker's question that nobody has answered: one quiet text about it, and to whom there is none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock, wording
from bot.conversations import addresses, handoffs, nudges
from bot.models import Handoff, Message, Staff
from tests import builders
from tests.gateway.kit import with_worker

NUDGE = wording.say("handoff.nudge")


@pytest.fixture
def asked(world, at_noon):
    """Somebody whom a worker has asked something at noon; the worker is `world.worker`."""
    world.says("can i talk to somebody")
    world.worker = with_worker(world).id
    replies(world, "Hi, Ann here. Which day suits you?")
    return world


def replies(world, text: str) -> None:
    with world.conversation() as (db, conversation):
        handoffs.reply(db, conversation, db.get(Staff, world.worker), text)
    world.step()


def in_a_while(world, at_noon, **how) -> list[str]:
    """What a round of the scheduler brings onto their phone some time later."""
    before = len(world.got())
    at_noon.later(**(how or {"minutes": 20}))
    world.gateway.scheduling.round(at_noon.time)
    world.step()
    return world.got()[before:]


def test_they_are_told_once_that_there_is_a_question(asked, at_noon):
    assert in_a_while(asked, at_noon, minutes=19) == []
    assert in_a_while(asked, at_noon, minutes=1) == [NUDGE]
    replies(asked, "Is Tuesday better?")
    assert in_a_while(asked, at_noon, minutes=25) == [], "once, however often they are asked"


def test_it_is_one_plain_segment_that_says_nothing_of_what_it_is_about():
    assert wording.to_gsm(NUDGE) == NUDGE and len(NUDGE) <= 160
    assert not any(word in NUDGE.lower() for word in ("health", "drink", "drug", "order", "hours", "session"))


def test_it_is_kept_as_what_it_is(asked, at_noon):
    in_a_while(asked, at_noon)
    last = asked.rows("out")[-1]
    assert (last.purpose, last.author, last.status) == ("nudge", "system", "sent")


def test_a_later_word_of_the_worker_puts_it_off(asked, at_noon):
    at_noon.later(minutes=15)
    replies(asked, "I am here till five.")
    assert in_a_while(asked, at_noon, minutes=10) == []
    assert in_a_while(asked, at_noon, minutes=10) == [NUDGE]


@pytest.mark.parametrize("text", ["I have booked Tuesday for you.", "See https://example.org/x?y=1 about it."])
def test_who_was_asked_nothing_is_not_nudged(world, at_noon, text):
    world.says("can i talk to somebody")
    world.worker = with_worker(world).id
    replies(world, text)
    assert in_a_while(world, at_noon) == []


def test_who_has_texted_since_is_not_nudged(asked, at_noon):
    at_noon.later(minutes=5)
    asked.says("tuesday")
    assert in_a_while(asked, at_noon) == []


def test_who_has_texted_from_another_phone_since_is_not_nudged(asked, at_noon):
    with asked.conversation() as (db, conversation):
        other = builders.a_conversation(db, conversation.person, channel="telegram")
        db.add(Message(conversation_id=other.id, direction="in", author="person", channel="telegram", body="tuesday",
                       status="with_staff"))  # fmt: skip
    assert in_a_while(asked, at_noon) == []


def test_once_the_worker_is_gone_there_is_none(asked, at_noon):
    with asked.conversation() as (db, conversation):
        handoffs.close(db, handoffs.current(db, conversation.id), outcome="answered")
    asked.step()
    assert in_a_while(asked, at_noon) == []


def test_a_question_that_did_not_arrive_is_not_asked_after(asked, at_noon):
    with asked.database.write() as db:
        db.query(Message).filter_by(author="staff").one().status = "failed"
    assert in_a_while(asked, at_noon) == []


def stopped(db, conversation):
    addresses.stop(db, conversation)


def left_out(db, conversation):
    addresses.leave_out(db, conversation, "reminder")


def rather_called(db, conversation):
    conversation.person.contact_by = "call"


def unreachable(db, conversation):
    conversation.address.unreachable_at = clock.now()


def in_danger(db, conversation):
    conversation.crisis_at = clock.now() - timedelta(hours=47)


def hurt_at_home_once(db, conversation):
    long_ago = clock.now() - timedelta(days=300)
    other = builders.a_conversation(db, conversation.person)
    db.add(Handoff(conversation_id=other.id, reason="asked", priority=2, closed_at=long_ago,
                   reasons=[["crisis_abuse", long_ago.isoformat()], ["asked", long_ago.isoformat()]]))  # fmt: skip


def maybe_in_danger(db, conversation):
    handoffs.open_for(db, conversation, "maybe_danger")


@pytest.mark.parametrize(
    "how", [stopped, left_out, rather_called, unreachable, in_danger, hurt_at_home_once, maybe_in_danger]
)
def test_who_is_not_to_be_nudged(asked, at_noon, how):
    with asked.conversation() as (db, conversation):
        how(db, conversation)
    assert in_a_while(asked, at_noon) == []
    assert all(row.purpose != "nudge" for row in asked.rows("out")), "none is queued either"


def given_back(db, conversation):
    handoffs.give_back(db, handoffs.current(db, conversation.id), "released")


@pytest.mark.parametrize("how", [stopped, left_out, rather_called, in_danger, given_back])
def test_what_comes_between_the_queue_and_the_phone_counts_too(asked, at_noon, how):
    at_noon.later(minutes=20)
    with asked.conversation() as (db, conversation):
        assert nudges.due(db, timedelta(minutes=30), at_noon.time) == 1
        how(db, conversation)
    asked.step()
    assert NUDGE not in asked.got()
    assert [row.status for row in asked.rows("out") if row.purpose == "nudge"] == ["stopped"]


def test_at_night_it_waits_until_it_is_of_no_use(world, at_noon):
    at_noon.later(hours=7, minutes=50)  # 7.50pm
    world.says("can i talk to somebody")
    world.worker = with_worker(world).id
    replies(world, "Which day suits you?")
    with world.conversation() as (db, conversation):
        conversation.staff_active_at = at_noon.time + timedelta(hours=1)  # the worker is still there
    assert in_a_while(world, at_noon) == []
    assert world.rows("out")[-1].purpose == "nudge", "it was due, and held back"
    assert in_a_while(world, at_noon, hours=13) and NUDGE not in world.got()


def test_a_worker_on_the_next_occasion_may_nudge_again(asked, at_noon):
    assert in_a_while(asked, at_noon) == [NUDGE]
    with asked.conversation() as (db, conversation):
        handoffs.close(db, handoffs.current(db, conversation.id), outcome="no_reply")
    at_noon.later(days=1)
    asked.says("hello again")
    asked.worker = with_worker(asked).id
    replies(asked, "Did Tuesday work out?")
    assert in_a_while(asked, at_noon) == [NUDGE]
