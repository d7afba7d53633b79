"""attendances and orders: who came, the time claimed and approved, and the hours imposed"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("claimed", sa.Integer(), nullable=False),
        sa.Column("reason", Encrypted(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.Column("decision", Encrypted(), nullable=True),
        sa.CheckConstraint("claimed >= 0", name=op.f("ck_attendances_claimed")),
        sa.CheckConstraint("approved IS NULL OR approved >= 0", name=op.f("ck_attendances_approved")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_attendances_booking_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_attendances_recorded_by")),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name=op.f("fk_attendances_approved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_attendances_booking_id")),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.String(length=32), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("imposed_at", Moment(), nullable=True),
        sa.Column("ends_at", Moment(), nullable=True),
        sa.Column("case_number", Encrypted(), nullable=True),
        sa.Column("case_hash", sa.String(length=64), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_orders_minutes")),
        sa.ForeignKeyConstraint(["pseudonym"], ["people.pseudonym"], name=op.f("fk_orders_pseudonym")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
    )
    op.create_index(op.f("ix_orders_case_hash"), "orders", ["case_hash"])
    op.create_index(
        "uq_orders_open", "orders", ["pseudonym"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("orders")
    op.drop_table("attendances")
