"""Squads: who supervises them; and, for a supervisor's phone, who of the squad is away and when."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa
from flask import abort, current_app, flash, g, redirect, render_template, request, url_for

from bot import clock
from bot.console import auth, devices
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.models import Staff
from bot.programme import marks, people, squads

pages = Pages("squads", __name__)
#: How many days back and ahead a supervisor sees.
BACK, AHEAD = 14, 14


@pages.page("/squad", permission="see_attendance")
def mine():
    """Who is away at a wellbeing session and when, today first; who came lately, and what time was approved.

    What a session is about stands there only where the whole squad goes.
    """
    today = clock.today()
    start, end = (clock.start_of_day(today + timedelta(days=days)) for days in (-BACK, AHEAD + 1))
    with database().write() as db:
        found = squads.of(db, g.staff.id)
        rows = squads.away(db, [squad.id for squad in found], start, end)
        all_go = squads.together(db, [squad.id for squad in found], clock.start_of_day(today), end)
        people.viewed(db, g.staff.id, [row.person_id for row in rows], "squad")
    now = clock.now()
    return render_template(
        "squad.html",
        squads={squad.id: squad.name for squad in found},
        together=[session for session in all_go if session.ends_at > now],
        days=_days(row for row in rows if row.ends_at > now),
        before=_days(row for row in reversed(rows) if row.ends_at <= now),
        today=today, back=BACK, ahead=AHEAD, now=now, words=marks.WORDS,
        fresh=lambda: secrets.token_hex(8),  # a mark of its own for each form, so that sending it twice does no harm
    )  # fmt: skip


@pages.page("/squad/phone", permission="see_attendance")
def phone():
    """Have this phone remembered, so that a short PIN opens the page of the squad; or have every phone forgotten."""
    return _phone("")


@pages.page("/squad/phone", permission="see_attendance", methods=["POST"])
def phone_submitted():
    """Remember this phone with the PIN that was chosen, or forget all of them."""
    answer = redirect(url_for("squads.mine"), 303)
    if request.form.get("do") == "forget":
        with database().write() as db:
            number = devices.end_all(db, g.staff.id, g.staff.id)
        flash("Forgotten. Sign in with your password from now on." if number else "No phone was remembered.", "done")
        answer.delete_cookie(auth.device_cookie(), secure=_secure(), httponly=True, samesite="Strict")
        return answer
    pin = request.form.get("pin", "").strip()
    if (problem := devices.problem(pin, request.form.get("again", "").strip())) is not None:
        return _phone(problem)
    hashed = current_app.extensions["passwords"].hash_pin(pin)
    with database().write() as db:
        token = devices.remember(db, g.staff.id, hashed)
    answer.set_cookie(
        auth.device_cookie(), token, max_age=devices.LIFE, secure=_secure(), httponly=True, samesite="Strict"
    )  # fmt: skip
    flash(f"This phone is remembered for {devices.LIFE.days} days.", "done")
    return answer


def _phone(problem: str):
    page = render_template("squad_phone.html", problem=problem, days=devices.LIFE.days, digits=devices.DIGITS)
    return page, 422 if problem else 200


def _secure() -> bool:
    return current_app.session_interface.get_cookie_secure(current_app)


@pages.page("/squads", permission="run_squads")
def every():
    """Every squad and who supervises it. Names nobody who is in one."""
    return _page()


@pages.page("/squads", permission="run_squads", methods=["POST"])
def added():
    """Another squad."""
    name = request.form.get("name", "")
    try:
        with database().write() as db:
            squads.add(db, name, by_staff=g.staff.id)
    except ValueError as problem:
        return _page(name[: squads.NAME], str(problem)), 422
    flash("Added.", "done")
    return redirect(url_for("squads.every"), 303)


@pages.page("/squads/<int:squad_id>", permission="run_squads", methods=["POST"])
def changed(squad_id: int):
    """Other supervisors, or out of use, or in use again."""
    does = request.form.get("do", "")
    ids = [int(i) for i in request.form.getlist("supervisor") if i.isdecimal() and len(i) < 10]
    try:
        with database().write() as db:
            squads.change(
                db, squad_id, by_staff=g.staff.id, staff_ids=ids if does == "supervisors" else None,
                active={"off": False, "on": True}.get(does),
            )  # fmt: skip
    except LookupError:
        abort(404)
    flash("Saved.", "done")
    return redirect(url_for("squads.every"), 303)


def _days(rows) -> dict:
    """Rows by their London day, in the order in which they come."""
    found: dict = {}
    for row in rows:
        found.setdefault(clock.london(row.starts_at).date(), []).append(row)
    return found


def _page(name: str = "", problem: str = ""):
    query = sa.select(Staff).where(Staff.role == "supervisor", Staff.active).order_by(Staff.name)
    with database().read() as db:
        return render_template(
            "squads.html", squads=squads.everyone(db), supervisors=squads.supervisors(db),
            staff_=list(db.execute(query).scalars()), name=name, problem=problem,
        )  # fmt: skip
