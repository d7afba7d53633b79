"""One session: who is coming, and booking, moving and ending a place for somebody."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from bot import clock
from bot.console.lookups import database, person_there
from bot.console.routing import Pages
from bot.conversations import teams
from bot.models import Booking, Person, ProgrammeSession, Squad
from bot.programme import bookings, notices, orders, people, sessions
from bot.programme.refusals import Refused

pages = Pages("bookings", __name__)
RULE = "/sessions/<int:session_id>"

#: Why a place is not given, for staff.
REFUSED = {
    "full": "No place is free. They can be put on the waiting list.",
    "already_booked": "They have a place already.",
    "already_waiting": "They are on the waiting list already.",
    "clash": "They have another session at that time.",
    "started": "The session has begun.",
    "cancelled": "That is off already.",
    "limit": "They have as many bookings as one person can have. One has to go first.",
    "finished": "Their order is closed, so they cannot book themselves. If they may come all the same, say so below.",
    "gone": "That is not there any more.",
    "not_yours": "That is not there any more.",
    "offer_expired": "The offer is over.",
}
STATUS = {"booked": "Booked", "offered": "Offered a place", "waiting": "Waiting"}


@dataclass(frozen=True)
class Row:
    """A booking as the page shows it."""

    booking: Booking
    label: str
    textable: bool


@pages.page(RULE, permission="book_people")
def session(session_id: int):
    """Who has a place, is offered one, or waits."""
    return _show(session_id)


@pages.page(RULE + "/book", permission="book_people", methods=["POST"])
def book(session_id: int):
    """Look somebody up, and, once it is said who, book them or put them on the waiting list."""
    who = " ".join(request.form.get("who", "").split())[:80]
    chosen, waits = request.form.get("person", ""), request.form.get("do") == "wait"
    if not chosen:
        return _choose(session_id, who)
    sure = request.form.get("sure", "") == chosen
    try:
        with database().write() as db:
            person = chosen_person(db, chosen, who, how="booking")
            if not sure and orders.is_over(db, person):
                raise Refused("finished")
            join = bookings.join_waiting_list if waits else bookings.book
            booking = join(db, person, session_id, conversation_id=None, asked_by=None, by_staff=g.staff.id)
            key = "session.booked_for_you" if booking.status == "booked" else "session.waiting_for_you"
            told = notices.tell(db, booking, db.get(ProgrammeSession, session_id), key, at=clock.now())
            status = booking.status
    except Refused as refused:
        return _choose(
            session_id, who, problem=REFUSED[refused.code], chosen=chosen, full=refused.code == "full",
            sure=sure or refused.code == "finished",
        )  # fmt: skip
    except (ValueError, LookupError) as problem:
        return _choose(session_id, who, problem=str(problem) if isinstance(problem, ValueError) else "Choose somebody.")
    done = "Booked." if status == "booked" else "On the waiting list."
    flash(f"{done} {_told(told)}", "done")
    return _back(session_id)


@pages.page(RULE + "/bookings/<int:booking_id>/end", permission="book_people", methods=["POST"])
def end(session_id: int, booking_id: int):
    """Give somebody's place back; it is offered to the next in line."""
    reason = " ".join(request.form.get("reason", "").split())[:300] or None
    try:
        with database().write() as db:
            booking = _booking(db, session_id, booking_id)
            before = booking.status
            row = bookings.cancel(db, booking.person, booking_id, reason=reason, by_staff=g.staff.id)
            told = before != "cancelled" and notices.tell(db, row, row.session, "session.ended_for_you", at=clock.now())
        flash(f"The place is given back. {_told(told)}", "done")
    except Refused as refused:
        flash(REFUSED[refused.code], "problem")
    return _back(session_id)


