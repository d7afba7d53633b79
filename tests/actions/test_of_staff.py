"""What was asked of staff is taken back, changed or asked after: how people say so."""

from __future__ import annotations

from datetime import date

import pytest

from actions import call_wish, errands, passed_on
from actions import taken_back_words as said
from bot.conversations.call_wishes import read

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "naw cancel the complaint", "NO. the complaint. take it back", "can you withdraw my complaint",
        "i dont want to complain any more", "forget about the complaint", "scrap that complaint please",
    ],
)  # fmt: skip
def test_a_complaint_is_taken_back_by_name(text):
    assert said.names_it(text)


@pytest.mark.parametrize(
    "text",
    ["i want to make a complaint", "i want to complain", "they took my complaint", "who do i complain to",
     "he forgot my complaint",
     "can i leave a complaint", "dont forget about my complaint", "my complaint is that they cancelled ma class",
     "did you forget my complaint", "she said she would drop my complaint"],
)
def test_a_complaint_is_made(text):
    assert not said.names_it(text)


@pytest.mark.parametrize(
    "text",
    [
        "actually naw forget it take it back", "take it back", "forget it", "dont send it", "actually dont pass it on",
        "i changed ma mind", "a take it back", "cancel that",
    ],
)  # fmt: skip
def test_it_is_taken_back_right_after(text):
    assert said.takes_it_back(text)


@pytest.mark.parametrize(
    "text", ["he cancelled my session and all", "take me to the menu", "dont leave us waiting",
    "she forgot ma name", "ok", "dont tell her", "leave it in"]
)
def test_more_is_told(text):
    assert not said.takes_it_back(text)


@pytest.mark.parametrize(
    "text",
    ["whos staff?? is it her pals that read it", "will she find oot it wis me", "dont tell her",
     "will karen know", "is it in"],
)
def test_asks_who_reads_it(text):
    assert said.asks_who_reads_it(text)


@pytest.mark.parametrize("text", ["can you see my bookings", "can i get a session", "what is a unit"])
def test_asks_of_no_complaint(text):
    assert not said.asks_who_reads_it(text)


@pytest.mark.parametrize(
    ("text", "part", "day", "at"),
    [
        ("kin somedy phone me. the morra at 2", "afternoon", date(2026, 11, 24), "at 2pm"),
        ("naw mak it 11 in the mornin instead am workin at 2", "morning", None, "at 11am"),
        ("naw the phone call. 11 no 2", "morning", None, "at 11am"),
        ("whit time are they phonin me. a cannae dae 2, it needs tae be 11", "morning", None, "at 11am"),
        ("can you ring me friday afternoon", "afternoon", date(2026, 11, 27), None),
        ("change the call tae 3", "afternoon", None, "at 3pm"),
        ("not before 10", "morning", None, "after 10am"),
    ],
)
def test_when_to_ring(text, part, day, at):
    found = read(text, MONDAY)
    assert (found.part, found.day, found.at) == (part, day, at)


@pytest.mark.parametrize("text", ["call me", "call me about ma 2 bookings", "ring me when you can"])
def test_no_time_is_said(text):
    assert call_wish.asked_for(text) is None


@pytest.mark.parametrize(
    "text",
    ["did u pass it on then", "did ma sick message go tae the staff", "have you told them",
     "has it been passed on", "did they get ma message"],
)
def test_asks_whether_it_was_passed_on(text):
    assert passed_on._ASKS.search(text)


@pytest.mark.parametrize("text", ["did you tell the police", "can you tell me about drink", "did it help"])
def test_asks_something_else(text):
    assert not passed_on._ASKS.search(text)


@pytest.mark.parametrize("text", ["can i talk to a worker about my booking", "i need an interpreter", "help wi a form"])
def test_an_errand(text):
    assert errands.is_ordinary(text)


@pytest.mark.parametrize(
    "text",
    ["PERSON", "i need to talk to someone now about my hours", "my head is gone i need a worker about my booking",
     "someone to talk to"],
)
def test_it_may_be_need(text):
    assert not errands.is_ordinary(text)


@pytest.mark.parametrize(
    "text",
    [
        "actually naw dont delete it. changed ma mind", "keep ma stuff", "please dont delete my data",
        "stop deleting it", "cancel the deletion",
    ],
)  # fmt: skip
def test_it_is_to_be_kept(text):
    assert said.keeps_it(text, just_now=True)


@pytest.mark.parametrize(
    "text",
    [
        "you never deleted it", "forget it delete it all", "stop delete my data", "get rid of it", "bin it",
        "do you keep it", "delete everything",
    ],
)  # fmt: skip
def test_it_is_to_be_deleted(text):
    assert not said.keeps_it(text, just_now=True)
