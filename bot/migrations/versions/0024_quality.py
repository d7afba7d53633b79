"""quality: samples of conversations, and what reviewers found in them"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quality_samples",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("begins_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("of", sa.JSON(), nullable=False),
        sa.Column("trial", sa.String(length=120), nullable=True),
        sa.Column("drawn_by", sa.Integer(), nullable=False),
        sa.Column("drawn_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["drawn_by"], ["staff.id"], name=op.f("fk_quality_samples_drawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_samples")),
    )
    op.create_table(
        "quality_picks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["sample_id"], ["quality_samples.id"], name=op.f("fk_quality_picks_sample_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_quality_picks_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_picks")),
    )
    op.create_index(op.f("ix_quality_picks_sample_id"), "quality_picks", ["sample_id"])
    op.create_index(op.f("ix_quality_picks_conversation_id"), "quality_picks", ["conversation_id"])
    op.create_table(
        "quality_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pick_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("note", Encrypted(), nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["pick_id"], ["quality_picks.id"], name=op.f("fk_quality_reviews_pick_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_quality_reviews_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_reviews")),
        sa.UniqueConstraint("pick_id", "staff_id", name=op.f("uq_quality_reviews_pick_id_staff_id")),
    )


def downgrade() -> None:
    op.drop_table("quality_reviews")
    op.drop_table("quality_picks")
    op.drop_table("quality_samples")
