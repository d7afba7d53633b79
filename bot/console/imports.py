"""Bringing people in from the case system: look first, then do it."""

from __future__ import annotations

from flask import current_app, g, render_template, request

from bot import audit
from bot.console.routing import Pages
from bot.programme import case_sheets

pages = Pages("imports", __name__)
#: The largest table that is taken in: 5,000 lines have about 500 kB.
LIMIT = 1024 * 1024


@pages.page("/people/import", permission="import_people")
def form():
    """The form to choose a table."""
    return _page()


@pages.page("/people/import", permission="import_people", methods=["POST"])
def submitted():
    """What a table would do; with "do" what it did. The bad lines are told either way."""
    file, does = request.files.get("file"), request.form.get("do") == "do"
    try:
        lines, report = case_sheets.read(file.read(LIMIT + 1).decode("utf-8-sig") if file else "")
    except UnicodeDecodeError:
        return _page("This is not UTF-8. In the spreadsheet, save as CSV UTF-8.")
    except ValueError as problem:
        return _page(str(problem))
    database = current_app.extensions["wellbeing"].database
    if not does:
        with database.read() as db:
            report.take(case_sheets.look(db, lines, team=g.staff.team_id))
    for start in range(0, len(lines) if does else 0, case_sheets.AT_A_TIME):
        with database.write() as db:
            part = lines[start : start + case_sheets.AT_A_TIME]
            done = case_sheets.bring_in(db, part, by_staff=g.staff.id)
            audit.record(
                db, audit.staff(g.staff.id), "people.imported", "people", added=done.added, changed=done.changed
            )
        report.take(done)
    return _page(report=report, done=does)


submitted.body_limit = LIMIT + 64 * 1024


def _page(problem: str = "", report: case_sheets.Report | None = None, done: bool = False):
    page = render_template(
        "people_import.html", problem=problem, report=report, done=done, needed=case_sheets.COLUMNS,
        optional=case_sheets.OPTIONAL, most=case_sheets.MOST,
    )  # fmt: skip
    return page, 422 if problem else 200
