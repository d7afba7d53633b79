"""Answers as a table for reviewers who work in a spreadsheet: out as CSV, back in with what they decided.

A line counts only while its revision is still the newest: what somebody changed meanwhile is not overwritten. A cell
that a spreadsheet would take for a formula gets an apostrophe before it on the way out, taken off on the way in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock
from bot.models import Answer, AnswerRevision, Staff
from bot.programme import review
from bot.programme.review import Refused, Words

COLUMNS = (
    "topic", "key", "revision", "status", "question", "text", "more", "urgent", "simple", "sources", "decision",
    "review_by",
)  # fmt: skip
DECISIONS = ("", "approve", "change", "withdraw")
#: The most lines that are read at once; the bank has about 400.
MOST = 2_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Imported:
    """What became of a table: how many lines did what, and a sentence for each line that did nothing."""

    approved: int = 0
    changed: int = 0
    withdrawn: int = 0
    left: int = 0
    problems: list[str] = field(default_factory=list)


def export(db: Session, topic: str | None = None) -> str:
    """The newest revision of every answer (of one topic) as CSV, with an empty column for the decision."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in _newest(db, topic):
        sources = "; ".join(f"{s.get('title', '')} {s.get('url', '')} ({s.get('seen', '')})" for s in row.sources)
        cells = (
            row.answer.topic_slug, row.answer.key, row.revision, row.status, row.answer.question, row.text,
            row.more or "", row.urgent or "", row.simple or "", sources, "",
            clock.london(row.review_by).date().isoformat() if row.review_by else "",
        )  # fmt: skip
        writer.writerow([_out(str(cell)) for cell in cells])
    return out.getvalue()


def read(db: Session, text: str, by: Staff, *, dry_run: bool) -> Imported:
    """Do what the lines of `text` (CSV) decide, as `by`; with `dry_run` only say what would be done.

    A line with a problem does nothing and is told, by its number; the others go on. ValueError, with a sentence, when
    it is no such table at all.
    """
    result = Imported()
    for number, row in _rows(text):
        try:
            with db.begin_nested() as attempt:
                _decide(db, row, by, result)
                if dry_run:
                    attempt.rollback()
        except (Refused, LookupError) as problem:
            result.problems.append(f"Line {number}: {problem}")
    if not dry_run:
        done = result.approved + result.changed + result.withdrawn
        audit.record(db, audit.staff(by.id), "answers.imported", "answers", count=done)
    return result


def _decide(db: Session, row: dict[str, str], by: Staff, result: Imported) -> None:
    decision = row["decision"].strip().lower()
    if decision not in DECISIONS:
        raise Refused(f"The decision is approve, change, withdraw or nothing, not {decision[:20]!r}.")
    if not decision:
        result.left += 1
        return
    query = sa.select(Answer.id).where(Answer.topic_slug == row["topic"], Answer.key == row["key"])
    answer_id = db.execute(query).scalar()
    if answer_id is None:
        raise Refused(f"There is no answer {row['topic'][:40]}/{row['key'][:64]}.")
    if not row["revision"].strip().isdecimal():
        raise Refused("The revision is a number; leave it as it was exported.")
    revision = int(row["revision"])
    words = Words(row["text"].strip(), *(row[name].strip() or None for name in ("more", "urgent", "simple")))
    if decision == "withdraw":
        review.withdraw(db, answer_id, revision, by)
        result.withdrawn += 1
    elif decision == "change":
        review.edit(db, answer_id, revision, words, by.id)
        result.changed += 1
    else:
        found = review.newest(db, answer_id)
        if found is not None and found.revision == revision and Words.of(found) != words:
            raise Refused("The words differ from those stored, so it is a change: somebody else approves it later.")
        review.approve(db, answer_id, revision, by, review_by=_day(row["review_by"]))
        result.approved += 1


def _day(text: str):
    if not text.strip():
        return None
    try:
        return clock.start_of_day(date.fromisoformat(text.strip()))
    except ValueError:
        raise Refused("The review date is written 2027-05-31.") from None


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), strict=True)
    try:
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"The table has no column {', '.join(sorted(missing))}.")
        for count, row in enumerate(reader, start=1):
            if count > MOST:
                raise ValueError(f"A table has at most {MOST} lines.")
            yield reader.line_num, {name: _in(row.get(name) or "") for name in COLUMNS}
    except csv.Error:
        raise ValueError("This is not a CSV table. Save the sheet as CSV (UTF-8).") from None


def _newest(db: Session, topic: str | None):
    last = (
        sa.select(AnswerRevision.answer_id, sa.func.max(AnswerRevision.revision).label("revision"))
        .group_by(AnswerRevision.answer_id)
        .subquery()
    )
    query = (
        sa.select(AnswerRevision)
        .join(last, sa.and_(last.c.answer_id == AnswerRevision.answer_id, last.c.revision == AnswerRevision.revision))
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .options(sa.orm.contains_eager(AnswerRevision.answer))
        .order_by(Answer.topic_slug, Answer.id)
    )
    if topic:
        query = query.where(Answer.topic_slug == topic)
    return db.execute(query).scalars()


def _out(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _in(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
