"""Answers for content editors: read, edit, approve in sittings, withdraw; how they are used; the reviewers' table."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask import current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from bot import audit, clock, wording
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.conversations import teams
from bot.models import Answer, AnswerRevision, AnswerShown, Conversation, Service, Staff, Topic
from bot.programme import answer_sheets, review
from bot.programme.review import Refused, Words

pages = Pages("answers", __name__)

STATES = ("approved", "in_review", "draft", "withdrawn", "overdue")
#: A table of the whole bank is larger than any other form.
TABLE_LIMIT = 3 * 1024 * 1024


@pages.page("/answers", permission="edit_content")
def bank():
    """Every answer of a topic: its state, how often it was shown, and whether it helped."""
    wanted = request.args.get("topic", "")
    with database().read() as db:
        topics = _topics(db)
        slug = wanted if wanted in {t.slug for t in topics} else topics[0].slug if topics else ""
        rows = [(revision, _state(revision)) for revision in _newest(db, slug)]
        used = review.use(db, slug)
        missing = _unhelpful(db)
        waiting = len(review.sitting(db))
    return render_template(
        "answers.html", topics=topics, slug=slug, rows=rows, used=used, none=review.Use(), missing=missing,
        waiting=waiting,
    )  # fmt: skip


@pages.page("/answers/<int:answer_id>", permission="edit_content")
def answer(answer_id: int):
    """One answer: its newest wording as a phone gets it, and the form to change it."""
    return _answer_page(answer_id, None, "")


@pages.page("/answers/<int:answer_id>", permission="edit_content", methods=["POST"])
def decided(answer_id: int):
    """Save another wording, approve, or withdraw. What was typed is kept when it is refused."""
    does, words = request.form.get("do", ""), _words()
    try:
        with database().write() as db:
            staff, revision = db.get(Staff, g.staff.id), _number("revision")
            if does == "save":
                review.edit(db, answer_id, revision, words, staff.id)
                told = "Saved. Somebody else has to approve it before participants get it."
            elif does == "approve":
                review.approve(db, answer_id, revision, staff, review_by=_day("review_by"))
                told = "Approved in your name."
            elif does == "withdraw":
                review.withdraw(db, answer_id, revision, staff)
                told = "Withdrawn. Nobody gets it any more."
            else:
                raise Refused("Nothing was chosen.")
    except Refused as problem:
        return _answer_page(answer_id, words if does == "save" else None, str(problem)), 422
    except LookupError:
        raise NotFound from None
    flash(told, "done")
    return redirect(url_for("answers.answer", answer_id=answer_id), 303)


@pages.page("/answers/sitting", permission="edit_content")
def sitting():
    """The next answers to review, read one after the other; each is approved or left."""
    with database().read() as db:
        rows = review.sitting(db, request.args.get("topic") or None)
        names = {topic.slug: topic.name for topic in _topics(db)}
    return render_template("sitting.html", rows=rows, names=names, size=_size, most=review.SITTING)


@pages.page("/answers/sitting", permission="edit_content", methods=["POST"])
def sitting_done():
    """Approve what was ticked, each for itself: one that cannot be is told, and the others go on."""
    approved, problems = 0, []
    for item in request.form.getlist("approve")[: review.SITTING]:
        answer_id, _, revision = item.partition(":")
        if not (answer_id.isdecimal() and revision.isdecimal()):
            continue
        try:
            with database().write() as db:
                staff = db.get(Staff, g.staff.id)
                review.approve(db, int(answer_id), int(revision), staff)
                approved += 1
        except Refused as problem:
            with database().read() as db:
                problems.append(f"{db.get(Answer, int(answer_id)).question} {problem}")
        except LookupError:
            problems.append("One of the answers is not there any more.")
    flash(f"{approved} approved in your name.", "done")
    for problem in problems:
        flash(problem, "problem")
    return redirect(url_for("answers.sitting"), 303)


@pages.page("/answers/table", permission="edit_content")
def table():
    """The bank as CSV, for a spreadsheet."""
    slug = request.args.get("topic") or None
    with database().write() as db:
        text = answer_sheets.export(db, slug)
        audit.record(db, audit.staff(g.staff.id), "answers.exported", "answers", count=text.count("\r\n") - 1)
    response = current_app.response_class("\ufeff" + text, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="answers-{clock.today().isoformat()}.csv"'
    return response


@pages.page("/answers/table/read", permission="edit_content")
def table_read():
    """The form to bring a table back."""
    return render_template("answers_table.html", result=None, problem="")


@pages.page("/answers/table/read", permission="edit_content", methods=["POST"])
def table_submitted():
    """What a table would do; with "do" what it does."""
    file = request.files.get("file")
    try:
        text = file.read(TABLE_LIMIT + 1).decode("utf-8-sig") if file else ""
        with database().write() as db:
            staff = db.get(Staff, g.staff.id)
            result = answer_sheets.read(db, text, staff, dry_run=request.form.get("do") != "do")
    except UnicodeDecodeError:
        return _table_refused("This is not UTF-8. In the spreadsheet, save as CSV UTF-8.")
    except ValueError as problem:
        return _table_refused(str(problem))
    done = request.form.get("do") == "do"
    return render_template("answers_table.html", result=result, done=done, problem="")


table_submitted.body_limit = TABLE_LIMIT


def _table_refused(problem: str):
    return render_template("answers_table.html", result=None, problem=problem), 422


def _answer_page(answer_id: int, words: Words | None, problem: str):
    with database().read() as db:
        found = review.newest(db, answer_id)
        if found is None:
            raise NotFound
        topic = db.get(Topic, found.answer.topic_slug)
        used = review.use(db, topic.slug).get(answer_id, review.Use())
        history = list(
            db.execute(
                sa.select(AnswerRevision)
                .where(AnswerRevision.answer_id == answer_id)
                .order_by(AnswerRevision.revision.desc())
            ).scalars()
        )
        query = (
            sa.select(AnswerShown.comment)
            .join(AnswerRevision, AnswerRevision.id == AnswerShown.revision_id)
            .join(Conversation, Conversation.id == AnswerShown.conversation_id)
            .where(
                AnswerRevision.answer_id == answer_id, AnswerShown.comment.is_not(None),
                Conversation.person_id.in_(teams.ids_of(g.staff.team_id)),
            )
            .order_by(AnswerShown.id.desc())
            .limit(20)
        )
        comments = list(db.execute(query).scalars())
        pointed = sa.select(Service.slug, Service.name).where(Service.slug.in_(found.services))
        names = dict(db.execute(pointed).all())
    return render_template(
        "answer.html", found=found, state=_state(found), topic=topic, used=used, history=history, comments=comments,
        words=words or Words.of(found), problem=problem, size=_size, mine=found.written_by == g.staff.id,
        review_by=clock.london(clock.now() + review.GOOD_FOR).date(), services=names,
    )  # fmt: skip


def _size(text: str) -> str:
    size = wording.size(text)
    return f"{size.units} of {wording.ANSWER_BUDGET} characters, reading age {wording.reading_age(text):.0f}"


def _state(revision: AnswerRevision) -> str:
    if revision.status == "approved" and (revision.review_by is None or revision.review_by <= clock.now()):
        return "overdue"
    return revision.status


def _newest(db, slug: str) -> list[AnswerRevision]:
    last = (
        sa.select(AnswerRevision.answer_id, sa.func.max(AnswerRevision.revision).label("revision"))
        .group_by(AnswerRevision.answer_id)
        .subquery()
    )
    query = (
        sa.select(AnswerRevision)
        .join(last, sa.and_(last.c.answer_id == AnswerRevision.answer_id, last.c.revision == AnswerRevision.revision))
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .where(Answer.topic_slug == slug)
        .options(sa.orm.contains_eager(AnswerRevision.answer))
        .order_by(Answer.id)
    )
    return list(db.execute(query).scalars())


def _unhelpful(db) -> int:
    query = sa.select(sa.func.count()).select_from(AnswerShown).where(AnswerShown.helped.is_(False))
    return db.execute(query).scalar()


def _topics(db) -> list[Topic]:
    return list(db.execute(sa.select(Topic).order_by(Topic.position)).scalars())


def _words() -> Words:
    typed = (request.form.get(name, "").replace("\r\n", "\n").strip() for name in ("text", "more", "urgent", "simple"))
    text, *rest = (wording.to_gsm(words) for words in typed)
    return Words(text, *(words or None for words in rest))


def _number(name: str) -> int:
    value = request.form.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _day(name: str):
    value = request.form.get(name, "").strip()
    if not value:
        return None
    try:
        return clock.start_of_day(date.fromisoformat(value))
    except ValueError:
        raise Refused("The date of the next review is not a date.") from None
