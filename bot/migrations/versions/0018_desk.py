"""ready-made replies; who a hand-off is meant for and what came of it; tags of a conversation"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ready_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["staff.id"], name=op.f("fk_ready_replies_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_replies")),
        sa.UniqueConstraint("key", name=op.f("uq_ready_replies_key")),
    )
    with op.batch_alter_table("handoffs") as table:
        table.add_column(sa.Column("assigned_to", sa.Integer(), nullable=True))
        table.add_column(sa.Column("outcome", sa.String(length=16), nullable=True))
        table.create_foreign_key(op.f("fk_handoffs_assigned_to"), "staff", ["assigned_to"], ["id"])
    with op.batch_alter_table("conversations") as table:
        table.add_column(sa.Column("tags", Encrypted(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.drop_column("tags")
    with op.batch_alter_table("handoffs") as table:
        table.drop_constraint(op.f("fk_handoffs_assigned_to"), type_="foreignkey")
        table.drop_column("outcome")
        table.drop_column("assigned_to")
    op.drop_table("ready_replies")
