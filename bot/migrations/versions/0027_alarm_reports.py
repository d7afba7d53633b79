"""alarm_calls: the provider's number of an alarm, so that its report of what became of it is found"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("alarm_calls") as batch:
        batch.add_column(sa.Column("provider_id", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_alarm_calls_provider_id"), "alarm_calls", ["provider_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_alarm_calls_provider_id"), "alarm_calls")
    with op.batch_alter_table("alarm_calls") as batch:
        batch.drop_column("provider_id")
