"""The words that answer danger: the right digits, one SMS first, plain and kind, for every verdict there is."""

from __future__ import annotations

import itertools
import re

import pytest

from bot import crisis, wording, yamlfile
from bot.safety import Verdict, screen
from tests.safety.test_screen import KINDS

#: Digit by digit, as the fact file has them. A real council page once printed the Samaritans as 116 213.
NUMBERS = {
    "emergency": "999",
    "nhs24": "111",
    "samaritans": "116 123",
    "breathing_space": "0800 83 85 87",
    "domestic_abuse": "0800 027 1234",
    "rape_crisis": "08088 01 03 02",
    "sexual_assault_nhs": "0800 148 88 88",
    "child_helpline": "0808 800 5000",
    "police": "101",
}
SAFETY_OF = {kind: "suicide" for kind in ("suicide", "plan", "self_harm", "goodbye", "attempt")} | {
    kind: "abuse" for kind in ("partner", "choked", "sexual_assault", "child", "harm_to_others", "threatened", "assault")
}
VERDICTS = [
    Verdict(SAFETY_OF.get(kind, "emergency"), kind, about, strength, "test")
    for kind, about, strength in itertools.product(sorted(KINDS | {"unreadable"}), ("self", "other"), ("strong", "weak"))
]
VERDICTS += [
    Verdict("emergency", kind, about, strength, "test")
    for kind, about, strength in itertools.product(("harm_to_others", "threatened"), ("self", "other"), ("strong", "weak"))
]
FILE = yamlfile.read(wording.DATA / "crisis_numbers.yml")


def test_exact_digits():
    assert {key: entry["number"] for key, entry in FILE.items()} == NUMBERS


def test_every_number_says_who_checked_it_and_where_it_is_from():
    for entry in FILE.values():
        assert set(entry) == {"number", "name", "hours", "checked_on", "seen", "source", "owner"}
        assert entry["source"].startswith("http")


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda v: f"{v.kind}-{v.about}-{v.strength}")
def test_replies(verdict):
    first, *rest = crisis.replies(verdict, when="on Wednesday after 10:30am")
    offer = rest[-1]
    assert wording.problems(first, budget=wording.ONE_SEGMENT) == []
    assert [wording.problems(text) for text in rest] == [[] for _ in rest]
    assert "999" in first
    assert crisis.advice(verdict)[1] in rest[0]
    assert "on Wednesday after 10:30am" in offer and "Nobody is on call" in offer
    *_, offer = crisis.replies(verdict, when="on Wednesday after 10:30am", on_call=None)
    assert wording.problems(offer) == [] and "on call" not in offer and "Wednesday" in offer
    *_, offer = crisis.replies(verdict, when="on Wednesday after 10:30am", on_call=True)
    assert wording.problems(offer) == [] and "on call now" in offer and "Wednesday" not in offer


@pytest.mark.parametrize("verdict", [v for v in VERDICTS if v.safety == "suicide"], ids=lambda v: f"{v.kind}-{v.about}-{v.strength}")
def test_suicide_names_the_samaritans_and_the_nhs(verdict):
    said = " ".join(crisis.replies(verdict, when="today"))
    assert "116 123" in said
    assert "111" in said


def test_no_number_is_typed_into_a_sentence():
    for key, sentence in wording.sentences().items():
        if key.startswith("crisis."):
            assert not re.search(r"\d{3}", sentence), key


def test_breathing_space_is_never_offered_without_its_hours():
    hours = FILE["breathing_space"]["hours"]
    for key, sentence in wording.sentences().items():
        if "{breathing_space}" in sentence:
            assert hours in sentence, key


def test_partner_abuse_is_discreet():
    first, rest = crisis.replies(Verdict("abuse", "partner", "self", "strong", "test"), when="today")
    assert "press 55" in first.lower()
    assert "delete this" in first
    assert "0800 027 1234" in rest


#: What a locked phone shows, and what may not stand there: somebody else may hold it.
SHOWN_LOCKED = 40
TELLING = re.compile(
    r"abus|violen|assault|rape|sex|hurt|hit|scar|threat|danger|harm|police|partner|close|control|child|crisis|fault|"
    r"helpline|safe at home|\d{3}",
    re.IGNORECASE,
)


@pytest.mark.parametrize("verdict", [v for v in VERDICTS if v.safety == "abuse"], ids=lambda v: f"{v.kind}-{v.about}-{v.strength}")
def test_a_locked_phone_shows_nothing_of_abuse_in_two_texts(verdict):
    for on_call in (True, False):
        said = crisis.replies(verdict, when="on Wednesday after 10:30am", on_call=on_call)
        assert len(said) == 2
        assert not TELLING.search(said[0][:SHOWN_LOCKED])
        if verdict.kind in ("partner", "choked", "sexual_assault", "threatened", "assault") and verdict.about == "self":
            assert not TELLING.search(said[1][:SHOWN_LOCKED])
            assert not re.search(r"abus|violen|assault|rape|sex|partner|hurt", said[0], re.IGNORECASE)


def test_overdose_of_another_speaks_of_naloxone_and_of_staying():
    first, rest, _ = crisis.replies(Verdict("emergency", "overdose", "other", "strong", "test"), when="today")
    assert first.index("999") < first.index("naloxone")
    assert "on their side" in first
    assert "Stay" in first + rest


@pytest.mark.parametrize("text", ["ma brother has a rope round his neck", "my boy left his phone and a note and took the car"])
def test_for_somebody_elses_life_at_hand_999_comes_before_any_question(text):
    first, *_ = crisis.replies(screen(text), when="today")
    assert "Please call 999 now" in first and "?" not in first


def test_a_doubt_about_somebody_else_is_no_order_to_ring():
    first, *_ = crisis.replies(Verdict("suicide", "plan", "other", "weak", "test"), when="today")
    assert "In danger now?" in first


@pytest.mark.parametrize(
    "text", ["am pregnant n bleeding heavy", "she's vomiting blood", "waters broke and the cord is hangin oot", "bringing up coffee grounds"]
)  # fmt: skip
def test_nothing_is_pressed_on_bleeding_from_inside(text):
    assert not any("press" in said.lower() for said in crisis.replies(screen(text), when="today"))
