"""A worker's own phone, linked to their account: from it they book people in by text (bot/programme/staff_line.py)."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template, request, url_for

from bot.console.lookups import database
from bot.console.routing import Pages
from bot.conversations import staff_phones

pages = Pages("my_phone", __name__)


@pages.page("/my-phone", permission="book_people")
def show():
    """Whether a phone is linked, and how one books from it."""
    with database().read() as db:
        linked, newest = staff_phones.of(db, g.staff.id), staff_phones.newest_code(db, g.staff.id)
    return render_template("my_phone.html", linked=linked, newest=newest, minutes=_minutes())


@pages.page("/my-phone", permission="book_people", methods=["POST"])
def changed():
    """A one-time code, shown this once; or no phone any more."""
    if request.form.get("do") == "unlink":
        with database().write() as db:
            ended = staff_phones.end_all(db, g.staff.id, by_staff=g.staff.id, why="owner")
        flash("Your phone is not linked any more." if ended else "No phone was linked.", "done")
        return redirect(url_for("my_phone.show"), 303)
    with database().write() as db:
        code = staff_phones.make_code(db, g.staff.id)
    sender = current_app.extensions["wellbeing"].settings.sms_from
    number = sender if sender.lstrip("+").isdecimal() else ""  # not the name of a sender, or the id of a service
    return render_template("my_phone_code.html", code=code, minutes=_minutes(), number=number)


def _minutes() -> int:
    return int(staff_phones.LIFE.total_seconds() // 60)
