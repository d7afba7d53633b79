"""What a question on the order is about: an absence, a warning, times and kit, lateness, drink."""

from __future__ import annotations

import pytest

from actions.call_wish import asked_for
from actions.order_words import kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("what time does the van leave", "day"), ("do we work on christmas eve", "day"),
        ("do i need ma ain boots", "clothes"),
        ("can i go if ive been drinking", "drink"), ("will they smell drink off me", "drink"),
        ("am gonnae be late the day", "late"), ("slept in will they let me on", "late"),
        ("am pregnant n on unpaid work can a still dae it", "pregnant"),
        ("20 wks gone, do i still need to go", "pregnant"), ("ma burd's pregnant can a get the day aff", "missed"),
        ("what happens if i breach when im drunk", "warning"), ("when am i back in court", "court"),
        ("will a get a warning", "warning"), ("got a letter sayin final warning", "court"),
        ("missed a squad day fir the funeral will that come aff me", "missed"), ("whit if a miss a day", "missed"),
        ("back still bad. i get trouble?", "ill"), ("can i get a sick line instead of goin", "ill"),
        ("whit if am late dae a lose the hours", "late_if"), ("ma bus never came will a get breached", "late_if"),
        ("got a new job clashing with my hours", "job"), ("whit claes dae a need", "clothes"),
        ("they gied me a form at the induction, whit is it", "paper"), ("what am i signing here", "paper"),
        ("do i need to sign in every day", None), ("do i pay for the bus or do yous", "travel"),
        ("can a get lighter work cos ae the heat", "lighter"), ("back is pain and he say carry on lifting", "lighter"),
        ("can i change my address", "address"), ("can i do my order in another city", None),
    ],
)  # fmt: skip
def test_what_it_is_about(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("can somebody phone me tomorrow morning", "morning"), ("gonnae ring me after work", "evening"),
        ("call me any time", "any"), ("can you call me about the afternoon class", None), ("phone me", None),
        ("is there a morning group", None), ("call back between two and four", "afternoon"),
        ("phone me efter 3", "afternoon"), ("ring me between 10 and 12 pls", "morning"),
        ("can yous ring me at 6", "evening"), ("call me about 2 things", None),
        ("can somebody phone me no after 6", None),
    ],
)  # fmt: skip
def test_when_they_want_to_be_rung(text, part):
    wish = asked_for(text)
    assert (wish and wish.part) == part
