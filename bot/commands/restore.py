"""`wellbeing restore FILE`: a backup into a var folder that has no databases. Never over what is there."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
from pathlib import Path


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("restore", help="restore a backup where there is no database yet")
    made.add_argument("file", type=Path)
    made.add_argument("--show", action="store_true", help="only print the manifest; needs no keys")
    made.set_defaults(call=call)


def call(arguments: argparse.Namespace) -> int:
    """Restore; 1 with a sentence when it cannot be done, and then nothing has changed."""
    import json

    from bot import crypto, settings
    from bot.commands import archive, backup

    try:
        facts = archive.manifest(arguments.file)
        if arguments.show:
            print(json.dumps(facts, indent=1))
            return 0
        os.umask(0o077)
        loaded = settings.load()
        crypto.use(loaded.secret_keys)
        files = backup.databases(loaded)
        if files is None:
            print(backup.POSTGRESQL, file=sys.stderr)
            return 1
        if (there := _in_the_way(files)) is not None:
            print(
                f"{there} is there: restoring goes only where there is no database. Stop the assistant and move "
                "its databases away first, with the -wal and -shm files beside them.",
                file=sys.stderr,
            )
            return 1
        loaded.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=loaded.var, prefix=".restore-") as scratch:
            found = {path.name: path for path in archive.read(arguments.file, Path(scratch))}
            for path in found.values():
                backup.sound(path)
            for name, target in zip(backup.NAMES, files, strict=True):
                if name in found:
                    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    os.replace(found[name], target)
    except (archive.Unreadable, crypto.Undecryptable, OSError, ValueError, sqlite3.Error) as error:
        print(f"Not restored: {error}", file=sys.stderr)
        return 1
    print(f"restore: the state of {facts['made_at']} is back; `wellbeing doctor` looks it over")
    return 0


def _in_the_way(files: tuple[Path, Path]) -> Path | None:
    """A database file that is there, or a log of one: SQLite would play it into the restored file."""
    for file in files:
        for path in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            if path.exists():
                return path
    return None
