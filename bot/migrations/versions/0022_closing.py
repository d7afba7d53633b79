"""orders: how one ended, and who closed it"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("outcome", sa.String(length=16), nullable=True))
    with op.batch_alter_table("orders") as orders:
        orders.add_column(sa.Column("closed_by", sa.Integer(), nullable=True))
        orders.create_foreign_key(op.f("fk_orders_closed_by"), "staff", ["closed_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("orders") as orders:
        orders.drop_constraint(op.f("fk_orders_closed_by"), type_="foreignkey")
        orders.drop_column("closed_by")
        orders.drop_column("outcome")
