"""Planning: the same session week after week, and what may be put right without telling anybody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot import clock
from bot.models import ProgrammeSession
from bot.programme import plans
from bot.programme.refusals import Refused
from tests import builders
from tests.builders import NOW


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_a_repeat_keeps_weekday_and_london_time_over_the_change_of_clocks(db, staff):
    start = datetime(2027, 3, 23, 14, 0, tzinfo=clock.UTC)  # the clocks go forward on 28 March
    row = builders.a_session(db, starts_at=start, book_until=start - timedelta(hours=2), audience="women", places=5)
    made = [db.get(ProgrammeSession, i) for i in plans.repeat(db, row.id, 2, by_staff=staff)]
    assert [f"{clock.london(s.starts_at):%a %d %b %H:%M}" for s in made] == ["Tue 30 Mar 14:00", "Tue 06 Apr 14:00"]
    assert {s.starts_at.hour for s in made} == {13}
    assert [clock.london(s.book_until).hour for s in made] == [12, 12]
    assert {(s.title, s.places, s.audience, s.ends_at - s.starts_at) for s in made} == {
        (row.title, 5, "women", timedelta(minutes=90))
    }


def test_repeating_twice_makes_nothing_twice(db, staff):
    row = builders.a_session(db)
    first = plans.repeat(db, row.id, 3, by_staff=staff)
    assert len(first) == 3
    assert len(plans.repeat(db, row.id, 4, by_staff=staff)) == 1
    db.get(ProgrammeSession, first[0]).status = "cancelled"
    assert plans.repeat(db, row.id, 4, by_staff=staff) == []


@pytest.mark.parametrize("weeks", [0, -1, plans.MOST_WEEKS + 1])
def test_a_number_of_weeks_that_cannot_be_is_refused(db, staff, weeks):
    with pytest.raises(ValueError, match="1 to"):
        plans.repeat(db, builders.a_session(db).id, weeks, by_staff=staff)


def test_what_is_edited_is_named_in_the_audit(db, staff):
    row = builders.a_session(db)
    assert plans.edit(db, row.id, by_staff=staff, title="Drink and sleep", audience="women", private=False) == [
        "title", "audience",
    ]  # fmt: skip
    assert (row.title, row.audience) == ("Drink and sleep", "women")
    entry = db.query(builders.sa.orm.aliased(plans.audit.AuditEntry)).filter_by(action="session.edited").one()
    assert entry.details == {"fields": ["audience", "title"]}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"audience": "dogs"}, "one of"),
        ({"book_until": NOW + timedelta(days=9)}, "cannot close after"),
        ({"book_from": NOW + timedelta(days=9)}, "must open before"),
        ({"credit_minutes": 91}, "longer than it lasts"),
        ({"starts_at": NOW}, "cannot be changed here"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(db, staff, changes, said):
    row = builders.a_session(db)
    with pytest.raises(ValueError, match=said):
        plans.edit(db, row.id, by_staff=staff, **changes)


@pytest.mark.parametrize(("values", "code"), [({"status": "cancelled"}, "cancelled"), ({"starts_at": NOW}, "started")])
def test_a_session_that_is_over_or_off_is_not_edited(db, staff, values, code):
    row = builders.a_session(db, **values)
    with pytest.raises(Refused, match=code):
        plans.edit(db, row.id, by_staff=staff, title="Late")
