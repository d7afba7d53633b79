"""A small model, trained whole: kept until something changes, vouched for, read alike with Rasa and without."""

from __future__ import annotations

import asyncio

import pytest

from bot import safety
from bot.nlu import training
from bot.nlu.quiet import hush
from bot.nlu.understanding import Understander

BANK = """
topic: {topic}
answers:
  - key: {key}
    question: "{question}"
    asks: ["{question} please", "tell me: {question}", "{question} pal", "hi, {question}"]
    status: draft
"""
NLU = """
version: "3.1"
nlu:
  - intent: greet
    examples: |
      - hi
      - hello
      - hiya
      - hi pal
      - hello there
  - intent: crisis_suicide
    examples: |
      - i am done with all of it
      - nothing left for me
      - i want it all to be over
      - everything is over for me now
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    root = tmp_path_factory.mktemp("checkout")
    config = (training.ROOT / "config.yml").read_text()
    for path, words in {
        "config.yml": config,
        "data/answers/alcohol.yml": BANK.format(topic="alcohol", key="unit", question="what is a unit of alcohol"),
        "data/answers/drugs.yml": BANK.format(topic="drugs", key="vallies", question="are street vallies safe"),
        "data/nlu/conversation.yml": NLU,
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(words)
    return root


@pytest.fixture(scope="module")
def model(checkout):
    return training.train(root=checkout, model=checkout / "models" / "wellbeing.tar.gz")


def test_a_second_training_does_nothing_and_a_change_asks_for_one(checkout, model, capsys):
    before = model.stat().st_mtime_ns
    training.train(root=checkout, model=model)
    assert "up to date" in capsys.readouterr().out
    assert model.stat().st_mtime_ns == before
    first = training.fingerprint(checkout)
    extra = checkout / "data/nlu/more.yml"
    extra.write_text("version: '3.1'\n")
    assert training.fingerprint(checkout) != first
    extra.unlink()
    assert training.fingerprint(checkout) == first


def test_only_the_file_that_was_trained_is_vouched_for(model, tmp_path):
    training.verify(model)
    copy = tmp_path / model.name
    with pytest.raises(training.ModelError, match="no trained model"):
        training.verify(copy)
    copy.write_bytes(model.read_bytes()[:1000])
    with pytest.raises(training.ModelError, match="Nothing vouches"):
        training.verify(copy)
    training.manifest_of(copy).write_text(training.manifest_of(model).read_text())
    with pytest.raises(training.ModelError, match="not the file"):
        training.verify(copy)


def test_rasa_and_the_understander_read_alike(model):
    hush()
    from rasa.core.agent import Agent

    agent, understander = Agent.load(model), Understander.load(model)
    for text in ["hi", "whit's a unit", "street vallies", "asdf", "Is there a drink class in Govan the morra?", " "]:
        parsed = asyncio.run(agent.parse_message(text))
        read = understander.read(text)
        assert parsed["intent"] == {"name": read.intent, "confidence": read.confidence}, text
        assert (parsed["intent_ranking"], parsed["answers"], parsed.get("answer")) == (
            read.ranking,
            read.answers,
            read.answer,
        )
    assert [e["entity"] for e in parsed["entities"]] == []
    parsed = asyncio.run(agent.parse_message("drink class in Govan the morra"))
    assert [(e["entity"], e["value"]) for e in parsed["entities"]] == [
        ("topic", "alcohol"),
        ("area", "south"),
        ("when", "the morra"),
    ]
    assert asyncio.run(agent.parse_message("/greet"))["intent"]["name"] == "greet"


class TestUnderstanding:
    @pytest.fixture(scope="class")
    def understand(self, model):
        return Understander.load(model).understand

    def test_a_question(self, understand):
        found = understand("what is a unit of alcohol")
        assert (found["intent"], found["answer"], found["safety"]) == ("ask_alcohol", "alcohol/unit", None)
        assert list(found) == [
            "text", "intent", "confidence", "answer", "safety", "safety_kind", "about", "safety_source",
        ]  # fmt: skip

    def test_the_screen_sees_danger(self, understand):
        found = understand("I want to kill myself")
        assert (found["intent"], found["safety"], found["about"], found["safety_source"]) == (
            "crisis_suicide",
            "suicide",
            "self",
            "screen",
        )

    def test_worry_about_someone_else(self, understand):
        found = understand("my pal says he is going to kill himself")
        assert (found["intent"], found["about"]) == ("ask_suicide_prevention", "other")
        assert found["answer"] is None

    def test_a_doubt_of_the_learnt_list_leaves_the_question_what_it_is(self, understand, monkeypatch):
        def sees(rule):
            return lambda text, recent=(): safety.Verdict("suicide", "suicide", "other", "weak", rule)

        monkeypatch.setattr(safety, "screen", sees("worried_about"))
        assert understand("what is a unit of alcohol")["intent"] == "ask_suicide_prevention"
        monkeypatch.setattr(safety, "screen", sees(safety.LEARNT))
        found = understand("what is a unit of alcohol")
        assert (found["intent"], found["safety"]) == ("ask_alcohol", None), "the classifier is sure of something else"

    def test_danger_to_someone_beside_them_is_an_emergency(self, understand):
        found = understand("my pal has overdosed and is not breathing")
        assert (found["intent"], found["safety"]) == ("crisis_emergency", "emergency")

    def test_the_classifier_is_the_second_net(self, understand):
        found = understand("i am done with all of it pal")
        assert (found["intent"], found["safety"]) == ("crisis_suicide", "suicide")

    def test_a_long_text_ends_late_in_danger(self, understand):
        assert understand("bla " * 1_000 + "I want to kill myself")["safety"] == "suicide"
