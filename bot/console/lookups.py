"""What every page looks up: the database it reads, and the person that its address names."""

from __future__ import annotations

from flask import abort, current_app, g
from sqlalchemy.orm import Session

from bot.conversations import teams
from bot.db import Database
from bot.models import Person
from bot.programme import people


def database() -> Database:
    """The programme database of this console."""
    return current_app.extensions["wellbeing"].database


def person_or_404(db: Session, person_id: int) -> Person:
    """The person with that id who is there (not merged into another); else the page is not found.

    Somebody of another team is not told from somebody who is not there.
    """
    try:
        return person_there(db, person_id)
    except LookupError:
        abort(404)


def person_there(db: Session, person_id: int) -> Person:
    """The person with that id, locked, if whoever is signed in sees them. LookupError when there is none for them."""
    person = people.there(db, person_id)
    if not teams.sees(g.staff.team_id, person):
        raise LookupError("no such person")
    return person
