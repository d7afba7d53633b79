"""`wellbeing backup`: both databases, each as it is at one moment, into one encrypted file; texts may go on coming."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
from pathlib import Path

POSTGRESQL = (
    "This is for SQLite. PostgreSQL has its own: back it up with pg_dump and restore it with pg_restore "
    "(the programme database and the tracker's)."
)


def register(commands) -> None:
    """Declare the command."""
    made = commands.add_parser("backup", help="write both databases into one encrypted file")
    made.add_argument("--to", type=Path, metavar="FILE", help="the file; by default a new one in var/backups")
    made.set_defaults(call=call)


def call(arguments: argparse.Namespace) -> int:
    """Back up; 1 with a sentence when it cannot be done."""
    from bot import clock, crypto, migrations, settings
    from bot.commands import archive

    os.umask(0o077)
    loaded = settings.load()
    crypto.use(loaded.secret_keys)
    files = databases(loaded)
    if files is None:
        print(POSTGRESQL, file=sys.stderr)
        return 1
    if not files[0].exists():
        print(f"There is no database to back up ({files[0].name}): run `make run` once.", file=sys.stderr)
        return 1
    now = clock.now()
    target = arguments.to or loaded.var / "backups" / f"wellbeing-{now:%Y%m%dT%H%M%SZ}.backup"
    if target.exists():
        print(f"{target} is there already; give another name.", file=sys.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    # In the var folder: copies of databases do not belong where others may look.
    with tempfile.TemporaryDirectory(dir=loaded.var, prefix=".backup-") as scratch:
        # The tracker last: an answer that is in it has its message in the programme's copy, or is asked again.
        copies = [copy(file, Path(scratch) / name) for file, name in zip(files, NAMES, strict=True) if file.exists()]
        facts = {"made_at": now.isoformat(timespec="seconds"), "schema": migrations.newest()}
        archive.write(part, copies, facts)
    part.rename(target)
    print(f"backup: {target} ({target.stat().st_size / 1e6:.1f} MB)")
    print("Keep WELLBEING_SECRET_KEYS somewhere else: without them nobody can open it, with them anybody can.")
    return 0


#: What the databases are called in a backup, whatever their files are called.
NAMES = ("programme.db", "tracker.db")


def databases(loaded) -> tuple[Path, Path] | None:
    """The files of the programme database and of the tracker; None if one of the two is not SQLite."""
    from sqlalchemy.engine import make_url

    urls = [make_url(url) for url in (loaded.database_url, loaded.tracker_url)]
    if not all(url.drivername.startswith("sqlite") and url.database for url in urls):
        return None
    return Path(urls[0].database), Path(urls[1].database)


def copy(source: Path, target: Path) -> Path:
    """A copy of a database that may be written to meanwhile. ValueError if what came out is damaged."""
    before, after = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(target)
    try:
        before.backup(after)
        after.execute("PRAGMA journal_mode=DELETE")  # one file: nothing of it stays in a log beside it
    finally:
        before.close()
        after.close()
    sound(target)
    return target


def sound(path: Path) -> None:
    """ValueError unless SQLite finds the file in order."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        connection.close()
    if found != "ok":
        raise ValueError(f"{path.name} is damaged: {found}")
