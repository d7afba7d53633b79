"""answers: plain wording and who wrote it; topics open one by one; checks of crisis numbers"""

import sqlalchemy as sa
from alembic import op

from bot.db import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answer_revisions") as table:
        table.add_column(sa.Column("simple", sa.Text(), nullable=True))
        table.add_column(sa.Column("written_by", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_answer_revisions_written_by"), "staff", ["written_by"], ["id"])
    with op.batch_alter_table("topics") as table:
        table.add_column(sa.Column("opened_at", Moment(), nullable=True))
        table.add_column(sa.Column("opened_by", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_topics_opened_by"), "staff", ["opened_by"], ["id"])
    op.create_table(
        "number_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=False),
        sa.Column("checked_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["checked_by"], ["staff.id"], name=op.f("fk_number_checks_checked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_checks")),
    )
    op.create_index(op.f("ix_number_checks_key"), "number_checks", ["key"])


def downgrade() -> None:
    op.drop_table("number_checks")
    with op.batch_alter_table("topics") as table:
        table.drop_constraint(op.f("fk_topics_opened_by"), type_="foreignkey")
        table.drop_column("opened_by")
        table.drop_column("opened_at")
    with op.batch_alter_table("answer_revisions") as table:
        table.drop_constraint(op.f("fk_answer_revisions_written_by"), type_="foreignkey")
        table.drop_column("written_by")
        table.drop_column("simple")
