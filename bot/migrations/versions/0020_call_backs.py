"""call_backs: where and when it is safe to ring, and whether somebody did"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_backs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=True),
        sa.Column("number", Encrypted(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("rang_at", Moment(), nullable=True),
        sa.Column("rang_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("checked_at", Moment(), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_call_backs_conversation_id")
        ),
        sa.ForeignKeyConstraint(["rang_by"], ["staff.id"], name=op.f("fk_call_backs_rang_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_backs")),
    )
    op.create_index(op.f("ix_call_backs_conversation_id"), "call_backs", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("call_backs")
