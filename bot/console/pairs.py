"""Two people at a time: keeping two apart, and making two records of one person one. For coordinators."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from bot import clock
from bot.console import accounts
from bot.console.lookups import database, person_or_404, person_there
from bot.console.routing import Pages
from bot.console.words import moment
from bot.conversations import teams
from bot.models import KeepApart, Merge, Person
from bot.programme import apart, merges, people, unmerges

pages = Pages("pairs", __name__)
RULE = "/people/<int:person_id>"


@pages.page(RULE + "/apart", permission="keep_apart")
def kept_apart(person_id: int):
    """Whom somebody is kept apart from, and the form to look up another."""
    return _apart(person_id)


@pages.page(RULE + "/apart", permission="keep_apart", methods=["POST"])
def keep(person_id: int):
    """Look somebody up; and, once it is said who, keep the two apart."""
    who, other, reason = _typed("who"), _number("other"), _typed("reason", 300)
    if other is None:
        return _apart(person_id, who, "" if who else "Enter a name or a phone number.")
    try:
        with database().write() as db:
            person_or_404(db, person_id)
            person_there(db, other)
            apart.add(db, person_id, other, reason=reason, by_staff=g.staff.id)
            both = [f"{row.title}, {moment(row.starts_at)}" for row in apart.both_at(db, person_id, other)]
    except ValueError as problem:
        return _apart(person_id, who, str(problem))
    except LookupError:
        return _apart(person_id, who, "Choose somebody.")
    flash("Kept apart. To the one who comes second a session reads full.", "done")
    for title in both:
        flash(f"Both have a place already: {title}. Move one of them.", "problem")
    return redirect(url_for("pairs.kept_apart", person_id=person_id), 303)


@pages.page(RULE + "/apart/end", permission="keep_apart", methods=["POST"])
def ended(person_id: int):
    """They need not be kept apart any more."""
    with database().write() as db:
        person_or_404(db, person_id)
        pair = db.get(KeepApart, _number("pair") or 0)
        both = (pair.one_id, pair.other_id) if pair is not None else ()
        if person_id in both and all(teams.sees(g.staff.team_id, db.get(Person, id_)) for id_ in both):
            apart.end(db, pair.id, by_staff=g.staff.id)
            flash("Ended.", "done")
        else:
            flash("There is no such pair any more.", "problem")
    return redirect(url_for("pairs.kept_apart", person_id=person_id), 303)


@pages.page(RULE + "/merge", permission="merge_people")
def merge(person_id: int):
    """The form to look up the other record of the same person, and what was merged into this one before."""
    return _merge(person_id)


@pages.page(RULE + "/merge", permission="merge_people", methods=["POST"])
def merged(person_id: int):
    """Look the other record up, show both side by side, and, when confirmed, make them one."""
    who, other = _typed("who"), _number("other")
    if other is None:
        return _merge(person_id, who, "" if who else "Enter a name or a phone number.")
    if request.form.get("do") != "confirm":
        return _both(person_id, other, who)
    try:
        with database().write() as db:
            person_or_404(db, person_id)
            person_there(db, other)
            merges.merge(db, person_id, other, by_staff=g.staff.id)
    except merges.Wrong as problem:
        return _both(person_id, other, who, str(problem))
    except LookupError:
        return _merge(person_id, who, "Choose somebody.")
    flash("The two records are one.", "done")
    return redirect(url_for("people.person", person_id=person_id), 303)


@pages.page(RULE + "/merge/<int:merge_id>", permission="merge_people")
def merge_made(person_id: int, merge_id: int):
    """A merge that was made into this record: what undoing it would do, or why it cannot be undone."""
    return _made(person_id, merge_id)


@pages.page(RULE + "/merge/<int:merge_id>", permission="merge_people", methods=["POST"])
def merge_undone(person_id: int, merge_id: int):
    """They are two people after all."""
    try:
        with database().write() as db:
            gone_id = _merge_of(db, person_id, merge_id).gone_id
            unmerges.undo(db, merge_id, by_staff=g.staff.id)
    except merges.Wrong as problem:
        return _made(person_id, merge_id, str(problem))
    flash("They are two people again. This is the one that had gone.", "done")
    return redirect(url_for("people.person", person_id=gone_id), 303)


def _merge_of(db: Session, person_id: int, merge_id: int) -> Merge:
    person_or_404(db, person_id)
    found = db.get(Merge, merge_id)
    if found is None or found.kept_id != person_id:
        abort(404)
    return found


def _made(person_id: int, merge_id: int, problem: str = ""):
    with database().write() as db:
        row = _merge_of(db, person_id, merge_id)
        labels = people.labels(db, [db.get(Person, person_id)])
        people.viewed(db, g.staff.id, labels, "merge")
        why_not, shown = unmerges.why_not(db, row, clock.now()), unmerges.preview(db, row)
        names = accounts.names(db, [row.merged_by, row.undone_by])
    page = render_template(
        "merge_undo.html", row=row, label=labels[person_id], why_not=why_not, shown=shown, names=names, problem=problem,
        life=unmerges.LIFE,
    )  # fmt: skip
    return page, 422 if problem else 200


def _apart(person_id: int, who: str = "", problem: str = ""):
    with database().write() as db:
        person = person_or_404(db, person_id)
        pairs = apart.of(db, person_id)
        others = {other: db.get(Person, other) for _, other in pairs}
        found = [p for p in _found(db, who) if p.id != person_id and p.id not in others] if who else []
        seen = [one for one in others.values() if teams.sees(g.staff.team_id, one)]
        labels = people.labels(db, [person, *seen, *found])
        people.viewed(db, g.staff.id, labels, "apart")
        names = accounts.names(db, [pair.made_by for pair, _ in pairs])
    page = render_template(
        "apart.html", person=person, pairs=pairs, labels=labels, found=[p.id for p in found], who=who, names=names,
        problem=problem,
    )  # fmt: skip
    return page, 422 if problem else 200


def _merge(person_id: int, who: str = "", problem: str = ""):
    with database().write() as db:
        person = person_or_404(db, person_id)
        found = [p for p in _found(db, who) if p.id != person_id] if who else []
        labels = people.labels(db, [person, *found])
        people.viewed(db, g.staff.id, labels, "merge")
        log = merges.log(db, person_id)
        names = accounts.names(db, [by for row in log for by in (row.merged_by, row.undone_by)])
    page = render_template(
        "merge.html", person=person, labels=labels, found=[p.id for p in found], who=who, log=log, names=names,
        problem=problem,
    )  # fmt: skip
    return page, 422 if problem else 200


def _both(person_id: int, other_id: int, who: str, problem: str = ""):
    with database().write() as db:
        person = person_or_404(db, person_id)
        try:
            other = person_there(db, other_id)
        except LookupError:
            other = None
        if other is not None:
            labels = people.labels(db, [person, other])
            people.viewed(db, g.staff.id, labels, "merge")
            sums = {p.id: merges.sums(db, p) for p in (person, other)}
    if other is None:
        return _merge(person_id, who, "Choose somebody.")
    page = render_template(
        "merge_check.html", person=person, other=other, labels=labels, sums=sums, who=who, problem=problem,
        days=unmerges.LIFE.days,
    )  # fmt: skip
    return page, 422 if problem else 200


def _found(db: Session, who: str) -> list[Person]:
    return people.find(db, who, g.staff.team_id)


def _typed(name: str, longest: int = 80) -> str:
    return " ".join(request.form.get(name, "").split())[:longest]


def _number(name: str) -> int | None:
    value = request.form.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else None
