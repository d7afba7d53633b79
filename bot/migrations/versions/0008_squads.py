"""squads and who supervises them; people: squad and how it is safe to reach them"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "squads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_squads")),
        sa.UniqueConstraint("name", name=op.f("uq_squads_name")),
    )
    op.create_table(
        "supervisions",
        sa.Column("squad_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["squad_id"], ["squads.id"], name=op.f("fk_supervisions_squad_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_supervisions_staff_id")),
        sa.PrimaryKeyConstraint("squad_id", "staff_id", name=op.f("pk_supervisions")),
    )
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("squad_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("contact_by", sa.String(length=12), nullable=True))
        table.add_column(sa.Column("contact_note", Encrypted(), nullable=True))
        table.add_column(sa.Column("call_number", Encrypted(), nullable=True))
        table.add_column(sa.Column("call_hash", sa.String(length=64), nullable=True))
        table.create_foreign_key(op.f("fk_people_squad_id"), "squads", ["squad_id"], ["id"])
        table.create_index(op.f("ix_people_squad_id"), ["squad_id"])
        table.create_index(op.f("ix_people_call_hash"), ["call_hash"])


def downgrade() -> None:
    with op.batch_alter_table("people") as table:
        table.drop_index(op.f("ix_people_call_hash"))
        table.drop_index(op.f("ix_people_squad_id"))
        table.drop_constraint(op.f("fk_people_squad_id"), type_="foreignkey")
        for column in ("call_hash", "call_number", "contact_note", "contact_by", "squad_id"):
            table.drop_column(column)
    op.drop_table("supervisions")
    op.drop_table("squads")
