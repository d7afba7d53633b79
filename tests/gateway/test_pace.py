"""How fast Telegram is sent to: a second between two texts in a chat, thirty a second in all, crisis words first."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.conversations import addresses, messages
from bot.gateway import channels
from bot.gateway.pace import Pace, Rate
from tests.gateway.kit import Phones, World


class Watch:
    """A watch to be set."""

    def __init__(self):
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def paced(database, tmp_path, watch):
    return a_world(database, tmp_path, watch)


@pytest.fixture
def any_paced(any_database, tmp_path, watch):
    return a_world(any_database, tmp_path, watch)


def a_world(database, tmp_path, watch):
    phones = Phones("telegram")
    phones.pace = Pace(Rate(), watch)
    world = World(database, tmp_path, channels={"telegram": phones, "sms": Phones("sms")})
    world.phones = phones
    return world


def queue(world, chat, text, channel="telegram", **values):
    with world.database.write() as db:
        conversation = addresses.find_or_begin(db, channel, str(chat))
        return messages.say(db, conversation, text, **values).id


def send(world):
    """Send until nothing may go now."""

    async def work():
        while await world.gateway.sending.send_one():
            pass

    asyncio.run(work())


def sent(world):
    return [text for _, text in world.phones.got]


def test_a_chat_gets_a_text_a_second_in_order_and_other_chats_do_not_wait(any_paced, watch):
    for text in ("a1", "a2", "a3"):
        queue(any_paced, 1001, text)
    queue(any_paced, 1002, "b1")
    queue(any_paced, "+447700900123", "s1", channel="sms")
    queue(any_paced, "+447700900123", "s2", channel="sms")
    send(any_paced)
    assert sorted(sent(any_paced)) == ["a1", "b1"] and len(any_paced.channels["sms"].got) == 2
    watch.time += 0.9
    send(any_paced)
    assert len(sent(any_paced)) == 2
    for text in ("a2", "a3"):
        watch.time += 1.0
        send(any_paced)
        assert sent(any_paced)[-1] == text


def test_the_seconds_texts_are_not_used_up_by_ordinary_ones(paced, watch):
    for chat in range(60):
        queue(paced, 2000 + chat, f"text {chat}")
    send(paced)
    rate = paced.phones.pace.rate
    assert len(sent(paced)) == rate.a_second - rate.kept
    for chat in range(3):
        queue(paced, 3000 + chat, f"danger {chat}", purpose="crisis")
    send(paced)
    assert sent(paced)[-3:] == ["danger 0", "danger 1", "danger 2"], "the others wait, these do not"
    watch.time += 1.01
    send(paced)
    assert len(sent(paced)) == 2 * (rate.a_second - rate.kept) + 3


def test_even_crisis_words_keep_to_what_telegram_takes_in_a_second(paced, watch):
    for chat in range(40):
        queue(paced, 2000 + chat, f"danger {chat}", purpose="crisis")
    send(paced)
    assert len(sent(paced)) == 30
    watch.time += 1.01
    send(paced)
    assert sent(paced) == [f"danger {n}" for n in range(40)]


def test_crisis_words_wait_for_no_chats_second(paced):
    queue(paced, 1001, "a1")
    send(paced)
    queue(paced, 1001, "a2")
    queue(paced, 1001, "danger", purpose="crisis")
    send(paced)
    assert sent(paced) == ["a1", "danger"]


def test_a_429_pauses_the_whole_bot_as_long_as_it_says_but_not_crisis_words(any_paced, watch, at_noon):
    any_paced.phones.fail(channels.TryAgain("429", timedelta(seconds=30)))
    queue(any_paced, 1001, "a1")
    send(any_paced)
    queue(any_paced, 1002, "b1")
    queue(any_paced, 1003, "danger", purpose="crisis")
    send(any_paced)
    assert sent(any_paced) == ["danger"]
    watch.time += 29
    at_noon.later(seconds=29)
    send(any_paced)
    assert sent(any_paced) == ["danger"]
    watch.time += 2
    at_noon.later(seconds=2)
    send(any_paced)
    assert sorted(sent(any_paced)[1:]) == ["a1", "b1"]


def test_the_parts_of_a_long_text_are_a_second_apart(paced, watch):
    rests = []

    async def rest(seconds):
        rests.append(seconds)
        watch.time += seconds

    paced.gateway.sending.rest = rest
    queue(paced, 1001, "word " * 2000)
    send(paced)
    assert len(sent(paced)) == 3 and rests == [1.0, 1.0] and all(len(text) <= 4096 for text in sent(paced))


def test_what_is_held_is_looked_at_again_when_it_may_go(paced, watch):
    sending, pace = paced.gateway.sending, paced.phones.pace
    assert sending._until_next() == 15.0
    queue(paced, 1001, "a1")
    send(paced)
    assert sending._until_next() == pytest.approx(1.0)
    pace.pause(7.0)
    assert sending._until_next() == pytest.approx(7.0)
    watch.time += 8
    assert not pace.resting() and sending._until_next() == 15.0
