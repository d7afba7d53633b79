"""labels: messages that staff say the meaning of, so that the assistant learns"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "labels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("text", Encrypted(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=True),
        sa.Column("meaning", Encrypted(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("labelled_by", sa.Integer(), nullable=True),
        sa.Column("labelled_at", Moment(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_labels_message_id")),
        sa.ForeignKeyConstraint(["labelled_by"], ["staff.id"], name=op.f("fk_labels_labelled_by")),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name=op.f("fk_labels_approved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
        sa.UniqueConstraint("message_id", name=op.f("uq_labels_message_id")),
    )
    op.create_index(op.f("ix_labels_status"), "labels", ["status"])


def downgrade() -> None:
    op.drop_table("labels")
