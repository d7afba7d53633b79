"""Texts to many: write, see as a phone gets it with count and cost, and only then send; stop what has not gone out."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time

import sqlalchemy as sa
from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from bot import clock
from bot.console import accounts, replies
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.conversations import limits
from bot.models import Broadcast, ProgrammeSession
from bot.programme import broadcasts, squads

pages = Pages("broadcasts", __name__)


@pages.page("/texts", permission="text_many")
def latest():
    """What was sent to many, and what became of it."""
    with database().read() as db:
        rows = broadcasts.latest(db, g.staff.team_id)
        names = accounts.names(db, [row.broadcast.made_by for row in rows])
        found = _choices(db)
    return render_template("texts.html", rows=rows, names=names, now=clock.now(), **found)


@pages.page("/texts/new", permission="text_many")
def new():
    """The form; with `template` the words to begin with."""
    words = broadcasts.templates().get(request.args.get("template", ""), "")
    return _form({"text": words, "audience": "everyone", "hours": "24"}, {})


@pages.page("/texts/new", permission="text_many", methods=["POST"])
def submitted():
    """Check the words and the audience; show both with count and cost; and, when that was agreed to, send."""
    form = {name: request.form.get(name, "").strip()[:40] for name in ("audience", "of", "day", "at", "hours", "nonce")}
    form["text"] = replies.tidy(request.form.get("text", ""))[:1000]
    kind, _, of = form["audience"].partition(":")
    of_id = int(of) if of.isdecimal() and len(of) < 10 else None
    hours = int(form["hours"]) if form["hours"].isdecimal() and len(form["hours"]) < 4 else 0
    problems = {}
    if not form["text"]:
        problems["text"] = "Write what the text says."
    elif found := broadcasts.problems(form["text"]):
        problems["text"] = f"The words cannot go out: {found[0]}."
    if not broadcasts.LEAST_HOURS <= hours <= broadcasts.MOST_HOURS:
        problems["hours"] = f"Enter {broadcasts.LEAST_HOURS} to {broadcasts.MOST_HOURS} hours."
    send_after = _moment(form["day"], form["at"])
    if send_after is None:
        problems["day"] = "Enter a day and a time from now on and within four weeks, or leave both empty."
    reach = []
    with database().read() as db:
        try:
            reach = broadcasts.audience(db, kind, of_id, team=g.staff.team_id)
        except broadcasts.Wrong as problem:
            problems["audience"] = str(problem)
    if not problems and not reach:
        problems["audience"] = "Nobody would get it: nobody of them has texted us and wants texts."
    if problems or request.form.get("do") == "change":
        return _form(form, problems)
    seen = request.form.get("seen", "")
    if request.form.get("do") != "confirm" or not seen.isdecimal() or not form["nonce"]:
        return _check(form, reach, send_after, hours)
    try:
        with database().write() as db:
            row = broadcasts.send(
                db, nonce=form["nonce"][:32], text=form["text"], kind=kind, of=of_id, seen=int(seen[:9]),
                send_after=_awake(send_after), hours=hours, by_staff=g.staff.id,
            )  # fmt: skip
    except broadcasts.Wrong as problem:
        return _check(form, reach, send_after, hours, str(problem))
    _queue(row.id)
    flash("On its way. Below you see what becomes of it.", "done")
    return redirect(url_for("broadcasts.latest"), 303)


@pages.page("/texts/<int:broadcast_id>", permission="text_many", methods=["POST"])
def changed(broadcast_id: int):
    """Stop what has not gone out; or go on queueing what was cut off."""
    with database().read() as db:
        found = db.get(Broadcast, broadcast_id)
        if found is None or not broadcasts.sees(g.staff.team_id, found):
            abort(404)
    if request.form.get("do") == "stop":
        with database().write() as db:
            number = broadcasts.stop(db, broadcast_id, by_staff=g.staff.id)
        flash(f"Stopped. {number} had not gone out.", "done")
    elif request.form.get("do") == "go on":
        _queue(broadcast_id)
        flash("Queued.", "done")
    return redirect(url_for("broadcasts.latest"), 303)


def _queue(broadcast_id: int) -> None:
    """Fill the outbox, some at a time, so that nobody else's writes wait for all of them."""
    while True:
        with database().write() as db:
            if not broadcasts.queue(db, broadcast_id):
                return


def _form(form: dict, problems: dict):
    with database().read() as db:
        found = _choices(db)
    page = render_template(
        "text_new.html", form=form, problems=problems, templates=broadcasts.templates(),
        end=broadcasts.whole("x").partition("\n")[2], **found,
    )  # fmt: skip
    return page, 422 if problems else 200


def _check(form: dict, reach: list, send_after: datetime, hours: int, problem: str = ""):
    settings = current_app.extensions["wellbeing"].settings
    with database().read() as db:
        bounds = _bounds(db)
        found, begun = _choices(db), limits.today(db, clock.now())
    first = bounds.quiet_until(send_after) or send_after
    cost = broadcasts.cost(reach, form["text"])
    page = render_template(
        "text_check.html", form=form | {"nonce": secrets.token_hex(16)}, problem=problem,
        whole=broadcasts.whole(form["text"]), cost=cost, pounds=cost.pounds(settings.pence_a_segment),
        pence=f"{settings.pence_a_segment:g}", first=first, hours=hours,
        later=first != send_after, quiet=bounds.text, over=begun + len(reach) > settings.texts_a_day,
        a_day=settings.texts_a_day, **found,
    )  # fmt: skip
    return page, 422 if problem else 200


def _choices(db: Session) -> dict:
    """Every audience there is to choose from: key → words."""
    now = clock.now()
    upcoming = sa.select(ProgrammeSession).where(
        ProgrammeSession.starts_at > now, ProgrammeSession.status == "scheduled"
    )
    found = {key: words for key, words in broadcasts.AUDIENCES.items() if key in ("everyone", "idle")}
    found |= {f"squad:{s.id}": f"Squad: {s.name}" for s in squads.everyone(db) if s.active}
    for row in db.execute(upcoming.order_by(ProgrammeSession.starts_at).limit(50)).scalars():
        when = f"{clock.day_words(row.starts_at)} {clock.time_words(row.starts_at)}"
        found[f"session:{row.id}"] = f"Those with a place: {row.title}, {when}"
    return {"audiences": found}


def _awake(moment: datetime) -> datetime:
    """The moment, or the end of the quiet hours that it is in."""
    with database().read() as db:
        return _bounds(db).quiet_until(moment) or moment


def _bounds(db: Session) -> limits.Limits:
    """The quiet hours that count now, and how many texts a day."""
    settings = current_app.extensions["wellbeing"].settings
    return limits.parse(settings.quiet_hours, settings.texts_a_day).by_now(db)


def _moment(day: str, at: str) -> datetime | None:
    """When to send: now when neither is given; None for what is no time of the next four weeks."""
    now = clock.now()
    if not day and not at:
        return now
    try:
        moment = clock.from_london(date.fromisoformat(day), time.fromisoformat(at))
        return moment if 0 <= (moment - now).total_seconds() <= 28 * 86_400 else None
    except (ValueError, OverflowError):
        return None
