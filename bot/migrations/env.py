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

with database.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=database.is_sqlite,
        compare_type=True,
        render_item=render_item,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
