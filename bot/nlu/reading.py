"""What a message means: from the probabilities of fine labels to an intent, an answer and how sure they are.

A fine label is `ask_<topic>/<key>` for an answer of the bank, or the name of a plain intent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bot.nlu import in_context

if TYPE_CHECKING:
    from bot.nlu.talk import Talk

FALLBACK = "nlu_fallback"
#: What is none of ours.
OUTSIDE = "out_of_scope"
#: The intents that mean danger.
CRISIS = "crisis_"
#: What the likeliest intent of a text without a known word must reach.
CERTAIN = 0.95
ASK = "ask_"
#: How many answers and intents are told; "did you mean" shows three.
ANSWERS, INTENTS = 5, 10


@dataclass(frozen=True)
class Limits:
    """When to believe. Chosen on messages that the model had not seen (`python -m bot.nlu.crossvalidation`)."""

    #: Below this the intent is `nlu_fallback`.
    intent: float = 0.3
    #: An answer is sure from this probability within its topic's answers...
    answer: float = 0.45
    #: ...and this far ahead of the next one.
    margin: float = 0.2

    @classmethod
    def of(cls, config: dict) -> Limits:
        """The limits that `config.yml` names."""
        return cls(config["threshold"], config["answer_threshold"], config["answer_margin"])

    def settings(self) -> dict[str, float]:
        """These limits under their names in `config.yml`."""
        return {"threshold": self.intent, "answer_threshold": self.answer, "answer_margin": self.margin}


@dataclass(frozen=True)
class Reading:
    """An understood message. `answer` is "topic/key" if one is sure; else ask which of `answers` is meant."""

    intent: str
    confidence: float
    answer: str | None = None
    #: [{"name", "confidence"}, ...], `nlu_fallback` in front where that is the intent, as Rasa has it.
    ranking: list[dict] = field(default_factory=list)
    #: [{"topic", "key", "confidence"}, ...], the likeliest answers whatever the intent.
    answers: list[dict] = field(default_factory=list)


def fine_label(intent: str, answer: str | None) -> str:
    """The fine label of a training message: its answer's if it has one ("topic/key"), else its intent."""
    return f"{ASK}{answer}" if answer else intent


class Reader:
    """Reads probabilities over `labels` (fine labels) within `limits`."""

    def __init__(self, labels: list[str], limits: Limits | None = None) -> None:
        self.labels = labels
        self.limits = limits or Limits()
        names = [label.split("/", 1)[0] for label in labels]
        self.intents = sorted(set(names))
        place = {name: i for i, name in enumerate(self.intents)}
        self._intent_of = np.array([place[name] for name in names], dtype=np.int64)
        self._dangerous = np.array([name.startswith(CRISIS) for name in names], dtype=bool)
        self._answers = np.array([i for i, label in enumerate(labels) if "/" in label], dtype=np.int64)

    def read(self, probabilities: np.ndarray, strange: bool = False) -> Reading:
        """The reading of one message from its probability for each label.

        A `strange` one (no word of it was ever seen) is believed only when it is as good as certain, and never to be
        about something else: it is about nothing.
        """
        totals = np.bincount(self._intent_of, weights=probabilities, minlength=len(self.intents))
        order = np.lexsort((np.arange(len(totals)), -totals))[:INTENTS]  # equal ones in the order of the alphabet
        ranking = [{"name": self.intents[i], "confidence": float(totals[i])} for i in order]
        best = self._answers[np.argsort(-probabilities[self._answers], kind="stable")[:ANSWERS]]
        answers = [self._answer(i, probabilities) for i in best]
        intent, confidence = ranking[0]["name"], ranking[0]["confidence"]
        if strange and (confidence < CERTAIN or intent == OUTSIDE):
            answers = []  # nothing in it to have meant
        elif confidence >= self.limits.intent:
            return Reading(intent, confidence, self._sure(intent, probabilities), ranking, answers)
        ranking = [{"name": FALLBACK, "confidence": self.limits.intent}, *ranking]
        return Reading(FALLBACK, self.limits.intent, None, ranking, answers)

    def without_danger(self, probabilities: np.ndarray) -> np.ndarray:
        """The probabilities of what is no danger, to make one together; as they are where there is nothing else."""
        rest = probabilities * ~self._dangerous
        return rest / rest.sum() if rest.sum() else probabilities

    def nothing_grave(self, both: tuple[np.ndarray, np.ndarray]) -> tuple[tuple[np.ndarray, np.ndarray], Reading]:
        """Both probabilities of a message in a talk without danger, and its reading by the first: where danger is no
        more than a faint doubt it is not what the message is about."""
        alone, behind = map(self.without_danger, both)
        return (alone, behind), self.read(alone)

    def danger(self, probabilities: np.ndarray) -> float:
        """How much of the probability is danger."""
        return float(probabilities[self._dangerous].sum())

    def read_after(self, alone: np.ndarray, after: np.ndarray, answer: str) -> Reading:
        """The reading of a message that follows `answer` ("topic/key"), from its probabilities as it stands (`alone`)
        and behind that answer's question (`after`). What is surely chat or a goodbye by itself asks nothing on."""
        by_itself = self.read(alone)
        if in_context.surely_chat(by_itself):
            return by_itself
        return self.read(in_context.mixed(alone, after, self.labels, answer))

    def read_in_talk(
        self,
        talk: Talk,
        text: str,
        probabilities: tuple[np.ndarray, np.ndarray],
        before: Mapping[str, float],
        by_itself: Reading,
        answered: bool = False,
    ) -> Reading:
        """The reading to go by where the person's own text before it may say what `text` means.

        `probabilities` are those of the text as it stands and behind the one before it, which was read as `before`
        (shares of the intents, by name); `by_itself` is how it is read without, `answered` that it follows an answer.
        """
        in_talk = self.read(talk.read(*probabilities, talk.told(before)))
        return in_context.believed(by_itself, in_talk, text, answered)

    def _answer(self, index: int, probabilities: np.ndarray) -> dict:
        topic, key = self.labels[index][len(ASK) :].split("/", 1)
        return {"topic": topic, "key": key, "confidence": float(probabilities[index])}

    def _sure(self, intent: str, probabilities: np.ndarray) -> str | None:
        """The answer of `intent` that stands out from every other answer, or None."""
        if not intent.startswith(ASK) or not len(self._answers):
            return None
        shares = probabilities[self._answers]
        order = np.argsort(-shares, kind="stable")
        first = self.labels[self._answers[order[0]]]
        ahead = shares[order[0]] - (shares[order[1]] if len(order) > 1 else 0.0)
        if not first.startswith(f"{intent}/") or shares[order[0]] < self.limits.answer or ahead < self.limits.margin:
            return None
        return first[len(ASK) :]


def nothing() -> Reading:
    """The reading of an empty message."""
    return Reading(FALLBACK, 0.0, None, [{"name": FALLBACK, "confidence": 0.0}], [])
