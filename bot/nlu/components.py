"""The Rasa components: thin, so that Rasa and `understanding` read a message with the very same code.

Importing this module loads Rasa and TensorFlow; nothing else in `bot.nlu` but the importer and the training does.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import ENTITIES, FEATURE_TYPE_SENTENCE, INTENT, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import clock
from bot.nlu import danger, in_context, learning, reading
from bot.nlu.encoder import FOLDER, Encoder
from bot.nlu.entities import entities
from bot.nlu.model import SETTINGS, AnswerModel
from bot.nlu.normaliser import SPELLINGS

ANSWER = "answer"
_AFTER_VECTOR, _BEFORE_VECTOR = "after_vector", "before_vector"


def _spoken(message: Message) -> str:
    """The words of a message, empty if it has none or is an internal intent ("/greet")."""
    text = message.get(TEXT) or ""
    return "" if text.lstrip().startswith("/") else text


def _behind_the_question(message: Message) -> str | None:
    """A short message behind the question that was answered before it; None where none was."""
    question, text = (message.get(METADATA) or {}).get(in_context.QUESTION), _spoken(message)
    return in_context.beside(question, text) if question and in_context.is_short(text) else None


def _behind_the_text(message: Message) -> str | None:
    """A message behind the person's own text before it; None where there was none lately."""
    before, text = (message.get(METADATA) or {}).get(in_context.BEFORE), _spoken(message)
    return in_context.beside(before, text) if before and in_context.may_lean(text) else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Gives each message its sentence vector (384 numbers) as a dense sentence feature."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "precision": "int8", "spelling": "normal"}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._spell = SPELLINGS[config["spelling"]]
        self._encoder = Encoder(FOLDER, precision=config["precision"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoderFeaturizer:
        """A featurizer on the encoder that is built in `var/`. FileNotFoundError if it is not."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """ValueError for a spelling that there is not."""
        if config.get("spelling", "normal") not in SPELLINGS:
            raise ValueError(f"spelling is {config['spelling']!r}, not one of {', '.join(SPELLINGS)}")

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vectors to `messages`; those without words get none."""
        spoken = [m for m in messages if _spoken(m)]
        if spoken:
            vectors = self._encoder.encode([self._spell(_spoken(m)) for m in spoken])
            for message, vector in zip(spoken, vectors, strict=True):
                message.add_features(Features(vector[None], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        for message in spoken:
            behind = {_AFTER_VECTOR: _behind_the_question(message), _BEFORE_VECTOR: _behind_the_text(message)}
            for name, words in behind.items():
                if words is not None:
                    message.set(name, self._encoder.encode([self._spell(words)])[0])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the few messages that Rasa is told of."""
        self.process(training_data.training_examples)
        return training_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnswerClassifier(GraphComponent, IntentClassifier):
    """Chooses among all answers and plain intents at once, and names the intent from what it chose.

    Sets `intent`, `intent_ranking`, `answers` ([{topic, key, confidence}], best first) and, if one is sure, `answer`
    ("topic/key") in the parse data; `in_context` is the same of a short message that follows an answer, read with it.
    Rasa leaves out what is None: read it with `.get("answer")`.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """The sentence vectors must be there."""
        return [SentenceEncoderFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**reading.Limits().settings(), **SETTINGS}

    #: Waits until `bot.nlu.learning` has written the model, and says where, when `bot.nlu.training` runs.
    learnt: ClassVar[Callable[[], Path] | None] = None

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self.config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self.model: AnswerModel | None = None
        self.reader: reading.Reader | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Take up what was learnt, or learn now; writes it into the storage. Rasa's few messages are not looked at."""
        self.model = AnswerModel.load(type(self).learnt()) if self.learnt else learning.learn(learning.ROOT)
        with self._model_storage.write_to(self._resource) as folder:
            self.model.save(folder)
        self._ready()
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AnswerClassifier:
        """The trained classifier from the storage."""
        made = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            made.model = AnswerModel.load(folder)
        made._ready()
        return made

    def _ready(self) -> None:
        self.reader = reading.Reader(self.model.labels, reading.Limits.of(self.config))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add intent, ranking and answers to `messages`."""
        for message in messages:
            vector = _vector(message)
            if vector is None:
                read = reading.nothing()
            else:
                probabilities, strange = self.model.read(message.get(TEXT), vector)
                read = self.reader.read(probabilities, strange)
            found = danger.seen(read.ranking, read.intent, message.get(TEXT) or "")
            if vector is not None:
                if (behind := None if strange else self._behind(message)) is not None:
                    found = danger.in_talk(found, read.ranking, self.reader.danger(behind), message.get(TEXT))
                    read = self._in_talk(message, (probabilities, behind), read, found)
                if (after := self._in_context(message, probabilities)) is not None:
                    told = {INTENT: after.intent, "confidence": after.confidence, "answers": after.answers}
                    message.set("in_context", told, add_to_output=True)
                    read = in_context.better(read, after)
            message.set(INTENT, {"name": read.intent, "confidence": read.confidence}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, read.ranking, add_to_output=True)
            message.set("answers", read.answers, add_to_output=True)
            message.set(ANSWER, read.answer, add_to_output=True)
            message.set("danger", found and found.told(), add_to_output=True)
        return messages

    def _behind(self, message: Message) -> np.ndarray | None:
        """The probabilities of a message read behind the person's own text before it; None where there is none."""
        vector = message.get(_BEFORE_VECTOR)
        return None if vector is None else self.model.read(_behind_the_text(message), vector)[0]

    def _in_talk(
        self, message: Message, both: tuple[np.ndarray, np.ndarray], by_itself: reading.Reading,
        found: danger.Danger | None,
    ) -> reading.Reading:  # fmt: skip
        """The reading to go by where the person's own text before it may say what a message means."""
        told = message.get(METADATA) or {}
        before, spoken = told.get(in_context.READING) or {}, _spoken(message)
        answered = in_context.QUESTION in told and in_context.is_short(spoken)  # a longer one is not read beside it
        if found is not None and found.faint:
            both, by_itself = self.reader.nothing_grave(both)
        return self.reader.read_in_talk(self.model.talk, spoken, both, before, by_itself, answered)

    def _in_context(self, message: Message, alone: np.ndarray) -> reading.Reading | None:
        """What a short message means by the answer that it follows; None where it follows none."""
        if (vector := message.get(_AFTER_VECTOR)) is None:
            return None
        after, _ = self.model.read(_behind_the_question(message), vector)
        return self.reader.read_after(alone, after, str((message.get(METADATA) or {}).get(in_context.AFTER)))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityReader(GraphComponent, EntityExtractorMixin):
    """Adds topic, area, women_only, men_only and when, read by rules."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityReader:
        """There is nothing to set up."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to `messages`."""
        for message in messages:
            found = entities(_spoken(message), clock.today())
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages


def _vector(message: Message) -> np.ndarray | None:
    """The sentence vector of a message, or None if it has no words."""
    features = message.get_dense_features(TEXT, [])[1]
    return None if features is None else features.features[0]
