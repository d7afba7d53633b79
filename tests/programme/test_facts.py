"""Facts that staff set: there, changed, taken away, and never guessed."""

import pytest
import sqlalchemy as sa

from bot.models import AuditEntry
from bot.programme import facts
from tests import builders


def test_a_fact_is_unknown_until_it_is_set(database):
    with database.write() as db:
        staff = builders.a_member_of_staff(db)
        assert facts.get(db, "office_number") is None
        facts.set(db, "office_number", " 0141 496 0000 ", staff.id)
        assert facts.get(db, "office_number") == "0141 496 0000"
        facts.set(db, "office_number", "0141 496 0001", staff.id)
        assert facts.get(db, "office_number") == "0141 496 0001"
        facts.set(db, "office_number", "", staff.id)
        db.flush()
        assert facts.get(db, "office_number") is None
        rows = db.execute(sa.select(AuditEntry).where(AuditEntry.action == "fact.set")).scalars().all()
        assert [(r.actor, r.details) for r in rows] == [(f"staff:{staff.id}", {"key": "office_number"})] * 3


@pytest.mark.parametrize(("key", "value"), [("", "x"), ("k" * 41, "x"), ("k", "x" * 301)])
def test_a_fact_that_does_not_fit_is_refused(database, key, value):
    with database.write() as db, pytest.raises(ValueError, match="at most"):
        facts.set(db, key, value, 1)
