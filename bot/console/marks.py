"""A supervisor's marks: from a form, or from the script that keeps them while there is no signal (static/marks.js)."""

from __future__ import annotations

import secrets

from flask import flash, g, jsonify, redirect, render_template, request, url_for

from bot.console import words
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.models import Booking, Person
from bot.programme import marks, people

pages = Pages("marks", __name__)

#: What is said of a mark that was not kept.
_NOT_KEPT = {
    "decided": "Not changed: the hours are approved already. Ask a coordinator.",
    "refused": "Not kept: this can no longer be marked here.",
}


@pages.page("/squad/marks", permission="mark_squad", methods=["POST"])
def marked():
    """One mark. JSON for the script; else back to the page, or a question when somebody else has said otherwise."""
    form = {name: request.form.get(name, "")[:40] for name in ("booking", "outcome", "token", "seen")}
    number = int(form["booking"]) if form["booking"].isdecimal() and len(form["booking"]) < 10 else 0
    with database().write() as db:
        done = marks.mark(db, g.staff.id, number, form["outcome"], token=form["token"], seen_=form["seen"])
        name = _name(db, number) if done.result == "conflict" else None
    said = _said(done)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(result=done.result, said=said, seen=done.seen, now=_now(done))
    if done.result == "conflict":
        page = render_template(
            "mark_conflict.html", done=done, said=said, name=name, wanted=form["outcome"], words=marks.WORDS,
            token=secrets.token_hex(8),
        )  # fmt: skip
        return page, 409
    flash(said, "problem" if done.result in _NOT_KEPT else "done")
    return redirect(url_for("squads.mine"), 303)


def _said(done: marks.Outcome) -> str:
    if done.result in _NOT_KEPT:
        return _NOT_KEPT[done.result]
    now = _now(done)
    if done.result == "conflict":
        return f"Somebody else marked “{now}”, {words.moment(done.since)}. That stands until you change it."
    return f"Kept: {now.lower()}."


def _now(done: marks.Outcome) -> str:
    """What the register says now, as a supervisor reads it."""
    return marks.WORDS["came" if done.came else "not_there"] if done.came is not None else "Not marked yet"


def _name(db, booking_id: int) -> str | None:
    booking = db.get(Booking, booking_id)
    people.viewed(db, g.staff.id, [booking.person_id], "squad")
    return db.get(Person, booking.person_id).name
