"""Answers: which revision may be shown now, what was shown to whom, and whether it helped."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from bot import clock
from bot.models import Answer, AnswerRevision, AnswerShown, Conversation, Topic

PARTS = ("text", "more", "urgent", "simple")
#: "Did that help?" goes with every third answer, beginning with the second: now and then, not each time.
_ASK_EVERY, _ASK_FIRST = 3, 2
#: How long after a crisis nobody is asked how helpful we are.
AFTER_CRISIS = timedelta(hours=24)
#: A "did that help" that comes later than this is about something else.
_HELPED_WITHIN = timedelta(days=2)


def current(db: Session, topic: str, key: str, *, drafts: bool, at: datetime | None = None) -> AnswerRevision | None:
    """The revision to show now; None when there is none that may be.

    With `drafts` (the demo) the newest that is not withdrawn. Without: the newest approved one, only while its review
    date has not passed (an answer that nobody stands by any more is not given) and while its topic is open.
    """
    query = (
        sa.select(AnswerRevision)
        .join(Answer)
        .where(Answer.topic_slug == topic, Answer.key == key)
        .order_by(AnswerRevision.revision.desc())
        .limit(1)
    )
    if drafts:
        query = query.where(AnswerRevision.status != "withdrawn")
    else:
        query = query.join(Topic).where(AnswerRevision.status == "approved", Topic.opened_at.is_not(None))
    found = db.execute(query).scalars().first()
    if found is not None and not drafts and (found.review_by is None or found.review_by <= (at or clock.now())):
        return None
    return found


def questions(db: Session, names: Collection[str]) -> dict[str, str]:
    """The question of each of these answers ("topic/key"), for those that there are."""
    slugs = {name.partition("/")[0] for name in names}
    query = sa.select(Answer).where(Answer.topic_slug.in_(list(slugs)))
    found = {f"{answer.topic_slug}/{answer.key}": answer.question for answer in db.execute(query).scalars()}
    return {name: found[name] for name in names if name in found}


def common(db: Session, topic: str, *, drafts: bool, limit: int = 5, at: datetime | None = None) -> list[Answer]:
    """The questions of a topic that may be answered now, those asked most first, then in the order of the bank."""
    times = sa.func.count(AnswerShown.id)
    query = (
        sa.select(Answer)
        .outerjoin(AnswerRevision, AnswerRevision.answer_id == Answer.id)
        .outerjoin(AnswerShown, AnswerShown.revision_id == AnswerRevision.id)
        .where(Answer.topic_slug == topic)
        .group_by(Answer.id)
        .order_by(times.desc(), Answer.id)
    )
    found = []
    for answer in db.execute(query).scalars():
        if current(db, topic, answer.key, drafts=drafts, at=at) is not None:
            found.append(answer)
            if len(found) == limit:
                break
    return found


def show(
    db: Session,
    conversation_id: str,
    revision: AnswerRevision,
    *,
    part: str,
    asked_by: int | None,
    at: datetime | None = None,
) -> AnswerShown:
    """Note that `part` of a revision goes to a conversation; for the same message it is noted once.

    ValueError for a part that is not one of PARTS.
    """
    if part not in PARTS:
        raise ValueError(f"no such part: {part}")
    if (before := _shown(db, asked_by, part, revision)) is not None:
        return before
    shown = AnswerShown(
        conversation_id=conversation_id,
        revision_id=revision.id,
        part=part,
        asked_by=asked_by,
        shown_at=at or clock.now(),
    )
    try:
        with db.begin_nested():
            db.add(shown)
    except IntegrityError:  # a retried turn beside the first one, on PostgreSQL
        shown = _shown(db, asked_by, part, revision)
        if shown is None:
            raise
    return shown


def last_shown(db: Session, conversation_id: str) -> AnswerShown | None:
    """What was shown in a conversation last, its revision and answer with it; None if nothing was."""
    query = (
        sa.select(AnswerShown)
        .where(AnswerShown.conversation_id == conversation_id)
        .order_by(AnswerShown.id.desc())
        .options(joinedload(AnswerShown.revision).joinedload(AnswerRevision.answer))
        .limit(1)
    )
    return db.execute(query).scalars().first()


def should_ask_if_helped(db: Session, conversation: Conversation, at: datetime | None = None) -> bool:
    """Whether "did that help?" may go with the answer just shown.

    Every third answer, beginning with the second; never with one that has been asked about, nor within a day of a
    crisis. Call `asked_if_helped` when it does go.
    """
    at = at or clock.now()
    if conversation.crisis_at is not None and at - conversation.crisis_at < AFTER_CRISIS:
        return False
    last = last_shown(db, conversation.id)
    if last is None or last.asked_if_helped or last.part != "text":
        return False
    query = sa.select(sa.func.count()).where(AnswerShown.conversation_id == conversation.id, AnswerShown.part == "text")
    return db.execute(query).scalar_one() % _ASK_EVERY == _ASK_FIRST


def asked_if_helped(db: Session, conversation_id: str) -> None:
    """Note that the question went with what was shown last."""
    if (last := last_shown(db, conversation_id)) is not None:
        last.asked_if_helped = True


def record_helped(
    db: Session, conversation_id: str, helped: bool, comment: str | None = None, at: datetime | None = None
) -> AnswerShown | None:
    """Keep whether the last answer helped, and what was missing; None when there is no recent answer to be about.

    A "no" is on staff's list (`not_helped`) until the answer has a newer revision.
    """
    last = last_shown(db, conversation_id)
    if last is None or (at or clock.now()) - last.shown_at > _HELPED_WITHIN:
        return None
    last.helped = helped
    if comment and comment.strip():
        last.comment = comment.strip()
    return last


def not_helped(db: Session, limit: int = 100) -> list[AnswerShown]:
    """Answers that somebody said did not help, newest first, while the revision shown is still the newest."""
    newer = sa.orm.aliased(AnswerRevision)
    superseded = (
        sa.select(newer.id)
        .where(newer.answer_id == AnswerRevision.answer_id, newer.revision > AnswerRevision.revision)
        .exists()
    )
    query = (
        sa.select(AnswerShown)
        .join(AnswerRevision)
        .where(AnswerShown.helped.is_(False), ~superseded)
        .order_by(AnswerShown.id.desc())
        .options(joinedload(AnswerShown.revision).joinedload(AnswerRevision.answer))
        .limit(limit)
    )
    return list(db.execute(query).scalars())


def review_needed(
    db: Session, at: datetime | None = None, within: timedelta = timedelta(days=30)
) -> list[tuple[AnswerRevision, str]]:
    """The newest revision of each answer that needs a reviewer, and why: overdue, due, draft, in_review, withdrawn.

    Overdue ones first (they are not shown in live use), then those due within `within`, then those never approved.
    """
    at = at or clock.now()
    newest = (
        sa.select(AnswerRevision.answer_id, sa.func.max(AnswerRevision.revision).label("revision"))
        .group_by(AnswerRevision.answer_id)
        .subquery()
    )
    query = (
        sa.select(AnswerRevision)
        .join(
            newest,
            sa.and_(newest.c.answer_id == AnswerRevision.answer_id, newest.c.revision == AnswerRevision.revision),
        )
        .join(Answer)
        .options(joinedload(AnswerRevision.answer))
        .order_by(Answer.topic_slug, Answer.key)
    )
    order = ("overdue", "due", "draft", "in_review", "withdrawn")
    found = [(r, why) for r in db.execute(query).scalars() if (why := _why_review(r, at, within))]
    return sorted(found, key=lambda pair: order.index(pair[1]))


def _why_review(revision: AnswerRevision, at: datetime, within: timedelta) -> str | None:
    if revision.status != "approved":
        return revision.status
    if revision.review_by is None or revision.review_by <= at:
        return "overdue"
    return "due" if revision.review_by <= at + within else None


def _shown(db: Session, asked_by: int | None, part: str, revision: AnswerRevision) -> AnswerShown | None:
    if asked_by is None:
        return None
    query = sa.select(AnswerShown).filter_by(asked_by=asked_by, part=part, revision_id=revision.id)
    return db.execute(query).scalars().first()
