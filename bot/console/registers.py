"""Registers: who was there, session by session, and a day's sheets to print. What they claim is approved apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, request, url_for

from bot import clock
from bot.console.bookings import chosen_person
from bot.console.lookups import database
from bot.console.routing import Pages
from bot.models import ProgrammeSession, Staff
from bot.programme import attendance, people, references, stays
from bot.programme.outcomes import AHEAD, OUTCOMES
from bot.programme.refusals import Refused

pages = Pages("registers", __name__)
RULE = "/sessions/<int:session_id>/register"
#: How far back and ahead the list of registers goes.
BACK, AHEAD_BY = timedelta(days=21), timedelta(days=14)

_REFUSED = {
    "gone": "There is no such session any more.",
    "cancelled": "The session was called off: it has no register.",
}


@dataclass(frozen=True)
class Row:
    """A session with how many lines its register has, and how many of them say nothing yet."""

    session: ProgrammeSession
    lines: int
    open: int


@pages.page("/registers", permission="keep_register")
def recent():
    """Sessions of the last weeks and the next, each with what its register still lacks. Names nobody."""
    now = clock.now()
    query = (
        sa.select(ProgrammeSession)
        .where(
            ProgrammeSession.status == "scheduled",
            ProgrammeSession.starts_at.between(now - BACK, now + AHEAD_BY),
        )
        .order_by(ProgrammeSession.starts_at.desc(), ProgrammeSession.id)
    )
    with database().read() as db:
        found = list(db.execute(query).scalars())
        progress = attendance.progress(db, [row.id for row in found], g.staff.team_id)
    rows = [Row(session, *progress[session.id]) for session in found]
    begun = [row for row in rows if row.session.starts_at <= now]
    ahead = [row for row in reversed(rows) if row.session.starts_at > now]
    return render_template("registers.html", begun=begun, ahead=ahead, today=clock.today())


@pages.page("/registers/day", permission="keep_register")
def day():
    """A day's sheets to print: who is expected where, with room to write. They never say what a session is about."""
    try:
        wanted = date.fromisoformat(request.args.get("day", ""))
        start, end = clock.start_of_day(wanted), clock.start_of_day(wanted + timedelta(days=1))
    except (ValueError, OverflowError):
        return redirect(url_for("registers.day", day=clock.today().isoformat()), 303)
    query = (
        sa.select(ProgrammeSession)
        .where(
            ProgrammeSession.status == "scheduled",
            ProgrammeSession.starts_at >= start,
            ProgrammeSession.starts_at < end,
        )
        .order_by(ProgrammeSession.starts_at, ProgrammeSession.id)
    )
    with database().write() as db:
        found = list(db.execute(query).scalars())
        lines = attendance.register(db, [row.id for row in found], g.staff.team_id)
        everybody = [line.booking.person for rows in lines.values() for line in rows]
        labels = people.labels(db, everybody)
        references.ensure(db, everybody)
        people.viewed(db, g.staff.id, labels, "day_sheet")
    return render_template(
        "day_sheet.html", sessions=found, lines=lines, labels=labels, day=start, outcomes=OUTCOMES
    )  # fmt: skip


@pages.page(RULE, permission="keep_register")
def register(session_id: int):
    """Who was expected and what is known of each."""
    return _show(session_id, {})


@pages.page(RULE, permission="keep_register", methods=["POST"])
def recorded(session_id: int):
    """The same outcome for everybody who was ticked, each with the times beside their name."""
    form = {name: " ".join(request.form.get(name, "").split())[:300] for name in ("outcome", "minutes", "reason")}
    ticked = [int(i) for i in request.form.getlist("booking") if i.isdecimal() and len(i) < 10]
    minutes = int(form["minutes"]) if form["minutes"].isdecimal() and len(form["minutes"]) < 5 else None
    typed = _typed()
    seen = {i: request.form.get(f"seen-{i}", "")[:60] for i in {*ticked, *typed}}
    # Whoever was asked about a conflict and ticks nobody there leaves their line as others marked it.
    beside = {i: typed[i] for i in typed if i in ticked} if "asked" in request.form else typed
    try:
        if form["minutes"] and minutes is None:
            raise attendance.Wrong("Enter minutes as a number, or leave it empty.")
        with database().write() as db:
            done = attendance.record(
                db, session_id, ticked, form["outcome"], by_staff=g.staff.id, team=g.staff.team_id, minutes=minutes,
                reason=form["reason"], typed=beside, seen=seen,
            )
    except attendance.Conflict as conflict:
        return _ask(session_id, form, ticked, typed, seen, conflict.booking_ids)
    except attendance.Wrong as problem:
        return _show(session_id, form, problem, set(ticked), typed)
    except Refused as refused:
        flash(_REFUSED[refused.code], "problem")
        return redirect(url_for("registers.recent"), 303)
    flash(f"Kept for {done} of {len(set(ticked))}." if done != len(set(ticked)) else f"Kept for {done}.", "done")
    return redirect(url_for("registers.register", session_id=session_id), 303)


