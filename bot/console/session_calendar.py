"""The month of sessions: what is on which day, how full it is, what was called off."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from flask import redirect, render_template, request, url_for

from bot import clock
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.console.sessions import Row, rows_of
from bot.models import ProgrammeSession

pages = Pages("calendar", __name__)


@pages.page("/sessions/calendar", permission="book_people")
def month():
    """A month in weeks, Monday first, with the days of the months before and after that fill them."""
    first = _first(request.args.get("month") or f"{clock.today():%Y-%m}")
    if first is None:
        return redirect(url_for("calendar.month"), 303)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    start, end = clock.start_of_day(weeks[0][0]), clock.start_of_day(weeks[-1][-1] + timedelta(days=1))
    with database().read() as db:
        found = rows_of(db, ProgrammeSession.starts_at >= start, ProgrammeSession.starts_at < end)
    by_day: dict[date, list[Row]] = {}
    for row in found:
        by_day.setdefault(clock.london(row.session.starts_at).date(), []).append(row)
    return render_template(
        "session_calendar.html", first=first, weeks=weeks, by_day=by_day, today=clock.today(), now=clock.now(),
        before=first - timedelta(days=1), after=first + timedelta(days=31), weekdays=list(calendar.day_name),
    )  # fmt: skip


def _first(text: str) -> date | None:
    """The first day of "2026-12"; None for what is no month that sessions are planned in."""
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return day if 2000 < day.year < 2100 else None
