"""The form of a session: a new one, one put right, and the same one week after week."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from bot import clock, wording
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.models import ProgrammeSession, Squad, Topic
from bot.programme import plans, sessions, squads
from bot.programme.refusals import Refused

pages = Pages("planning", __name__)

REFUSED = {
    "gone": "There is no such session any more.",
    "started": "The session has begun, so it cannot be changed.",
    "cancelled": "The session is off.",
}
#: Field → the longest it may be. The first group is asked of a new session alone.
WHEN_AND_WHERE = {"day": 10, "starts": 5, "ends": 5, "place": 80, "area": 40, "address": 120, "weeks": 2}
THE_REST = {
    "topic": 32, "title": 60, "provider": 80, "directions": 160, "places": 3, "audience": 8, "private": 3,
    "squad": 9,
    "opens": 10, "closes": 10, "credit": 4,
}  # fmt: skip
AUDIENCE = {"everyone": "Everyone", "women": "Women", "men": "Men"}
_BLANK = {"places": "12", "audience": "everyone", "weeks": "1"}


@pages.page("/sessions/new", permission="run_sessions")
def new():
    """The empty form."""
    return _page("session_new.html", _BLANK, {})


@pages.page("/sessions/new", permission="run_sessions", methods=["POST"])
def created():
    """A new session, and its repeats if there are to be any."""
    form = _form(WHEN_AND_WHERE | THE_REST)
    values, problems = _values(form)
    day, starts, ends = (
        _parsed(_day, form["day"]), _parsed(time.fromisoformat, form["starts"]),
        _parsed(time.fromisoformat, form["ends"]),
    )  # fmt: skip
    for name, value, sentence in (
        ("day", day, "Enter a day like 2026-12-08."), ("starts", starts, "Enter a time like 14:00."),
        ("ends", ends, "Enter a time like 15:30."), ("place", form["place"], "Enter the place."),
        ("area", form["area"], "Enter the area."),
    ):  # fmt: skip
        if not value:
            problems[name] = sentence
    weeks = _whole(form["weeks"] or "1")
    if weeks is None or not 1 <= weeks <= plans.MOST_WEEKS + 1:
        problems["weeks"] = f"Enter a number from 1 to {plans.MOST_WEEKS + 1}."
    for name in ("title", "place", "area"):
        if form[name] and (wrong := wording.problems(form[name], budget=THE_REST.get(name, 80))):
            problems[name] = f"People read this on a phone: {wrong[0]}."
    if not problems:
        starts_at, ends_at = clock.from_london(day, starts), clock.from_london(day, ends)
        if ends_at <= starts_at:
            problems["ends"] = "A session must end after it starts."
        elif starts_at <= clock.now():
            problems["day"] = "A session cannot be in the past."
        else:
            try:
                plans.check(
                    starts_at=starts_at, ends_at=ends_at,
                    **{k: values[k] for k in ("audience", "book_from", "book_until", "credit_minutes")},
                )  # fmt: skip
            except ValueError as problem:
                problems["closes" if "Booking" in str(problem) else "credit"] = str(problem)
    if problems:
        return _page("session_new.html", form, problems), 422
    with database().write() as db:
        made = sessions.create(
            db, topic=values.pop("topic_slug"), place=form["place"], area=form["area"], address=form["address"] or None,
            starts_at=starts_at, ends_at=ends_at, by_staff=g.staff.id, **values, places=int(form["places"]),
        )  # fmt: skip
        more = plans.repeat(db, made.id, weeks - 1, by_staff=g.staff.id) if weeks > 1 else []
    flash(f"Made, with {len(more)} more in the weeks after." if more else "Made. People can book it.", "done")
    return redirect(url_for("bookings.session", session_id=made.id), 303)


@pages.page("/sessions/<int:session_id>/edit", permission="run_sessions")
def edit(session_id: int):
    """What may be put right without anybody being told."""
    with database().read() as db:
        row = _changeable(db, session_id)
    return _page("session_edit.html", _of(row), {}, row)


@pages.page("/sessions/<int:session_id>/edit", permission="run_sessions", methods=["POST"])
def edited(session_id: int):
    """Put it right; more places go to those who wait."""
    form = _form(THE_REST)
    values, problems = _values(form)
    if form["title"] and (wrong := wording.problems(form["title"], budget=THE_REST["title"])):
        problems["title"] = f"People read this on a phone: {wrong[0]}."
    if not problems:
        try:
            with database().write() as db:
                plans.edit(db, session_id, by_staff=g.staff.id, **values)
                offered = sessions.set_places(db, session_id, int(form["places"]), by_staff=g.staff.id)
        except Refused as refused:
            flash(REFUSED[refused.code], "problem")
            return redirect(url_for("sessions.upcoming"), 303)
        except ValueError as problem:
            about = {"More": "places", "Booking": "closes", "A": "credit"}.get(str(problem).split()[0], "title")
            problems[about] = str(problem)
        else:
            told = {0: "", 1: " One person who waits is offered a place."}
            flash("Saved." + told.get(offered, f" {offered} people who wait are offered a place."), "done")
            return redirect(url_for("bookings.session", session_id=session_id), 303)
    with database().read() as db:
        row = _changeable(db, session_id)
    return _page("session_edit.html", form, problems, row), 422


@pages.page("/sessions/<int:session_id>/repeat", permission="run_sessions", methods=["POST"])
def repeated(session_id: int):
    """The same session in each of the next weeks."""
    weeks = _whole(request.form.get("weeks", "")) or 0
    try:
        with database().write() as db:
            made = plans.repeat(db, session_id, weeks, by_staff=g.staff.id)
        flash(f"{len(made)} made. A week that had it already was left as it is.", "done")
    except Refused as refused:
        flash(REFUSED[refused.code], "problem")
        return redirect(url_for("sessions.upcoming"), 303)
    except ValueError as problem:
        flash(str(problem), "problem")
    return redirect(url_for("bookings.session", session_id=session_id), 303)


def _page(template: str, form: dict, problems: dict, row: ProgrammeSession | None = None):
    with database().read() as db:
        topics = {t.slug: t.name for t in db.execute(sa.select(Topic).order_by(Topic.position)).scalars()}
        known = {s.id: s.name for s in squads.everyone(db) if s.active or str(s.id) == form.get("squad")}
    return render_template(
        template, form=form, problems=problems, topics=topics, audiences=AUDIENCE, session=row, longest=THE_REST,
        squads=known, most=plans.MOST_WEEKS + 1,
    )  # fmt: skip


def _form(limits: dict[str, int]) -> dict[str, str]:
    typed = {name: " ".join(request.form.get(name, "").split())[:limit] for name, limit in limits.items()}
    return {name: wording.to_gsm(text) for name, text in typed.items()}


def _values(form: dict[str, str]) -> tuple[dict[str, object], dict[str, str]]:
    """What the form says about everything but time and place, as the model has it; and what is wrong, by field."""
    problems: dict[str, str] = {}
    with database().read() as db:
        topic = db.get(Topic, form["topic"])
        squad = db.get(Squad, int(form["squad"])) if form["squad"].isdecimal() else None
    if form["squad"] and squad is None:
        problems["squad"] = "Choose a squad, or none."
    if topic is None:
        problems["topic"] = "Choose a topic."
    if not form["title"]:
        problems["title"] = "Enter a title."
    if form["audience"] not in AUDIENCE:
        problems["audience"] = "Choose whom it is for."
    places = _whole(form["places"])
    if places is None:
        problems["places"] = "Enter how many can come, as a number."
    credit = _whole(form["credit"]) if form["credit"] else None
    if form["credit"] and credit is None:
        problems["credit"] = "Enter minutes as a number, or leave it empty."
    days = {}
    for name in ("opens", "closes"):
        days[name] = _parsed(_day, form[name]) if form[name] else None
        if form[name] and days[name] is None:
            problems[name] = "Enter a day like 2026-12-08, or leave it empty."
    values = {
        "topic_slug": form["topic"],
        "title": form["title"],
        "provider": form["provider"] or None,
        "directions": form["directions"] or None,
        "audience": form["audience"],
        "private": bool(form["private"]),
        "squad_id": squad.id if squad is not None else None,
        "book_from": clock.start_of_day(days["opens"]) if days["opens"] else None,
        "book_until": clock.start_of_day(days["closes"] + timedelta(days=1)) if days["closes"] else None,
        "credit_minutes": credit,
    }
    return values, problems


def _of(row: ProgrammeSession) -> dict[str, str]:
    """A session as the form shows it."""
    until: datetime | None = row.book_until - timedelta(seconds=1) if row.book_until else None
    return {
        "topic": row.topic_slug, "title": row.title, "provider": row.provider or "", "directions": row.directions or "",
        "places": str(row.places), "audience": row.audience, "private": "yes" if row.private else "",
        "squad": str(row.squad_id or ""),
        "opens": f"{clock.london(row.book_from):%Y-%m-%d}" if row.book_from else "",
        "closes": f"{clock.london(until):%Y-%m-%d}" if until else "",
        "credit": "" if row.credit_minutes is None else str(row.credit_minutes),
    }  # fmt: skip


def _changeable(db: Session, session_id: int) -> ProgrammeSession:
    row = db.get(ProgrammeSession, session_id)
    if row is None or row.status != "scheduled" or row.starts_at <= clock.now():
        abort(404)
    return row


def _day(text: str) -> date:
    """A day of this century: others are slips, and beyond some of them there is no next day."""
    day = date.fromisoformat(text)
    if not 2000 <= day.year < 2100:
        raise ValueError("not of this century")
    return day


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 5 else None


def _parsed(parse, text: str):
    try:
        return parse(text)
    except ValueError:
        return None
