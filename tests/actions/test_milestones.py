"""Good news is told from a question, and from news that is not good alone."""

from __future__ import annotations

import pytest

from actions.milestones import is_good_news, is_milestone


@pytest.mark.parametrize(
    "text",
    [
        "dry since easter n naebody tae tell so am tellin you",
        "eight months sober the day",
        "am aff the drink 6 weeks noo",
        "clean since the 4th of june, my girl came to see me",
        "wan year off the gear on friday",
    ],
)
def test_how_long_they_have_been_off_it_is_good_news(text):
    assert is_milestone(text)


@pytest.mark.parametrize(
    "text",
    [
        "sober since june, can i have a shandy at the wedding",
        "three days aff the drink n ma hauns are shakin",
        "eight months sober but i want a drink",
        "off the drink since monday and seeing things",
        "is it dry on thursday for the litter pick",
        "clean the van at two",
        "dry since easter?",
    ],
)
def test_a_question_a_longing_or_an_illness_is_not(text):
    assert not is_milestone(text)


@pytest.mark.parametrize(
    "text",
    [
        "packed in the drink, seein ma weans again",
        "got ma weans back on friday",
        "just got a job at the warehoose",
        "got the keys for ma ain flat the day",
        "passed ma cscs test",
        "been given a placement at the garage",
        "chucked the fags four weeks noo",
    ],
)
def test_what_went_well_is_good_news(text):
    assert is_good_news(text)


@pytest.mark.parametrize(
    "text",
    [
        "packed in the drink and seein spiders",
        "packed in the drink and a cannae sleep",
        "got ma weans this weekend can a change ma shift",
        "how do i get ma weans back",
        "got a job interview monday can i change ma shift",
        "got a job but they want to see ma record",
        "seein ma weans the morra",
        "i want to see ma weans again",
    ],
)
def test_what_asks_or_troubles_is_no_good_news(text):
    assert not is_good_news(text)
