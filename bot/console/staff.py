"""Accounts of staff: who has one, adding, one-time codes, roles, switching off. For administrators."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from bot import audit
from bot.console import accounts, devices, second_factor
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.console.words import DUTIES, ROLE
from bot.conversations import staff_phones, teams
from bot.conversations.access import MAY
from bot.models import Staff

pages = Pages("staff", __name__)
#: The roles for which it matters whose people they see.
TEAMED = frozenset(role for role, may in MAY.items() if may & {"see_people", "edit_content"})


@pages.page("/staff", permission="manage_staff")
def everyone():
    """Every account, and the form for another."""
    return _page({}, {})


@pages.page("/staff", permission="manage_staff", methods=["POST"])
def added():
    """A new account; its one-time code, shown this once."""
    form = {name: " ".join(request.form.get(name, "").split()) for name in ("name", "email", "role")}
    team = request.form.get("team", "")
    try:
        with database().write() as db:
            staff, code = accounts.invite(db, g.staff.id, **form)
            accounts.set_team(db, g.staff.id, staff.id, int(team) if team.isdecimal() and len(team) < 10 else None)
    except ValueError as problem:
        return _page(form | {"team": team}, {"email": str(problem)}), 422
    return _code_page(staff, code)


@pages.page("/staff/<int:staff_id>/code", permission="manage_staff", methods=["POST"])
def code(staff_id: int):
    """A one-time code for an account whose owner cannot get in, shown this once."""
    with database().write() as db:
        staff = _found(db, staff_id)
        fresh = accounts.new_code(db, g.staff.id, staff_id)
        devices.end_all(db, staff_id, g.staff.id)
        staff_phones.end_all(db, staff_id, by_staff=g.staff.id, why="administrator")
    return _code_page(staff, fresh)


@pages.page("/staff/<int:staff_id>/second-factor", permission="manage_staff", methods=["POST"])
def second_factor_removed(staff_id: int):
    """Take off the second factor of somebody who lost phone and recovery codes."""
    with database().write() as db:
        name = _found(db, staff_id).name
        second_factor.remove(db, staff_id)
        devices.end_all(db, staff_id, g.staff.id)
        staff_phones.end_all(db, staff_id, by_staff=g.staff.id, why="administrator")
        audit.record(db, audit.staff(g.staff.id), "staff.second_factor_removed", f"staff:{staff_id}")
    flash(f"{name} sets up a new second factor at the next sign-in.", "done")
    return redirect(url_for("staff.everyone"), 303)


@pages.page("/staff/<int:staff_id>/phone", permission="manage_staff", methods=["POST"])
def phone_unlinked(staff_id: int):
    """Unlink the phone from which somebody books people in: it is lost, or was never theirs."""
    with database().write() as db:
        name = _found(db, staff_id).name
        ended = staff_phones.end_all(db, staff_id, by_staff=g.staff.id, why="administrator")
    flash(f"The phone of {name} is not linked any more." if ended else f"No phone of {name} is linked.", "done")
    return redirect(url_for("staff.everyone"), 303)


@pages.page("/staff/<int:staff_id>", permission="manage_staff", methods=["POST"])
def changed(staff_id: int):
    """Another role, or on, or off."""
    role, does = request.form.get("role") or None, request.form.get("do", "")
    team = request.form.get("team", "")
    try:
        with database().write() as db:
            _found(db, staff_id)
            if does == "team":
                accounts.set_team(db, g.staff.id, staff_id, int(team) if team.isdecimal() and len(team) < 10 else None)
            active = {"off": False, "on": True}.get(does)
            name = accounts.change(
                db, g.staff.id, staff_id, role=role if does == "role" else None, active=active
            ).name
    except ValueError as problem:
        flash(str(problem), "problem")
    else:
        flash(f"Saved. {name} has to sign in again.", "done")
    return redirect(url_for("staff.everyone"), 303)


def _page(form: dict, problems: dict):
    with database().write() as db:
        found = accounts.everyone(db)
        phones = staff_phones.linked(db)
        audit.record(db, audit.staff(g.staff.id), "staff.listed", "staff", count=len(found))
        names = teams.names(db)
    return render_template(
        "staff.html", everyone=found, phones=phones, roles=ROLE, duties=DUTIES, teams=names, teamed=TEAMED, form=form,
        problems=problems,
    )  # fmt: skip


def _code_page(staff: Staff, code: str):
    return render_template("staff_code.html", person=staff, code=code, days=accounts.INVITE_LIFE.days)


def _found(db, staff_id: int) -> Staff:
    staff = db.get(Staff, staff_id)
    if staff is None:
        raise NotFound
    return staff
