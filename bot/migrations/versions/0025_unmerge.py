"""merges: how the two records were before, so that a wrong merge can be undone for a week"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("merges") as batch:
        batch.add_column(sa.Column("before", Encrypted(), nullable=True))
        batch.add_column(sa.Column("undone_at", Moment(), nullable=True))
        batch.add_column(sa.Column("undone_by", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_merges_undone_by"), "staff", ["undone_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("merges") as batch:
        batch.drop_constraint(op.f("fk_merges_undone_by"), type_="foreignkey")
        batch.drop_column("undone_by")
        batch.drop_column("undone_at")
        batch.drop_column("before")
