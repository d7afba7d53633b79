"""Suicide denied beside an ordinary request: the answer first, one question after it, and never no question."""

from __future__ import annotations

import pytest

from bot.conversations import choices, handoffs
from bot.gateway import turns
from bot.gateway.parts import Reply
from bot.models import Message
from tests.gateway.kit import with_worker

DENIES = "don't worry am no gonna do anything daft, whats a unit"
OFFER = {"text": "Which one?", "choices": [{"label": "Drink and you", "payload": "/book"}]}
ASKED, OPEN = "is suicide on your mind?", "how are you in yourself?"


def reasons(world) -> list[str]:
    with world.conversation() as (db, conversation):
        found = handoffs.current(db, conversation.id)
        return [reason for reason, _ in found.reasons] if found else []


def labels(world) -> list[str]:
    with world.conversation() as (db, conversation):
        return [choice.label for choice in choices.open_choices(db, conversation.id)]


@pytest.fixture
def known(world):
    """Somebody who has had the notice about the service already."""
    world.says("hello")
    return world


def test_the_answer_comes_first_and_the_question_after_it(known):
    answer, question = known.says(DENIES)
    assert answer == "You said whats a unit" and ASKED in question
    assert labels(known) == ["Yes", "No"] and reasons(known) == ["maybe_danger"]


def test_a_yes_to_it_is_danger(known):
    known.says(DENIES)
    assert "may want to end your life" in known.says("aye")[0]
    assert "crisis_suicide" in reasons(known)


def test_under_choices_the_number_stays_theirs_and_the_question_is_an_open_one(known):
    known.rasa.replies = [OFFER]
    answer, question = known.says(DENIES)
    assert answer.startswith("Which one?") and OPEN in question
    assert labels(known) == ["Drink and you"] and reasons(known) == ["maybe_danger"]
    known.says("1")
    assert known.rasa.asked[-1][2] == "/book"


def test_a_doubt_of_the_classifiers_does_not_overtake_the_answer_either(known):
    inbound = known.take("ma heid is mince", external_id="x1")
    _, ask = known.gateway.answering._claim()
    with known.database.write() as db:
        db.get(Message, inbound.message_id).purpose = "crisis"  # as the action does
        replies = [Reply("An answer."), Reply("I'd rather ask.", purpose="crisis")]
        turns.conclude(db, ask, replies, known.gateway.answering.hours)
    known.step()
    assert known.got()[-2:] == ["An answer.", "I'd rather ask."]


@pytest.mark.parametrize("mode", ["down", "slow", "empty", "error"])
def test_where_rasa_has_no_answer_the_question_is_asked_all_the_same(known, mode):
    known.rasa.mode = mode
    assert ASKED in " ".join(known.says(DENIES)) and "maybe_danger" in reasons(known)


def test_in_a_form_all_the_words_count(known):
    with known.conversation() as (_, conversation):
        conversation.task = "feedback"
    assert ASKED in known.says(DENIES)[-1]
    assert known.rasa.asked[-1][2] == DENIES


def test_with_a_worker_nothing_is_asked_and_they_are_told(known):
    with_worker(known)
    assert ASKED not in " ".join(known.says(DENIES)) and "maybe_danger" in reasons(known)


def test_a_denial_while_the_question_is_open_is_its_answer(known, at_noon):
    known.says(DENIES)
    at_noon.later(minutes=5)
    assert known.says("am no gonna hurt masel, where can i get food") == ["You said where can i get food"]


def test_it_is_asked_once_in_two_minutes(known):
    known.says(DENIES)
    known.says("2")
    assert known.says("honest am no gonna hurt masel, whats on in govan") == ["You said whats on in govan"]
