"""The spool: inbound messages that the database could not take in time, one encrypted file each.

A file is complete and on disk (fsync of file and folder) before its message is acknowledged, and is removed only after
the database has it. Names sort by arrival and carry a keyed hash of the sender, so that one person's messages stay in
order: whoever has a message in here gets the next one in here too.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import clock, crypto
from bot.gateway.parts import Inbound

SUFFIX, ASIDE = ".msg", ".bad"


@dataclass(frozen=True)
class Spooled:
    """A message in the spool, and the crisis words that its sender has had already."""

    path: Path
    inbound: Inbound
    said: tuple[str, ...] = ()


class Spool:
    """The folder of waiting messages. Safe to use from several threads and processes."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._last = 0
        self._turn = threading.Lock()

    def put(self, inbound: Inbound) -> Path:
        """Write a message down. OSError when even that fails."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / f"{self._stamp():020d}-{os.getpid():07d}-{_sender(inbound)}{SUFFIX}"
        self._write(path, inbound)
        return path

    def mark_said(self, path: Path, said: Sequence[str]) -> None:
        """The crisis words for this message are out: they are not to be sent again when it is imported."""
        spooled = self.read(path)
        self._write(path, spooled.inbound, said)

    def waiting(self) -> list[Path]:
        """Files to import, in order of arrival."""
        return sorted(self.folder.glob(f"*{SUFFIX}")) if self.folder.exists() else []

    def holds(self, inbound: Inbound) -> bool:
        """Whether an earlier message of the same sender is waiting here."""
        ending = f"-{_sender(inbound)}{SUFFIX}"
        return any(path.name.endswith(ending) for path in self.waiting())

    def read(self, path: Path) -> Spooled:
        """The message in a file. crypto.Undecryptable or ValueError when it holds none."""
        found = json.loads(crypto.keyring().decrypt(path.read_text(encoding="ascii")))
        found.pop("answered", None)  # as an earlier release wrote it: what was said is said again
        at, said = datetime.fromisoformat(found.pop("at")), tuple(found.pop("said", ()))
        return Spooled(path, Inbound(**found, at=at), said)

    def remove(self, path: Path) -> None:
        """The database has it."""
        path.unlink(missing_ok=True)

    def set_aside(self, path: Path) -> None:
        """It cannot be read or stored: keep it for somebody to look at, out of the way of the others."""
        path.rename(path.with_suffix(ASIDE))

    def aside(self) -> int:
        """How many files were set aside."""
        return len(list(self.folder.glob(f"*{ASIDE}"))) if self.folder.exists() else 0

    def forget(self, sender: str, before: datetime) -> int:
        """Remove what was set aside of a sender (as file names have them) before a moment; how many files.

        What still waits is left to the import, which keeps out what is not to come back and hears danger in it.
        """
        gone = [path for path in self.folder.glob(f"*-{sender}{ASIDE}") if _arrived(path) < before.timestamp()]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def writable(self) -> bool:
        """Whether a message could be written down now."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return os.access(self.folder, os.W_OK | os.X_OK)
        except OSError:
            return False

    def _write(self, path: Path, inbound: Inbound, said: Sequence[str] = ()) -> None:
        content = {
            "channel": inbound.channel,
            "address": inbound.address,
            "external_id": inbound.external_id,
            "text": inbound.text,
            "kind": inbound.kind,
            "choice_id": inbound.choice_id,
            "edits": inbound.edits,
            "replies_to": inbound.replies_to,
            "at": (inbound.at or clock.now()).isoformat(),
            "said": list(said),
        }
        sealed = crypto.keyring().encrypt(json.dumps(content))
        draft = path.with_suffix(".new")
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _stamp(self) -> int:
        """Microseconds that only grow in this process, so that two messages of one moment keep their order."""
        with self._turn:
            self._last = max(self._last + 1, int(clock.now().timestamp() * 1_000_000))
            return self._last


def _arrived(path: Path) -> float:
    """When a file came, in seconds, from its name."""
    return int(path.name.partition("-")[0]) / 1_000_000


def _sender(inbound: Inbound) -> str:
    return crypto.keyring().hash(f"spool:{inbound.channel}:{inbound.address}")[:16]
