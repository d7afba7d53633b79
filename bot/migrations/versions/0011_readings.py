"""readings: what the assistant took a message to mean, and how sure it was"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("message_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("intent", Encrypted(), nullable=False),
        sa.Column("answer", Encrypted(), nullable=True),
        sa.Column("sure", sa.Integer(), nullable=True),
        sa.Column("understood", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_readings_message_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_readings")),
    )


def downgrade() -> None:
    op.drop_table("readings")
