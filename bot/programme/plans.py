"""Planning: what staff may put right about a session without telling anybody, and the same session week after week."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock
from bot.db import lock
from bot.models import ProgrammeSession
from bot.programme import sessions
from bot.programme.refusals import Refused

#: What may change without those who are coming being told. Time and place are for `sessions.move`, which tells them.
EDITABLE = (
    "topic_slug", "title", "provider", "audience", "private", "book_from", "book_until", "credit_minutes", "directions",
    "squad_id",
)  # fmt: skip
#: How many weeks ahead a session may be repeated at once.
MOST_WEEKS = 26


def edit(db: Session, session_id: int, *, by_staff: int, at: datetime | None = None, **changes: object) -> list[str]:
    """Change what EDITABLE names; the fields that are different now.

    ValueError, with a sentence for staff, for what cannot be. Refused: gone, started, cancelled.
    """
    at = at or clock.now()
    row = lock(db, ProgrammeSession, session_id)
    if row is None:
        raise Refused("gone")
    if row.starts_at <= at:
        raise Refused("started")
    if row.status == "cancelled":
        raise Refused("cancelled")
    if unknown := set(changes) - set(EDITABLE):
        raise ValueError(f"This cannot be changed here: {', '.join(sorted(unknown))}.")
    check(
        audience=changes.get("audience", row.audience),
        book_from=changes.get("book_from", row.book_from),
        book_until=changes.get("book_until", row.book_until),
        credit_minutes=changes.get("credit_minutes", row.credit_minutes),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )
    changed = [field for field, value in changes.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, changes[field])
    db.flush()
    if changed:
        audit.record(db, audit.staff(by_staff), "session.edited", f"session:{row.id}", fields=sorted(changed))
    return changed


def check(
    *,
    audience: str,
    book_from: datetime | None,
    book_until: datetime | None,
    credit_minutes: int | None,
    starts_at: datetime,
    ends_at: datetime,
) -> None:
    """ValueError, with a sentence for staff, when these do not go together."""
    if audience not in sessions.AUDIENCES:
        raise ValueError(f"A session is for one of: {', '.join(sessions.AUDIENCES)}.")
    if book_until is not None and book_until > starts_at:
        raise ValueError("Booking cannot close after the session starts.")
    if book_from is not None and book_from >= (book_until or starts_at):
        raise ValueError("Booking must open before it closes, and before the session starts.")
    if credit_minutes is not None and not 0 <= credit_minutes <= (ends_at - starts_at).total_seconds() // 60:
        raise ValueError("A session cannot count for longer than it lasts.")


def repeat(db: Session, session_id: int, weeks: int, *, by_staff: int) -> list[int]:
    """The same session on the same weekday and at the same London time in each of the next `weeks` weeks; the new ids.

    A week in which it is there already (same title, place and start, called off or not) is left as it is, so that
    asking twice makes nothing twice. ValueError for a number of weeks that cannot be. Refused: gone, cancelled.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise ValueError(f"A session can be repeated for 1 to {MOST_WEEKS} weeks at a time.")
    row = lock(db, ProgrammeSession, session_id)
    if row is None:
        raise Refused("gone")
    if row.status == "cancelled":
        raise Refused("cancelled")
    made = []
    for week in range(1, weeks + 1):
        starts_at = _later(row.starts_at, week)
        if starts_at <= clock.now() or _there(db, row, starts_at):
            continue
        new = ProgrammeSession(
            **{column: getattr(row, column) for column in _COPIED},
            starts_at=starts_at,
            ends_at=starts_at + (row.ends_at - row.starts_at),
            book_from=_later(row.book_from, week) if row.book_from else None,
            book_until=_later(row.book_until, week) if row.book_until else None,
        )
        db.add(new)
        db.flush()
        audit.record(db, audit.staff(by_staff), "session.repeated", f"session:{new.id}", from_session=row.id)
        made.append(new.id)
    return made


_COPIED = (
    "topic_slug", "title", "provider", "place", "address", "area", "sector", "directions", "places", "audience",
    "private", "sample", "credit_minutes", "squad_id",
)  # fmt: skip


def _later(moment: datetime, weeks: int) -> datetime:
    """The same time of a London clock, some weeks on: 2pm stays 2pm when the clocks change."""
    local = clock.london(moment)
    return clock.from_london(local.date() + timedelta(weeks=weeks), local.time())


def _there(db: Session, row: ProgrammeSession, starts_at: datetime) -> bool:
    query = sa.select(ProgrammeSession.id).where(
        ProgrammeSession.starts_at == starts_at,
        ProgrammeSession.title == row.title,
        ProgrammeSession.place == row.place,
    )
    return db.execute(query.limit(1)).first() is not None
