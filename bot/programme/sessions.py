"""Sessions: what is on, and what staff do with it (create, move, call off)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock
from bot.db import lock
from bot.models import HOLDS_A_PLACE, Booking, ProgrammeSession
from bot.programme import apart, areas, notices, offers
from bot.programme.refusals import Refused

AUDIENCES = ("everyone", "women", "men")
#: What a session may have beside what it must have.
DETAILS = frozenset(
    {"provider", "address", "directions", "private", "book_from", "book_until", "sample", "credit_minutes", "squad_id"}
)
#: Part of the day → London hours from and to.
PARTS = {"morning": (0, 12), "afternoon": (12, 17), "evening": (17, 24)}
#: Statuses whose people are told when the session changes.
_TO_BE_TOLD = ("booked", "offered", "waiting")


@dataclass(frozen=True)
class SessionView:
    """A session as it is shown. `left`: places that somebody new may take now."""

    id: int
    topic: str
    title: str
    place: str
    address: str | None
    area: str
    directions: str | None
    starts_at: datetime
    ends_at: datetime
    audience: str
    places: int
    left: int
    sample: bool
    provider: str | None
    sector: str | None = None
    status: str = "scheduled"
    private: bool = False


def open_sessions(
    db: Session,
    *,
    topic: str | None = None,
    area: str | None = None,
    sector: str | None = None,
    start: datetime | date | None = None,
    end: datetime | date | None = None,
    part: str | None = None,
    audience: str | None = None,
    include_full: bool = True,
    limit: int | None = None,
    at: datetime | None = None,
) -> list[SessionView]:
    """Sessions that can be booked at `at`, soonest first: scheduled, not private, not begun, booking open.

    `area` is a district ("Govan", any case), a part of the city ("west end") or a sector ("south"). `start` and `end`
    bound the beginning: moments, or London days (both included). `part` is one of PARTS (KeyError if not). `audience`
    keeps only the sessions for "women", for "men" or for "everyone"; None keeps all. Full ones are left out unless
    `include_full`.
    """
    at = at or clock.now()
    query = sa.select(ProgrammeSession).where(
        ProgrammeSession.status == "scheduled",
        ProgrammeSession.private.is_(False),
        ProgrammeSession.starts_at > at,
        sa.or_(ProgrammeSession.book_from.is_(None), ProgrammeSession.book_from <= at),
        sa.or_(ProgrammeSession.book_until.is_(None), ProgrammeSession.book_until > at),
    )
    if topic:
        query = query.where(ProgrammeSession.topic_slug == topic)
    if area:
        sector_named = area.strip().lower().replace(" ", "-")
        in_area = sa.func.lower(ProgrammeSession.area).in_(areas.within(area))
        query = query.where(sa.or_(in_area, ProgrammeSession.sector == sector_named))
    if sector:
        query = query.where(ProgrammeSession.sector == sector)
    if start is not None:
        query = query.where(ProgrammeSession.starts_at >= _moment(start))
    if end is not None:
        bound = _moment(end) if isinstance(end, datetime) else clock.start_of_day(end + timedelta(days=1))
        query = query.where(ProgrammeSession.starts_at < bound)
    if audience:
        query = query.where(ProgrammeSession.audience == audience)
    query = query.order_by(ProgrammeSession.starts_at, ProgrammeSession.id)
    found = list(db.execute(query).scalars())
    if part:
        first, last = PARTS[part]
        found = [s for s in found if first <= clock.london(s.starts_at).hour < last]
    views = [v for v in _views(db, found, at) if include_full or v.left > 0]
    return views[:limit]


def session(
    db: Session, session_id: int, at: datetime | None = None, *, seen_by: int | None = None
) -> SessionView | None:
    """One session whatever its state; None when there is none with this id.

    `seen_by`: the id of the person it is shown to. Somebody who is kept out of it (see apart.py) sees it full.
    """
    found = db.get(ProgrammeSession, session_id)
    if found is None:
        return None
    view = _views(db, [found], at or clock.now())[0]
    return replace(view, left=0) if seen_by and view.left and apart.blocks(db, seen_by, session_id) else view


def views(db: Session, session_ids: list[int], at: datetime | None = None) -> dict[int, SessionView]:
    """Sessions by id, in one query each for rows and places."""
    query = sa.select(ProgrammeSession).where(ProgrammeSession.id.in_(session_ids))
    return {v.id: v for v in _views(db, list(db.execute(query).scalars()), at or clock.now())}


def create(
    db: Session,
    *,
    topic: str,
    title: str,
    place: str,
    area: str,
    starts_at: datetime,
    ends_at: datetime,
    places: int,
    by_staff: int | None,
    audience: str = "everyone",
    sector: str | None = None,
    **details: object,
) -> SessionView:
    """A new session. ValueError, with a sentence for staff, when something about it cannot be.

    `details`: what DETAILS names. The sector follows from the area
    unless it is given. `by_staff` is None for what is seeded.
    """
    _check_times(starts_at, ends_at)
    if audience not in AUDIENCES:
        raise ValueError(f"A session is for one of: {', '.join(AUDIENCES)}.")
    if places < 0:
        raise ValueError("A session cannot have fewer than no places.")
    if unknown := set(details) - DETAILS:
        raise ValueError(f"A session has no {', '.join(sorted(unknown))}.")
    row = ProgrammeSession(
        topic_slug=topic,
        title=title,
        place=place,
        area=area,
        sector=sector or areas.sector_of(area),
        starts_at=starts_at,
        ends_at=ends_at,
        places=places,
        audience=audience,
        **details,
    )
    db.add(row)
    db.flush()
    audit.record(db, audit.staff(by_staff) if by_staff else audit.SYSTEM, "session.created", f"session:{row.id}")
    return _views(db, [row], clock.now())[0]


def cancel(
    db: Session, session_id: int, *, by_staff: int, reason: str | None = None, at: datetime | None = None
) -> int:
    """Call a session off and tell everyone who has a place, an offer or is in line; how many could be told.

    `reason` is for staff and stays with the bookings. Calling it off again does nothing. Refused: gone, started.
    """
    at = at or clock.now()
    row = _upcoming(db, session_id, at)
    if row.status == "cancelled":
        return 0
    row.status, told = "cancelled", 0
    for booking in _bookings(db, row):
        told += notices.tell(db, booking, row, "session.cancelled", at=at)
        booking.status, booking.cancelled_by, booking.cancelled_at, booking.reason = "cancelled", "session", at, reason
    db.flush()
    audit.record(db, audit.staff(by_staff), "session.cancelled", f"session:{row.id}", told=told)
    return told


def move(
    db: Session,
    session_id: int,
    *,
    by_staff: int,
    starts_at: datetime,
    ends_at: datetime,
    place: str | None = None,
    address: str | None = None,
    area: str | None = None,
    directions: str | None = None,
    at: datetime | None = None,
) -> int:
    """Give a session another time, or place too; everyone keeps their booking and is told. How many could be told.

    With a new place the old address and directions go unless new ones are given. A booking window that would end
    after the new start ends with it; reminders are made anew. Refused: gone, started, cancelled; ValueError for
    times that cannot be.
    """
    at = at or clock.now()
    _check_times(starts_at, ends_at)
    if starts_at <= at:
        raise ValueError("A session cannot be moved into the past.")
    row = _upcoming(db, session_id, at)
    if row.status == "cancelled":
        raise Refused("cancelled")
    if row.book_until is not None:
        row.book_until += starts_at - row.starts_at
    row.starts_at, row.ends_at = starts_at, ends_at
    if place:
        row.place, row.address, row.directions = place, address, directions
    if area:
        row.area, row.sector = area, areas.sector_of(area)
    told = 0
    for booking in _bookings(db, row):
        booking.reminded_at = None
        if booking.offer_expires_at:
            booking.offer_expires_at = min(booking.offer_expires_at, offers.deadline(row))
        key = "session.moved" if booking.status == "booked" else "session.moved_waiting"
        told += notices.tell(db, booking, row, key, at=at)
    db.flush()
    audit.record(db, audit.staff(by_staff), "session.moved", f"session:{row.id}", told=told)
    return told


def set_places(db: Session, session_id: int, places: int, *, by_staff: int, at: datetime | None = None) -> int:
    """Change how many places a session has; what is added goes to those who wait. How many offers were made.

    ValueError when fewer than are held already. Refused: gone, started.
    """
    at = at or clock.now()
    row = _upcoming(db, session_id, at)
    if places < offers.count(db, row, *HOLDS_A_PLACE):
        raise ValueError("More places than that are taken already.")
    row.places = places
    db.flush()
    audit.record(db, audit.staff(by_staff), "session.places_set", f"session:{row.id}", places=places)
    return offers.offer_places(db, row, at)


def _upcoming(db: Session, session_id: int, at: datetime) -> ProgrammeSession:
    row = lock(db, ProgrammeSession, session_id)
    if row is None:
        raise Refused("gone")
    if row.starts_at <= at:
        raise Refused("started")
    return row


def _bookings(db: Session, row: ProgrammeSession) -> list[Booking]:
    query = sa.select(Booking).where(Booking.session_id == row.id, Booking.status.in_(_TO_BE_TOLD)).order_by(Booking.id)
    return list(db.execute(query.execution_options(populate_existing=True)).scalars())


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise ValueError("A session must end after it starts.")


def _moment(value: datetime | date) -> datetime:
    return value if isinstance(value, datetime) else clock.start_of_day(value)


def _views(db: Session, rows: list[ProgrammeSession], at: datetime) -> list[SessionView]:
    """`rows` as views, their places counted in one query (see `offers.free_for` for one row)."""
    query = (
        sa.select(Booking.session_id, Booking.status, sa.func.count())
        .where(
            Booking.session_id.in_([r.id for r in rows]),
            Booking.status.in_((*HOLDS_A_PLACE, "waiting")),
            sa.or_(Booking.status != "waiting", ~apart.kept_out()),
        )
        .group_by(Booking.session_id, Booking.status)
    )
    taken: dict[int, int] = {}
    waits = {r.id for r in rows if offers.can_offer(r, at)}
    for session_id, status, number in db.execute(query):
        if status != "waiting" or session_id in waits:
            taken[session_id] = taken.get(session_id, 0) + number
    same = [f for f in SessionView.__dataclass_fields__ if f not in ("topic", "left")]
    return [
        SessionView(**{f: getattr(r, f) for f in same}, topic=r.topic_slug, left=max(0, r.places - taken.get(r.id, 0)))
        for r in rows
    ]
