"""People: finding somebody, and what staff know of them on one page. Every look is audited."""

from __future__ import annotations

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from bot import clock
from bot.console.lookups import database, person_or_404
from bot.console.routing import Pages
from bot.conversations import link_codes, teams
from bot.models import Person, Squad
from bot.programme import bookings, closing, hours, orders, people, profiles, references, squads, stays
from bot.programme.outcomes import OUTCOMES

pages = Pages("people", __name__)
RULE = "/people/<int:person_id>"


@pages.page("/people", permission="see_people")
def search():
    """The form to find somebody."""
    return render_template("people.html", who="", labels=None)


@pages.page("/people", permission="see_people", methods=["POST"])
def found():
    """Who was found; or somebody new, by name. A name or number is posted, so that it stands in no address."""
    who = " ".join(request.form.get("who", "").split())[:80]
    with database().write() as db:
        if request.form.get("do") == "add":
            try:
                person = people.add(db, who, by_staff=g.staff.id, how="page")
            except ValueError as problem:
                return render_template("people.html", who=who, labels={}, problem=str(problem)), 422
            return redirect(url_for("people.person", person_id=person.id), 303)
        labels = people.labels(db, people.find(db, who, g.staff.team_id))
        people.viewed(db, g.staff.id, labels, "search")
    return render_template("people.html", who=who, labels=labels)


@pages.page(RULE, permission="see_people")
def person(person_id: int):
    """What staff know of somebody: bookings, hours, how to reach them. Nothing that they said."""
    return _show(person_id)


@pages.page(RULE, permission="see_people", methods=["POST"])
def changed(person_id: int):
    """Change one part of it: the name, how to reach them, the squad, or the order."""
    does = request.form.get("do", "")
    part = {"name": _name, "contact": _contact, "squad": _squad, "order": _order, "team": _team}.get(does)
    if part is None:
        return _show(person_id, {"name": "Nothing was chosen."})
    try:
        with database().write() as db:
            found_ = person_or_404(db, person_id)
            part(db, found_)
            seen = teams.sees(g.staff.team_id, found_)
    except ValueError as problem:
        return _show(person_id, {does: str(problem)}, request.form.to_dict())
    if not seen:
        flash("They are with the other team now, and you do not see them any more.", "done")
        return redirect(url_for("people.search"), 303)
    flash("Saved.", "done")
    return redirect(url_for("people.person", person_id=person_id), 303)


@pages.page(RULE + "/numbers", permission="see_people")
def numbers(person_id: int):
    """Every number whole, for somebody who needs to ring. A page of its own, so that the look is audited."""
    with database().write() as db:
        found_ = person_or_404(db, person_id)
        ways = people.ways(db, [person_id]).get(person_id, [])
        people.viewed(db, g.staff.id, [person_id], "number")
        return render_template("person_numbers.html", person=found_, addresses=[c.address for c in ways])


@pages.page(RULE + "/code", permission="see_people", methods=["POST"])
def code(person_id: int):
    """A one-time code with which a new phone or Telegram of theirs is known as theirs; shown this once."""
    with database().write() as db:
        found_ = person_or_404(db, person_id)
        people.viewed(db, g.staff.id, [person_id], "link_code")
        fresh = link_codes.make(db, person_id, g.staff)
    return render_template("person_code.html", person=found_, code=fresh, days=link_codes.LIFE.days)


def _name(db: Session, found_: Person) -> None:
    people.rename(db, found_.id, request.form.get("name", ""), by_staff=g.staff.id)


def _contact(db: Session, found_: Person) -> None:
    typed = {name: request.form.get(name, "") for name in ("by", "note", "number")}
    profiles.set_contact(db, found_.id, **typed, by_staff=g.staff.id)


def _squad(db: Session, found_: Person) -> None:
    typed = request.form.get("squad", "")
    try:
        profiles.set_squad(db, found_.id, int(typed) if typed.isdecimal() else None, by_staff=g.staff.id)
    except LookupError:
        raise ValueError("There is no such squad any more.") from None


def _team(db: Session, found_: Person) -> None:
    typed = request.form.get("team", "")
    teams.give(db, found_, int(typed) if typed.isdecimal() and len(typed) < 10 else None, by_staff=g.staff.id)


def _order(db: Session, found_: Person) -> None:
    typed = request.form.get("hours", "").strip()
    if not (typed.isdecimal() and len(typed) < 4):
        raise ValueError("Enter the hours imposed as a whole number.")
    days = {name: _day(request.form.get(name, "").strip()) for name in ("imposed_at", "ends_at")}
    hours.set_order(db, found_, minutes=int(typed) * 60, by_staff=g.staff.id, **days)


def _day(text: str):
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 2000 <= day.year < 2100:
        raise ValueError("Enter days like 2026-12-08, or leave them empty.")
    return clock.start_of_day(day)


def _show(person_id: int, problems: dict[str, str] | None = None, typed: dict[str, str] | None = None):
    """The page; after a form that was refused with what is wrong by part, and what was typed into that part."""
    now = clock.now()
    with database().write() as db:
        found_ = person_or_404(db, person_id)
        people.viewed(db, g.staff.id, [person_id], "person")
        references.ensure(db, [found_])
        page = render_template(
            "person.html",
            person=found_,
            label=people.labels(db, [found_])[person_id],
            ways=people.ways(db, [person_id]).get(person_id, []),
            squad=db.get(Squad, found_.squad_id) if found_.squad_id else None,
            squads={s.id: s.name for s in squads.everyone(db) if s.active or s.id == found_.squad_id},
            teams={t.id: t.name for t in teams.everyone(db) if t.active or t.id == found_.team_id},
            contact=profiles.CONTACT,
            order=hours.order_of(db, found_),
            closed=orders.last(db, found_),
            over=orders.is_over(db, found_),
            ends=closing.OUTCOMES,
            balance=hours.balances(db, [person_id])[person_id],
            upcoming=bookings.bookings_of(db, found_, now),
            past=profiles.past(db, person_id, now),
            outcomes=OUTCOMES,
            times=stays.times,
            problems=problems or {},
            typed=typed or {},
        )
    return page, 422 if problems else 200
