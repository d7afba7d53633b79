"""handoffs: the note for whoever is on next"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("handoffs") as table:
        table.add_column(sa.Column("handover", Encrypted(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("handoffs") as table:
        table.drop_column("handover")
