"""A plain answer to "are you safe where you are?" and "is anyone in danger?", which have no yes and no under them."""

from __future__ import annotations

import pytest

from bot.conversations import handoffs

CONTROLLED, SAFE = "she controls everything i do", "Are you safe where you are?"
TOO_MUCH, UNWELL = "ma pal took too much last night", "Are they very sleepy, snoring, sick or hard to wake?"


def reasons(world) -> list[str]:
    with world.conversation() as (db, conversation):
        found = handoffs.current(db, conversation.id)
        return [reason for reason, _ in found.reasons] if found else []


@pytest.fixture
def known(world):
    """Somebody who has had the notice about the service already."""
    world.says("hello")
    return world


@pytest.mark.parametrize("no", ["no", "naw", "no im not safe", "no really", "I don't feel safe here"])
def test_who_is_not_safe_is_in_danger(known, no):
    assert SAFE in " ".join(known.says(CONTROLLED))
    first = known.says(no)[0]
    assert first.startswith("Thanks for your text, I've read it. It's not your fault.") and "999" in first
    assert "crisis_abuse" in reasons(known)


@pytest.mark.parametrize(
    "other", ["aye", "yes im safe", "naw am fine", "no im safe", "no thanks", "when is the next class"]
)
def test_anything_else_is_no_such_answer(known, other):
    known.says(CONTROLLED)
    assert known.says(other)[-1].startswith("You said")


@pytest.mark.parametrize("yes", ["yes", "aye", "yeah i think so"])
def test_somebody_very_unwell_is_an_emergency(known, yes):
    assert UNWELL in " ".join(known.says(TOO_MUCH))
    assert known.says(yes)[0].startswith("This sounds like an emergency. Call 999")
    assert "crisis_emergency" in reasons(known)


@pytest.mark.parametrize(
    ("told", "asked", "answer", "said"),
    [
        ("i dont feel safe", "Are you safe right now?", "no", "It looks like you need help."),
        ("shaky since i stopped drinking on monday", "Ill after less drink or drugs?", "aye", "Less drink or drugs"),
    ],
)
def test_what_is_answered_to_the_other_questions_is_danger(known, told, asked, answer, said):
    assert asked in " ".join(known.says(told))
    assert known.says(answer)[0].startswith(said)
    assert "crisis_emergency" in reasons(known)


def test_a_no_to_that_is_none(known):
    known.says(TOO_MUCH)
    assert known.says("no")[-1].startswith("You said")


def test_what_picks_something_under_an_answer_after_it_is_meant_for_that(known):
    known.rasa.replies = [{"text": "Want more?", "choices": [{"label": "Yes", "payload": "/more"}]}]
    known.says(TOO_MUCH)
    known.says("yes")
    assert known.rasa.asked[-1][2] == "/more"


def test_a_sign_of_danger_beside_it_does_not_put_it_off(known):
    known.says(CONTROLLED)
    assert "It's not your fault" in known.says("no im not safe, he's due in soon and in a mood")[0]


def test_hours_later_a_no_is_about_something_else(at_noon, known):
    known.says(CONTROLLED)
    at_noon.later(hours=2)
    assert known.says("no")[-1].startswith("You said")
