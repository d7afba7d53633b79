"""Words as they reach a phone: counted as the standard counts, read as our readers read, and never unkind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wording

# --- the alphabet --------------------------------------------------------------------------


def test_the_alphabet_is_that_of_the_standard():
    """3GPP TS 23.038, 6.2.1: 127 characters and the escape, and ten more that take two units."""
    assert len(wording.GSM_BASIC) == 127
    assert len(wording.GSM_EXTENDED) == 10
    assert not wording.GSM_BASIC & wording.GSM_EXTENDED


@pytest.mark.parametrize("text", ["Hiya", "£5 @ 2pm", "àèéìòù ÄÖÑÜ ß Ø å", "€[]{}~|^\\", "line\nline"])
def test_gsm_text(text):
    assert wording.is_gsm(text)


@pytest.mark.parametrize("text", ["it’s", "–", "…", "•", "ç", "á", "`", "\t", "👍", "привет"])
def test_text_that_is_not_gsm(text):
    assert not wording.is_gsm(text)


@pytest.mark.parametrize("typed, sent", [
    ("it’s “fine” – aye…", "it's \"fine\" - aye..."),
    ("½ a pint • café", "1/2 a pint - café"),
    ("no\u00a0break\u200b", "no break"),
    ("ça và", "ca và"),
    ("👍", "👍"),
])  # fmt: skip
def test_typography_becomes_its_look_alike(typed, sent):
    assert wording.to_gsm(typed) == sent


# --- segments ------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "encoding", "units", "segments"), [
    ("", "GSM-7", 0, 0),
    ("a", "GSM-7", 1, 1),
    ("a" * 160, "GSM-7", 160, 1),
    ("a" * 161, "GSM-7", 161, 2),
    ("a" * 306, "GSM-7", 306, 2),
    ("a" * 307, "GSM-7", 307, 3),
    ("a" * 459, "GSM-7", 459, 3),
    ("a" * 460, "GSM-7", 460, 4),
    ("€" * 80, "GSM-7", 160, 1),
    ("€" * 81, "GSM-7", 162, 2),
    # A two-unit character is not cut in half: 152 and an escape do not fit 153, so the part ends at 152.
    ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
    ("a" * 151 + "€" + "a" * 153, "GSM-7", 306, 2),
    ("ж" * 70, "UCS-2", 70, 1),
    ("ж" * 71, "UCS-2", 71, 2),
    ("ж" * 134, "UCS-2", 134, 2),
    ("ж" * 135, "UCS-2", 135, 3),
    ("👍", "UCS-2", 2, 1),
    ("👍" * 35, "UCS-2", 70, 1),
    ("👍" * 36, "UCS-2", 72, 2),
    # A surrogate pair is not cut in half either: 33 of them in a part of 67.
    ("👍" * 66, "UCS-2", 132, 2),
    ("👍" * 67, "UCS-2", 134, 3),
    ("a" * 69 + "’", "UCS-2", 70, 1),
    ("a" * 159 + "’", "UCS-2", 160, 3),
])  # fmt: skip
def test_size(text, encoding, units, segments):
    assert wording.size(text) == wording.Size(encoding, units, segments)


@given(st.text())
def test_size_holds_for_any_text(text):
    size = wording.size(text)
    assert (size.encoding == "GSM-7") == wording.is_gsm(text)
    assert len(text) <= size.units <= 2 * len(text)
    single, part = (160, 153) if size.encoding == "GSM-7" else (70, 67)
    if size.units <= single:
        assert size.segments == bool(text)
    else:
        assert -(-size.units // part) <= size.segments <= -(-size.units // (part - 1))


@given(st.text(), st.text())
def test_a_longer_text_is_never_smaller(one, other):
    assert wording.size(one + other).segments >= wording.size(one).segments


@given(st.text())
def test_making_a_text_gsm_twice_changes_nothing(text):
    once = wording.to_gsm(text)
    assert wording.to_gsm(once) == once


# --- reading age ---------------------------------------------------------------------------


def test_reading_age_orders_texts_as_people_do():
    child = "The cat sat on the mat. It was fat. It ate a rat."
    plain = "Ask me about your health, or book a session. A worker can help you too."
    official = (
        "Individuals subject to supervision requirements should communicate anticipated non-attendance "
        "to the responsible organisation in accordance with established procedures."
    )
    assert wording.reading_age(child) < 6 < wording.reading_age(plain) < 9 < 16 < wording.reading_age(official)


def test_reading_age_of_next_to_nothing():
    assert wording.reading_age("") == 5.0
    assert wording.reading_age("116 123") == 5.0
    assert wording.reading_age("OK.") == 5.0


def test_names_numbers_and_links_do_not_make_a_text_hard():
    plain = "You can call them now. They will help you."
    with_facts = "You can call Samaritans on 116 123 now. They will help you."
    assert wording.reading_age(with_facts) <= wording.reading_age(plain) + 2
    assert wording.reading_age("See https://www.example.org/a/very/complicated/address now.") < 7


@pytest.mark.parametrize(("word", "count"), [
    ("cat", 1), ("the", 1), ("drinking", 2), ("session", 2), ("alcohol", 3), ("naloxone", 3), ("tried", 1), ("a", 1),
])  # fmt: skip
def test_syllables(word, count):
    assert wording.syllables(word) == count


# --- what a participant must not meet ------------------------------------------------------


@pytest.mark.parametrize("text", [
    "We work with offenders.", "An ex-offender told us.", "You are an addict.", "Help for alcoholics.",
    "drug users", "the homeless", "He committed suicide.", "a successful suicide", "stay clean from heroin",
    "You failed to attend.", "That is unacceptable.", "You will be breached.", "Turn up or else.",
    "Reply YES to book.", "Text CANCEL if you can't come.", "Send the word END.", "Reply with 'QUIT'.",
    "You have an alcohol use disorder.", "You have depression.", "Stop drinking today.",
    "This is completely confidential.", "We never tell anyone.", "No one will know.",
    "Your hours have been credited.", "It will count towards your hours.",
])  # fmt: skip
def test_forbidden(text):
    assert wording.problems(text), text


@pytest.mark.parametrize("text", [
    "Alcoholics Anonymous meets on Tuesdays.", "a person who uses drugs", "someone who died by suicide",
    "people who have no home", "Clean your works.", "You missed the session. That's OK.", "Text STOP any time.",
    "Just say yes.", "Text PERSON for a person.", "You may be low.", "Don't stop drinking suddenly.",
    "It is not safe to stop drinking at once.", "Stop drinking suddenly can be dangerous.",
    "It can count towards hours, but your case manager decides.", "Text START to come back.", "Cancel culture",
])  # fmt: skip
def test_allowed(text):
    assert wording.problems(text) == [], text


def test_empty_long_and_odd_texts():
    assert wording.problems("") == ["is empty"] == wording.problems("  \n")
    long = "Go on. " * 50
    assert wording.problems(long) == ["350 units, the budget is 306"]
    assert wording.problems(long, budget=None) == []
    assert "RIGHT SINGLE QUOTATION MARK" in wording.problems("it’s")[0]


# --- fixed sentences -----------------------------------------------------------------------


def test_sentences_are_found_by_dotted_key():
    assert wording.sentences()["gateway.stopped"].startswith("OK, no more texts")
    assert "999" in wording.say("gateway.stopped")


def test_a_missing_sentence_or_fact_is_an_error():
    with pytest.raises(KeyError):
        wording.say("gateway.nothing")
    with pytest.raises(KeyError):
        wording.say("gateway.failed")  # needs `when`
