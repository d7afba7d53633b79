"""What is asked of a place that was given is told from a new question, and answered with what is written down."""

from __future__ import annotations

import pytest

from actions import place_asked
from bot.models import Service


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("whats the number", "number"),
        ("have you got a number for them", "number"),
        ("how do i contact them", "number"),
        ("do i need to phone first", "booked"),
        ("can i just walk in", "booked"),
        ("dae a need an appointment", "booked"),
        ("when r they open", "open"),
        ("is it open now", "open"),
        ("and on sundays", "open"),
        ("how do i get there", "where"),
        ("is it far", "where"),
        ("what bus", "where"),
        ("is it free", "cost"),
        ("do i need to pay", "cost"),
        ("how much is it", "cost"),
        ("is it confidential", "other"),
    ],
)
def test_what_is_asked_of_a_place(text, kind):
    assert place_asked.asked(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "where can i get naloxone",
        "is it safe to stop drinking all at once after years of it every day",
        "whats on this week",
        "how much is too much vodka for somebody who has had hepatitis",
        "my number has changed",
        "i want to phone a person",
        "thanks pal",
    ],
)
def test_a_question_by_itself_is_none(text):
    assert place_asked.asked(text) is None


def a_place(**values) -> Service:
    facts = {"slug": "sample", "name": "Sample House", "what": "A place to sit.", "phone": None, "sms": None,
             "sms_keyword": None, "address": None, "url": None, "hours": None, "self_referral": None,
             "cost_to_call": None}  # fmt: skip
    return Service(**{**facts, **values})


@pytest.mark.parametrize(
    ("kind", "values", "says"),
    [
        ("number", {"phone": "0141 496 0000"}, "call 0141 496 0000"),
        ("number", {"address": "12 Sample Street"}, "I don't have a number"),
        ("open", {"hours": "Mon-Fri 9am-5pm"}, "Open: Mon-Fri 9am-5pm."),
        ("open", {}, "I don't know when"),
        ("where", {"address": "12 Sample Street"}, "is at 12 Sample Street"),
        ("where", {}, "I don't have a street"),
        ("cost", {"what": "Free lunch."}, "is free"),
        ("cost", {"what": "Smoke-filled rooms of freedom."}, "I don't know if there's anything to pay"),
        ("booked", {"self_referral": True}, "No one has to send you"),
        ("booked", {"self_referral": False}, "a doctor or a worker has to ask for you"),
        ("booked", {}, "I don't know if you can just turn up"),
        ("other", {}, "I've told you all I know about Sample House"),
    ],
)
def test_what_is_written_down_is_said_and_nothing_else(kind, values, says):
    assert says in place_asked._known(kind, a_place(**values))


@pytest.mark.parametrize(
    "text",
    [
        "who works there can i talk to someone", "can i phone first and get a person", "whats the number for childline",
        "what number do i text stop to", "what details do yous hold on me", "can i turn up late the morra",
        "do you need a letter if im off sick", "how much paracetamol is too much", "how far gone can i get an abortion",
        "should i go in to a&e", "who runs this",
    ],
)  # fmt: skip
def test_what_goes_on_to_ask_something_else_is_none(text):
    assert place_asked.asked(text) is None
