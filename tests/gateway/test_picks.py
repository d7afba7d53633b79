"""A pick at the head of a text that goes on is taken, and the rest is not lost without a word."""

from __future__ import annotations

import pytest

WHICH = {
    "text": "Which one?",
    "choices": [{"label": "Tue 8 Dec", "payload": '/choose{"option": "session:1"}'}, {"label": "Wed", "payload": "/b"}],
}
HELPED = {
    "text": "Did that help?",
    "choices": [{"label": f"{n}", "payload": f'/choose{{"option": "helped:{n}"}}'} for n in (1, 0)],
}
SCORE = {
    "text": "How was it, 1 to 5?",
    "choices": [{"label": str(n), "payload": f'/choose{{"option": "score:{n}"}}'} for n in range(1, 6)],
}


@pytest.fixture
def listed(world):
    """Somebody who was asked which of two."""
    world.rasa.replies = [WHICH]
    world.says("whats on")
    return world


@pytest.mark.parametrize(
    ("words", "beside"),
    [
        ("1 please. What clothes I need? If rain?", "What clothes I need? If rain?"),
        ("The first one please, will a woman be running it?", "will a woman be running it?"),
        ("no 1, wheres it at pal", "wheres it at pal"),
        ("1 but that no the naloxone wan as well is it", "but that no the naloxone wan as well is it"),
        ("1. n a don't want ma name on a list", "n a don't want ma name on a list"),
        ("aye the furst wan. is she gonnae be there", "is she gonnae be there"),
        ("1. He's called Davie and he wants the money session", "He's called Davie and he wants the money session"),
        ("1. and then something friday maybe", "and then something friday maybe"),
    ],
)  # fmt: skip
def test_the_pick_is_taken_and_what_is_said_beside_it_too(listed, words, beside):
    said = listed.says(words)
    assert (listed.rasa.asked[-1][2], listed.rasa.beside) == ('/choose{"option": "session:1"}', beside)
    assert "text me the rest again" not in " ".join(said)


@pytest.mark.parametrize(
    "words",
    ["2 and a half pints", "1, maybe 2 a day", "2 vodkas a day", "1 but its for him", "9. what is that", "1. 5 units",
     "1. dont book me on that", "2 please no wait 3", "first, i lost my job", "2. and 3 please",
     "1 and a half", "1 n a bit", "1. no sorry the other one", "2, i dinnae want that"],
)
def test_a_number_in_a_sentence_picks_nothing(listed, words):
    listed.says(words)
    assert not listed.rasa.asked[-1][2].startswith(("/choose", "/b"))


def test_a_score_is_no_pick_by_the_way(world):
    world.rasa.replies = [SCORE]
    world.says("feedback")
    world.says("2. it was freezing")
    assert not world.rasa.asked[-1][2].startswith("/choose")


def test_after_did_that_help_the_rest_is_the_message(world):
    world.rasa.replies = [HELPED]
    world.says("is codeine ok")
    world.says("2. whit if its cocodamol tho")
    assert world.rasa.asked[-1][2] == "whit if its cocodamol tho"
