"""Who stands by the words: editing, approving and withdrawing answers, opening topics, what blocks going live.

Whoever writes a wording does not approve it. Outside the demo an answer is given only when its topic is open, and a
topic opens only when what it needs is there, those on danger first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from bot import audit, clock, simpler, wording
from bot.db import lock
from bot.models import Answer, AnswerRevision, AnswerShown, Service, Staff, Topic
from bot.programme import answers, number_checks

#: How many answers a reviewer reads in one sitting.
SITTING = 15
#: An approval is good for this long unless the reviewer says sooner.
GOOD_FOR = timedelta(days=365)
#: A topic with fewer approved answers disappoints more people than it helps.
ENOUGH_ANSWERS = 15
#: These open before any other: what they hold keeps people alive.
FIRST = ("suicide_prevention", "mental_health")
#: Longest texts that are taken, in characters; the content rules are stricter.
LONGEST = 2_000
OFFER_OF_MORE = " Text MORE for more."


class Refused(ValueError):
    """Something may not be done; the message is a sentence for the member of staff."""


@dataclass(frozen=True)
class Words:
    """The words of an answer: what is said first, on MORE, when it is urgent, and when asked to say it more simply."""

    text: str
    more: str | None = None
    urgent: str | None = None
    simple: str | None = None

    @classmethod
    def of(cls, revision: AnswerRevision) -> Words:
        """The words of a revision."""
        return cls(revision.text, revision.more, revision.urgent, revision.simple)

    def problems(self) -> list[str]:
        """What the content rules say against them, a sentence each."""
        offered = self.text + (OFFER_OF_MORE if self.text and (self.more or self.urgent) else "")
        found = [("First words", problem) for problem in wording.problems(offered)]
        found += [("More", problem) for problem in wording.problems(self.more)] if self.more else []
        found += [("Urgent", problem) for problem in wording.problems(self.urgent)] if self.urgent else []
        if self.simple:
            found += [("Simple", p) for p in simpler.problems(self.simple, self.text, self.more, self.urgent)]
        return [f"{name}: {problem}." for name, problem in found]


def newest(db: Session, answer_id: int) -> AnswerRevision | None:
    """The newest revision of an answer, whatever its status."""
    query = (
        sa.select(AnswerRevision)
        .where(AnswerRevision.answer_id == answer_id)
        .order_by(AnswerRevision.revision.desc())
        .options(joinedload(AnswerRevision.answer))
        .limit(1)
    )
    return db.execute(query).scalars().first()


def edit(db: Session, answer_id: int, revision: int, words: Words, by: int) -> AnswerRevision:
    """A new revision with `words`, to be read by somebody else; the one before it stays in force until then.

    `revision` is the one that the writer saw. Refused when there is a newer one, nothing changed, or the content rules
    object. LookupError when there is no such answer.
    """
    before = _as_seen(db, answer_id, revision)
    if any(len(text or "") > LONGEST for text in (words.text, words.more, words.urgent, words.simple)):
        raise Refused("That is far too long for a text.")
    if words == Words.of(before):
        raise Refused("Nothing was changed.")
    if problems := words.problems():
        raise Refused(" ".join(problems))
    made = AnswerRevision(
        answer_id=answer_id,
        revision=before.revision + 1,
        text=words.text,
        more=words.more,
        urgent=words.urgent,
        simple=words.simple,
        services=before.services,
        sources=before.sources,
        status="in_review",
        written_by=by,
        origin="staff",
    )
    db.add(made)
    db.flush()
    audit.record(db, audit.staff(by), "answer.edited", f"answer:{answer_id}", revision=made.revision)
    return made


def approve(
    db: Session, answer_id: int, revision: int, by: Staff, *, review_by: datetime | None = None
) -> AnswerRevision:
    """Stand by the newest revision, by name, until `review_by` (a year from now if None).

    Refused when another revision is the newest, when `by` wrote it, when it names no source, when the content rules
    object, or when the date has passed or is more than two years away.
    """
    found, now = _as_seen(db, answer_id, revision), clock.now()
    if found.written_by == by.id:
        raise Refused("You wrote this one, so somebody else has to approve it.")
    if not found.sources:
        raise Refused("It names no source.")
    if problems := Words.of(found).problems():
        raise Refused(" ".join(problems))
    until = review_by or now + GOOD_FOR
    if not now < until <= now + 2 * GOOD_FOR:
        raise Refused("The next review is between tomorrow and two years from now.")
    found.status, found.reviewed_by, found.reviewed_at, found.review_by = "approved", by.name, now, until
    audit.record(db, audit.staff(by.id), "answer.approved", f"answer:{answer_id}", revision=found.revision)
    return found


def withdraw(db: Session, answer_id: int, revision: int, by: Staff) -> None:
    """Take an answer back at once: no revision of it is shown until one is approved again."""
    _as_seen(db, answer_id, revision)
    query = sa.select(AnswerRevision).where(AnswerRevision.answer_id == answer_id, AnswerRevision.status != "withdrawn")
    for found in db.execute(query).scalars():
        found.status = "withdrawn"
    audit.record(db, audit.staff(by.id), "answer.withdrawn", f"answer:{answer_id}", revision=revision)


def _as_seen(db: Session, answer_id: int, revision: int) -> AnswerRevision:
    if lock(db, Answer, answer_id) is None:
        raise LookupError("no such answer")
    found = newest(db, answer_id)
    if found is None or found.revision != revision:
        raise Refused("Somebody has changed this answer meanwhile. Read the newest wording first.")
    return found


def sitting(db: Session, topic: str | None = None, at: datetime | None = None) -> list[AnswerRevision]:
    """The next answers to review, at most SITTING: overdue, then due, then never approved; topics on danger first."""
    waiting = [
        (revision, why)
        for revision, why in answers.review_needed(db, at)
        if why != "withdrawn" and topic in (None, revision.answer.topic_slug)
    ]
    rank = {slug: place for place, slug in enumerate(FIRST)}
    order = ("overdue", "due", "in_review", "draft")
    waiting.sort(key=lambda pair: (order.index(pair[1]), rank.get(pair[0].answer.topic_slug, len(rank))))
    return [revision for revision, _ in waiting[:SITTING]]


@dataclass(frozen=True)
class Use:
    """How often an answer was shown, and what people said of it."""

    shown: int = 0
    helped: int = 0
    did_not: int = 0


def use(db: Session, topic: str | None = None) -> dict[int, Use]:
    """By the answer's id, how often it was shown (its first words), and the yes and no to "did that help?"."""
    query = (
        sa.select(
            AnswerRevision.answer_id,
            sa.func.count(AnswerShown.id),
            sa.func.sum(sa.case((AnswerShown.helped.is_(True), 1), else_=0)),
            sa.func.sum(sa.case((AnswerShown.helped.is_(False), 1), else_=0)),
        )
        .join(AnswerShown, AnswerShown.revision_id == AnswerRevision.id)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .where(AnswerShown.part == "text")
        .group_by(AnswerRevision.answer_id)
    )
    if topic:
        query = query.where(Answer.topic_slug == topic)
    return {answer_id: Use(*map(int, counts)) for answer_id, *counts in db.execute(query)}


