"""What is asked of the assistant itself: what it is, what a text costs, that somebody else has the phone."""

from __future__ import annotations

import pytest

from actions import plain_asks
from actions.plain_asks import asks_what_a_text_costs, is_not_followed, is_of_a_shared_phone


@pytest.mark.parametrize(
    "text",
    [
        "this is ma girlfriends phone she canny see this",
        "dont text nothin about drink on this number. its her phone",
        "shes gonny see it. dont send nothin",
        "am texting aff ma maws phone",
        "we share the phone me and ma brother",
        "it's my wife's phone",
        "this isnae ma phone",
        "my partner reads my texts",
    ],
)
def test_a_phone_that_is_not_theirs_alone(text):
    assert is_of_a_shared_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "can ma maw see ma texts",
        "will they see these texts?",
        "call me on ma wifes phone",
        "she's always on her phone",
        "can i borrow a phone",
        "ma gran cannae see, is there help",
        "my supervisor reads my texts",
        "this is his phone, he's in jail",
        "he broke ma phone",
        "the doctor cannae see it",
    ],
)
def test_it_is_about_something_else(text):
    assert not is_of_a_shared_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "do these texts cost me got about 40p left",
        "does it cost me tae text yous",
        "a just want tae know if the texts are free",
        "how much is it to text this number, is it free",
        "will a get charged for these messages",
        "is it free to text u",
        "do i need credit to reply",
    ],
)
def test_what_a_text_costs(text):
    assert asks_what_a_text_costs(text)


@pytest.mark.parametrize(
    "text",
    [
        "is the class free",
        "text me when the food is free",
        "stop texting me about money",
        "can you text me about debt advice is it free",
        "whats universal credit",
    ],
)
def test_what_else_costs(text):
    assert not asks_what_a_text_costs(text)


@pytest.mark.parametrize("text", ["eh", "whit", "eh?", "what do you mean", "huh", "a dont get it", "whit dae ye mean"])
def test_not_followed(text):
    assert is_not_followed(text)


@pytest.mark.parametrize("text", ["whit time", "what is a unit", "eh can i book", "eh aye"])
def test_followed(text):
    assert not is_not_followed(text)


@pytest.mark.parametrize(
    "text",
    [
        "hello whit is this", "who is this", "whats this", "what do you do", "what is this number for", "whos this",
        "hi what can you help with", "who am i texting",
    ],
)  # fmt: skip
def test_what_is_this(text):
    assert plain_asks._WHAT_IS_IT.match(text)


@pytest.mark.parametrize("text", ["what is this rash", "whats this about a unit", "what does it do to your liver"])
def test_what_is_something_else(text):
    assert not plain_asks._WHAT_IS_IT.match(text)


@pytest.mark.parametrize(
    "text",
    [
        "You said that already. can we just leave it please", "can we leave it", "just leave it", "drop it",
        "can we talk aboot somethin else", "you told me that already can we move on",
    ],
)  # fmt: skip
def test_leave_it(text):
    assert plain_asks._LEAVE_IT.match(text)


@pytest.mark.parametrize("text", ["a want tae leave it all behind", "leave me alone", "leave the booking"])
def test_not_leave_it(text):
    assert not plain_asks._LEAVE_IT.match(text)
