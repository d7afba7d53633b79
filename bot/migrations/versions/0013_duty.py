"""duties, alarms and their calls: who is told of danger, and what became of it; handoffs: when they were reached"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("address", Encrypted(), nullable=False),
        sa.Column("code", Encrypted(), nullable=True),
        sa.Column("test_sent_at", Moment(), nullable=True),
        sa.Column("tested_at", Moment(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_duties_staff_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_duties_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
    )
    op.create_index(op.f("ix_duties_staff_id"), "duties", ["staff_id"])
    op.create_index(op.f("ix_duties_ends_at"), "duties", ["ends_at"])
    op.create_table(
        "alarms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handoff_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.Column("next_at", Moment(), nullable=False),
        sa.Column("failed_at", Moment(), nullable=True),
        sa.Column("acknowledged_at", Moment(), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name=op.f("fk_alarms_handoff_id")),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["staff.id"], name=op.f("fk_alarms_acknowledged_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
    )
    op.create_index(op.f("ix_alarms_handoff_id"), "alarms", ["handoff_id"])
    op.create_table(
        "alarm_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alarm_id", sa.Integer(), nullable=True),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("send_after", Moment(), nullable=True),
        sa.Column("claimed_at", Moment(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarms.id"], name=op.f("fk_alarm_calls_alarm_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_alarm_calls_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_calls")),
    )
    op.create_index(op.f("ix_alarm_calls_alarm_id"), "alarm_calls", ["alarm_id"])
    op.create_index(op.f("ix_alarm_calls_duty_id"), "alarm_calls", ["duty_id"])
    op.create_index(op.f("ix_alarm_calls_status"), "alarm_calls", ["status"])
    with op.batch_alter_table("handoffs") as table:
        table.add_column(sa.Column("contacted_at", Moment(), nullable=True))
        table.add_column(sa.Column("contacted_by", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_handoffs_contacted_by"), "staff", ["contacted_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("handoffs") as table:
        table.drop_constraint(op.f("fk_handoffs_contacted_by"), type_="foreignkey")
        table.drop_column("contacted_by")
        table.drop_column("contacted_at")
    op.drop_table("alarm_calls")
    op.drop_table("alarms")
    op.drop_table("duties")
