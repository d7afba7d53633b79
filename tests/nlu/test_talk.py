"""A talk carries on what it is about: learnt from labelled talks, the same each time, and never heard as danger."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu import in_context
from bot.nlu.reading import Reader
from bot.nlu.talk import Talk, Turn, read_talks

LABELS = ["affirm", "ask_alcohol/cravings", "ask_alcohol/units", "ask_drugs/naloxone", "crisis_suicide", "thank"]
VAGUE = np.array([0.2, 0.15, 0.15, 0.3, 0.0, 0.2])


def sure(label: str) -> np.ndarray:
    found = np.full(len(LABELS), 0.01)
    found[LABELS.index(label)] = 0.95
    return found


def reading(probabilities: np.ndarray):
    return Reader(LABELS).read(probabilities / probabilities.sum())


@pytest.fixture(scope="module")
def talk():
    talks = [
        [Turn(sure(label), VAGUE, (label,)), Turn(VAGUE, VAGUE, (label,))]
        for label in ("ask_alcohol/units", "ask_drugs/naloxone")
    ]
    return Talk.learn(LABELS, talks * 30)


def test_what_says_little_is_about_what_the_talk_was_about(talk):
    after_drink = talk.read(VAGUE, VAGUE, talk.told({"ask_alcohol": 0.9, "thank": 0.1}))
    after_drugs = talk.read(VAGUE, VAGUE, talk.told({"ask_drugs": 0.9, "nlu_fallback": 0.3}))
    assert reading(after_drink).intent == "ask_alcohol" and reading(after_drugs).intent == "ask_drugs"
    assert after_drink.sum() == pytest.approx(1.0)


def test_untaught_every_message_means_what_it_means_by_itself():
    plain = Talk.untaught(LABELS)
    assert plain.read(VAGUE, sure("thank"), plain.told({"ask_alcohol": 1.0})).argmax() == VAGUE.argmax()
    assert plain.told({"never_heard_of": 1.0}).sum() == pytest.approx(1.0)


def test_written_down_and_read_again_and_the_same_each_time(talk, tmp_path):
    talk.save(tmp_path)
    again = Talk.load(tmp_path, LABELS)
    assert np.array_equal(again.weights, talk.weights)
    with pytest.raises(ValueError, match="other intents"):
        Talk.load(tmp_path, [*LABELS[:-1], "goodbye"])


def test_a_file_of_talks(tmp_path):
    (tmp_path / "talks.tsv").write_text(
        "talk\ttext\tlabels\na\tgot a \"letter\"\task_order\na\tcant read it\tfinancial_health/debt simpler\nb\taye\t\n"
    )
    first, second = read_talks(tmp_path / "talks.tsv")
    assert first == [('got a "letter"', ("ask_order",)), ("cant read it", ("ask_financial_health/debt", "simpler"))]
    assert second == [("aye", ())]


IN_TALK = reading(sure("ask_alcohol/cravings"))


def test_what_means_little_by_itself_is_believed_in_the_talk():
    assert in_context.believed(reading(VAGUE), IN_TALK, "how long for") is IN_TALK


@pytest.mark.parametrize(
    "alone, in_talk, text",
    [
        (reading(sure("ask_drugs/naloxone") ** 3), IN_TALK, "where can a get naloxone"),
        (reading(VAGUE + [0.2, 0, 0, 0, 0, 0]), IN_TALK, "aye"),
        (reading(VAGUE + [0, 0, 0, 0, 0.8, 0]), IN_TALK, "a cannae go on"),
        (reading(VAGUE), reading(sure("crisis_suicide")), "how long for"),  # the danger was in another text
    ],
)
def test_what_stands_by_itself_keeps_its_meaning(alone, in_talk, text):
    assert in_context.believed(alone, in_talk, text) is alone


def test_what_is_asked_on_after_an_answer_is_found_by_that_answer():
    alone, plain = reading(VAGUE), reading(sure("thank"))
    assert in_context.believed(alone, IN_TALK, "pure class that", answered=True) is alone
    assert in_context.believed(alone, plain, "pure class that", answered=True) is plain


def test_a_letter_does_not_lean():
    assert in_context.may_lean("how long for") and not in_context.may_lean("word " * 41) and not in_context.may_lean("")
