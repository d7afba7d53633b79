"""keep_apart and merges: people who must not meet, and two records that were one person"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "keep_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", Encrypted(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_keep_apart_order")),
        sa.ForeignKeyConstraint(["one_id"], ["people.id"], name=op.f("fk_keep_apart_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["people.id"], name=op.f("fk_keep_apart_other_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_keep_apart_made_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name=op.f("fk_keep_apart_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keep_apart")),
    )
    op.create_index(op.f("ix_keep_apart_one_id"), "keep_apart", ["one_id"])
    op.create_index(op.f("ix_keep_apart_other_id"), "keep_apart", ["other_id"])
    op.create_index(
        "uq_keep_apart_open", "keep_apart", ["one_id", "other_id"], unique=True, sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )  # fmt: skip
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("merged_by", sa.Integer(), nullable=False),
        sa.Column("merged_at", Moment(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["kept_id"], ["people.id"], name=op.f("fk_merges_kept_id")),
        sa.ForeignKeyConstraint(["gone_id"], ["people.id"], name=op.f("fk_merges_gone_id")),
        sa.ForeignKeyConstraint(["merged_by"], ["staff.id"], name=op.f("fk_merges_merged_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_kept_id"), "merges", ["kept_id"])


def downgrade() -> None:
    op.drop_table("merges")
    op.drop_table("keep_apart")
