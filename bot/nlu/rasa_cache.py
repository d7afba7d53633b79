"""A training cache that keeps nothing: Rasa's own writes a database into whatever folder one happens to be in."""

from __future__ import annotations

from typing import Any

from rasa.engine.caching import Cacheable, TrainingCache
from rasa.engine.storage.storage import ModelStorage


class NoCache(TrainingCache):
    """Every training is a whole one; it takes seconds."""

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
