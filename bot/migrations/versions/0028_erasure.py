"""leftovers, tallies; and no number of something that was erased is given out again"""

import re

import sqlalchemy as sa
from alembic import op

from bot.db import Moment

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

#: Their numbers are named elsewhere: in the audit trail, in reports of providers, in buttons.
NUMBERED = (
    "addresses", "alarm_calls", "alarms", "bookings", "choices", "feedback", "handoffs", "keep_apart", "labels",
    "link_codes", "merges", "messages",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "leftovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=96), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leftovers")),
    )
    op.create_index("ix_leftovers_kind_key", "leftovers", ["kind", "key"])
    op.create_table(
        "tallies",
        sa.Column("begins", Moment(), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("begins", "what", "line", name=op.f("pk_tallies")),
    )
    for table in NUMBERED:
        _remake(table, "INTEGER NOT NULL", "INTEGER NOT NULL CONSTRAINT pk_{0} PRIMARY KEY AUTOINCREMENT")


def downgrade() -> None:
    for table in NUMBERED:
        _remake(table, "INTEGER NOT NULL CONSTRAINT pk_{0} PRIMARY KEY AUTOINCREMENT", "INTEGER NOT NULL PRIMARY KEY")
    op.drop_table("tallies")
    op.drop_table("leftovers")


def _remake(table: str, before: str, after: str) -> None:
    """SQLite gives the highest number out again once its row is deleted, unless the table was made not to.

    PostgreSQL never does. The table is made anew from its own words, so that its indexes stay as they are.
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    words = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL"
    made = connection.exec_driver_sql(words, (table, "table")).scalar_one()
    indexes = connection.exec_driver_sql(words, (table, "index")).scalars().all()
    body = made[made.index("(") :].replace(f"id {before.format(table)}", f"id {after.format(table)}", 1)
    body = re.sub(rf"\s*CONSTRAINT pk_{table} PRIMARY KEY \(id\),?", "", body)
    connection.exec_driver_sql(f"CREATE TABLE new_{table} {body}")
    connection.exec_driver_sql(f"INSERT INTO new_{table} SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE new_{table} RENAME TO {table}")
    for index in indexes:
        connection.exec_driver_sql(index)
