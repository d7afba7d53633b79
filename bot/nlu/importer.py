"""What Rasa is told of the training messages: that there are intents, by one message each.

The classifier reads all of them by itself (`bot.nlu.learning`).
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Optional

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.bank import messages


class IntentImporter(RasaFileImporter):
    """Rasa's own importer of files, but for the messages. Named in `config.yml` under `importers`."""

    def __init__(
        self,
        config_file: Optional[str] = None,  # noqa: UP045 (Rasa names and annotates these)
        domain_path: Optional[str] = None,  # noqa: UP045
        training_data_paths: Optional[list[str] | str] = None,  # noqa: UP045
    ) -> None:
        if isinstance(training_data_paths, (str, Path)):
            training_data_paths = [str(training_data_paths)]
        super().__init__(config_file, domain_path, _only_rasas(training_data_paths or []))
        self._root = Path(config_file).parent if config_file else Path()

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:  # noqa: UP045
        """The first message of each intent, of the files and the bank alike."""
        return TrainingData([Message.build(text=words, intent=intent) for intent, words in self._first.items()])

    @functools.cached_property
    def _first(self) -> dict[str, str]:
        """Rasa asks more than once, and there is a hundred thousand to read."""
        first: dict[str, str] = {}
        for words, label in messages(self._root):
            first.setdefault(label.split("/", 1)[0], words)
        return first


def _only_rasas(paths: list[str]) -> list[str]:
    """A `data` folder stands for the two folders in it that are Rasa's: reading the rest as training data is slow."""
    narrowed = []
    for path in paths:
        inside = [Path(path) / name for name in ("rules", "stories")]
        narrowed += [str(p) for p in inside if p.is_dir()] or [path]
    return narrowed
