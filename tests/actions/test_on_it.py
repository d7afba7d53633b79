"""Whether somebody asks about a place they have, and is not taken for it when they ask of their health."""

from __future__ import annotations

import pytest

from actions import clauses, dropping, for_others, on_it
from actions.after_list import none_fits
from actions.search import Search
from actions.search_words import gone_to, part_ruled_out
from actions.turn import Turn
from bot import when


@pytest.mark.parametrize(
    "text",
    ["am a in the money wan?", "am i still on the list", "did ye take me aff the mens wan", "is that me aff it",
     "that no the naloxone wan as well is it", "so is her in or no", "have i a place on the walk", "am i booked",
     "naw am on the waitin list no booked"],
)  # fmt: skip
def test_a_place_is_asked_about(text):
    assert on_it.asks(text)


@pytest.mark.parametrize(
    "text",
    ["am i in trouble if i miss the drink class", "am a on too much methadone", "is she on drugs", "is he in hospital",
     "put me on the waiting list for money", "av been on a waiting list for a hoose for years", "the drink wan aye",
     "when is it on", "is it on the noo"],
)  # fmt: skip
def test_no_place_is_asked_about(text):
    assert not on_it.asks(text)


@pytest.mark.parametrize(
    ("text", "gives_up", "wants"),
    [
        ("cancel it n gie me the tuesday wan", "cancel it", "gie me the tuesday wan"),
        ("naw a want the tuesday wan n cancel the naloxone", "cancel the naloxone", "naw a want the tuesday wan"),
        ("take me off it", "take me off it", None),
        ("cancel it and ma mum died", "cancel it and ma mum died", None),
    ],
)
def test_a_place_given_up_for_another(monkeypatch, text, gives_up, wants):
    monkeypatch.setattr(clauses.Search, "of", classmethod(_named_day))
    old, new = clauses.apart(Turn("c1", 1, text, "cancel_booking", 0.9))
    assert (old.typed, new.typed if new else None) == (gives_up, wants)


def _named_day(cls, turn):
    return Search(weekday=1 if "tuesday" in turn.typed else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if theres naebody tae mind him a cannae come", True),
        ("i can't come unless there's a bus", True),
        ("i cannae come on thursday", False),
        ("what if i like it", False),
    ],
)
def test_who_cannot_come_only_if(text, expected):
    assert clauses.only_if(text) is expected


@pytest.mark.parametrize(
    ("text", "rest", "part"),
    [
        ("cant do morns", "", "morning"),
        ("a cannae dae nights", "a", "evening"),
        ("cannae dae nights or mornings", "afternoon", None),
        ("why not mornings", "why not mornings", None),
        ("a cannae sleep at night", "a cannae sleep at night", None),
    ],
)
def test_the_part_of_the_day_that_will_not_do(text, rest, part):
    found = part_ruled_out(text)
    assert (found[0].strip(), found[1]) == (rest, part)


def test_where_they_have_been_is_no_wish():
    assert gone_to("the wan a wis at last week")
    assert gone_to("i went tae the drink class last tuesday")
    assert not gone_to("whats on last week")


@pytest.mark.parametrize("text", ["evenin", "at nite", "the evnings"])
def test_an_evening_is_one_however_it_is_written(text):
    assert when.read_part(text) == "evening"


@pytest.mark.parametrize(
    ("text", "alone", "two"),
    [
        ("book it for 2. me n her", False, True),
        ("book him on that", True, False),
        ("put my client down for it", True, False),
        ("book her and me", False, True),
        ("how do i get her to stop", False, False),
        ("book me on it", False, False),
    ],
)
def test_for_whom_a_place_is_wanted(text, alone, two):
    assert (for_others.is_for_another(text), for_others.for_two(text)) == (alone, two)


def test_none_of_them_will_do():
    assert all(map(none_fits, ["none of them", "naw nane ae they", "none suit me", "neither"]))
    assert not any(map(none_fits, ["none of your business", "naw", "none on friday?"]))


USER, FORM, ASKED = {"event": "user"}, "booking_form", {"event": "active_loop", "name": "booking_form"}


def ran(*names):
    return [{"event": "action", "name": name} for name in names]


def test_messages_that_leave_our_question_alone_are_counted():
    opened = [USER, *ran(FORM), ASKED]
    aside = [USER, *ran("action_answer", FORM, "action_listen")]
    assert dropping.passed_over([*opened, *aside, *aside, USER]) == 2
    assert dropping.passed_over([*opened, *aside, USER, *ran(FORM), USER]) == 0, "it was answered"
    assert dropping.passed_over([*opened, USER, *ran("action_not_understood", FORM), USER]) == 0
    lost = [USER, *ran("action_not_understood")]
    assert dropping.passed_over([*opened, *aside, *aside, *lost]) == 0, "what can be picked is said again"
