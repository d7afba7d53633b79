"""Figures for whoever plans and reports: sums over a quarter, and nobody behind them.

A sum of one to four people could say who they are to somebody who was there, so it is held back, here and not on the
page: what leaves this module may be shown to anybody who may see figures. Nor can it be worked out: where a part is
held back so is the sum of the parts, and quarters do not overlap, so that none can be taken from another.

What the erased had added to a sum is in `tallies` and counts on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

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
    Service,
    Signpost,
    Topic,
)  # fmt: skip
from bot.programme import signposts, tallies
from bot.programme.outcomes import OUTCOMES

#: Fewer people than this are never counted out.
FEWEST = 5
#: The sums of what people say of a place they were pointed to (see signposts.counted).
_SAID = ("go_said", "go_went", "go_helped", "go_not", "go_not_reached")
CAME = [code for code, outcome in OUTCOMES.items() if outcome.came]
AWAY = [code for code, outcome in OUTCOMES.items() if outcome.good]


@dataclass(frozen=True)
class Quarter:
    """Three months of a year: number 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def after(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> Quarter:
        return Quarter(self.year - (self.number == 1), (self.number + 2) % 4 + 1)


#: Stands where nobody has given a score.
NONE = "none"


@dataclass(frozen=True)
class Figure:
    """A sum or a mean. `value` is None when it is of so few people that it is held back, NONE where there is nothing to
    make a mean of."""

    value: float | str | None

    @classmethod
    def of(cls, number: int | None) -> Figure:
        number = number or 0
        return cls(None if 0 < number < FEWEST else number)


@dataclass(frozen=True)
class Table:
    """One table: what its lines are, its columns, and by line a figure for each column."""

    title: str
    lines: str
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[Figure, ...]]


def tables(db: Session, start: datetime, end: datetime, reasons: Mapping[str, str]) -> list[Table]:
    """Every table for what began, was written or was opened from `start` until `end`. `reasons`: hand-offs in words."""
    topics = {t.slug: t.name for t in db.execute(sa.select(Topic).order_by(Topic.position)).scalars()}
    erased = tallies.between(db, start, end)
    return [
        _people(db, start, end, erased),
        _sessions(db, start, end, topics, erased),
        _feedback(db, start, end, topics, erased),
        _answers(db, start, end, topics, erased),
        *_places(db, start, end, topics, erased),
        _handoffs(db, start, end, reasons, erased),
    ]


def _people(db: Session, start: datetime, end: datetime, erased: Counter) -> Table:
    said = sa.and_(Message.direction == "in", Message.created_at >= start, Message.created_at < end)
    query = (
        sa.select(Message.channel, sa.func.count(sa.distinct(Conversation.person_id)), sa.func.count())
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(said)
        .group_by(Message.channel)
    )
    found = {channel: (people, messages) for channel, people, messages in db.execute(query)}
    rows = {}
    for channel, name in (("sms", "SMS"), ("telegram", "Telegram")):
        people, messages = _with(erased, channel, found.get(channel, (0, 0)), "people", "messages")
        few = 0 < people < FEWEST  # a count of messages of one person is about that person
        rows[name] = (Figure.of(people), Figure(None) if few else Figure(messages))
    return Table("Who wrote", "Channel", ("People", "Messages"), rows)


def _sessions(db: Session, start: datetime, end: datetime, topics: Mapping[str, str], erased: Counter) -> Table:
    on = sa.and_(
        ProgrammeSession.status == "scheduled", ProgrammeSession.starts_at >= start, ProgrammeSession.starts_at < end
    )
    held = dict(
        tuple(row)
        for row in db.execute(
            sa.select(ProgrammeSession.topic_slug, sa.func.count()).where(on).group_by(ProgrammeSession.topic_slug)
        )
    )
    standing = sa.or_(Booking.status.in_(tallies.STANDING), Attendance.id.is_not(None))
    query = (
        sa.select(
            ProgrammeSession.topic_slug,
            sa.func.count(),
            _sum(Attendance.outcome.in_(CAME)),
            _sum(Attendance.outcome.in_(AWAY)),
            _sum(Attendance.outcome == "not_there"),
            sa.func.sum(sa.func.coalesce(Attendance.approved, 0)),
        )
        .select_from(ProgrammeSession)
        .join(Booking, Booking.session_id == ProgrammeSession.id)
        .join(Attendance, Attendance.booking_id == Booking.id, isouter=True)
        .where(on, standing)
        .group_by(ProgrammeSession.topic_slug)
    )
    found = {topic: rest for topic, *rest in db.execute(query)}
    rows = {}
    for slug, name in topics.items():
        columns_ = ("booked", "came", "away", "missing", "minutes")
        booked, came, away, missing, minutes = _with(erased, slug, found.get(slug, (0,) * 5), *columns_)
        hours = Figure(None) if 0 < came < FEWEST else Figure(round(minutes / 60))
        parts = [Figure.of(number) for number in (came, away, missing)]
        whole = Figure(None) if Figure(None) in parts else Figure.of(booked)
        rows[name] = (Figure(held.get(slug, 0)), whole, *parts, hours)
    columns = ("Sessions", "Places booked", "Came", "Away, good reason", "Not there", "Hours approved")
    return Table("Sessions by topic", "Topic", columns, rows)


