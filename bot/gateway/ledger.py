"""Whom a backup would bring back: a keyed hash for each record that was erased, in a file outside the database.

A database that is restored from before somebody was erased has them in it again. The file is not restored with it, so
the gateway finds them there and erases them anew. It leads to nobody: a hash of a random number that is gone.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_LINE = re.compile(r"[0-9a-f]{64}")


class Ledger:
    """The file at `path`, a hash on each line. It only ever grows, by 65 bytes a person."""

    def __init__(self, path: Path):
        self.path = path

    def read(self) -> set[str]:
        """Every hash in it. A line that broke off in a power cut is passed over."""
        try:
            return {line for line in self.path.read_text(encoding="ascii").split() if _LINE.fullmatch(line)}
        except FileNotFoundError:
            return set()

    def add(self, hashes: list[str]) -> None:
        """Write `hashes` so that a power cut leaves them there. OSError when they cannot be written."""
        if new := sorted(set(hashes) - self.read()):
            # In front a line's end as well: what broke off must not swallow the first of these.
            with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
                file.write("".join(f"\n{line}" for line in new) + "\n")
                file.flush()
                os.fsync(file.fileno())
