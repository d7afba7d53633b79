"""Training data for Rasa: the ordinary files, and the answer bank's ways of asking, without a file in between."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.bank import bank_messages


class AnswerBankImporter(RasaFileImporter):
    """Rasa's own importer of files, plus the answer bank. Named in `config.yml` under `importers`.

    `bank` is the bank's folder, relative to the configuration file.
    """

    def __init__(
        self,
        config_file: Optional[str] = None,  # noqa: UP045 (Rasa names and annotates these)
        domain_path: Optional[str] = None,  # noqa: UP045
        training_data_paths: Optional[list[str] | str] = None,  # noqa: UP045
        bank: str = "data/answers",
    ) -> None:
        if isinstance(training_data_paths, (str, Path)):
            training_data_paths = [str(training_data_paths)]
        super().__init__(config_file, domain_path, _only_rasas(training_data_paths or []))
        self._bank = (Path(config_file).parent if config_file else Path()) / bank

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:  # noqa: UP045
        """The files' messages and the bank's; a bank message carries its answer as `answer` ("topic/key")."""
        messages = []
        for words, intent, answer in bank_messages(self._bank):
            message = Message.build(text=words, intent=intent)
            message.set("answer", answer)
            messages.append(message)
        # Not `merge`, which copies every message first: seconds, for messages that nobody else holds.
        found = super().get_nlu_data(language)
        return TrainingData(
            [*found.training_examples, *messages],
            found.entity_synonyms,
            found.regex_features,
            found.lookup_tables,
            found.responses,
        )


def _only_rasas(paths: list[str]) -> list[str]:
    """A `data` folder stands for the three folders in it that are Rasa's: reading the rest as training data is slow."""
    narrowed = []
    for path in paths:
        inside = [Path(path) / name for name in ("nlu", "rules", "stories")]
        narrowed += [str(p) for p in inside if p.is_dir()] or [path]
    return narrowed