def _typed() -> dict[int, dict[str, str]]:
    """What was typed beside each name: booking → field of `stays.FIELDS` → its text."""
    found: dict[int, dict[str, str]] = {}
    for key, text in request.form.items():
        name, _, number = key.rpartition("-")
        if name in stays.FIELDS and number.isdecimal() and len(number) < 10:
            found.setdefault(int(number), {})[name] = " ".join(text.split())[: stays.FIELDS[name]]
    return found


def _ask(
    session_id: int, form: dict, ticked: list[int], typed: dict[int, dict], seen: dict[int, str], against: list[int]
):  # fmt: skip
    """What others have marked meanwhile, by whom and when: one by one it stays, or is changed."""
    with database().write() as db:
        row = db.get(ProgrammeSession, session_id) or abort(404)
        lines = attendance.register(db, [session_id], g.staff.team_id)[session_id]
        lines = [line for line in lines if line.booking.id in against]
        labels = people.labels(db, [line.booking.person for line in lines])
        people.viewed(db, g.staff.id, labels, "register")
        ids = {i for line in lines for i in (line.attendance.recorded_by, line.attendance.approved_by)}
        who = dict(db.execute(sa.select(Staff.id, Staff.name).where(Staff.id.in_(ids - {None}))).all())
    page = render_template(
        "register_conflict.html", session=row, lines=lines, labels=labels, who=who, form=form, outcomes=OUTCOMES,
        stamp=attendance.stamp, others={i: seen[i] for i in ticked if i not in against}, typed=typed,
        times=stays.times,
    )  # fmt: skip
    return page, 409


@pages.page(RULE + "/add", permission="keep_register", methods=["POST"])
def add(session_id: int):
    """Somebody who came without a booking: look them up, or add them by name."""
    who, chosen = " ".join(request.form.get("who", "").split())[:80], request.form.get("person", "")
    if not chosen:
        return _choose(session_id, who, "" if who else "Enter a name or a phone number.")
    try:
        with database().write() as db:
            person = chosen_person(db, chosen, who, how="walk_in")
            attendance.walk_in(db, session_id, person, by_staff=g.staff.id)
    except Refused as refused:
        flash(_REFUSED[refused.code], "problem")
        return redirect(url_for("registers.recent"), 303)
    except attendance.Wrong as problem:
        return _choose(session_id, who, str(problem))
    except (ValueError, LookupError) as problem:
        return _choose(session_id, who, str(problem) if isinstance(problem, ValueError) else "Choose somebody.")
    flash("On the register. Now say what became of them.", "done")
    return redirect(url_for("registers.register", session_id=session_id), 303)


def _choose(session_id: int, who: str, problem: str):
    with database().write() as db:
        row = db.get(ProgrammeSession, session_id) or abort(404)
        labels = people.labels(db, people.find(db, who, g.staff.team_id)) if who else {}
        people.viewed(db, g.staff.id, labels, "search")
    page = render_template(
        "register_add.html", session=row, who=who, labels=labels, problem=problem,
        named=bool(people.words(who)) and not who.replace(" ", "").lstrip("+").isdecimal(),
    )  # fmt: skip
    return page, 422 if problem else 200


def _show(
    session_id: int, form: dict, problem: attendance.Wrong | None = None, ticked: frozenset | set = frozenset(),
    typed: dict[int, dict] | None = None,
):  # fmt: skip
    """The register; after a mistake with all that was typed, each problem where it belongs."""
    with database().write() as db:
        row = db.get(ProgrammeSession, session_id) or abort(404)
        lines = attendance.register(db, [session_id], g.staff.team_id)[session_id]
        labels = people.labels(db, [line.booking.person for line in lines])
        people.viewed(db, g.staff.id, labels, "register")
        others = len(attendance.register(db, [session_id], None)[session_id]) - len(lines)
    begun = row.starts_at <= clock.now()
    beside = problem.problems if isinstance(problem, attendance.Untimely) else {}
    known = {line.booking.id: stays.typed(line.attendance) for line in lines}
    new = {i: known[i] | fields for i, fields in (typed or {}).items() if i in known}
    page = render_template(
        "register.html", session=row, lines=lines, labels=labels, form=form, problem=problem, ticked=ticked,
        beside=beside, typed=known | new, unfolded={i for i in new if new[i] != known[i]} | set(beside),
        begun=begun, others=others, stamp=attendance.stamp, most=stays.counts_for(row), outcomes=OUTCOMES,
        offered={code: o.words for code, o in OUTCOMES.items() if begun or code in AHEAD}, times=stays.times,
        longest=stays.FIELDS,
    )  # fmt: skip
    return page, 422 if problem else 200
