"""What is said after an answer: where it is from, whatever a source is called, and the same in simpler words."""

from __future__ import annotations

import types

import pytest
from rasa_sdk.executor import CollectingDispatcher

from bot import runtime
from bot.models import AnswerRevision
from bot.programme import answers
from tests import builders


@pytest.fixture
def say_it_simply(any_database):
    """What the person hears who was shown a revision with these values and wants it simpler."""
    from actions.answers import GiveAgain
    from actions.turn import Speech, Turn

    def said(**values):
        with any_database.write() as db:
            conversation = builders.a_conversation(db)
            revision = builders.an_answer_revision(db, **values)
            answers.show(db, conversation.id, revision, part="text", asked_by=None)
            turn = Turn(conversation.id, None, "simpler", "simpler", 1.0)
        dispatcher = CollectingDispatcher()
        GiveAgain().turn(turn, Speech(dispatcher))
        with any_database.read() as db:
            return dispatcher.messages, answers.last_shown(db, turn.conversation_id).part

    runtime.install(runtime.Runtime(types.SimpleNamespace(drafts=True, demo=True), any_database))
    yield said
    runtime.install(None)


def test_simpler_is_the_simple_wording_reviewed_with_the_answer(say_it_simply):
    messages, part = say_it_simply(simple="It counts drink.")
    assert [m["text"] for m in messages] == ["It counts drink."] and part == "simple"


def test_without_a_simple_wording_none_is_made_up_and_a_person_is_offered(say_it_simply):
    messages, part = say_it_simply(simple=None)
    assert [m["response"] for m in messages] == ["utter_simpler"] and part == "text"
    assert "/talk_to_person" in str(messages)


def test_a_source_whose_title_names_people_by_an_offence_is_passed_over():
    from actions.answers import source_words

    named = {"title": "Management of Offenders (Scotland) Act 2019", "url": "https://example.org/1", "seen": "2019"}
    plain = {"title": "Telling an employer, mygov.scot", "url": "https://example.org/2", "seen": "2023"}
    said = source_words(AnswerRevision(status="draft", sources=[named, plain]))
    assert "mygov.scot" in said and "Offender" not in said


def test_with_no_title_to_read_out_the_state_of_review_is_still_told():
    from actions.answers import source_words

    named = {"title": "Management of Offenders (Scotland) Act 2019", "url": "https://example.org/1", "seen": "2019"}
    said = source_words(AnswerRevision(status="draft", sources=[named]))
    assert said.startswith("No one from the programme has checked")
