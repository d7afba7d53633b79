"""Whose trouble is told of: somebody's, or the writer's own as well."""

from __future__ import annotations

import pytest

from bot import crisis
from bot.nlu import danger
from bot.safety import Verdict, about_another, screen


@pytest.mark.parametrize(
    "text",
    [
        "my da drinks every day what can i do",
        "ma wife's no sleeping and greetin aw the time",
        "my mate lost his job and is drinking too much",
        "my mum is really down since my dad passed",
        "my sister cannae cope wi the weans",
        "im worried about my brother hes not eating",
        "can i get help for my son whos on the gear",
        "my best pal has been in a dark place lately what do i say",
    ],
)
def test_what_is_asked_for_somebody_is_about_them(text):
    assert about_another(text)
    shares = [{"name": "ask_mental_health", "confidence": 0.6}, {"name": "crisis_suicide", "confidence": 0.4}]
    assert danger.seen(shares, "ask_mental_health", text) == danger.Danger("suicide", "asks", "other", doubt=True)


@pytest.mark.parametrize(
    "text",
    [
        "my neighbour have thoughts of suicide", "my cousin think of suicide, he not want doctor",
        "my husband say always he want to kill himself",
    ],
)  # fmt: skip
def test_a_learners_english_tells_whose_it_is(text):
    assert screen(text).about == "other"


@pytest.mark.parametrize(
    "text", ["my mum think im fine but i have thoughts of suicide", "my wife say go to doctor, i think of suicide every day"]
)
def test_and_whose_it_is_not(text):
    assert screen(text).about == "self"


def test_whoever_was_lost_is_not_the_one_who_wants_to_die():
    assert screen("lost the baby in june. cannae see the point ae bein here any mair").about == "self"
    assert screen("ma brother lost the baby in june, he cannae see the point ae livin").about == "other"


@pytest.mark.parametrize(
    "text",
    [
        "my da drinks every day and i cant take it anymore",
        "my dad drinks and i hate my life",
        "my mum is ill and i cant cope",
        "me and my pal are struggling",
        "my wife left me",
        "my wife left and took the weans",
        "my son died and i dont know what to do",
        "my mum passed away last week",
        "my brother is in jail and im on my own",
        "my man says im worthless",
        "what helps with sleep",
    ],
)
def test_what_the_writer_goes_through_is_asked_of_the_writer(text):
    assert not about_another(text)


def test_the_question_is_about_them_and_a_yes_too():
    verdict = Verdict("suicide", "suicide_doubt", "other", "weak", "learnt")
    [said] = crisis.replies(verdict, when="tomorrow")
    assert "could they be thinking about suicide?" in said and "are you thinking" not in said
    assert crisis.choices(verdict) == [("Yes", crisis.YES_OTHER), ("No", crisis.NO)]
