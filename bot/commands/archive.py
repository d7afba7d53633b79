"""The backup file: a manifest that anybody can read, then the databases in pieces that only our keys open.

Each piece is tied to the manifest, to its place and to whether it is the last: one that is cut short, swapped or
joined with another backup's does not open.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from bot import crypto

MAGIC = b"WELLBEING BACKUP 1\n"
PIECE = 1_000_000
LONGEST_MANIFEST = 100_000


class Unreadable(Exception):
    """The file is not a backup of ours, or not a whole one; the message is a sentence."""


def write(target: Path, files: list[Path], facts: dict[str, Any]) -> dict[str, Any]:
    """Seal `files` into `target`, which must not be there yet; returns the manifest."""
    keys = crypto.keyring()
    rows = [{"name": f.name, "bytes": f.stat().st_size, "sha256": _sha256(f)} for f in files]
    manifest = facts | {"key": keys.current, "files": rows}
    line = json.dumps(manifest).encode() + b"\n"
    with target.open("xb") as out:
        target.chmod(0o600)
        out.write(MAGIC + line)
        total = sum(-(-row["bytes"] // PIECE) for row in rows)
        pieces = (piece for file in files for piece in _pieces(file))
        for number, piece in enumerate(pieces, 1):
            sealed = keys.seal(piece, _about(line, number, number == total))
            out.write(len(sealed).to_bytes(4, "big") + sealed)
    return manifest


def manifest(source: Path) -> dict[str, Any]:
    """The manifest of a backup; needs no keys. Unreadable if it has none."""
    with source.open("rb") as file:
        return json.loads(_head(file, source))


def read(source: Path, folder: Path) -> list[Path]:
    """Open a backup into `folder`; returns the files. Unreadable or crypto.Undecryptable if it is not whole."""
    keys = crypto.keyring()
    with source.open("rb") as file:
        line = _head(file, source)
        facts = json.loads(line)
        total = sum(-(-row["bytes"] // PIECE) for row in facts["files"])
        made, number = [], 0
        for row in facts["files"]:
            target = folder / Path(row["name"]).name  # a name, never a path that the file brings
            with target.open("xb") as out:
                target.chmod(0o600)
                for _ in range(-(-row["bytes"] // PIECE)):
                    number += 1
                    length = int.from_bytes(file.read(4), "big")
                    sealed = file.read(length) if 0 < length <= PIECE + 64 else b""
                    if len(sealed) != length or not length:
                        raise Unreadable(f"{source.name} is cut short.")
                    out.write(keys.unseal(facts["key"], sealed, _about(line, number, number == total)))
            if _sha256(target) != row["sha256"]:
                raise Unreadable(f"{row['name']} in {source.name} is not what was backed up.")
            made.append(target)
    return made


def _head(file: BinaryIO, source: Path) -> bytes:
    if file.read(len(MAGIC)) != MAGIC:
        raise Unreadable(f"{source.name} is not a backup made by `wellbeing backup`.")
    line = file.readline(LONGEST_MANIFEST)
    if not line.endswith(b"\n"):
        raise Unreadable(f"{source.name} is cut short.")
    return line


def _about(line: bytes, number: int, last: bool) -> bytes:
    return hashlib.sha256(line).digest() + number.to_bytes(8, "big") + bytes([last])


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
    return digest.hexdigest()
