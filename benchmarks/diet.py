"""Rasa's default pipeline (DIET), as a baseline for the public tasks."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import yaml

#: What `rasa init` of Rasa 3.6 suggests for a language model without pretrained parts. The seed makes it repeatable.
PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 7},
]


def accuracy(train: list[tuple[str, str]], test: list[tuple[str, str]]) -> float:
    """The share of `test` that DIET, trained on `train`, gives its label to. Both are (text, label)."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        config, data = Path(folder, "config.yml"), Path(folder, "nlu.yml")
        recipe = {"recipe": "default.v1", "assistant_id": "diet", "language": "en", "pipeline": PIPELINE}
        config.write_text(yaml.safe_dump(recipe), encoding="utf-8")
        data.write_text(_examples(train), encoding="utf-8")
        made = train_nlu(str(config), str(data), str(Path(folder, "models")), fixed_model_name="diet")
        agent = Agent.load(made)

        async def read() -> list[str]:
            return [(await agent.parse_message(text))["intent"]["name"] for text, _ in test]

        guessed = asyncio.run(read())
    return sum(g == label for g, (_, label) in zip(guessed, test, strict=True)) / len(test)


def _examples(rows: list[tuple[str, str]]) -> str:
    by_label: dict[str, list[str]] = {}
    for text, label in rows:
        by_label.setdefault(label, []).append(" ".join(text.split()))
    blocks = [
        {"intent": label, "examples": "".join(f"- {text}\n" for text in texts)} for label, texts in by_label.items()
    ]
    return yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True)
