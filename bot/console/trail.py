"""The audit trail as a page: who did or looked at what, and when. For administrators; to look at it is audited too."""

from __future__ import annotations

import sqlalchemy as sa
from flask import current_app, g, render_template, request
from sqlalchemy.orm import Session

from bot import audit
from bot.console import accounts
from bot.console.routing import Pages
from bot.models import AuditEntry, Staff

pages = Pages("trail", __name__)
PAGE = 100


@pages.page("/audit", permission="read_audit")
def entries():
    """The newest entries, by actor ("staff:3" or a name), action ("conversation.") or record ("booking:12")."""
    wanted = {name: request.args.get(name, "").strip()[:64] for name in ("actor", "action", "record")}
    before = request.args.get("before", "")
    query = sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE + 1)
    if wanted["action"]:
        query = query.where(AuditEntry.action.startswith(wanted["action"], autoescape=True))
    if wanted["record"]:
        query = query.where(AuditEntry.object == wanted["record"])
    if before.isdecimal() and len(before) < 19:
        query = query.where(AuditEntry.id < int(before))
    with current_app.extensions["wellbeing"].database.write() as db:
        if wanted["actor"]:
            query = query.where(AuditEntry.actor.in_(_actors(db, wanted["actor"])))
        rows = list(db.execute(query).scalars())
        names = accounts.names(db, [_staff_id(row.actor) for row in rows])
        audit.record(db, audit.staff(g.staff.id), "audit.viewed", "audit", count=len(rows[:PAGE]))
    told = [(row, names.get(_staff_id(row.actor))) for row in rows[:PAGE]]
    older = rows[PAGE - 1].id if len(rows) > PAGE else None
    return render_template("audit.html", rows=told, wanted=wanted, older=older)


def _staff_id(actor: str) -> int | None:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "staff" and number.isdecimal() else None


def _actors(db: Session, text: str) -> list[str]:
    """What is meant by "staff:3", "system", or part of the name or e-mail address of a member of staff."""
    named = (sa.func.lower(of).contains(text.lower(), autoescape=True) for of in (Staff.name, Staff.email))
    query = sa.select(Staff.id).where(sa.or_(*named))
    return [text, *(audit.staff(staff_id) for staff_id in db.execute(query).scalars())]
