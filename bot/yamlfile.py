"""Reads our YAML files by libyaml, ten times faster than by Python's own reader, where PyYAML came with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> Any:
    """What stands in the file at `path` (UTF-8); None for an empty one. FileNotFoundError, or yaml.YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
