"""Danger was heard where there is none, and they say so: believed, and what stands beside it is answered."""

from __future__ import annotations

import pytest

from bot import crisis, safety, wording
from bot.conversations import choices
from tests.gateway.test_asking import MAYBE, UNSURE, crisis_words


def asked_open(world) -> bool:
    """Whether a question about danger is open."""
    with world.conversation() as (db, conversation):
        return any(c.payload in (crisis.YES, crisis.NO) for c in choices.open_choices(db, conversation.id))


@pytest.fixture
def asked(world, monkeypatch):
    """A person whose words the screen was not sure about, and who has been asked."""
    monkeypatch.setattr(safety, "screen", lambda text, recent=(), alone=False: UNSURE if text == MAYBE else None)
    world.says(MAYBE)
    return world


@pytest.mark.parametrize("denial", ["eh? naw am no suicidal its", "what? nobodys in danger.", "Nobody hurt me. I mean"])
def test_who_puts_us_right_is_believed_and_the_rest_is_answered(asked, denial):
    before = len(crisis_words(asked))
    said = asked.says(f"{denial} my sore back")
    assert crisis_words(asked)[before:] == [] and said[0] == wording.say("crisis.stand_corrected")
    assert asked.rasa.asked[-1][2].endswith("my sore back") and "danger" not in asked.rasa.asked[-1][2]
    assert said[1].startswith("You said") and not asked_open(asked)


def test_who_puts_us_right_is_told_so_once_though_rasa_is_down(world, at_noon):
    world.says("i want to die")
    world.rasa.mode = "down"
    world.says("wit naw thats no whit a meant. its my sore back")
    at_noon.later(seconds=30)
    world.rasa.mode = "talks"
    world.step()
    said = world.got()
    assert said.count(wording.say("crisis.stand_corrected")) == 1 and any("sore back" in text for text in said)


def test_who_puts_us_right_and_says_no_more_is_asked_what_they_need(world):
    world.says("i want to die")
    assert world.says("wit naw thats no whit a meant") == [wording.say("crisis.stand_corrected_again")]


@pytest.mark.parametrize(
    "words",
    [
        "naw am no suicidal but im no safe", "nobody hurt me. i took all my pills tonight",
        "nobodys hurting me its me thats doing it",
    ],
)  # fmt: skip
def test_a_denial_beside_danger_is_none(asked, monkeypatch, words):
    monkeypatch.undo()
    assert wording.say("crisis.stand_corrected") not in asked.says(words)


def test_a_denial_is_one_only_after_danger_and_within_the_hour(at_noon, world):
    assert wording.say("crisis.stand_corrected") not in world.says("nobody hurt me its my back")
    world.says("i want to die")
    assert wording.say("crisis.stand_corrected") in world.says("nobody hurt me its my back")
    at_noon.later(hours=2)
    assert wording.say("crisis.stand_corrected") not in world.says("nobody hurt me its my leg")


@pytest.mark.parametrize("words", ["naw am fine honestly forget it. just leave me", "never mind a shouldnt have said"])
def test_who_takes_back_what_was_true_is_not_hurried(world, words):
    world.says("i want to die")
    [said] = world.says(words)
    assert said.startswith("OK, no pressure")


@pytest.mark.parametrize("words", ["never mind that, cancel my booking", "forget it. whats on in govan"])
def test_what_is_wanted_beside_it_is_not_lost(world, words):
    world.says("i want to die")
    world.says(words)
    assert world.rasa.asked[-1][2] == words
