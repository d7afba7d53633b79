"""The rota of duty: who is alarmed of danger and how, and the test that shows that alarms arrive."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from flask import abort, current_app, flash, g, redirect, render_template, request, url_for

from bot import clock, phone
from bot.console import accounts, words
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.conversations import access, duty
from bot.models import Duty, Staff

pages = Pages("duty", __name__)
FIELDS = ("staff", "day", "starts", "ends", "rung", "channel", "address")


@pages.page("/duty", permission="read_conversations")
def rota():
    """Who is on now and who comes on; whoever is on types the code of their test alarm here."""
    return _page({"rung": "1", "channel": "sms", "day": f"{clock.today():%Y-%m-%d}"}, {})


@pages.page("/duty", permission="set_duty", methods=["POST"])
def added():
    """Another duty."""
    form = {name: request.form.get(name, "").strip()[:40] for name in FIELDS}
    with database().write() as db:
        problems = {}
        staff = next((s for s in _able(db) if str(s.id) == form["staff"]), None)
        if staff is None:
            problems["staff"] = "Choose who is on duty."
        starts_at, ends_at = _span(form)
        if starts_at is None:
            problems["day"] = "Enter a day like 2026-12-08 and times like 17:00."
        elif ends_at <= clock.now():
            problems["day"] = "A duty cannot be over already."
        if form["channel"] not in duty.CHANNELS:
            problems["channel"] = "Choose how they are alarmed."
        else:
            try:
                duty.normalised(form["channel"], form["address"])
            except ValueError as problem:
                problems["address"] = str(problem)
        if not problems:
            try:
                duty.add(
                    db, staff_id=staff.id, starts_at=starts_at, ends_at=ends_at, by_staff=g.staff.id,
                    rung=int(form["rung"]) if form["rung"].isdecimal() else 0,
                    channel=form["channel"], address=form["address"],
                )  # fmt: skip
            except ValueError as problem:
                problems["rung" if "ladder" in str(problem) else "day"] = str(problem)
    if problems:
        return _page(form, problems), 422
    flash("On the rota. A test alarm goes out ten minutes before it begins.", "done")
    return redirect(url_for("duty.rota"), 303)


@pages.page("/duty/<int:duty_id>/remove", permission="set_duty", methods=["POST"])
def removed(duty_id: int):
    """Off the rota."""
    with database().write() as db:
        duty.remove(db, _found(db, duty_id), clock.now(), by_staff=g.staff.id)
    flash("Off the rota.", "done")
    return redirect(url_for("duty.rota"), 303)


@pages.page("/duty/<int:duty_id>/test", permission="read_conversations", methods=["POST"])
def test(duty_id: int):
    """The test alarm once more: for whoever is on duty, or keeps the rota."""
    with database().write() as db:
        found = _found(db, duty_id)
        if found.staff_id != g.staff.id and not access.may(g.staff, "set_duty"):
            flash("Only they or a coordinator can ask for another test.", "problem")
        elif found.starts_at > clock.now() + duty.TEST_BEFORE:
            flash("The test goes out ten minutes before the duty begins.", "problem")
        else:
            duty.send_test(db, found, clock.now())
            flash("A new test alarm is on its way.", "done")
    return redirect(url_for("duty.rota"), 303)


@pages.page("/duty/<int:duty_id>/confirm", permission="read_conversations", methods=["POST"])
def confirmed(duty_id: int):
    """The code of the test alarm: only now are people told that somebody is on call."""
    with database().write() as db:
        right = duty.confirm(db, _found(db, duty_id), g.staff, request.form.get("code", ""), clock.now())
    if right:
        flash("Alarms reach you. You count as on duty.", "done")
    else:
        flash("That is not the code of your test alarm. Look at the newest one, or ask for another.", "problem")
    return redirect(url_for("duty.rota"), 303)


def _page(form: dict, problems: dict):
    now, runtime = clock.now(), current_app.extensions["wellbeing"]
    with database().read() as db:
        rows = duty.coming(db, now)
        names = accounts.names(db, [row.staff_id for row in rows])
        able, covered = _able(db), duty.covered(db, now)
        lost = duty.lost(db, [row.id for row in rows])
    mine = next((r for r in rows if r.staff_id == g.staff.id and r.test_sent_at and not r.tested_at), None)
    return render_template(
        "duty.html",
        rows=[
            (row, names.get(row.staff_id, "?"), phone.masked(row.address), _state(row, now, row.id in lost))
            for row in rows
        ],
        covered=covered, mine=mine, demo=runtime.settings.demo, form=form, problems=problems,
        able={s.id: s.name for s in able}, channels={c: words.CHANNEL[c] for c in duty.CHANNELS},
        rungs={str(n): str(n) for n in range(1, duty.LOWEST + 1)}, now=now, before=duty.TEST_BEFORE,
    )  # fmt: skip


def _state(row: Duty, now: datetime, lost: bool) -> str:
    if lost:
        return "The last text to them did not arrive. They do not count as on: look at the number, and test again"
    if row.tested_at is not None:
        return "On: alarms reach them" if row.starts_at <= now else "Test came back"
    if row.test_sent_at is not None:
        return "Test alarm sent, not come back. They do not count as on"
    return "No test alarm yet. They do not count as on" if row.starts_at <= now else "Not begun"


def _able(db) -> list[Staff]:
    """Who may be on duty: whoever can open what the alarm is about."""
    query = sa.select(Staff).where(Staff.active).order_by(Staff.name)
    return [s for s in db.execute(query).scalars() if access.may(s, "reply")]


def _span(form: dict) -> tuple[datetime, datetime] | tuple[None, None]:
    """From when till when; an end before the start is on the next day."""
    try:
        day = date.fromisoformat(form["day"])
        starts, ends = time.fromisoformat(form["starts"]), time.fromisoformat(form["ends"])
    except ValueError:
        return None, None
    return clock.from_london(day, starts), clock.from_london(day + timedelta(days=ends <= starts), ends)


def _found(db, duty_id: int) -> Duty:
    found = db.get(Duty, duty_id)
    if found is None or found.removed_at is not None:
        abort(404)
    return found
