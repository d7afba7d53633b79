"""The simple wording of an answer: easier than the answer, and with what keeps people safe still in it."""

from __future__ import annotations

import pytest

from bot import content, simpler, wording

TEXT = (
    "Shakes and sweats in the morning may be alcohol withdrawal. Don't stop drinking all at once. Speak to your GP, "
    "or phone Scottish Families on 08080 10 10 11."
)
SIMPLE = "It may be your body missing drink. Don't stop all at once. See your GP or phone 08080 10 10 11."


def test_a_good_simple_wording_has_no_problems():
    assert simpler.problems(SIMPLE, TEXT) == []
    assert simpler.problems(SIMPLE + " A fit? Phone 999.", TEXT, urgent="For a fit phone 999.") == []


@pytest.mark.parametrize(
    ("simple", "problem"),
    [
        (SIMPLE + " Be kind to you." * 5, "longer than the answer's"),
        (SIMPLE.replace(" 10 11", " 10 12"), "leaves out 08080 10 10 11"),
        (SIMPLE.replace("08080 10 10 11", "them"), "leaves out 08080 10 10 11"),
        (SIMPLE + " Or phone 116 123.", "116 123 is not in the answer"),
        (SIMPLE + " Wait 3 days.", "3 is not in the answer"),
        (SIMPLE.replace("Don't stop all at once. ", ""), "the warning against stopping suddenly"),
        (SIMPLE.replace("See your GP", "Go to the GP or ask a man or a maid who can help you"), "words, at most 16"),
        ("Don't stop all at once. Consider telephoning 08080 10 10 11 regarding withdrawal management.", "reading age"),
        (SIMPLE.replace("your body", "you are an alcoholic"), "names the person by a condition"),
    ],
)
def test_a_bad_simple_wording_is_noticed(simple, problem):
    assert any(problem in found for found in simpler.problems(simple, TEXT))


def test_999_of_the_urgent_part_is_kept():
    assert simpler.problems(SIMPLE, TEXT, urgent="For a fit phone 999.") == ["leaves out 999"]
    assert simpler.problems(SIMPLE, TEXT, more="For a fit phone 999.") == []


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ("If they check your phone, delete these texts when it's safe.", "what to do where somebody else reads"),
        ("When you're asked, press 55 if you can't speak, or make a noise.", "how to call without speaking"),
        ("If a fit lasts for more than five minutes, go to A&E or phone 999.", "where to go at once"),
    ],
)
def test_what_keeps_people_safe_is_kept(said, lost):
    assert any(lost in problem for problem in simpler.problems("You can get help.", said))
    assert not any(lost in problem for problem in simpler.problems(said, said))


def test_it_is_never_harder_to_read_than_the_answer():
    easy = "A unit is a way to count what you drink. One pint of strong beer has three of them in it."
    harder = "A unit is a way to count what you drink. Some stronger lager has about three of them in it."
    assert wording.reading_age(easy) < wording.reading_age(harder) < simpler.MAX_AGE
    assert any("reading age" in problem for problem in simpler.problems(harder, easy))


def test_the_answer_bank_is_looked_at_with_these_rules():
    answer = {
        "key": "shakes", "question": "Why?", "asks": [str(n) for n in range(12)], "text": TEXT,
        "simple": "See your GP.", "sources": [{"title": "A page", "url": "https://example.org"}],
        "revision": 1, "status": "draft",
    }  # fmt: skip
    assert " simple: leaves out 08080 10 10 11" in content.answer_problems(answer)
    assert content.answer_problems(answer | {"simple": SIMPLE}) == []
