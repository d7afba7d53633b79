"""Upcoming sessions with their bookings, and calling one off or moving it, always by way of a page that asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from bot import clock
from bot.console import words
from bot.console.routing import Pages
from bot.db import lock
from bot.models import Booking, ProgrammeSession
from bot.programme import notices, sessions
from bot.programme.refusals import Refused

pages = Pages("sessions", __name__)

_REFUSED = {
    "gone": "There is no such session any more.",
    "started": "The session has begun, so it cannot be changed.",
    "cancelled": "The session is off already, so it cannot be moved.",
}


@dataclass(frozen=True)
class Row:
    """A session with how many have (or had) a place, are offered one, and wait."""

    session: ProgrammeSession
    booked: int
    offered: int
    waiting: int


@dataclass(frozen=True)
class Told:
    """How many people a change is texted to, and how many there is no way to text."""

    reachable: int
    unreachable: int


@pages.page("/sessions", permission="book_people")
def upcoming():
    """Every session that has not begun, private and cancelled ones included."""
    with current_app.extensions["wellbeing"].database.read() as db:
        return render_template("sessions.html", rows=rows_of(db, ProgrammeSession.starts_at > clock.now()))


@pages.page("/sessions/<int:session_id>/cancel", permission="run_sessions")
def cancel(session_id: int):
    """Ask before calling a session off."""
    with current_app.extensions["wellbeing"].database.read() as db:
        session, told = _session(db, session_id), _told(db, session_id)
    return render_template("session_cancel.html", session=session, told=told)


@pages.page("/sessions/<int:session_id>/cancel", permission="run_sessions", methods=["POST"])
def cancel_confirmed(session_id: int):
    """Call a session off and text those who were coming."""
    reason = " ".join(request.form.get("reason", "").split())[:300] or None
    try:
        with current_app.extensions["wellbeing"].database.write() as db:
            before = lock(db, ProgrammeSession, session_id)
            off_already = before is not None and before.status == "cancelled"
            told = sessions.cancel(db, session_id, by_staff=g.staff.id, reason=reason)
        if off_already:  # a double click: not "nobody will be told"
            flash("The session is off. Those who were coming have been told.")
        else:
            flash(f"The session is off. {words.people(told).capitalize()} will be told by text.")
    except Refused as refused:
        flash(_REFUSED[refused.code], "problem")
    return redirect(url_for("sessions.upcoming"), 303)


@pages.page("/sessions/<int:session_id>/move", permission="run_sessions")
def move(session_id: int):
    """The form for a new time and place."""
    with current_app.extensions["wellbeing"].database.read() as db:
        session = _session(db, session_id)
    start, end = clock.london(session.starts_at), clock.london(session.ends_at)
    form = {"day": f"{start:%Y-%m-%d}", "starts": f"{start:%H:%M}", "ends": f"{end:%H:%M}"}
    form |= {"place": session.place, "address": session.address or "", "directions": session.directions or ""}
    return render_template("session_move.html", session=session, form=form | {"area": session.area}, problems={})


@pages.page("/sessions/<int:session_id>/move", permission="run_sessions", methods=["POST"])
def move_submitted(session_id: int):
    """Check the new time and place; ask, saying how many will be told; and, when confirmed, move and tell."""
    limits = {"day": 10, "starts": 5, "ends": 5, "place": 80, "address": 120, "area": 40, "directions": 160}
    form = {name: " ".join(request.form.get(name, "").split())[:limit] for name, limit in limits.items()}
    with current_app.extensions["wellbeing"].database.read() as db:
        session, told = _session(db, session_id), _told(db, session_id)
    problems, starts_at, ends_at = _checked(form)
    if problems or request.form.get("do") == "change":
        status = 422 if problems else 200
        return render_template("session_move.html", session=session, form=form, problems=problems), status
    if request.form.get("do") != "confirm":
        return render_template(
            "session_move_check.html", session=session, form=form, told=told, starts_at=starts_at, ends_at=ends_at
        )
    elsewhere = {name: form[name] or None for name in ("place", "address", "area", "directions")}
    try:
        with current_app.extensions["wellbeing"].database.write() as db:
            number = sessions.move(
                db, session_id, by_staff=g.staff.id, starts_at=starts_at, ends_at=ends_at, **elsewhere
            )
        flash(f"The session has moved. {words.people(number).capitalize()} will be told by text.")
    except Refused as refused:
        flash(_REFUSED[refused.code], "problem")
    return redirect(url_for("sessions.upcoming"), 303)


def _checked(form: dict[str, str]) -> tuple[dict[str, str], datetime | None, datetime | None]:
    """What is wrong with the form, by field; and the times in it when nothing is."""
    problems: dict[str, str] = {}
    day = _parsed(date.fromisoformat, form["day"])
    starts, ends = _parsed(time.fromisoformat, form["starts"]), _parsed(time.fromisoformat, form["ends"])
    if day is None:
        problems["day"] = "Enter a day like 2026-12-08."
    if starts is None:
        problems["starts"] = "Enter a time like 14:00."
    if ends is None:
        problems["ends"] = "Enter a time like 15:30."
    for name in ("place", "area"):
        if not form[name]:
            problems[name] = f"Enter the {name}."
    if problems:
        return problems, None, None
    starts_at, ends_at = clock.from_london(day, starts), clock.from_london(day, ends)
    if ends_at <= starts_at:
        problems["ends"] = "A session must end after it starts."
    if starts_at <= clock.now():
        problems["day"] = "A session cannot be moved into the past."
    return problems, starts_at, ends_at


def _parsed(parse, text: str):
    try:
        return parse(text)
    except ValueError:
        return None


def _session(db: Session, session_id: int) -> ProgrammeSession:
    """The session, while something can still be changed about it; 404 otherwise."""
    found = db.get(ProgrammeSession, session_id)
    if found is None or found.status != "scheduled" or found.starts_at <= clock.now():
        abort(404)
    db.expunge(found)  # it outlives the transaction that read it
    return found


def _told(db: Session, session_id: int) -> Told:
    query = sa.select(Booking).where(
        Booking.session_id == session_id, Booking.status.in_(("booked", "offered", "waiting"))
    )
    found = list(db.execute(query).scalars())
    reached = len(notices.textable(db, found))
    return Told(reached, len(found) - reached)


def rows_of(db: Session, *conditions) -> list[Row]:
    """The sessions that fit, in order of time, each with how many have a place, are offered one, and wait."""
    query = sa.select(ProgrammeSession).where(*conditions)
    found = list(db.execute(query.order_by(ProgrammeSession.starts_at, ProgrammeSession.id)).scalars())
    counts = {
        (session_id, status): number
        for session_id, status, number in db.execute(
            sa.select(Booking.session_id, Booking.status, sa.func.count())
            .where(Booking.session_id.in_([s.id for s in found]))
            .group_by(Booking.session_id, Booking.status)
        )
    }
    return [
        Row(
            s, counts.get((s.id, "booked"), 0) + counts.get((s.id, "attended"), 0) + counts.get((s.id, "missed"), 0),
            *(counts.get((s.id, status), 0) for status in ("offered", "waiting")),
        )
        for s in found
    ]  # fmt: skip
