"""Seeding: what is in data/ becomes rows. Safe to repeat; what staff have edited is never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock, yamlfile
from bot.models import Answer, AnswerRevision, ProgrammeSession, ReadyReply, Service, Topic
from bot.programme import sessions
from bot.wording import DATA

#: With fewer upcoming sample sessions than this, seeding the demo again adds more.
ENOUGH_SAMPLES = 14
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: Columns of a service that come from data/services.yml; the rest (checks, edits) belong to staff.
_SERVICE_FIELDS = (
    "slug", "name", "what", "topics", "audience", "area", "phone", "sms", "sms_keyword", "hours", "self_referral",
    "cost_to_call", "url", "address", "source_url", "seen", "confidence", "hold", "note",
)  # fmt: skip


def seed(db: Session, *, demo: bool, today: date) -> dict[str, int]:
    """Bring topics, services and answers up to what data/ says, and in the demo have sample sessions to show.

    Returns how many rows of each were added. Sample sessions are never made unless `demo`.
    """
    added = {"topics": _topics(db), "services": _services(db), "answers": _answers(db)}
    added["ready-made replies"] = _ready_replies(db)
    added["sessions"] = _sample_sessions(db, today) if demo else 0
    return added


def _read(path) -> list:
    return yamlfile.read(path) or []


def _topics(db: Session) -> int:
    added = 0
    for position, row in enumerate(_read(DATA / "topics.yml"), start=1):
        topic = db.get(Topic, row["slug"])
        if topic is None:
            db.add(Topic(position=position, **row))
            added += 1
        else:
            topic.name, topic.label, topic.position = row["name"], row["label"], position
    db.flush()
    return added


def _services(db: Session) -> int:
    added, slugs = 0, set()
    known = {s.slug: s for s in db.execute(sa.select(Service)).scalars()}
    for position, row in enumerate(_read(DATA / "services.yml"), start=1):
        slugs.add(row["slug"])
        values = {field: row.get(field) for field in _SERVICE_FIELDS} | {"position": position}
        service = known.get(row["slug"])
        if service is None:
            db.add(Service(**values))
            added += 1
        elif not service.edited:
            if (service.phone, service.sms, service.address) != (values["phone"], values["sms"], values["address"]):
                service.checked_by = service.checked_at = service.check_due = None  # somebody checked another number
            for field, value in values.items():
                setattr(service, field, value)
    for slug, service in known.items():
        if slug not in slugs and not service.edited and service.source_url:
            service.hold = True  # taken out of the directory, perhaps because it closed
    db.flush()
    return added


def _ready_replies(db: Session) -> int:
    """Those of the file that were never there: what staff have changed or taken out of use stays as they left it."""
    known = set(db.execute(sa.select(ReadyReply.key)).scalars())
    path = DATA / "ready_replies.yml"
    new = [row for row in (_read(path) if path.exists() else ()) if row["key"] not in known]
    db.add_all(ReadyReply(**row) for row in new)
    db.flush()
    return len(new)


def _answers(db: Session) -> int:
    added = 0
    topics = set(db.execute(sa.select(Topic.slug)).scalars())
    for path in sorted((DATA / "answers").glob("*.yml")):
        tree = _read(path)
        if not tree or tree["topic"] not in topics:
            continue
        known = {
            a.key: a for a in db.execute(sa.select(Answer).where(Answer.topic_slug == tree["topic"])).scalars()
        }  # fmt: skip
        query = sa.select(AnswerRevision.answer_id, AnswerRevision.revision, AnswerRevision.origin).join(Answer)
        there: dict[int, list] = {}
        for answer_id, *revision in db.execute(query.where(Answer.topic_slug == tree["topic"])):
            there.setdefault(answer_id, []).append(revision)
        for row in tree.get("answers") or ():
            answer = known.get(row["key"])
            if answer is None:
                answer = Answer(topic_slug=tree["topic"], key=row["key"], question=row["question"])
                db.add(answer)
            added += _revision(db, answer, row, there.get(answer.id, ()))
    db.flush()
    return added


def _revision(db: Session, answer: Answer, row: dict, there: Sequence) -> bool:
    """Add the file's revision when it is newer than those that are `there` and staff have written none of their own."""
    newest = max((revision for revision, _ in there), default=0)
    if row["revision"] <= newest or any(origin == "staff" for _, origin in there):
        return False
    answer.question = row["question"]
    db.add(
        AnswerRevision(
            answer=answer,
            revision=row["revision"],
            text=row["text"],
            more=row.get("more"),
            urgent=row.get("urgent"),
            simple=row.get("simple"),
            services=row.get("services") or [],
            sources=row.get("sources") or [],
            status=row["status"],
            reviewed_by=row.get("reviewed_by"),
            review_by=_day(row.get("review_by")),
            origin="seed",
        )
    )
    return True


def _day(value: date | str | None):
    if not value:
        return None
    return clock.start_of_day(value if isinstance(value, date) else date.fromisoformat(value))


def _sample_sessions(db: Session, today: date) -> int:
    """The sample sessions of data/sessions.yml, from tomorrow on, when there are not enough left of those before."""
    tomorrow = today + timedelta(days=1)
    query = sa.select(ProgrammeSession).where(
        ProgrammeSession.sample.is_(True), ProgrammeSession.starts_at >= clock.start_of_day(tomorrow)
    )
    upcoming = list(db.execute(query).scalars())
    if sum(s.status == "scheduled" for s in upcoming) >= ENOUGH_SAMPLES:
        return 0
    there = {(s.title, s.place, s.starts_at) for s in upcoming}
    added = 0
    for row in _read(DATA / "sessions.yml"):
        row = dict(row)
        to_weekday = (_DAYS.index(row.pop("day")) - tomorrow.weekday()) % 7
        day = tomorrow + timedelta(days=to_weekday + 7 * row.pop("week"))
        starts_at = clock.from_london(day, time.fromisoformat(row.pop("at")))
        ends_at = starts_at + timedelta(minutes=row.pop("minutes"))
        if (row["title"], row["place"], starts_at) not in there:
            sessions.create(db, starts_at=starts_at, ends_at=ends_at, by_staff=None, sample=True, **row)
            added += 1
    return added
