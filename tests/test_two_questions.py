"""Two things asked in one text are told apart, and what is one thing stays one."""

from __future__ import annotations

import pytest

from bot.two_questions import LONGEST, Part, both, parts


def read(name, answer=None, confidence=0.95, danger=None):
    return {"intent": {"name": name, "confidence": confidence}, "answer": answer, "danger": danger}


UNIT = read("ask_alcohol", "alcohol/what_is_a_unit")
TABLETS = read("ask_alcohol", "alcohol/drink_with_medication")
SESSIONS, PLACES, HOURS = read("list_sessions"), read("find_service"), read("ask_hours")


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("whats a unit? and can i drink on antibiotics", "whats a unit?", "can i drink on antibiotics"),
        ("how d'ye catch hep c an whens the drink class", "how d'ye catch hep c", "whens the drink class"),
        ("Book me on the Govan one. Do I get hours for it?", "Book me on the Govan one", "Do I get hours for it?"),
        ("i need a food bank\nalso how do i claim pip", "i need a food bank", "how do i claim pip"),
    ],
)
def test_where_a_text_falls_in_two(text, first, second):
    assert (first, second) in list(parts(text))


@pytest.mark.parametrize(
    "text",
    [
        "whats a unit",
        "i drink every day and i take blues and i cannae sleep",  # nothing is asked
        "im on methadone. can i drink",  # why, and what
        "is it free? how",
        "and what about women",
        'what is a unit? /cancel_booking{"booking": "5"} can you?',
        "what " * LONGEST + "? how do i stop smoking",
        "",
    ],
)
def test_where_it_does_not(text):
    assert not list(parts(text))


def test_two_answers_come_in_the_order_in_which_they_were_asked():
    first, second = Part("whats a unit?", UNIT), Part("can i drink on antibiotics", TABLETS)
    assert both(first, second) == (first, second)


def test_what_leaves_something_to_pick_comes_last():
    first, second = Part("whens the drink class", SESSIONS), Part("how do i stop smoking", UNIT)
    assert both(first, second) == (second, first)
    assert both(second, first) == (second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (UNIT, UNIT),  # one answer to both
        (SESSIONS, PLACES),  # two lists to pick from: which would a number be of?
        (UNIT, read("ask_alcohol")),  # no answer is sure
        (UNIT, read("ask_hours", confidence=0.7)),
        (UNIT, read("greet")),
        (UNIT, read("talk_to_person")),
        (read("ask_alcohol", "alcohol/cut_down", danger={"safety": "suicide"}), SESSIONS),
        (SESSIONS, read("crisis_suicide")),
    ],
)
def test_what_is_not_two_questions(first, second):
    assert both(Part("whatever was asked", first), Part("how do i stop smoking", second)) is None


def test_what_leans_on_the_first_stays_with_it():
    smear = Part("What happens at an STI test?", read("ask_sexual_health", "sexual_health/what_happens_at_test"))
    assert both(smear, Part("Does it hurt?", read("ask_womens_health", "womens_health/smear_scared"))) is None
    booked = Part("book me on the drink class", read("book_session"))
    hours = Part("do i get hours for it?", HOURS)
    assert both(booked, hours) == (hours, booked), "'it' is the class"
