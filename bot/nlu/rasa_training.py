"""What Rasa's training is given instead of its own: a cache that keeps nothing, and a store that squeezes nothing."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path
from typing import Any

from rasa.engine.caching import Cacheable, TrainingCache
from rasa.engine.graph import GraphModelConfiguration
from rasa.engine.storage.local_model_storage import (
    MODEL_ARCHIVE_COMPONENTS_DIR,
    MODEL_ARCHIVE_METADATA_FILE,
    LocalModelStorage,
)
from rasa.engine.storage.storage import ModelMetadata, ModelStorage
from rasa.shared.core.domain import Domain


class NoCache(TrainingCache):
    """Every training is a whole one; Rasa's own writes a database into whatever folder one happens to be in."""

    def cache_output(
        self, fingerprint_key: str, output: Any, output_fingerprint: str, model_storage: ModelStorage
    ) -> None:
        """Forget it."""

    def get_cached_output_fingerprint(self, fingerprint_key: str) -> str | None:
        """Nothing was kept."""

    def get_cached_result(
        self, output_fingerprint_key: str, node_name: str, model_storage: ModelStorage
    ) -> Cacheable | None:
        """Nothing was kept."""


class LooselyPacked(LocalModelStorage):
    """Rasa packs as tightly as can be, for nine seconds: weights get hardly smaller, so nothing is squeezed."""

    def create_model_package(
        self, model_archive_path: str | Path, model_configuration: GraphModelConfiguration, domain: Domain
    ) -> ModelMetadata:
        """Write the archive that `LocalModelStorage` reads, into a folder that is there; returns what it says of it."""
        facts = self._create_model_metadata(domain, model_configuration)
        with tempfile.TemporaryDirectory(prefix="wellbeing-package-") as folder:
            self._persist_metadata(facts, Path(folder))
            with tarfile.open(model_archive_path, "w:gz", compresslevel=0) as archive:
                archive.add(Path(folder) / MODEL_ARCHIVE_METADATA_FILE, MODEL_ARCHIVE_METADATA_FILE)
                archive.add(self._storage_path, MODEL_ARCHIVE_COMPONENTS_DIR)
        return facts
