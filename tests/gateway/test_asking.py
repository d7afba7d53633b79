"""Words that may mean danger: the question, its yes and its no, in the gateway itself."""

from __future__ import annotations

import pytest

from bot import safety, wording
from bot.conversations import choices, messages
from bot.gateway import turns
from bot.gateway.turns import Ask, Reply
from bot.models import Message


def crisis_words(world):
    return [row.body for row in world.rows("out") if row.purpose == "crisis" and row.status == "sent"]


UNSURE = safety.Verdict("suicide", "suicide", "self", "weak", "test")
MAYBE = "im at the end of my rope and done with it all"


@pytest.fixture
def asked(world, monkeypatch):
    """A person whose words the screen was not sure about, and who has been asked."""
    monkeypatch.setattr(safety, "screen", lambda text, recent=(): UNSURE if text == MAYBE else None)
    world.says(MAYBE)
    assert "are you thinking about suicide" in " ".join(world.got())
    return world


@pytest.mark.parametrize("words", ["1", "yes", "Aye", "a am", "yeah sometimes", "1.", "👍"])
def test_a_yes_to_the_question_is_danger_whatever_rasa_does(asked, words):
    before = len(crisis_words(asked))
    asked.rasa.mode = "down"
    asked.says(words)
    said = crisis_words(asked)[before:]
    assert said and said[0].startswith(wording.sentences()["crisis.suicide.first"][:30])


def test_a_yes_waits_for_nothing(world, monkeypatch):
    monkeypatch.setattr(safety, "screen", lambda text, recent=(): UNSURE if text == MAYBE else None)
    world.rasa.mode = "down"
    world.says(MAYBE)  # Rasa has this one to answer still, and what comes after it waits
    before = len(crisis_words(world))
    world.says("yes")
    assert len(crisis_words(world)) > before


@pytest.mark.parametrize("words", ["2", "no", "Naw", "nah im fine", "no not at all", "👎"])
def test_a_no_to_the_question_is_believed(asked, words):
    before = len(crisis_words(asked))
    said = asked.says(words)
    assert crisis_words(asked)[before:] == []
    assert len(said) == 1 and "Thank you for telling me" in said[0]


@pytest.mark.parametrize("words", ["what is a unit", "no luck at the job centre", "yes my pal told me about the class"])
def test_anything_else_is_no_answer_to_the_question(asked, words):
    assert "Thank you for telling me" not in " ".join(asked.says(words))


def test_an_answer_beside_the_question_takes_no_numbers_from_it(asked):
    """The number 1 must mean one thing: what Rasa offers beside the question is left out, what it says is not."""
    with asked.conversation() as (db, conversation):
        open_now = choices.open_choices(db, conversation.id)
        message = db.get(Message, open_now[0].message_id)
        inbound = db.get(Message, message.reply_to)
        inbound.status = "answering"
        ask = Ask(inbound.id, conversation.id, MAYBE)
        replies = [Reply("An answer."), Reply("Which one?", choices=(("A", "/choose"), ("B", "/choose")))]
        turns.conclude(db, ask, replies, asked.gateway.answering.hours)
        said = [m.body for m in messages.replies_to(db, inbound.id)]
        assert "An answer." in said and "Which one?" not in said
        assert [c.label for c in choices.open_choices(db, conversation.id)] == ["Yes", "No"]
