"""Closing somebody's order, always by way of a page that says what it does; and taking that back."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for

from bot import wording
from bot.console import words
from bot.console.lookups import database, person_or_404
from bot.console.routing import Pages
from bot.programme import closing, people

pages = Pages("closings", __name__)
RULE = "/people/<int:person_id>/close"


@pages.page(RULE, permission="approve_hours")
def close(person_id: int):
    """Ask before an order is closed."""
    return _show(person_id, "")


@pages.page(RULE, permission="approve_hours", methods=["POST"])
def close_confirmed(person_id: int):
    """Close it, and say what was done."""
    form = {name: request.form.get(name, "")[:2000] for name in ("outcome", "seen", "tell")}
    try:
        with database().write() as db:
            person_or_404(db, person_id)
            number = closing.close(
                db, person_id, form["outcome"], seen=form["seen"], tell=form["tell"] == "yes", by_staff=g.staff.id
            )
    except closing.Wrong as problem:
        return _show(person_id, str(problem), form["outcome"], form["tell"] == "yes")
    back = f" {words.sentence(_places(number))} given back." if number else ""
    flash(f"The order is closed.{back}", "done")
    return redirect(url_for("people.person", person_id=person_id), 303)


@pages.page(RULE + "/undo", permission="approve_hours", methods=["POST"])
def reopened(person_id: int):
    """It was closed by mistake."""
    try:
        with database().write() as db:
            person_or_404(db, person_id)
            closing.reopen(db, person_id, by_staff=g.staff.id)
        flash("The order is open again. Places that were given back are not booked again.", "done")
    except closing.Wrong as problem:
        flash(str(problem), "problem")
    return redirect(url_for("people.person", person_id=person_id), 303)


def _show(person_id: int, problem: str, outcome: str = "", tell: bool = False):
    with database().write() as db:
        person = person_or_404(db, person_id)
        found = closing.preview(db, person)
        label = people.labels(db, [person])[person_id]
        people.viewed(db, g.staff.id, [person_id], "order_close")
    if found is None:
        flash("There is no open order.", "problem")
        return redirect(url_for("people.person", person_id=person_id), 303)
    page = render_template(
        "order_close.html", person=person, label=label, found=found, outcomes=closing.OUTCOMES, outcome=outcome,
        tell=tell, problem=problem, text=wording.say("session.finished"),
    )  # fmt: skip
    return page, 422 if problem else 200


def _places(number: int) -> str:
    return "1 place is" if number == 1 else f"{number} places are"
