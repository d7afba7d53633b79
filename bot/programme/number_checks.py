"""Checks of the crisis numbers by people: two of the staff have rung each, and not too long ago.

The numbers themselves are typed in one place, data/crisis_numbers.yml. A number whose check is overdue goes on being
given (a wrong silence costs more than an old number), and staff are told on every page until somebody has rung it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, yamlfile
from bot.models import NumberCheck, Staff
from bot.wording import DATA

#: A check is good for this long; two by different people make a number sure.
GOOD_FOR = timedelta(days=90)
PEOPLE = 2
#: 999 is not rung to try it; pressing keys during a call is not a number of its own.
NOT_RUNG = frozenset({"emergency", "silent"})


@dataclass(frozen=True)
class Number:
    """A crisis number and who has checked it as it is now, newest first."""

    key: str
    number: str
    name: str
    source: str
    checks: tuple[tuple[str, datetime], ...]
    sure: bool


def numbers(db: Session, at: datetime | None = None) -> list[Number]:
    """Every crisis number that is rung to check it, in the order of the file."""
    at = at or clock.now()
    query = (
        sa.select(NumberCheck, Staff.name)
        .join(Staff, Staff.id == NumberCheck.checked_by)
        .order_by(NumberCheck.checked_at.desc())
    )
    checks = [(check, name) for check, name in db.execute(query)]
    found = []
    for key, row in _rows().items():
        if key in NOT_RUNG:
            continue
        own = [(c, name) for c, name in checks if c.key == key and c.number == str(row["number"])]
        fresh = {c.checked_by for c, _ in own if c.checked_at > at - GOOD_FOR}
        found.append(
            Number(
                key=key,
                number=str(row["number"]),
                name=row["name"],
                source=str(row.get("source") or ""),
                checks=tuple((name, c.checked_at) for c, name in own),
                sure=len(fresh) >= PEOPLE,
            )
        )
    return found


def unsure(db: Session, at: datetime | None = None) -> list[Number]:
    """The numbers that two people have not both checked in date."""
    return [number for number in numbers(db, at) if not number.sure]


def check(db: Session, key: str, number: str, by: int) -> None:
    """Note that `by` has rung the number and it is right. ValueError when it is not the number of that key any more."""
    row = _rows().get(key)
    if row is None or key in NOT_RUNG or str(row["number"]) != number:
        raise ValueError("This number has changed since the page was shown. Look again.")
    db.add(NumberCheck(key=key, number=number, checked_by=by, checked_at=clock.now()))
    audit.record(db, audit.staff(by), "number.checked", f"number:{key}")


def _rows() -> dict:
    return yamlfile.read(DATA / "crisis_numbers.yml")
