"""Rasa hears of every intent, of the files and of the answer bank, and no file is written."""

from __future__ import annotations

import pytest

BANK = """
topic: alcohol
answers:
  - key: what_is_a_unit
    question: "What's a unit?"
    asks: ["whit's a unit", "units??", "units??"]
    status: draft
  - key: old
    question: "Old question?"
    asks: ["old way"]
    status: withdrawn
"""
NLU = """
version: "3.1"
nlu:
  - intent: greet
    examples: |
      - hi
      - hello
"""


@pytest.fixture
def checkout(tmp_path):
    for path, words in {
        "config.yml": "recipe: default.v1\nimporters:\n  - name: bot.nlu.importer.IntentImporter\n",
        "data/answers/alcohol.yml": BANK,
        "data/nlu/conversation.yml": NLU,
        "data/services.yml": "- slug: a\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(words)
    return tmp_path


def test_tells_of_every_intent_once(checkout):
    from bot.nlu.quiet import hush

    hush()
    from rasa.shared.importers.importer import TrainingDataImporter

    before = sorted(checkout.rglob("*"))
    importer = TrainingDataImporter.load_from_config(str(checkout / "config.yml"), None, [str(checkout / "data")])
    found = [(m.get("text"), m.get("intent")) for m in importer.get_nlu_data().intent_examples]
    assert sorted(found) == [("What's a unit?", "ask_alcohol"), ("hi", "greet")]
    assert sorted(checkout.rglob("*")) == before


def test_every_answer_of_ours_is_in_the_training_data():
    from bot import wording
    from bot.nlu.bank import bank_messages

    messages = bank_messages(wording.DATA / "answers")
    assert all(words and intent == f"ask_{answer.split('/')[0]}" for words, intent, answer in messages)


def test_all_of_them_are_learnt_from(checkout):
    from bot.nlu.bank import messages

    assert set(messages(checkout)) == {
        ("hi", "greet"),
        ("hello", "greet"),
        ("What's a unit?", "ask_alcohol/what_is_a_unit"),
        ("whit's a unit", "ask_alcohol/what_is_a_unit"),
        ("units??", "ask_alcohol/what_is_a_unit"),
    }
