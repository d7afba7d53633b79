"""Going live: what blocks each topic, opening and closing topics, and the crisis numbers that two people ring."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template, request, url_for

from bot.console.lookups import database
from bot.console.routing import Pages
from bot.programme import number_checks, review

pages = Pages("going_live", __name__)


@pages.page("/going-live", permission="edit_content")
def overview():
    """Topic by topic what is there and what is missing."""
    return _page()


@pages.page("/going-live/topics/<slug>", permission="edit_content", methods=["POST"])
def topic(slug: str):
    """Open a topic to participants, or close it."""
    opens = request.form.get("do") == "open"
    try:
        with database().write() as db:
            (review.open_topic if opens else review.close_topic)(db, slug, g.staff.id)
    except review.Refused as problem:
        return _page(str(problem)), 422
    except LookupError:
        return _page("There is no such topic."), 422
    flash("Open: participants get its approved answers." if opens else "Closed.", "done")
    return redirect(url_for("going_live.overview"), 303)


@pages.page("/crisis-numbers", permission="edit_content")
def numbers():
    """Every crisis number, who rang it when, and whether that is enough."""
    return _numbers_page()


@pages.page("/crisis-numbers", permission="edit_content", methods=["POST"])
def number_checked():
    """Note that the member of staff has rung a number."""
    try:
        with database().write() as db:
            number_checks.check(db, request.form.get("key", ""), request.form.get("number", ""), g.staff.id)
    except ValueError as problem:
        return _numbers_page(str(problem)), 422
    flash("Noted in your name.", "done")
    return redirect(url_for("going_live.numbers"), 303)


def _page(problem: str = ""):
    with database().read() as db:
        rows, unsure = review.readiness(db), number_checks.unsure(db)
    # What many topics lack is said once, above the table; the numbers have a place of their own there.
    unrung = review.unrung(unsure) if unsure else ""
    everywhere = _shared(rows)
    rest = [row for row in rows if row.slug not in review.FIRST]
    later = [block for block in _shared(rest) if block not in everywhere]
    return render_template(
        "going_live.html", rows=rows, unrung=unrung, everywhere=everywhere, later=later, problem=problem,
        demo=current_app.extensions["wellbeing"].settings.demo,
    )  # fmt: skip


def _shared(rows: list[review.Readiness]) -> list[str]:
    return [block for block in rows[0].blocks if all(block in row.blocks for row in rows)] if rows else []


def _numbers_page(problem: str = ""):
    with database().read() as db:
        rows = number_checks.numbers(db)
    return render_template(
        "crisis_numbers.html", rows=rows, problem=problem, people=number_checks.PEOPLE,
        days=number_checks.GOOD_FOR.days,
    )  # fmt: skip
