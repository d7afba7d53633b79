"""What follows an answer is read with it; what stands by itself, is danger, or belongs to a form is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from actions import follow_up, follow_words, open_question
from bot.models import Choice


class Silent:
    """A speech in which nothing may be said."""

    def __getattr__(self, name):
        raise AssertionError(f"something was said ({name})")


@dataclass
class Danger:
    rule: str = "nlu"


@dataclass
class Said:
    typed: str
    intent: str = "ask_order"
    confidence: float = 0.9
    loop: str | None = None
    returning: bool = False
    pause: float = 60.0
    danger: Any = None
    conversation_id: str = "c1"
    slots: dict = field(default_factory=dict)
    parse: dict = field(default_factory=dict)
    events: list = field(default_factory=list)

    def entity(self, name):
        return None


READ = {"intent": "ask_alcohol", "confidence": 0.8,
        "answers": [{"topic": "alcohol", "key": "drink_with_downers", "confidence": 0.7}]}  # fmt: skip
AFTER = {"last_said": "answer", "answer": "alcohol/drink_with_medication", "topic": "alcohol"}


@pytest.fixture(autouse=True)
def nothing_asked(monkeypatch):
    """No question waits for its answer; `test_left_alone_while_something_is_asked` says otherwise."""
    monkeypatch.setattr(open_question, "waits", lambda conversation_id: False)


@pytest.mark.parametrize(
    "said",
    [
        Said("whit aboot vallies", loop="booking_form", slots=AFTER, parse={"in_context": READ}),
        Said("whit aboot vallies", returning=True, slots=AFTER, parse={"in_context": READ}),
        Said("whit aboot vallies", slots={"last_said": "sessions"}, parse={"in_context": READ}),
        Said("i took the lot", intent="crisis_suicide", slots=AFTER, parse={"in_context": READ}),
        Said("i took the lot", danger=Danger(), slots=AFTER, parse={"in_context": READ}),
        Said("get me a person", intent="talk_to_person", slots=AFTER, parse={"in_context": READ}),
        Said("aye", intent="affirm", slots=AFTER, parse={"in_context": READ}),
        Said("cant make my shift", intent="cant_make_shift", slots=AFTER, parse={"in_context": READ}),
        Said("what number do i text stop to", intent="stop_messages", slots=AFTER, parse={"in_context": READ}),
        Said("whit aboot vallies", pause=5 * 3600.0, slots=AFTER, parse={"in_context": READ}),
        Said("and if i took the lot", slots=AFTER, parse={"in_context": {**READ, "intent": "crisis_suicide"}}),
        Said("who sees this", slots=AFTER, parse={"in_context": {**READ, "intent": "ask_privacy"}}),
        Said("whit aboot vallies", slots=AFTER),
        Said("", slots=AFTER, parse={"in_context": READ}),
    ],
)
def test_left_alone(said):
    assert follow_up.reply_to(said, Silent()) is None


def test_left_alone_while_something_is_asked(monkeypatch):
    monkeypatch.setattr(open_question, "waits", lambda conversation_id: True)
    read = {"intent": "find_service", "confidence": 0.5, "answers": READ["answers"]}
    assert follow_up.reply_to(Said("where do i get it", slots=AFTER, parse={"in_context": read}), Silent()) is None


@pytest.mark.parametrize(
    ("payload", "light"),
    [
        ('/choose{"option": "helped:1"}', True), ('/choose{"option": "services"}', True), ("/talk_to_person", True),
        ('/choose{"option": "stop:1"}', False), ('/choose{"option": "crisis:yes"}', False), ("/accept_offer", False),
    ],
)  # fmt: skip
def test_what_waits_for_an_answer(payload, light):
    assert open_question._is_light(Choice(payload=payload)) is light


def test_where_to_get_it_looks_for_places():
    read = {"intent": "find_service", "confidence": 0.5, "answers": READ["answers"]}
    said = Said("where do i get it", intent="source", slots=AFTER, parse={"in_context": read})
    events = follow_up.reply_to(said, Silent())
    assert [event["name"] for event in events] == ["action_find_service"]


@pytest.mark.parametrize(
    ("text", "gives_up"),
    [
        ("actually naw", True), ("changed ma mind", True), ("is it too late to change ma mind", True),
        ("naw a cannae make it", True), ("cancel that", True), ("ive changed my mind", True), ("a dont want it", True),
        ("a cannae dae it", False), ("no worries", False), ("what time is it", False),
        ("not sure where that is", False), ("thanks", False),
    ],
)  # fmt: skip
def test_what_gives_up_a_place_just_booked(text, gives_up):
    assert follow_words.takes_it_back(text) is gives_up


@pytest.mark.parametrize(
    ("text", "is_half"),
    [
        ("how long", True), ("and what if i cant", True), ("is it safe", True), ("how many hours", False),
        ("who do i ask", True), ("how do a use it", True), ("what do i do the noo", True),
        ("what about tuesday", False),
        ("whats on", False), ("how long have i been on this order", False),
    ],
)  # fmt: skip
def test_half_a_question(text, is_half):
    assert follow_words.is_half_a_question(text) is is_half


@pytest.mark.parametrize(
    ("text", "leaves"), [("actually naw", True), ("forget it", True), ("naw", False), ("no thanks", False)]
)
def test_a_bare_no_may_ask_for_others(text, leaves):
    assert follow_words.leaves_it(text) is leaves


@pytest.mark.parametrize(
    ("text", "given", "where"),
    [
        ("want tae talk tae sumdy that's been through it", "suicide_prevention/bereaved_what_help",
         "suicide_prevention/bereaved_what_help"),
        ("is there folk like me a can talk tae", "drugs/am_i_addicted", "drugs/recovery_groups"),
        ("i want to talk to someone who went through this", "mental_health/grief", "mental_health/grief"),
        ("want tae talk tae sumdy", "suicide_prevention/bereaved_what_help", None),
        ("want to talk to someone who's been through it", "financial_health/das", None),
    ],
)  # fmt: skip
def test_somebody_who_has_been_through_it_is_not_just_anybody(text, given, where):
    assert follow_words.where_they_meet(text, given) == where


@pytest.mark.parametrize(
    ("text", "kit"),
    [
        ("he's got kit in his pocket", "at_hand"), ("theres a naloxone spray here", "at_hand"),
        ("gave him the spray", "given"), ("av gied him a dose", "given"), ("where do i get naloxone", None),
        ("a huv that naloxone spray whit dae a dae til they come", "at_hand"), ("got a kit how do i use it", "at_hand"),
        ("is he ok", None), ("he did it on purpose", None), ("hes had one before", None), ("he injected it", None),
    ],
)  # fmt: skip
def test_naloxone_beside_an_overdose(text, kit):
    assert follow_words.has_a_kit(text) == kit


@pytest.mark.parametrize(
    "said",
    [
        Said("can my worker see it", intent="ask_privacy", slots=AFTER, parse={"in_context": READ}),
        Said("youve the wrong number pal", intent="wrong_number", slots=AFTER, parse={"in_context": READ}),
    ],
)
def test_privacy_and_a_wrong_number_are_no_follow_ups(said):
    assert follow_up.reply_to(said, Silent()) is None
