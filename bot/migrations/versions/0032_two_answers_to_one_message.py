"""answers_shown: one message may be answered twice, as it may ask two things"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

OLD, NEW = "uq_answers_shown_asked_by_part", "uq_answers_shown_asked_by_part_revision_id"


def upgrade() -> None:
    with op.batch_alter_table("answers_shown") as batch:
        batch.drop_constraint(op.f(OLD), type_="unique")
        batch.create_unique_constraint(op.f(NEW), ["asked_by", "part", "revision_id"])


def downgrade() -> None:
    # Of two answers to one message the first stays noted: the older rule has room for one.
    op.execute(
        "DELETE FROM answers_shown WHERE id NOT IN ("
        "SELECT first FROM (SELECT MIN(id) AS first FROM answers_shown WHERE asked_by IS NOT NULL"
        " GROUP BY asked_by, part) AS firsts) AND asked_by IS NOT NULL"
    )
    with op.batch_alter_table("answers_shown") as batch:
        batch.drop_constraint(op.f(NEW), type_="unique")
        batch.create_unique_constraint(op.f(OLD), ["asked_by", "part"])
