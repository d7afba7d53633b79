"""In which words danger is answered: as close at hand where a plan is told, and never as a plan where none is."""

from __future__ import annotations

import pytest

from bot import crisis
from bot.safety import close_at_hand, screen
from bot.safety.manner import doubts


def words(text: str) -> str:
    return " ".join(crisis.replies(screen(text), when="tomorrow"))


@pytest.mark.parametrize(
    "text",
    [
        "got the tablets sitting in front of me",
        "the bottle of pills is in my hand",
        "am up on the bridge",
        "bought the rope the day",
        "i've decided when i'm going to do it",
        "the razor's right here beside me",
        "got it all planned for tonight",
        "im in the woods wi a rope",
        "i'm doing it when the weans are asleep",
        "ive wrote the letters to my weans",
        "sat here wi a knife to my wrist",
        "got ma da's pills in my pocket",
    ],
)
def test_who_tells_how_where_or_when_is_answered_as_somebody_who_is_close(text):
    verdict = screen(text)
    assert (verdict.kind, verdict.about) == ("plan", "self")
    said = words(text)
    assert "close to ending your life" in said and "call 999 now" in said
    assert "someone who can stay with you" in said and "out of reach" in said


@pytest.mark.parametrize(
    "text",
    ["i want to die", "i keep thinking about killing myself", "i think about suicide every day", "nae point in anything any mair"],
)
def test_who_tells_of_no_plan_is_not_told_that_they_have_one(text):
    assert not close_at_hand(text)
    assert "close to ending your life" not in words(text)


def test_a_plan_that_is_over_is_asked_about_as_what_it_was():
    text = "years ago i had the pills in my hand but im good now"
    assert not close_at_hand(text)
    assert "close to ending your life" not in words(text)


def test_a_plan_of_somebody_else_is_theirs():
    verdict = screen("my pal is up on the bridge and says hes going to jump")
    assert verdict.about == "other"
    assert "worried about someone's life" in words("my pal is up on the bridge and says hes going to jump")


def test_a_question_about_a_plan_has_a_yes_and_a_no():
    assert [label for label, _ in crisis.choices(screen("am up on the bridge"))] == ["Yes", "No"]


def test_a_doubt_of_the_list_alone_is_still_weighed():
    assert doubts("the rope's in the cupboard and im ready")
