"""Quality review: samples of conversations, the rubric beside each, and the sums for whoever improves the service."""

from __future__ import annotations

from datetime import date, timedelta

from flask import abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from bot import clock, phone
from bot.console import accounts, thread
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.conversations import access, quality, teams
from bot.models import QualityPick, QualitySample

pages = Pages("quality", __name__)
ONE = "/quality/<int:sample_id>/<int:pick_id>"
#: What the form to draw a sample begins with: the last four weeks, ten conversations.
DAYS, SIZE = 28, 10
FIELDS = ("begins", "ends", "size", "trial")


@pages.page("/quality", permission="review_quality")
def every():
    """The samples, and for whoever may the form to draw another."""
    today = clock.today()
    return _every({"begins": f"{today - timedelta(days=DAYS)}", "ends": f"{today}", "size": f"{SIZE}"}, {})


@pages.page("/quality", permission="draw_sample", methods=["POST"])
def drawn():
    """Draw a sample. It is kept as it is: nobody picks what is reviewed."""
    form = {name: " ".join(request.form.get(name, "").split())[:200] for name in FIELDS}
    begins, ends = _day(form["begins"]), _day(form["ends"])
    if begins is None or ends is None or ends > clock.today():
        return _every(form, {"begins": "Enter two days that have been, like 2026-12-08."}), 422
    size = int(form["size"]) if form["size"].isdecimal() else 0
    with database().write() as db:
        try:
            sample = quality.draw(
                db, g.staff, clock.start_of_day(begins), clock.start_of_day(ends + timedelta(days=1)), size,
                trial=form["trial"],
            )  # fmt: skip
        except quality.Refused as problem:
            return _every(form, {"size": str(problem)}, db), 422
    return redirect(url_for("quality.sample", sample_id=sample.id), 303)


@pages.page("/quality/<int:sample_id>", permission="review_quality")
def sample(sample_id: int):
    """The conversations of a sample, and who has reviewed which."""
    with database().write() as db:
        found = _there(db, QualitySample, sample_id)
        if not quality.sees(g.staff, found):
            abort(404)
        rows = quality.picks_of(db, sample_id)
        names = accounts.names(db, [found.drawn_by, *(review.staff_id for _, done in rows for review in done)])
        team = teams.names(db).get(found.team_id)
    return render_template(
        "quality_sample.html", sample=found, rows=rows, names=names, kinds=quality.KINDS, team=team
    )  # fmt: skip


@pages.page(ONE, permission="review_quality")
def review(sample_id: int, pick_id: int):
    """One conversation as it was in that time, and the rubric."""
    return _review(sample_id, pick_id)


@pages.page(ONE, permission="review_quality", methods=["POST"])
def reviewed(sample_id: int, pick_id: int):
    """Keep the marks, and go on to the next that this reviewer has not marked."""
    marks = {line: request.form.get(line, "") for line in quality.RUBRIC}
    note = request.form.get("note", "")
    try:
        with database().write() as db:
            quality.review(db, _pick(db, sample_id, pick_id), g.staff, marks, note)
            after = _next(db, sample_id)
    except quality.Refused as problem:
        return _review(sample_id, pick_id, marks, note, str(problem))
    if after is None:
        flash("Kept. You have reviewed this sample.", "done")
        return redirect(url_for("quality.sample", sample_id=sample_id), 303)
    flash("Kept. Here is the next one.", "done")
    return redirect(url_for("quality.review", sample_id=sample_id, pick_id=after), 303)


@pages.page("/quality/figures", permission="see_quality")
def figures():
    """How the marks went from sample to sample. No conversation is named, and none can be opened from here."""
    kind = request.args.get("kind") or None
    if kind not in (None, *quality.KINDS):
        abort(404)
    with database().read() as db:
        rows = quality.figures(db, kind)
    return render_template(
        "quality_figures.html", rows=rows, kind=kind, kinds=quality.KINDS, rubric=quality.RUBRIC
    )  # fmt: skip


def _every(form: dict, problems: dict, db: Session | None = None):
    if db is None:
        with database().read() as db:
            return _every(form, problems, db)
    return render_template(
        "quality.html", rows=quality.samples(db, g.staff), form=form, problems=problems, kinds=quality.KINDS,
        least=quality.LEAST, most=quality.MOST, longest=quality.TRIAL,
    )  # fmt: skip


def _review(sample_id: int, pick_id: int, marks: dict | None = None, note: str = "", problem: str = ""):
    with database().write() as db:
        pick = _pick(db, sample_id, pick_id)
        found = access.conversation_for(db, g.staff, pick.conversation_id, why="quality")
        mine, allowed = quality.review_of(db, pick, g.staff), quality.may_review(db, pick, g.staff)
        masked = phone.masked(found.address.address)
    if marks is None and mine is not None:
        marks, note = mine.marks, mine.note or ""
    with database().read() as db:
        entries = thread.between(db, found, pick.sample.begins_at, pick.sample.ends_at)
    page = render_template(
        "quality_review.html", sample=pick.sample, pick=pick, entries=entries, marks=marks or {}, note=note,
        problem=problem, allowed=allowed, masked=masked, kinds=quality.KINDS, rubric=quality.RUBRIC,
        choices=quality.MARKS, no_need=quality.NONE, longest=quality.NOTE,
    )  # fmt: skip
    return page, 422 if problem else 200


def _pick(db: Session, sample_id: int, pick_id: int) -> QualityPick:
    """A pick of that sample whose conversation is still there."""
    pick = _there(db, QualityPick, pick_id)
    if pick.sample_id != sample_id or pick.conversation_id is None or not quality.sees(g.staff, pick.sample):
        abort(404)
    return pick


def _next(db: Session, sample_id: int) -> int | None:
    for pick, done in quality.picks_of(db, sample_id):
        if all(one.staff_id != g.staff.id for one in done) and quality.may_review(db, pick, g.staff):
            return pick.id
    return None


def _there(db: Session, model: type, key: int):
    found = db.get(model, key)
    if found is None:
        abort(404)
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
