"""Choices: numbered lines by SMS, buttons on Telegram, and what picks from them."""

from __future__ import annotations

import pytest

from bot import wording
from bot.conversations import choices

CHOICES = [
    {"text": "Which?", "choices": [{"label": "Govan", "payload": "/a"}, {"label": "The east end", "payload": "/b"}]}
]


def offered(world, **values):
    world.rasa.replies = CHOICES
    world.says("where", **values)
    world.rasa.replies = None
    with world.database.read() as db:
        return [choice.id for choice in choices.open_choices(db, world.rows("in")[0].conversation_id)]


def test_choices_are_numbered_lines_by_sms(world):
    offered(world)
    assert world.got()[0] == "Which?\n1. Govan\n2. The east end"


def test_a_number_or_the_label_picks(world):
    for text in ("2", "no 2 pls", "2️⃣", "the EAST end!", "2 aye", "aye 2 please", "Yes, 2"):
        offered(world)
        world.says(text)
        assert world.rasa.asked[-1][2] == "/b"


def test_a_yes_beside_the_number_of_a_no_picks_neither(world):
    under = [{"label": "Yes", "payload": "/a"}, {"label": "No", "payload": "/b"}]
    world.rasa.replies = [{"text": "Shall I?", "choices": under}]
    world.says("book it")
    world.rasa.replies = None
    assert world.says("aye 2") == [wording.say("gateway.pick_again", last=2)]
    world.says("aye 1")
    assert world.rasa.asked[-1][2] == "/a"


def test_another_number_is_asked_about_and_other_words_go_to_rasa(world):
    offered(world)
    assert world.says("3") == [wording.say("gateway.pick_again", last=2)]
    world.says("govan or thereabouts")
    assert world.rasa.asked[-1][2] == "govan or thereabouts"


def test_expired_choices_pick_nothing(world):
    offered(world)
    with world.conversation() as (db, conversation):
        choices.close_all(db, conversation.id)
    assert world.says("1") == [wording.say("gateway.which_number")]


def test_a_button_picks_its_own_choice(world):
    _, second = offered(world, channel="telegram", sender="1001")
    world.says("", channel="telegram", sender="1001", kind="choice", choice_id=second)
    assert world.rasa.asked[-1][2] == "/b" and world.rows("in")[-1].body == "The east end"


def test_an_old_button_never_picks_from_a_newer_set_with_the_same_label(world):
    first, _ = offered(world, channel="telegram", sender="1001")
    asked = len(world.rasa.asked)
    offered(world, channel="telegram", sender="1001")
    said = world.says("", channel="telegram", sender="1001", kind="choice", choice_id=first)
    assert said == [wording.say("gateway.old_button")] and len(world.rasa.asked) == asked + 1


@pytest.mark.parametrize("choice", ["foreign", "unknown"])
def test_a_forged_button_does_nothing_and_shows_nothing(world, choice):
    theirs, _ = offered(world)
    number = theirs if choice == "foreign" else 999_999
    said = world.says("", channel="telegram", sender="6666", kind="choice", choice_id=number)
    assert said == [wording.say("gateway.old_button")]
    assert world.rows("in")[-1].body == "" and len(world.rasa.asked) == 1
