"""Teams and who of the staff is in which. For administrators."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, request, url_for

from bot.console.lookups import database
from bot.console.routing import Pages
from bot.conversations import teams
from bot.models import Staff

pages = Pages("teams", __name__)


@pages.page("/teams", permission="manage_staff")
def every():
    """Every team and the staff in it. Names none of the people they look after."""
    return _page()


@pages.page("/teams", permission="manage_staff", methods=["POST"])
def added():
    """Another team."""
    name = request.form.get("name", "")
    try:
        with database().write() as db:
            teams.add(db, name, by_staff=g.staff.id)
    except ValueError as problem:
        return _page(name[: teams.NAME], str(problem)), 422
    flash("Added. Staff are put into it under Staff.", "done")
    return redirect(url_for("teams.every"), 303)


@pages.page("/teams/<int:team_id>", permission="manage_staff", methods=["POST"])
def changed(team_id: int):
    """Out of use, or in use again."""
    try:
        with database().write() as db:
            teams.use(db, team_id, request.form.get("do") == "on", by_staff=g.staff.id)
    except LookupError:
        abort(404)
    flash("Saved.", "done")
    return redirect(url_for("teams.every"), 303)


def _page(name: str = "", problem: str = ""):
    query = sa.select(Staff).where(Staff.active, Staff.team_id.is_not(None)).order_by(Staff.name)
    with database().read() as db:
        found: dict[int, list[str]] = {}
        for one in db.execute(query).scalars():
            found.setdefault(one.team_id, []).append(one.name)
        return render_template("teams.html", teams=teams.everyone(db), members=found, name=name, problem=problem)
