"""feedback: when a complaint was taken back; call_backs: the day and the hour that were asked for"""

import sqlalchemy as sa
from alembic import op

from bot.db import Moment

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feedback") as table:
        table.add_column(sa.Column("taken_back_at", Moment(), nullable=True))
    with op.batch_alter_table("call_backs") as table:
        table.add_column(sa.Column("day", sa.Date(), nullable=True))
        table.add_column(sa.Column("at", sa.String(length=20), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("call_backs") as table:
        table.drop_column("at")
        table.drop_column("day")
    with op.batch_alter_table("feedback") as table:
        table.drop_column("taken_back_at")
