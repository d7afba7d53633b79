"""staff: second factor and one-time codes"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff") as table:
        table.drop_column("tf_totp_secret")  # never used before
        table.add_column(sa.Column("tf_totp_secret", Encrypted(), nullable=True))
        table.add_column(sa.Column("tf_last_step", sa.Integer(), nullable=True))
        table.add_column(sa.Column("invite_hash", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("invite_expires_at", Moment(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("staff") as table:
        table.drop_column("invite_expires_at")
        table.drop_column("invite_hash")
        table.drop_column("tf_last_step")
        table.drop_column("tf_totp_secret")
        table.add_column(sa.Column("tf_totp_secret", sa.String(length=255), nullable=True))