# --- going live ----------------------------------------------------------------------------


@dataclass
class Readiness:
    """Where a topic stands. `blocks` are sentences: what is missing before it may open."""

    slug: str
    name: str
    opened_at: datetime | None
    approved: int = 0
    overdue: int = 0
    waiting: int = 0
    withdrawn: int = 0
    services: int = 0
    checked: int = 0
    blocks: list[str] = field(default_factory=list)

    @property
    def answers(self) -> int:
        return self.approved + self.overdue + self.waiting + self.withdrawn


def readiness(db: Session, at: datetime | None = None) -> list[Readiness]:
    """Every topic, those on danger first, with what blocks it from being opened to participants."""
    at = at or clock.now()
    rank = {slug: place for place, slug in enumerate(FIRST)}
    topics = sorted(db.execute(sa.select(Topic).order_by(Topic.position)).scalars(), key=lambda t: rank.get(t.slug, 9))
    found = {topic.slug: Readiness(topic.slug, topic.name, topic.opened_at) for topic in topics}
    for topic, status, review_by in _newest_of_all(db):
        row = found[topic]
        if status == "approved":
            in_date = review_by is not None and review_by > at
            row.approved, row.overdue = row.approved + in_date, row.overdue + (not in_date)
        elif status == "withdrawn":
            row.withdrawn += 1
        else:
            row.waiting += 1
    for service in db.execute(sa.select(Service).where(Service.hold.is_(False))).scalars():
        if service.confidence not in ("confirmed", "secondary"):
            continue
        for slug in set(service.topics) & set(found):
            found[slug].services += 1
            found[slug].checked += service.check_due is not None and service.check_due > at
    unsure = number_checks.unsure(db, at)
    for row in found.values():
        row.blocks += _blocks(row, found, unsure)
    return list(found.values())


def _blocks(row: Readiness, topics: dict[str, Readiness], unsure: list) -> list[str]:
    blocks = []
    if unsure:
        blocks.append(unrung(unsure))
    if row.approved < ENOUGH_ANSWERS:
        blocks.append(f"Approved answers: {row.approved} of the {ENOUGH_ANSWERS} needed.")
    if not row.checked:
        blocks.append("No service on it has been rung lately.")
    for first in FIRST:
        if row.slug not in FIRST and first in topics and topics[first].opened_at is None:
            blocks.append(f"{topics[first].name} opens first.")
    return blocks


def unrung(unsure: list) -> str:
    """The sentence for these crisis numbers, which not enough people have rung, or not lately."""
    many = f"{len(unsure)} crisis {'number has' if len(unsure) == 1 else 'numbers have'}"
    return f"{many} not been rung by {number_checks.PEOPLE} people, or not lately."


def _newest_of_all(db: Session):
    last = (
        sa.select(AnswerRevision.answer_id, sa.func.max(AnswerRevision.revision).label("revision"))
        .group_by(AnswerRevision.answer_id)
        .subquery()
    )
    query = (
        sa.select(Answer.topic_slug, AnswerRevision.status, AnswerRevision.review_by)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .join(last, sa.and_(last.c.answer_id == AnswerRevision.answer_id, last.c.revision == AnswerRevision.revision))
    )
    return db.execute(query)


def open_topic(db: Session, slug: str, by: int, at: datetime | None = None) -> None:
    """Let participants have the topic's approved answers. Refused, with every reason, while something blocks it."""
    row = next((r for r in readiness(db, at) if r.slug == slug), None)
    if row is None:
        raise LookupError("no such topic")
    if row.blocks:
        raise Refused(" ".join(row.blocks))
    topic = lock(db, Topic, slug)
    topic.opened_at, topic.opened_by = at or clock.now(), by
    audit.record(db, audit.staff(by), "topic.opened", f"topic:{slug}")


def close_topic(db: Session, slug: str, by: int) -> None:
    """Outside the demo no answer on the topic is given any more. LookupError when there is no such topic."""
    topic = lock(db, Topic, slug)
    if topic is None:
        raise LookupError("no such topic")
    topic.opened_at = topic.opened_by = None
    audit.record(db, audit.staff(by), "topic.closed", f"topic:{slug}")
