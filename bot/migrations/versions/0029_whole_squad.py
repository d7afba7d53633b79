"""sessions: the squad of which everybody goes"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def checks() -> tuple[sa.CheckConstraint, ...]:
    """A table that SQLite makes anew keeps only what is said here."""
    # In a function: `op` is there while a migration runs, and this file is read before.
    return (
        sa.CheckConstraint("places >= 0", name=op.f("ck_sessions_places")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_sessions_times")),
    )


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":  # added to the table as it stands: its checks stay
        op.execute(
            "ALTER TABLE sessions ADD COLUMN squad_id INTEGER CONSTRAINT fk_sessions_squad_id REFERENCES squads (id)"
        )
        return
    op.add_column("sessions", sa.Column("squad_id", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("fk_sessions_squad_id"), "sessions", "squads", ["squad_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("sessions", table_args=checks()) as batch:
        if op.get_bind().dialect.name != "sqlite":  # there it goes with the column
            batch.drop_constraint(op.f("fk_sessions_squad_id"), type_="foreignkey")
        batch.drop_column("squad_id")
