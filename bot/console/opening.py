"""Office hours and quiet hours: what counts, where it comes from, and other ones. An administrator sets them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from bot import audit, clock
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.conversations import hours, limits
from bot.models import Fact, Staff
from bot.programme import facts

pages = Pages("opening", __name__)

DAYS = dict(zip(hours.DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
                strict=True))  # fmt: skip
#: The fields of each of the two.
FIELDS = {hours.OFFICE_HOURS: ("first", "last", "opens", "closes"), limits.QUIET_HOURS: ("from", "to")}


@dataclass(frozen=True)
class Setting:
    """One of the two as it is now. `by` and `since`: who set it in the console; None while the settings' counts."""

    text: str
    default: str
    by: str | None
    since: datetime | None


@pages.page("/office-hours", permission="set_hours")
def show():
    """Both as they are now, and where each comes from."""
    return _page({}, {})


@pages.page("/office-hours", permission="set_hours", methods=["POST"])
def save():
    """Set one of them, or go back to what the settings have."""
    key = request.form.get("key", "")
    if key not in FIELDS:
        return redirect(url_for("opening.show"), 303)
    typed = {name: request.form.get(name, "").strip()[:9] for name in FIELDS[key]}
    back = request.form.get("do") == "back"
    text = None if back else _text(key, typed)
    if text is not None and (problem := _problem(key, text)):
        return _page(typed, {key: problem}), 422
    with database().write() as db:
        changed = (facts.get(db, key) or None) != text
        if changed:
            facts.set(db, key, text, g.staff.id)
            audit.record(db, audit.staff(g.staff.id), "hours.set", f"fact:{key}", key=key, value=text or "")
    flash("Saved. It counts everywhere within half a minute." if changed else "Nothing was changed.", "done")
    return redirect(url_for("opening.show"), 303)


def _text(key: str, typed: dict[str, str]) -> str:
    """What was typed as the settings would have it: "Mon-Fri 09:00-17:00", "20:00-09:00"."""
    if key == limits.QUIET_HOURS:
        return f"{typed['from']}-{typed['to']}"
    return f"{typed['first'].capitalize()}-{typed['last'].capitalize()} {typed['opens']}-{typed['closes']}"


def _problem(key: str, text: str) -> str | None:
    try:
        hours.parse(text) if key == hours.OFFICE_HOURS else limits.parse(text, 1)
    except ValueError:
        if key == limits.QUIET_HOURS:
            return "Enter two different times, like 20:00 and 09:00."
        return "Choose two days, and enter times like 09:00 and 17:00, the first before the second."
    return None


def _page(typed: dict[str, str], problems: dict[str, str]) -> str:
    settings = current_app.extensions["wellbeing"].settings
    with database().read() as db:
        office = _setting(db, hours.OFFICE_HOURS, settings.office_hours)
        quiet = _setting(db, limits.QUIET_HOURS, settings.quiet_hours)
        when = hours.office(db, settings.office_hours).when_words(clock.now())
    return render_template(
        "office_hours.html", office=office, quiet=quiet, days=DAYS, when=when, problems=problems,
        form=_parts(office.text, quiet.text) | typed,
    )  # fmt: skip


def _setting(db: Session, key: str, default: str) -> Setting:
    fact = db.get(Fact, key)
    if fact is None:
        return Setting(default, default, None, None)
    by = db.get(Staff, fact.set_by) if fact.set_by else None
    return Setting(fact.value, default, by.name if by else "Somebody", fact.set_at)


def _parts(office: str, quiet: str) -> dict[str, str]:
    """The fields as they are now."""
    days, _, times = office.strip().partition(" ")
    first, _, last = days.partition("-")
    opens, _, closes = times.replace(" ", "").partition("-")
    begins, _, ends = quiet.replace(" ", "").partition("-")
    return {
        "first": first.strip()[:3].lower(), "last": last.strip()[:3].lower(), "opens": opens.zfill(5),
        "closes": closes.zfill(5), "from": begins.zfill(5), "to": ends.zfill(5),
    }  # fmt: skip
