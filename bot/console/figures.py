"""Figures: sums for whoever plans and reports, on a page and as a table to take along. They name nobody."""

from __future__ import annotations

import csv
import io

from flask import abort, current_app, render_template, request

from bot import clock
from bot.console import words
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.conversations import handoffs
from bot.programme import figures
from bot.programme.figures import Quarter

pages = Pages("figures", __name__)
#: How many quarters can be looked at, this one and those before it.
QUARTERS = 12


@pages.page("/figures", permission="see_figures")
def overview():
    """Every table for a quarter, this one unless another is asked for."""
    wanted, known = _quarter()
    return render_template(
        "figures.html", tables=_tables(wanted), fewest=figures.FEWEST, quarters={_code(q): _words(q) for q in known},
        wanted=_code(wanted), said=_words(wanted), over=wanted != known[0],
    )  # fmt: skip


@pages.page("/figures.csv", permission="see_figures")
def table():
    """The same as CSV, one figure a line."""
    wanted, _ = _quarter()
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["quarter", "table", "line", "figure", "value"])
    for found in _tables(wanted):
        for line, row in found.rows.items():
            for column, figure in zip(found.columns, row, strict=True):
                value = "held back" if figure.value is None else figure.value
                writer.writerow([_code(wanted), found.title, line, column, value])
    response = current_app.response_class("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="figures-{_code(wanted)}.csv"'
    return response


def _tables(quarter: Quarter) -> list[figures.Table]:
    reasons = {code: words.sentence(words.reason(code)) for code in handoffs.PRIORITIES}
    start, end = clock.start_of_day(quarter.first), clock.start_of_day(quarter.after.first)
    with database().read() as db:
        return figures.tables(db, start, end, reasons)


def _quarter() -> tuple[Quarter, list[Quarter]]:
    """The quarter that was asked for, and those there are, this one first. 404 for another."""
    known = [Quarter.of(clock.today())]
    while len(known) < QUARTERS:
        known.append(known[-1].before)
    code = request.args.get("quarter", "")
    found = next((q for q in known if _code(q) == code), None if code else known[0])
    return found or abort(404), known


def _code(quarter: Quarter) -> str:
    return f"{quarter.year}-Q{quarter.number}"


def _words(quarter: Quarter) -> str:
    """"October to December 2026"."""
    last = quarter.first.replace(month=quarter.number * 3)
    return f"{quarter.first:%B} to {last:%B %Y}"
