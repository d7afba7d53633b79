"""Hours that registers claim, for approval: each with what the person's order still leaves room for."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for

from bot.console.lookups import database
from bot.console.routing import Pages
from bot.programme import hours, people, stays

pages = Pages("claims", __name__)


@pages.page("/hours", permission="approve_hours")
def waiting():
    """Everything that is claimed and not decided, the oldest first."""
    return _show()


@pages.page("/hours", permission="approve_hours", methods=["POST"])
def decided():
    """Approve what was ticked, each for itself: one that cannot be is told, and the others go on."""
    reason = " ".join(request.form.get("reason", "").split()) or None
    done, problems = 0, {}
    for item in request.form.getlist("claim")[:200]:
        attendance_id, _, seen = item.partition(":")
        typed = request.form.get(f"minutes-{attendance_id}", seen).strip()
        if not all(part.isdecimal() and len(part) < 10 for part in (attendance_id, seen, typed)):
            problems[attendance_id] = "Enter minutes as a number."
            continue
        try:
            with database().write() as db:
                hours.approve(
                    db, int(attendance_id), int(typed), by_staff=g.staff.id, seen=int(seen), reason=reason,
                    team=g.staff.team_id,
                )  # fmt: skip
            done += 1
        except hours.Wrong as problem:
            problems[attendance_id] = str(problem)
    if problems or not done:
        return _show(problems, done, request.form.get("reason", "")[:300])
    flash(f"{done} approved in your name.", "done")
    return redirect(url_for("claims.waiting"), 303)


def _show(problems: dict[str, str] | None = None, done: int = 0, reason: str = ""):
    with database().write() as db:
        rows = hours.claims(db, g.staff.team_id)
        labels = people.labels(db, [row.booking.person for row in rows])
        balances, law = hours.balances(db, list(labels)), hours.rule(db)
        people.viewed(db, g.staff.id, labels, "hours")
    page = render_template(
        "claims.html", rows=rows, labels=labels, balances=balances, rule=law, problems=problems or {}, done=done,
        reason=reason, typed=request.form, nothing=problems is not None and not problems,
        times=stays.times,
    )  # fmt: skip
    return page, 200 if problems is None else 422