def _feedback(db: Session, start: datetime, end: datetime, topics: Mapping[str, str], erased: Counter) -> Table:
    query = (
        sa.select(ProgrammeSession.topic_slug, sa.func.count(Feedback.score), sa.func.sum(Feedback.score))
        .join(ProgrammeSession, ProgrammeSession.id == Feedback.session_id)
        .where(Feedback.created_at >= start, Feedback.created_at < end, Feedback.kind == "feedback")
        .group_by(ProgrammeSession.topic_slug)
    )
    found = {topic: (number, total) for topic, number, total in db.execute(query)}
    rows = {}
    for slug, name in topics.items():
        number, total = _with(erased, slug, found.get(slug, (0, 0)), "scores", "score_sum")
        mean = round(total / number, 1) if number >= FEWEST else None
        rows[name] = (Figure.of(number), Figure(mean if number else NONE))
    return Table("Feedback by topic", "Topic", ("Scores given", "Mean score, 1 to 5"), rows)


def _answers(db: Session, start: datetime, end: datetime, topics: Mapping[str, str], erased: Counter) -> Table:
    query = (
        sa.select(
            Answer.topic_slug,
            sa.func.count(),
            _sum(AnswerShown.helped.is_(True)),
            _sum(AnswerShown.helped.is_(False)),
        )
        .join(AnswerRevision, AnswerRevision.id == AnswerShown.revision_id)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .where(AnswerShown.part == "text", AnswerShown.shown_at >= start, AnswerShown.shown_at < end)
        .group_by(Answer.topic_slug)
    )
    found = {topic: rest for topic, *rest in db.execute(query)}
    rows = {}
    for slug, name in topics.items():
        sums = _with(erased, slug, found.get(slug, (0, 0, 0)), "given", "helped", "not_helped")
        rows[name] = tuple(map(Figure.of, sums))
    return Table("Answers given by topic", "Topic", ("Given", "Said it helped", "Said it did not"), rows)


def _places(db: Session, start: datetime, end: datetime, topics: Mapping[str, str], erased: Counter) -> list[Table]:
    """Whether people went where they were pointed, by what the place is about before all, and by place.

    Somebody counts once for a place. Where a place is held back, and it or those held back together could be worked out
    from the topic's sum, that is held back too.
    """
    asked = sa.select(Signpost).where(Signpost.answered_at >= start, Signpost.answered_at < end)
    said = {
        (what, row.service_slug[: tallies.LINE], row.person_id)
        for row in db.execute(asked).scalars()
        for what in signposts.counted(row)
    }
    sums = Counter((what, slug) for what, slug, _ in said)
    sums.update({key: number for key, number in erased.items() if key[0] in _SAID})
    known = {s.slug[: tallies.LINE]: s for s in db.execute(sa.select(Service)).scalars()}
    by_place, about = {}, {}
    for slug in sorted({slug for _, slug in sums}):
        service = known.get(slug)
        by_place[slug] = [sums[what, slug] for what in _SAID]
        about.setdefault(service.topics[0] if service is not None else "other", []).append(slug)
    lines = {slug: _went(numbers) for slug, numbers in by_place.items()}
    by_topic = {}
    in_order = [topic for topic in topics if topic in about] + sorted(set(about) - set(topics))
    for topic in in_order:
        totals = [sum(column) for column in zip(*(by_place[slug] for slug in about[topic]), strict=True)]
        row = list(_went(totals))
        for column in range(len(totals)):
            hidden = [by_place[slug][column] for slug in about[topic] if lines[slug][column].value is None]
            if len(hidden) == 1 or 0 < sum(hidden) < FEWEST:
                row[column] = Figure(None)
        by_topic[topics.get(topic) or topic.replace("_", " ").capitalize()] = tuple(row)
    named = {known[slug].name if slug in known else slug: row for slug, row in lines.items()}
    columns = ("Said", "Went", "It helped", "Did not go", "Could not get through")
    return [
        Table("Did they go where they were pointed, by topic", "Topic", columns, by_topic),
        Table("Did they go where they were pointed, by service", "Service", columns, named),
    ]


def _went(numbers: list[int]) -> tuple[Figure, ...]:
    """The line of a place: a part whose rest is of few people is held back like a part that is."""
    said, went, helped, stayed, unreached = numbers
    parts = Figure.of(went), Figure.of(stayed)
    return (
        Figure(None) if Figure(None) in parts else Figure.of(said), parts[0], _part(helped, went), parts[1],
        _part(unreached, stayed),
    )  # fmt: skip


def _part(number: int, whole: int) -> Figure:
    return Figure(None) if Figure.of(whole - number).value is None else Figure.of(number)


def _handoffs(db: Session, start: datetime, end: datetime, reasons: Mapping[str, str], erased: Counter) -> Table:
    query = (
        sa.select(
            Handoff.reason,
            sa.func.count(),
            _sum(Handoff.first_reply_at.is_not(None)),
            _sum(Handoff.closed_at.is_(None)),
        )
        .where(Handoff.opened_at >= start, Handoff.opened_at < end)
        .group_by(Handoff.reason)
    )
    found = {reason: rest for reason, *rest in db.execute(query)}
    rows = {}
    for code, words in reasons.items():
        *sums, open_ = found.get(code, (0, 0, 0))
        rows[words] = tuple(map(Figure.of, (*_with(erased, code, sums, "opened", "replied"), int(open_ or 0))))
    return Table("Hand-offs to a person by reason", "Reason", ("Opened", "Replied to", "Still open"), rows)


def _with(erased: Counter, line: str, sums: Iterable[int | None], *what: str) -> tuple[int, ...]:
    """Sums of those who are there, with what the erased had added to them."""
    return tuple(int(number or 0) + erased[name, line] for number, name in zip(sums, what, strict=True))


def _sum(condition):
    return sa.func.sum(sa.case((condition, 1), else_=0))
