"""signposts: which service somebody was pointed to, and whether they went"""

import sqlalchemy as sa
from alembic import op

from bot.db import Moment

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signposts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("service_slug", sa.String(length=64), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.Column("why", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_signposts_person_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_signposts_conversation_id")),
        sa.ForeignKeyConstraint(["service_slug"], ["services.slug"], name=op.f("fk_signposts_service_slug")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signposts")),
        sqlite_autoincrement=True,
    )
    for column in ("person_id", "conversation_id", "service_slug"):
        op.create_index(op.f(f"ix_signposts_{column}"), "signposts", [column])


def downgrade() -> None:
    op.drop_table("signposts")
