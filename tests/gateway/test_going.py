""" "Did you go?" answered in a few words of their own instead of a number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversations import choices, going, messages
from tests import builders

ASKED = [(label, f'/choose{{"option": "did_you_go:{label}:7"}}') for label in ("went", "not_yet", "never")]
HELPED = [(label, f'/choose{{"option": "did_you_go:{label}:7"}}') for label in ("helped_yes", "helped_no")]
WHY = [
    (label, f'/choose{{"option": "did_you_go:{label}:7"}}')
    for label in ("no_time", "not_reached", "not_for_me", "changed")
]


def picks(pairs, text):
    return next((label for label, payload in pairs if going.means(payload, text)), None)


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("I went", "went"), ("aye i went", "went"), ("I did aye", "went"), ("went there last week", "went"),
        ("yes i phoned them", "went"), ("aye a rang them yesterday", "went"), ("been", "went"),
        ("didnt go", "not_yet"), ("naw didnae go", "not_yet"), ("I didn't go yet", "not_yet"),
        ("no yet pal", "not_yet"),
        ("not yet", "not_yet"), ("havent been", "not_yet"), ("couldnt get through", "not_yet"),
        ("naw a hivnae had time", "not_yet"), ("nobody answered", "not_yet"),
        ("dont ask me again", "never"), ("stop asking me that", "never"),
        ("stop texting me", None), ("i went and now i want to die", None), ("whats on this week", None),
        ("i phoned my ex and he hit me", None), ("no i took too many tablets", None), ("i never want to wake up", None),
    ],
)  # fmt: skip
def test_did_you_go(text, picked):
    assert picks(ASKED, text) == picked


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("it did", "helped_yes"), ("aye it helped a lot", "helped_yes"), ("yeah it was good", "helped_yes"),
        ("not really", "helped_no"), ("didnt help", "helped_no"), ("naw no really", "helped_no"),
        ("waste of time", "helped_no"), ("it didn't help at all and i cant go on", None),
    ],
)  # fmt: skip
def test_did_it_help(text, picked):
    assert picks(HELPED, text) == picked


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("nae time", "no_time"), ("had no time", "no_time"), ("too busy", "no_time"), ("been working", "no_time"),
        ("couldn't get through", "not_reached"), ("naebody picked up", "not_reached"), ("nae answer", "not_reached"),
        ("it just rang out", "not_reached"), ("not for me", "not_for_me"), ("no ma thing", "not_for_me"),
        ("changed ma mind", "changed"), ("I want to die", None),
    ],
)  # fmt: skip
def test_what_got_in_the_way(text, picked):
    assert picks(WHY, text) == picked


def test_words_count_for_a_day_and_a_number_as_long_as_it_is_open(any_database):
    with any_database.write() as db:
        conversation = builders.a_conversation(db)
        message = messages.say(db, conversation, "Did you go?", choices=ASKED)
        assert choices.pick(db, conversation, "didnt go").label == "not_yet"
        message.created_at -= timedelta(days=2)
        db.flush()
        assert choices.pick(db, conversation, "didnt go") is None
        assert choices.pick(db, conversation, "2").label == "not_yet"


def test_other_questions_are_answered_by_their_labels_alone():
    assert not going.means("/confirm_coming", "i did") and not going.means('/choose{"option": "stop:1"}', "i did")


def test_such_an_answer_is_picked_before_anything_is_asked_of_the_language_model(world):
    world.says("hello")
    with world.conversation() as (db, conversation):
        messages.say(db, conversation, "Did you go?", choices=ASKED)
    world.says("couldnt get through")
    assert world.rasa.asked[-1][2] == '/choose{"option": "did_you_go:not_yet:7"}'
    with world.conversation() as (db, conversation):
        messages.say(db, conversation, "Did you go?", choices=ASKED)
    assert "999" in world.says("i went and now im going to kill myself")[0]
