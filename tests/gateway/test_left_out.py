"""One kind of text can be left out while the others go on; a stopped person is texted by nothing that was queued."""

from __future__ import annotations

import types

import pytest
from rasa_sdk.executor import CollectingDispatcher

from bot import runtime
from bot.conversations import addresses, messages, outbox
from bot.gateway.scheduling import still_wanted
from bot.models import Booking, Conversation, Message
from bot.programme import broadcasts, reminders
from tests import builders
from tests.gateway.test_scheduling import booked


@pytest.fixture
def acts(any_database):
    """Run an action on what somebody typed or picked; what they are told."""

    def run(action, conversation_id, typed, answer=None):
        from actions.turn import Speech, Turn

        dispatcher = CollectingDispatcher()
        turn = Turn(conversation_id, None, typed, "stop_messages", 1.0)
        action(turn, Speech(dispatcher), *([answer] if answer else []))
        return dispatcher.messages

    runtime.install(runtime.Runtime(types.SimpleNamespace(drafts=True, demo=True), any_database))
    yield run
    runtime.install(None)


def to_come(db, conversation_id):
    """What a round of reminders, a text to many and a notice would put on this person's phone."""
    conversation = db.get(Conversation, conversation_id)
    reminders.due(db, builders.NOW)
    many = [r for r in broadcasts.audience(db, "everyone", None, builders.NOW) if r.conversation_id == conversation_id]
    return {m.purpose for m in builders.texts_to(db, conversation.person)} | ({"broadcast"} if many else set())


@pytest.mark.parametrize(
    ("typed", "kind", "left"),
    [
        ("stop the reminders pal", "reminder", {"broadcast"}),
        ("gonnae stop reminding me", "reminder", {"broadcast"}),
        ("stop sending me yer news", "broadcast", {"reminder"}),
        ("stop the group texts", "broadcast", {"reminder"}),
    ],
)
def test_one_kind_is_asked_about_and_left_out_and_the_others_go_on(any_database, acts, typed, kind, left):
    from actions.texts import AskToStop, leave_out_answer

    with any_database.write() as db:
        booking = booked(db)
        conversation = db.get(Conversation, booking.conversation_id)
        conversation.last_inbound_at, conversation_id = builders.NOW, conversation.id
    [asked] = acts(AskToStop().turn, conversation_id, typed)
    assert asked["response"] == f"utter_ask_to_stop_{kind}" and f"leave_out:{kind}" in str(asked)
    [said] = acts(leave_out_answer, conversation_id, "1", kind)
    assert said["response"] == f"utter_left_out_{kind}"
    with any_database.write() as db:
        assert to_come(db, conversation_id) == left
        assert db.get(Conversation, conversation_id).address.stopped_at is None


def test_stop_without_a_kind_asks_about_all_of_it(any_database, acts):
    from actions.texts import AskToStop

    with any_database.write() as db:
        conversation_id = builders.a_conversation(db).id
    [asked] = acts(AskToStop().turn, conversation_id, "stop texting me pal")
    assert asked["response"] == "utter_ask_to_stop"


def test_both_kinds_add_up_and_start_brings_both_back(any_database):
    with any_database.write() as db:
        conversation = builders.a_conversation(db)
        for kind in addresses.KINDS * 2:
            addresses.leave_out(db, conversation, kind)
        assert not any(addresses.wants(conversation.person, kind) for kind in addresses.KINDS)
        addresses.start(db, conversation)
        assert all(addresses.wants(conversation.person, kind) for kind in addresses.KINDS)
        with pytest.raises(ValueError):
            addresses.leave_out(db, conversation, "crisis")


def test_start_brings_reminders_back_and_a_plain_yes_does_not(world):
    world.says("hello")
    with world.conversation() as (db, conversation):
        addresses.leave_out(db, conversation, "reminder")
    world.says("yes")
    with world.conversation() as (_, conversation):
        assert not addresses.wants(conversation.person, "reminder")
    assert "back on" in world.says("START")[0]
    with world.conversation() as (_, conversation):
        assert addresses.wants(conversation.person, "reminder")


def queued(db):
    """Somebody for whom a reminder is queued; their conversation and the reminder."""
    booking = booked(db)
    assert reminders.due(db, builders.NOW) == 1
    return db.get(Conversation, booking.conversation_id), builders.texts_to(db, booking.person)[0]


@pytest.mark.parametrize("how", ["stopped", "stopped past the queue", "left out", "released"])
def test_a_reminder_that_was_queued_before_does_not_go_out(any_database, how):
    with any_database.write() as db:
        conversation, reminder = queued(db)
        if how == "stopped":
            addresses.stop(db, conversation)
        elif how == "stopped past the queue":  # the provider's word, put down by another road
            conversation.address.stopped_at = builders.NOW
        elif how == "left out":
            addresses.leave_out(db, conversation, "reminder")
        else:
            addresses.release(db, conversation)
        db.flush()
        db.expire_all()
        assert outbox.claim(db, ["sms", "telegram"], builders.NOW, still_wanted=still_wanted) is None
        assert db.get(Message, reminder.id).status == "stopped"
        assert reminders.due(db, builders.NOW) == 0
        assert db.query(Booking).one().status == "booked"


def test_an_answer_still_goes_out_to_somebody_who_left_reminders_out(any_database):
    with any_database.write() as db:
        conversation, _ = queued(db)
        addresses.leave_out(db, conversation, "reminder")
        answer = messages.say(db, conversation, "A unit is 10ml.")
        claimed = outbox.claim(db, ["sms", "telegram"], answer.created_at, still_wanted=still_wanted)
        assert claimed.id == answer.id
