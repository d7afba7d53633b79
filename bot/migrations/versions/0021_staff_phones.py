"""staff_phones: a worker books somebody in by text, and names them by a reference"""

import sqlalchemy as sa
from alembic import op

from bot.db import Encrypted, Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_LINKED = sa.text("linked_at IS NOT NULL AND ended_at IS NULL")


def upgrade() -> None:
    op.add_column("people", sa.Column("reference", sa.String(length=8), nullable=True))
    op.create_index(op.f("ix_people_reference"), "people", ["reference"], unique=True)
    op.create_table(
        "staff_phones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("address_hash", sa.String(length=64), nullable=True),
        sa.Column("address", Encrypted(), nullable=True),
        sa.Column("linked_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("pending", Encrypted(), nullable=True),
        sa.Column("pending_at", Moment(), nullable=True),
        sa.Column("misses", sa.Integer(), server_default="0", nullable=False),
        sa.Column("misses_since", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_phones_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_phones")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_staff_phones_code_hash")),
    )
    op.create_index(op.f("ix_staff_phones_staff_id"), "staff_phones", ["staff_id"])
    op.create_index(
        "uq_staff_phones_linked", "staff_phones", ["channel", "address_hash"], unique=True,
        sqlite_where=_LINKED, postgresql_where=_LINKED,
    )  # fmt: skip
    op.create_table(
        "staff_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phone_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("body", Encrypted(), nullable=False),
        sa.Column("external_id", sa.String(length=96), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("send_after", Moment(), nullable=True),
        sa.Column("claimed_at", Moment(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["phone_id"], ["staff_phones.id"], name=op.f("fk_staff_texts_phone_id")),
        sa.ForeignKeyConstraint(["reply_to"], ["staff_texts.id"], name=op.f("fk_staff_texts_reply_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_texts")),
        sa.UniqueConstraint("channel", "external_id", name=op.f("uq_staff_texts_channel_external_id")),
    )
    op.create_index(op.f("ix_staff_texts_phone_id"), "staff_texts", ["phone_id"])
    op.create_index(op.f("ix_staff_texts_reply_to"), "staff_texts", ["reply_to"])
    op.create_index(op.f("ix_staff_texts_status"), "staff_texts", ["status"])


def downgrade() -> None:
    op.drop_table("staff_texts")
    op.drop_table("staff_phones")
    op.drop_index(op.f("ix_people_reference"), "people")
    op.drop_column("people", "reference")
