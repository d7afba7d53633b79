"""Tallies: what somebody added to the figures stays in them when the person is erased, as sums of a quarter.

A sum says that somebody came, never who, nor that it was one person who came twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock
from bot.models import (
    Answer,
    AnswerRevision,
    AnswerShown,
    Attendance,
    Booking,
    Conversation,
    Feedback,
    Handoff,
    Message,
    ProgrammeSession,
    Signpost,
    Tally,
)  # fmt: skip
from bot.programme import signposts
from bot.programme.outcomes import OUTCOMES

#: Every sum that is kept: of a channel, of a topic, of the reason of a hand-off, of a service (its slug).
SUMS = (
    "people", "messages",
    "booked", "came", "away", "missing", "minutes", "scores", "score_sum", "given", "helped", "not_helped",
    "opened", "replied", "go_said", "go_went", "go_helped", "go_not", "go_not_reached",
)  # fmt: skip
#: How long the name of a line may be.
LINE = 40
#: What somebody has who came, among the bookings that still stand.
STANDING = ("booked", "attended", "missed")


def add(db: Session, person_ids: Sequence[int]) -> None:
    """Add to the sums what these people, who are about to be erased, have added to the figures."""
    found: Counter[tuple[datetime, str, str]] = Counter()
    for count in (_wrote, _came, _scored, _asked, _handed_over, _pointed):
        found.update(count(db, list(person_ids)))
    for (begins, what, line), number in sorted(found.items()):
        if number == 0:
            continue
        row = db.get(Tally, (begins, what, line), with_for_update=True)
        if row is None:
            db.add(Tally(begins=begins, what=what, line=line, number=number))
        else:
            row.number += number
    db.flush()


def between(db: Session, start: datetime, end: datetime) -> Counter[tuple[str, str]]:
    """The sums of the quarters that begin from `start` until `end`, by what and of which line."""
    found: Counter[tuple[str, str]] = Counter()
    query = sa.select(Tally).where(Tally.begins >= start, Tally.begins < end)
    for row in db.execute(query).scalars():
        found[row.what, row.line] += row.number
    return found


def _quarter(at: datetime) -> datetime:
    day = clock.london(clock.aware(at)).date()
    return clock.start_of_day(date(day.year, (day.month - 1) // 3 * 3 + 1, 1))


def _wrote(db: Session, ids: list[int]) -> Counter:
    query = (
        sa.select(Message.created_at, Message.channel)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.person_id.in_(ids), Message.direction == "in")
    )
    said = Counter((_quarter(at), "messages", channel) for at, channel in db.execute(query))
    return said + Counter((begins, "people", channel) for begins, _, channel in said)


def _came(db: Session, ids: list[int]) -> Counter:
    query = (
        sa.select(ProgrammeSession.starts_at, ProgrammeSession.topic_slug, Attendance.outcome, Attendance.approved)
        .select_from(Booking)
        .join(ProgrammeSession, ProgrammeSession.id == Booking.session_id)
        .join(Attendance, Attendance.booking_id == Booking.id, isouter=True)
        .where(
            Booking.person_id.in_(ids),
            ProgrammeSession.status == "scheduled",
            ProgrammeSession.starts_at <= clock.now(),  # a place to come goes back: nobody has had it
            sa.or_(Booking.status.in_(STANDING), Attendance.id.is_not(None)),
        )
    )
    found: Counter = Counter()
    for starts_at, topic, outcome, approved in db.execute(query):
        begins = _quarter(starts_at)
        found[begins, "booked", topic] += 1
        if outcome is not None:
            code = OUTCOMES[outcome]
            found[begins, "came" if code.came else "away" if code.good else "missing", topic] += 1
            found[begins, "minutes", topic] += approved or 0
    return found


def _scored(db: Session, ids: list[int]) -> Counter:
    query = (
        sa.select(Feedback.created_at, ProgrammeSession.topic_slug, Feedback.score)
        .join(ProgrammeSession, ProgrammeSession.id == Feedback.session_id)
        .where(Feedback.person_id.in_(ids), Feedback.kind == "feedback", Feedback.score.is_not(None))
    )
    found: Counter = Counter()
    for at, topic, score in db.execute(query):
        found[_quarter(at), "scores", topic] += 1
        found[_quarter(at), "score_sum", topic] += score
    return found


def _asked(db: Session, ids: list[int]) -> Counter:
    query = (
        sa.select(AnswerShown.shown_at, Answer.topic_slug, AnswerShown.helped)
        .join(AnswerRevision, AnswerRevision.id == AnswerShown.revision_id)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .join(Conversation, Conversation.id == AnswerShown.conversation_id)
        .where(Conversation.person_id.in_(ids), AnswerShown.part == "text")
    )
    found: Counter = Counter()
    for at, topic, helped in db.execute(query):
        found[_quarter(at), "given", topic] += 1
        if helped is not None:
            found[_quarter(at), "helped" if helped else "not_helped", topic] += 1
    return found


def _handed_over(db: Session, ids: list[int]) -> Counter:
    query = (
        sa.select(Handoff.opened_at, Handoff.reason, Handoff.first_reply_at)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(Conversation.person_id.in_(ids))
    )
    found: Counter = Counter()
    for at, reason, replied in db.execute(query):
        found[_quarter(at), "opened", reason] += 1
        found[_quarter(at), "replied", reason] += replied is not None
    return found


def _pointed(db: Session, ids: list[int]) -> Counter:
    """What they said of services they were pointed to; somebody counts once for a service, and not for each answer."""
    query = sa.select(Signpost).where(Signpost.person_id.in_(ids), Signpost.answered_at.is_not(None))
    return Counter({
        (_quarter(row.answered_at), what, row.service_slug[:LINE])
        for row in db.execute(query).scalars()
        for what in signposts.counted(row)
    })  # fmt: skip
