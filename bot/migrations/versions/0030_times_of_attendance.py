"""attendances: when somebody arrived and left, and the minutes taken off"""

import sqlalchemy as sa
from alembic import op

from bot.db import Moment

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

#: Name of the check → what it asks.
CHECKS = {"ck_attendances_taken_off": "taken_off >= 0", "ck_attendances_left_at": "left_at > arrived_at"}


def upgrade() -> None:
    op.add_column("attendances", sa.Column("arrived_at", Moment(), nullable=True))
    op.add_column("attendances", sa.Column("taken_off_why", sa.Text(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":  # added to the table as it stands: its own checks stay
        for column, check in (
            ("left_at DATETIME", "ck_attendances_left_at"),
            ("taken_off INTEGER DEFAULT '0' NOT NULL", "ck_attendances_taken_off"),
        ):
            op.execute(f"ALTER TABLE attendances ADD COLUMN {column} CONSTRAINT {check} CHECK ({CHECKS[check]})")
        return
    op.add_column("attendances", sa.Column("left_at", Moment(), nullable=True))
    op.add_column("attendances", sa.Column("taken_off", sa.Integer(), server_default="0", nullable=False))
    for name, asks in CHECKS.items():
        op.create_check_constraint(op.f(name), "attendances", asks)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":  # a check that is part of a column goes with it
        for column in ("left_at", "arrived_at", "taken_off", "taken_off_why"):
            op.execute(f"ALTER TABLE attendances DROP COLUMN {column}")
        return
    for name in CHECKS:
        op.drop_constraint(op.f(name), "attendances", type_="check")
    for column in ("left_at", "arrived_at", "taken_off", "taken_off_why"):
        op.drop_column("attendances", column)
