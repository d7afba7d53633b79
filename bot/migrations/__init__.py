"""Schema migrations: `upgrade(database)` brings a database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.db import Database


def config(database: Database) -> Config:
    """Alembic's configuration for `database`."""
    cfg = Config()
    cfg.set_main_option("script_location", str(Path(__file__).parent))
    cfg.attributes["database"] = database
    return cfg


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema of `database` to `revision`. Safe to repeat."""
    command.upgrade(config(database), revision)


def newest() -> str:
    """The revision that the code expects."""
    return ScriptDirectory(str(Path(__file__).parent)).get_current_head()
