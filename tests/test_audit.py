"""The audit trail: declared events with their exact fields, in the same transaction as what they tell of."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot import audit
from bot.models import AuditEntry
from tests import builders
from tests.house import code


def entries(database):
    with database.read() as db:
        return list(db.execute(sa.select(AuditEntry).order_by(AuditEntry.id)).scalars())


def test_an_entry_says_who_did_what_to_which(database):
    with database.write() as db:
        audit.record(db, audit.staff(3), "handoff.closed", "handoff:12", how="staff")
    (entry,) = entries(database)
    assert (entry.actor, entry.action, entry.object, entry.details) == (
        "staff:3", "handoff.closed", "handoff:12", {"how": "staff"},
    )  # fmt: skip
    assert entry.at.tzinfo is not None


def test_an_undeclared_event_is_an_error(database):
    with database.write() as db, pytest.raises(KeyError):
        audit.record(db, audit.SYSTEM, "handoff.lost", "handoff:12")


@pytest.mark.parametrize("details", [{}, {"why": "x"}, {"how": "staff", "why": "x"}])
def test_missing_and_added_fields_are_an_error(database, details):
    with database.write() as db, pytest.raises(ValueError, match="takes exactly"):
        audit.record(db, audit.SYSTEM, "handoff.closed", "handoff:12", **details)


def test_what_did_not_happen_is_not_in_the_trail(database):
    with pytest.raises(RuntimeError, match="breaks"), database.write() as db:
        builders.a_person(db)
        audit.record(db, audit.SYSTEM, "person.erased", "person:1", reason="asked", rows=3)
        raise RuntimeError("breaks")
    assert entries(database) == []


def test_every_event_recorded_in_the_code_is_declared():
    """And every declared one is recorded somewhere, or stands for a page that is yet to come."""
    import ast

    used = set()
    for module in [*code.modules("bot"), *code.modules("actions")]:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and len(node.args) >= 3:
                for leaf in ast.walk(node.args[2]):
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and "." in leaf.value:
                        used.add(leaf.value)
    assert used - set(audit.EVENTS) == set()
    assert "booking.made" in used
