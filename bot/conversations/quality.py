"""Quality review: conversations picked by chance, marked on a short rubric, and the sums of the marks over time.

A sample is drawn once and kept, so that two reviewers read the same. Conversations with danger and with a hand-off are
few and matter most, so each kind gets its share of a sample: a sample is no picture of how often things happen.
"""

from __future__ import annotations

import random
import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from bot import audit, clock
from bot.conversations import teams
from bot.models import Conversation, Handoff, Message, Person, QualityPick, QualityReview, QualitySample, Staff

#: Kind of conversation → words. In this order each gets one of a sample, again and again, until it is full.
KINDS = {"danger": "With danger", "handed": "With a hand-off", "plain": "With the assistant alone"}
#: Line of the rubric → what the reviewer is asked.
RUBRIC = {
    "understood": "Did the assistant understand what they meant?",
    "right": "Was what it said right and safe?",
    "kind": "Was it kind, and in plain words?",
    "danger": "Was danger handled right?",
    "person": "Did a person come when one was needed?",
}
#: Lines that a conversation may give no reason to mark.
MAY_BE_NONE = ("danger", "person")
#: Mark → words, the best first. Where two reviewers differ the worse one counts.
MARKS = {"yes": "Yes", "partly": "In part", "no": "No"}
NONE = {"danger": "There was none", "person": "Nobody was needed"}
#: Smallest and largest sample, the longest note and the longest words for what was tried.
LEAST, MOST, NOTE, TRIAL = 3, 50, 500, 120


class Refused(ValueError):
    """It cannot be done; the message is a sentence for staff."""


@dataclass(frozen=True)
class Line:
    """One line of the rubric over one sample: how many conversations got which mark."""

    yes: int
    partly: int
    no: int

    @property
    def marked(self) -> int:
        return self.yes + self.partly + self.no

    @property
    def share(self) -> int | None:
        """Percent that were a plain yes; None when none was marked."""
        return round(100 * self.yes / self.marked) if self.marked else None


@dataclass(frozen=True)
class Figures:
    """The sums of one sample."""

    sample: QualitySample
    picks: int
    reviewed: int
    lines: dict[str, Line]
    #: Of conversations that two or more have marked: marks on which all agreed, and all such marks.
    agreed: int
    compared: int


# --- drawing -------------------------------------------------------------------------------


def draw(
    db: Session, staff: Staff, begins_at: datetime, ends_at: datetime, size: int, *,
    trial: str = "", chance: random.Random | None = None,
) -> QualitySample:  # fmt: skip
    """A sample of the conversations in which somebody whom `staff` see wrote between two moments. Refused when there is
    none.

    `chance`: where chance comes from, for tests.
    """
    if not LEAST <= size <= MOST:
        raise Refused(f"Choose a number from {LEAST} to {MOST}.")
    if not begins_at < ends_at:
        raise Refused("The last day is before the first.")
    found = _of_each_kind(db, staff, begins_at, ends_at)
    if not any(found.values()):
        raise Refused("Nobody wrote in that time.")
    sample = QualitySample(
        begins_at=begins_at, ends_at=ends_at, of={kind: len(ids) for kind, ids in found.items()}, drawn_by=staff.id,
        trial=trial.strip()[:TRIAL] or None, team_id=staff.team_id,
    )  # fmt: skip
    db.add(sample)
    db.flush()
    picked = _picked(found, size, chance or secrets.SystemRandom())
    db.add_all(QualityPick(sample_id=sample.id, conversation_id=id_, kind=kind) for kind, id_ in picked)
    db.flush()
    audit.record(db, audit.staff(staff.id), "quality.drawn", f"quality_sample:{sample.id}", count=len(picked))
    return sample


def _of_each_kind(db: Session, staff: Staff, begins_at: datetime, ends_at: datetime) -> dict[str, list[str]]:
    """Kind → the ids of the conversations of it in which somebody wrote; each is of one kind, the gravest."""

    def within(column):
        return sa.and_(column >= begins_at, column < ends_at)

    wrote = (
        sa.select(Message.conversation_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Person, Person.id == Conversation.person_id)
        .where(Message.direction == "in", within(Message.created_at), Person.erased_at.is_(None))
        .where(teams.theirs(staff.team_id))
        .distinct()
    )
    handed = sa.select(Handoff.conversation_id, Handoff.priority).where(within(Handoff.opened_at))
    warned = sa.select(Message.conversation_id).where(Message.purpose == "crisis", within(Message.created_at))
    with_handoff = list(db.execute(handed))
    danger = {id_ for id_, priority in with_handoff if priority == 0} | set(db.execute(warned).scalars())
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    others = {id_ for id_, _ in with_handoff}
    for id_ in sorted(db.execute(wrote).scalars()):
        found["danger" if id_ in danger else "handed" if id_ in others else "plain"].append(id_)
    return found


def _picked(found: dict[str, list[str]], size: int, chance: random.Random) -> list[tuple[str, str]]:
    """(kind, id) of those picked: kinds take turns as long as they have any."""
    left = {kind: chance.sample(ids, len(ids)) for kind, ids in found.items()}
    picked: list[tuple[str, str]] = []
    while len(picked) < size and any(left.values()):
        picked += [(kind, left[kind].pop()) for kind in KINDS if left[kind]]
    return picked[:size]


# --- reviewing -----------------------------------------------------------------------------


