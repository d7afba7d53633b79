"""Subjects are named by what people say, and found in the titles of sessions."""

from __future__ import annotations

import pytest

from bot import yamlfile
from bot.programme import subjects
from bot.wording import DATA, sentences


@pytest.mark.parametrize(
    "text, name",
    [
        ("is there a class for gambling", "gambling"), ("any groups about the bookies", "gambling"),
        ("put me down for cooking", "cooking"), ("book me on the walk", "walking"),
        ("something about sleep", "sleep"), ("is there a session on anger", "anger"),
        ("book naloxone thing", "naloxone"), ("i want to go to drums class", "arts"),
        ("can i walk there", None), ("whats on for drink", None), ("i slept in", None), ("", None),
    ],
)  # fmt: skip
def test_what_a_text_names(text, name):
    assert subjects.named_in(text) == name


def test_a_topic_that_was_named_too_keeps_other_subjects_out():
    assert subjects.named_in("drink and gambling", "alcohol") is None
    assert subjects.named_in("money, like gambling", "financial_health") == "gambling"


def test_every_subject_has_a_topic_a_sentence_and_an_answer_that_there_are():
    topics = {row["slug"] for row in yamlfile.read(DATA / "topics.yml")}
    for subject in subjects.known().values():
        assert subject.topic is None or subject.topic in topics
        assert subject.sentence is None or f"search.{subject.sentence}" in sentences()
        if subject.answer:
            topic, key = subject.answer
            bank = yamlfile.read(DATA / "answers" / f"{topic}.yml")
            assert key in {answer["key"] for answer in bank["answers"]}
