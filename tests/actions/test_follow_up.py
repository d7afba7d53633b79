"""What follows an answer is read with it; what stands by itself, is danger, or belongs to a form is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from actions import follow_up


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
    danger: Any = None
    slots: dict = field(default_factory=dict)
    parse: dict = field(default_factory=dict)

    def entity(self, name):
        return None


READ = {"intent": "ask_alcohol", "confidence": 0.8,
        "answers": [{"topic": "alcohol", "key": "drink_with_downers", "confidence": 0.7}]}  # fmt: skip
AFTER = {"last_said": "answer", "answer": "alcohol/drink_with_medication", "topic": "alcohol"}


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
        Said("who sees this", slots=AFTER, parse={"in_context": {**READ, "intent": "ask_privacy"}}),
        Said("whit aboot vallies", slots=AFTER),
        Said("", slots=AFTER, parse={"in_context": READ}),
    ],
)
def test_left_alone(said):
    assert follow_up.reply_to(said, Silent()) is None


def test_where_to_get_it_looks_for_places():
    read = {"intent": "find_service", "confidence": 0.5, "answers": READ["answers"]}
    said = Said("where do i get it", intent="source", slots=AFTER, parse={"in_context": read})
    events = follow_up.reply_to(said, Silent())
    assert [event["name"] for event in events] == ["action_find_service"]


@pytest.mark.parametrize(
    ("text", "gives_up"),
    [
        ("actually naw", True), ("changed ma mind", True), ("is it too late to change ma mind", True),
        ("naw a cannae make it", True), ("cancel that", True), ("no worries", False), ("what time is it", False),
        ("not sure where that is", False), ("thanks", False),
    ],
)  # fmt: skip
def test_what_gives_up_a_place_just_booked(text, gives_up):
    assert bool(follow_up._NOT_AFTER_ALL.match(text)) is gives_up