def samples(db: Session, staff: Staff) -> list[tuple[QualitySample, int, int]]:
    """Every sample that `staff` see, with how many conversations it has and how many of them somebody has reviewed; the
    latest first."""
    picks = dict(db.execute(sa.select(QualityPick.sample_id, sa.func.count()).group_by(QualityPick.sample_id)).all())
    query = (
        sa.select(QualityPick.sample_id, sa.func.count(sa.distinct(QualityReview.pick_id)))
        .join(QualityReview, QualityReview.pick_id == QualityPick.id)
        .group_by(QualityPick.sample_id)
    )
    done = dict(db.execute(query).all())
    query = sa.select(QualitySample).order_by(QualitySample.id.desc())
    rows = (row for row in db.execute(query).scalars() if sees(staff, row))
    return [(row, picks.get(row.id, 0), done.get(row.id, 0)) for row in rows]


def sees(staff: Staff, sample: QualitySample) -> bool:
    """Whether a sample is for `staff`: staff of a team see those of their team alone."""
    return staff.team_id in (None, sample.team_id)


def picks_of(db: Session, sample_id: int) -> list[tuple[QualityPick, list[QualityReview]]]:
    """The conversations of a sample, each with its reviews, in the order in which they were drawn."""
    query = sa.select(QualityPick).where(QualityPick.sample_id == sample_id).order_by(QualityPick.id)
    picks = list(db.execute(query.options(joinedload(QualityPick.conversation))).scalars())
    found = _reviews(db, [pick.id for pick in picks])
    return [(pick, found.get(pick.id, [])) for pick in picks]


def review_of(db: Session, pick: QualityPick, staff: Staff) -> QualityReview | None:
    """What this reviewer has said about a conversation; None if nothing yet."""
    query = sa.select(QualityReview).where(QualityReview.pick_id == pick.id, QualityReview.staff_id == staff.id)
    return db.execute(query).scalars().first()


def may_review(db: Session, pick: QualityPick, staff: Staff) -> bool:
    """Nobody marks a conversation of that time in which they wrote to the person themselves."""
    mine = sa.select(Message.id).where(
        Message.conversation_id == pick.conversation_id, Message.staff_id == staff.id, Message.direction == "out",
        Message.created_at >= pick.sample.begins_at, Message.created_at < pick.sample.ends_at,
    )  # fmt: skip
    return pick.conversation_id is not None and db.execute(mine.limit(1)).first() is None


def review(db: Session, pick: QualityPick, staff: Staff, marks: dict[str, str], note: str = "") -> QualityReview:
    """Keep what a reviewer found; a second time changes the first. Refused unless every line has a mark it can have."""
    if not may_review(db, pick, staff):
        raise Refused("You wrote in this conversation, so somebody else reviews it.")
    for line in RUBRIC:
        if marks.get(line) not in (*MARKS, *(("none",) if line in MAY_BE_NONE else ())):
            raise Refused("Answer every question below.")
    found = review_of(db, pick, staff)
    if found is None:
        found = QualityReview(pick_id=pick.id, staff_id=staff.id)
        db.add(found)
    found.marks, found.reviewed_at = {line: marks[line] for line in RUBRIC}, clock.now()
    found.note = note.strip()[:NOTE] or None
    db.flush()
    audit.record(
        db, audit.staff(staff.id), "quality.reviewed", f"quality_pick:{pick.id}", sample=pick.sample_id
    )  # fmt: skip
    return found


def forget(db: Session, conversation_ids: Iterable[str]) -> None:
    """Their person is erased: the notes go, and what was found no longer says in which conversation."""
    ids = list(conversation_ids)
    picks = sa.select(QualityPick.id).where(QualityPick.conversation_id.in_(ids))
    notes = sa.update(QualityReview).where(QualityReview.pick_id.in_(picks)).values(note=None)
    db.execute(notes.execution_options(synchronize_session=False))
    links = sa.update(QualityPick).where(QualityPick.conversation_id.in_(ids)).values(conversation_id=None)
    db.execute(links.execution_options(synchronize_session=False))


# --- sums ----------------------------------------------------------------------------------


def figures(db: Session, kind: str | None = None) -> list[Figures]:
    """The sums of every sample that has a review, the earliest time first; of one kind of conversation, if it is named.

    Numbers alone: nothing in them leads to anybody.
    """
    query = sa.select(QualityPick).options(joinedload(QualityPick.sample)).order_by(QualityPick.id)
    if kind is not None:
        query = query.where(QualityPick.kind == kind)
    by_sample: dict[int, list[QualityPick]] = {}
    for pick in db.execute(query).scalars():
        by_sample.setdefault(pick.sample_id, []).append(pick)
    reviews = _reviews(db)
    found = [_figures(picks, reviews) for picks in by_sample.values()]
    return sorted((f for f in found if f.reviewed), key=lambda f: (f.sample.begins_at, f.sample.id))


def _figures(picks: list[QualityPick], reviews: dict[int, list[QualityReview]]) -> Figures:
    done = [reviews[pick.id] for pick in picks if pick.id in reviews]
    worst = [*MARKS]
    lines, agreed, compared = {}, 0, 0
    for line in RUBRIC:
        count: Counter[str] = Counter()
        for rows in done:
            said = [row.marks.get(line) for row in rows]
            marked = [mark for mark in said if mark in MARKS]
            if marked:
                count[max(marked, key=worst.index)] += 1
            if len(rows) > 1:
                compared, agreed = compared + 1, agreed + (len(set(said)) == 1)
        lines[line] = Line(count["yes"], count["partly"], count["no"])
    return Figures(picks[0].sample, len(picks), len(done), lines, agreed, compared)


def _reviews(db: Session, pick_ids: Iterable[int] | None = None) -> dict[int, list[QualityReview]]:
    query = sa.select(QualityReview).options(sa.orm.defer(QualityReview.note)).order_by(QualityReview.id)
    if pick_ids is not None:
        query = query.where(QualityReview.pick_id.in_(list(pick_ids)))
    found: dict[int, list[QualityReview]] = {}
    for row in db.execute(query).scalars():
        found.setdefault(row.pick_id, []).append(row)
    return found
