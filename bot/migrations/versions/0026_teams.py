"""teams: staff of an area and the people they look after, kept apart from other teams"""

import sqlalchemy as sa
from alembic import op

from bot.db import Moment

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

#: Tables whose rows can belong to a team.
IN_A_TEAM = ("staff", "people", "broadcasts", "quality_samples")


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("name", name=op.f("uq_teams_name")),
    )
    for table in IN_A_TEAM:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(op.f(f"fk_{table}_team_id"), "teams", ["team_id"], ["id"])
    op.create_index(op.f("ix_people_team_id"), "people", ["team_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_people_team_id"), "people")
    for table in reversed(IN_A_TEAM):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_team_id"), type_="foreignkey")
            batch.drop_column("team_id")
    op.drop_table("teams")
