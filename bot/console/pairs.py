"""Two people at a time: keeping two apart, and making two records of one person one. For coordinators."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for

from bot.console import accounts
from bot.console.lookups import database, person_or_404
from bot.console.routing import Pages
from bot.console.words import moment
from bot.models import KeepApart, Person
from bot.programme import apart, merges, people

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
        pair = db.get(KeepApart, _number("pair") or 0)
        if pair is not None and person_id in (pair.one_id, pair.other_id):
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
            merges.merge(db, person_id, other, by_staff=g.staff.id)
    except merges.Wrong as problem:
        return _both(person_id, other, who, str(problem))
    except LookupError:
        return _merge(person_id, who, "Choose somebody.")
    flash("The two records are one.", "done")
    return redirect(url_for("people.person", person_id=person_id), 303)


def _apart(person_id: int, who: str = "", problem: str = ""):
    with database().write() as db:
        person = person_or_404(db, person_id)
        pairs = apart.of(db, person_id)
        others = {other: db.get(Person, other) for _, other in pairs}
        found = [p for p in people.find(db, who) if p.id != person_id and p.id not in others] if who else []
        labels = people.labels(db, [person, *others.values(), *found])
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
        found = [p for p in people.find(db, who) if p.id != person_id] if who else []
        labels = people.labels(db, [person, *found])
        people.viewed(db, g.staff.id, labels, "merge")
        log = merges.log(db, person_id)
        names = accounts.names(db, [row.merged_by for row in log])
    page = render_template(
        "merge.html", person=person, labels=labels, found=[p.id for p in found], who=who, log=log, names=names,
        problem=problem,
    )  # fmt: skip
    return page, 422 if problem else 200


def _both(person_id: int, other_id: int, who: str, problem: str = ""):
    with database().write() as db:
        person = person_or_404(db, person_id)
        try:
            other = people.there(db, other_id)
        except LookupError:
            other = None
        if other is not None:
            labels = people.labels(db, [person, other])
            people.viewed(db, g.staff.id, labels, "merge")
            sums = {p.id: merges.sums(db, p) for p in (person, other)}
    if other is None:
        return _merge(person_id, who, "Choose somebody.")
    page = render_template(
        "merge_check.html", person=person, other=other, labels=labels, sums=sums, who=who, problem=problem
    )  # fmt: skip
    return page, 422 if problem else 200


def _typed(name: str, longest: int = 80) -> str:
    return " ".join(request.form.get(name, "").split())[:longest]


def _number(name: str) -> int | None:
    value = request.form.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else None
