"""Alembic's environment: the URL comes from our settings, or from the caller (tests)."""

from alembic import context

from bot import models  # noqa: F401  (registers the tables)
from bot.db import Base, Database, Encrypted, Moment


def render_item(kind, item, autogen_context):
    """Our own column types by their short names, as the template imports them."""
    if kind == "type" and isinstance(item, (Encrypted, Moment)):
        return f"{type(item).__name__}()"
    return False


database: Database = context.config.attributes["database"]

def keep_references(connection, keep: bool) -> None:
    """SQLite changes a table by making it anew: while references are kept, one that others point at cannot go.

    Said to the driver itself, because SQLite does not listen inside a transaction.
    """
    if database.is_sqlite:
        connection.connection.cursor().execute(f"PRAGMA foreign_keys={'ON' if keep else 'OFF'}")


with database.engine.connect() as connection:
    keep_references(connection, False)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=database.is_sqlite,
        compare_type=True,
        render_item=render_item,
        transaction_per_migration=True,
    )
    try:
        with context.begin_transaction():
            context.run_migrations()
    finally:
        keep_references(connection, True)
    if database.is_sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first()) is not None:
        raise RuntimeError(f"after the migrations something in {lost[0]} points at nothing in {lost[2]}")