@pages.page(RULE + "/bookings/<int:booking_id>/move", permission="book_people", methods=["POST"])
def move(session_id: int, booking_id: int):
    """Another session instead: the old place goes only when the new one is theirs."""
    to = request.form.get("to", "")
    if not to.isdecimal() or len(to) > 9:
        with database().write() as db:
            booking = _booking(db, session_id, booking_id)
            people.viewed(db, g.staff.id, [booking.person_id], "booking")
            label = people.labels(db, [booking.person])[booking.person_id]
            others = [v for v in sessions.open_sessions(db, include_full=False) if v.id != session_id]
            now, over = booking.session, orders.is_over(db, booking.person)
        return render_template(
            "booking_move.html", booking=booking, session=now, label=label, others=others, over=over
        )  # fmt: skip
    try:
        with database().write() as db:
            booking = _booking(db, session_id, booking_id)
            new = bookings.change(db, booking.person, booking_id, int(to), asked_by=None, by_staff=g.staff.id)
            told = notices.tell(
                db, new, db.get(ProgrammeSession, int(to)), "session.changed_for_you", at=clock.now()
            )  # fmt: skip
        flash(f"Moved. {_told(told)}", "done")
        return _back(int(to))
    except Refused as refused:
        flash(REFUSED[refused.code], "problem")
        return _back(session_id)


def chosen_person(db: Session, chosen: str, who: str, how: str) -> Person:
    """Whom a choice of a search stands for: a person's id, or "new" for somebody called `who`, who is added.

    ValueError for a name that is none, LookupError when there is no such person.
    """
    if chosen == "new":
        return people.add(db, who, by_staff=g.staff.id, how=how)
    if not chosen.isdecimal() or len(chosen) > 9:
        raise LookupError("no such person")
    return person_there(db, int(chosen))


def _choose(
    session_id: int, who: str, *, problem: str = "", chosen: str = "", full: bool = False, sure: bool = False
):
    if not who and not chosen:
        return _show(session_id, problem="Enter a name or a phone number.", status=422)
    with database().write() as db:
        row = db.get(ProgrammeSession, session_id) or abort(404)
        found = people.find(db, who, g.staff.team_id)
        labels = people.labels(db, found)
        over = orders.over_among(db, list(labels))
        people.viewed(db, g.staff.id, labels, "search")
    page = render_template(
        "booking_choose.html", session=row, who=who, labels=labels, chosen=chosen, problem=problem, full=full,
        over=over, sure=sure,
        named=bool(people.words(who)) and not who.replace(" ", "").lstrip("+").isdecimal(),
    )  # fmt: skip
    return page, 422 if problem else 200


def _show(session_id: int, *, problem: str = "", status: int = 200):
    with database().write() as db:
        row = db.get(ProgrammeSession, session_id) or abort(404)
        query = (
            sa.select(Booking)
            .where(Booking.session_id == session_id, Booking.status.in_(STATUS))
            .options(sa.orm.joinedload(Booking.person))
            .order_by(Booking.id)
        )
        everybody = list(db.execute(query).scalars())
        found = [booking for booking in everybody if teams.sees(g.staff.team_id, booking.person)]
        labels = people.labels(db, [b.person for b in found])
        textable = notices.textable(db, found)
        rows = [Row(b, labels[b.person_id], b.id in textable) for b in found]
        rows.sort(key=lambda r: list(STATUS).index(r.booking.status))
        people.viewed(db, g.staff.id, labels, "session")
        view = sessions.session(db, session_id)
        squad = db.get(Squad, row.squad_id).name if row.squad_id else None
    page = render_template(
        "session.html", session=row, view=view, rows=rows, problem=problem, statuses=STATUS, squad=squad,
        others=len(everybody) - len(found),
        open_=row.status == "scheduled" and row.starts_at > clock.now(),
    )  # fmt: skip
    return page, status


def _booking(db: Session, session_id: int, booking_id: int) -> Booking:
    found = db.get(Booking, booking_id)
    if found is None or found.session_id != session_id or not teams.sees(g.staff.team_id, found.person):
        abort(404)
    return found


def _told(told: bool) -> str:
    return "They are told by text." if told else "There is no way to text them: tell them yourself."


def _back(session_id: int):
    return redirect(url_for("bookings.session", session_id=session_id), 303)
