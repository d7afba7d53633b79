"""What people told the programme lately: feedback and complaints, to read."""

from __future__ import annotations

import sqlalchemy as sa
from flask import current_app, g, render_template
from sqlalchemy.orm import Session

from bot.console.routing import Pages
from bot.conversations import teams
from bot.models import Feedback, ProgrammeSession
from bot.programme import people

pages = Pages("feedback", __name__)
LATEST = 50


@pages.page("/feedback", permission="run_sessions")
def latest():
    """The latest feedback, complaints and wishes, newest first."""
    with current_app.extensions["wellbeing"].database.write() as db:
        rows = _latest(db)
        # They are a person's own words, so reading them is a view of that person.
        people.viewed(db, g.staff.id, [found.person_id for found, _ in rows], "feedback")
    return render_template("feedback.html", rows=rows, latest=LATEST)


def _latest(db: Session) -> list[tuple[Feedback, ProgrammeSession | None]]:
    query = (
        sa.select(Feedback, ProgrammeSession)
        .join(ProgrammeSession, ProgrammeSession.id == Feedback.session_id, isouter=True)
        .where(Feedback.person_id.in_(teams.ids_of(g.staff.team_id)))
        .order_by(Feedback.id.desc())
        .limit(LATEST)
    )
    return [tuple(row) for row in db.execute(query)]
