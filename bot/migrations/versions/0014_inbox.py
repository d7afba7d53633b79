"""handoffs: put off till when, and when a worker first replied"""

import sqlalchemy as sa
from alembic import op

from bot.db import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("handoffs") as table:
        table.add_column(sa.Column("snoozed_at", Moment(), nullable=True))
        table.add_column(sa.Column("snoozed_until", Moment(), nullable=True))
        table.add_column(sa.Column("first_reply_at", Moment(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("handoffs") as table:
        for column in ("first_reply_at", "snoozed_until", "snoozed_at"):
            table.drop_column(column)
