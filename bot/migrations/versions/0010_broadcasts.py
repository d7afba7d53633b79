"""broadcasts: texts to many"""

import sqlalchemy as sa
from alembic import op

from bot.db import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("audience_of", sa.Integer(), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("send_after", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("queued_at", Moment(), nullable=True),
        sa.Column("stopped_at", Moment(), nullable=True),
        sa.Column("stopped_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_broadcasts_made_by")),
        sa.ForeignKeyConstraint(["stopped_by"], ["staff.id"], name=op.f("fk_broadcasts_stopped_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sa.UniqueConstraint("nonce", name=op.f("uq_broadcasts_nonce")),
    )
    op.create_table(
        "broadcast_messages",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_broadcast_messages_message_id")),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name=op.f("fk_broadcast_messages_broadcast_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_broadcast_messages")),
    )
    op.create_index(op.f("ix_broadcast_messages_broadcast_id"), "broadcast_messages", ["broadcast_id"])


def downgrade() -> None:
    op.drop_table("broadcast_messages")
    op.drop_table("broadcasts")
