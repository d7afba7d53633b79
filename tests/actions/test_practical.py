"""Practical questions about coming are told from wishes and from questions about health."""

from __future__ import annotations

import pytest

from actions.practical import asked


@pytest.mark.parametrize(
    "words, kind",
    [
        ("can i bring my wean to the session", "child"),
        ("is there childcare at it?", "child"),
        ("can i bring my dog", "company"),
        ("do yous pay ma bus fare", "fares"),
        ("is the class on zoom", "online"),
        ("can a wheelchair get in the session", "access"),
        ("do i need to bring anything", "what"),
        ("wot do i bring", "what"),
        ("is there food at the class", "food"),
        ("whit if a canny read good at the class", "reading"),
        ("will there be polis there at the session", "others"),
        ("do i get paid for the session", "pay"),
        ("is the class in polish", "language"),
        ("can you put him down for the session", "for_another"),
        ("can I book a client on to something about sleep class", "for_another"),
        ("is there parking at the class", "parking"),
        ("can i come to more than one session", "more_than_one"),
        ("is the group just for boys or can lassies go", "who_for"),
        ("can my supervisor book me on", "by_staff"),
        ("when are yous open", "opening"),
    ],
)
def test_a_practical_question(words, kind):
    assert asked(words, of_a_session=False) == kind


@pytest.mark.parametrize(
    "words",
    ["whats on in govan", "is there a foodbank near me", "can i get an sti test online", "put me down for the session",
     "is there something just for women", "when is it on", "can my worker get me a script",
     "nae id nae bank account, how do i get wages paid", "my son drinks too much", "what food is good for me", ""],
)  # fmt: skip
def test_none_of_them(words):
    assert asked(words, of_a_session=False) is None
