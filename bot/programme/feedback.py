"""Feedback: how a session was, complaints, and what people want the programme to take up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot import audit, clock
from bot.models import Booking, Feedback, Person, ProgrammeSession
from bot.programme import sessions
from bot.programme.refusals import Refused

KINDS = ("feedback", "complaint", "priority")
#: How long after a session somebody is asked how it was.
RATED_WITHIN = timedelta(days=60)
#: So long after feedback was given, more words are about the same.
JUST_GIVEN = timedelta(hours=1)
#: So long after it a few words without a question are about it.
JUST_OVER = timedelta(days=2)
#: So long after a complaint "take it back" may still be about it.
STILL_OPEN = timedelta(days=30)


def give(
    db: Session,
    person: Person,
    *,
    conversation_id: str | None,
    kind: str,
    score: int | None = None,
    words: str | None = None,
    session_id: int | None = None,
    topics: Sequence[str] = (),
    asked_by: int | None,
    at: datetime | None = None,
) -> Feedback:
    """Keep what someone tells the programme; the same message is kept once.

    ValueError for a kind that is not one of KINDS or a score outside 1 to 5. Refused: gone (no such session),
    not_yours (a session that they had no place at).
    """
    if kind not in KINDS:
        raise ValueError(f"no such kind of feedback: {kind}")
    if score is not None and score not in range(1, 6):
        raise ValueError("a score is from 1 to 5")
    if (before := _given(db, asked_by)) is not None:
        return before
    if session_id is not None:
        _check_was_there(db, person, session_id)
    row = Feedback(
        person_id=person.id,
        conversation_id=conversation_id,
        kind=kind,
        score=score,
        words=(words or "").strip() or None,
        session_id=session_id,
        topics=list(topics),
        asked_by=asked_by,
        created_at=at or clock.now(),
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:  # a retried turn beside the first one, on PostgreSQL
        row = _given(db, asked_by)
        if row is None:
            raise
        return row
    audit.record(db, audit.person(person.id), "feedback.given", f"feedback:{row.id}", kind=kind)
    return row


def add_words(db: Session, person: Person, feedback_id: int, words: str) -> Feedback:
    """Add what they say about a score they gave; the same words again change nothing. Refused: gone, not_yours."""
    row = db.get(Feedback, feedback_id)
    if row is None:
        raise Refused("gone")
    if row.person_id != person.id:
        raise Refused("not_yours")
    words = words.strip()
    if words and words not in (row.words or "").split("\n"):
        row.words = f"{row.words}\n{words}" if row.words else words
    return row


def complaint(db: Session, person: Person, at: datetime) -> Feedback | None:
    """The newest complaint that they made within STILL_OPEN, taken back or not."""
    query = (
        sa.select(Feedback)
        .where(Feedback.person_id == person.id, Feedback.kind == "complaint", Feedback.created_at > at - STILL_OPEN)
        .order_by(Feedback.id.desc())
    )
    return db.execute(query).scalars().first()


def complaint_just_made(db: Session, person: Person, at: datetime) -> Feedback | None:
    """The complaint that more words are added to: made within JUST_GIVEN, and not taken back."""
    found = complaint(db, person, at)
    return found if found is not None and not found.taken_back_at and found.created_at > at - JUST_GIVEN else None


def take_back(db: Session, person: Person, row: Feedback) -> None:
    """They do not want a complaint taken further. Nothing is erased: it is marked, and the trail says so."""
    if row.taken_back_at is None:
        row.taken_back_at = clock.now()
        audit.record(db, audit.person(person.id), "feedback.taken_back", f"feedback:{row.id}")


def put_back(db: Session, person: Person, row: Feedback) -> None:
    """They want a complaint that they took back taken further after all."""
    if row.taken_back_at is not None:
        row.taken_back_at = None
        audit.record(db, audit.person(person.id), "feedback.put_back", f"feedback:{row.id}")


def sessions_to_rate(db: Session, person: Person, at: datetime | None = None) -> list[sessions.SessionView]:
    """Sessions of the last 60 days where they had a place and have not said how it was; newest first."""
    at = at or clock.now()
    rated = sa.select(Feedback.session_id).where(Feedback.person_id == person.id, Feedback.session_id.is_not(None))
    query = (
        sa.select(ProgrammeSession.id)
        .join(Booking)
        .where(
            Booking.person_id == person.id,
            Booking.status.in_(("booked", "attended")),
            ProgrammeSession.status == "scheduled",
            ProgrammeSession.starts_at <= at,
            ProgrammeSession.starts_at > at - RATED_WITHIN,
            ProgrammeSession.id.not_in(rated),
        )
        .order_by(ProgrammeSession.starts_at.desc())
    )
    ids = list(db.execute(query).scalars())
    found = sessions.views(db, ids, at)
    return [found[i] for i in ids]


def session_just_over(db: Session, person: Person, at: datetime | None = None) -> sessions.SessionView | None:
    """The one session that they were at within JUST_OVER and have not rated; None where it could be either of two."""
    at = at or clock.now()
    lately = [s for s in sessions_to_rate(db, person, at) if s.ends_at > at - JUST_OVER]
    return lately[0] if len(lately) == 1 else None


def given_just_now(db: Session, person: Person, at: datetime) -> Feedback | None:
    """The newest feedback that they gave within JUST_GIVEN; complaints and wishes aside."""
    query = (
        sa.select(Feedback)
        .where(Feedback.person_id == person.id, Feedback.kind == "feedback", Feedback.created_at > at - JUST_GIVEN)
        .order_by(Feedback.id.desc())
    )
    return db.execute(query).scalars().first()


def _check_was_there(db: Session, person: Person, session_id: int) -> None:
    if db.get(ProgrammeSession, session_id) is None:
        raise Refused("gone")
    query = sa.select(Booking.id).where(
        Booking.person_id == person.id,
        Booking.session_id == session_id,
        Booking.status.in_(("booked", "attended", "missed")),
    )
    if db.execute(query).first() is None:
        raise Refused("not_yours")


def _given(db: Session, asked_by: int | None) -> Feedback | None:
    if asked_by is None:
        return None
    return db.execute(sa.select(Feedback).where(Feedback.asked_by == asked_by)).scalars().first()
