"""Who sees this: what is asked about, whether of us or of a doctor, and whether a no is an answer."""

from __future__ import annotations

import pytest

from actions import privacy_words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("wit does that mean a child at risk. a've got two weans. yous goin tae social work?", "child"),
        ("is it the social work that reads it. will they take ma boy", "child"),
        ("do ma weans get taken aff me if a tell yous a take drugs", "child"),
        ("a don't want ma name on a list whit dae yous tell ma supervisor", "list"),
        ("whit if a tell u somethin bout the coke. is that it on ma file", "drugs"),
        ("u no sayin drink on here", "drugs"), ("will it go on my file", "file"),
        ("wid the squad boss find oot", "supervisor"), ("does ma gaffer see whit a type", "supervisor"),
        ("are yous linked tae the social", "social_worker"), ("will you grass me", "police"),
        ("will the jobcentre find out", "boss"), ("wid yous tell ma maw", "family"),
        ("if somebody hears stuff. who wid u tell", "whom"), ("can you see ma medical records", "records"),
        ("how long do you keep it", "how_long"),
        ("do yous keep it", "kept"), ("who reads these", None), ("is it anonymous", None),
    ],
)  # fmt: skip
def test_what_is_asked_about(text, kind):
    assert privacy_words.kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "after_health", "theirs"),
    [
        ("wid they tell ma maw", True, True), ("wid they tell ma maw", False, False),
        ("does the doctor tell ma case manager", False, True), ("will the gp phone ma work and tell them", False, True),
        ("dae they send it tae the social work", True, True), ("will you tell the doctor", True, False),
        ("do they take ma blood", True, False),
    ],
)  # fmt: skip
def test_what_a_doctor_or_a_helpline_tells(text, after_health, theirs):
    assert privacy_words.of_others(text, after_health) is theirs


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("wid the squad boss find oot", True), ("do you tell the police", True), ("u no sayin drink on here", True),
        ("whit dae yous tell ma supervisor", False), ("who wid u tell", False), ("is it private fae ma boss", False),
        ("will you keep it safe", False), ("is this just between you and me, no the polis", False),
    ],
)  # fmt: skip
def test_whether_a_no_is_an_answer(text, whether):
    assert privacy_words.asks_whether(text) is whether


@pytest.mark.parametrize(
    "text",
    [
        "social work took ma weans", "a need a social worker for ma wean",
        "the wean next door is at risk who do i tell",
        "who takes the class", "is it the case manager that decides",
    ],
)
def test_what_is_something_else(text):
    assert not privacy_words.surely(text)


def test_what_is_asked_on():
    assert privacy_words.asks_on("what does that mean") == "means"
    assert privacy_words.asks_on("who are the others") == "others"
    assert privacy_words.asks_on("are ye sure") == privacy_words.asks_on("is it tho") == "sure"
    assert privacy_words.asks_on("u no sayin drink on here") == "drugs"
    assert privacy_words.asks_on("will a get breached if a miss a day") is privacy_words.asks_on("aye ok") is None
