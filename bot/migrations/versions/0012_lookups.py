"""indexes: the choices that went out with a message, and the audit trail by who and by which record"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_choices_message_id"), "choices", ["message_id"])
    op.create_index("ix_audit_actor", "audit", ["actor", "id"])
    op.create_index("ix_audit_object", "audit", ["object", "id"])


def downgrade() -> None:
    op.drop_index("ix_audit_object", table_name="audit")
    op.drop_index("ix_audit_actor", table_name="audit")
    op.drop_index(op.f("ix_choices_message_id"), table_name="choices")
