"""Teams: who of the staff sees whom.

A member of staff without a team sees everybody; one with a team sees the people of that team, and those who have none
yet, since they must be seen by somebody. Danger goes through this wall where it has to: see `reaches`.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit
from bot.models import Alarm, Conversation, Duty, Handoff, Person, Staff, Team

NAME = 40


# --- who sees whom -------------------------------------------------------------------------


def theirs(team_id: int | None):
    """For a query in which there are people: those whom staff of a team see. None: staff of no team, who see all."""
    return sa.true() if team_id is None else sa.or_(Person.team_id.is_(None), Person.team_id == team_id)


def ids_of(team_id: int | None):
    """For a query with a person_id: the ids of those whom staff of a team see."""
    return sa.select(Person.id).where(theirs(team_id))


def sees(team_id: int | None, person: Person) -> bool:
    """Whether staff of a team see a person."""
    return team_id is None or person.team_id in (None, team_id)


def reaches(staff: Staff, at: datetime):
    """For a query of hand-offs joined with their conversations: those that `staff` may open.

    Beside those of people whom they see: a conversation they have; danger while they are on duty, since it is they who
    were alarmed; and danger that nobody on duty has answered, since by then any worker is better than none.
    """
    if staff.team_id is None:
        return sa.true()
    on_duty = sa.select(Duty.id).where(
        Duty.staff_id == staff.id, Duty.removed_at.is_(None), Duty.starts_at <= at, Duty.ends_at > at
    )
    unanswered = sa.select(Alarm.id).where(
        Alarm.handoff_id == Handoff.id, Alarm.failed_at.is_not(None), Alarm.acknowledged_at.is_(None)
    )
    danger = sa.and_(Handoff.closed_at.is_(None), Handoff.priority == 0)
    return sa.or_(
        Conversation.person_id.in_(ids_of(staff.team_id)),
        Conversation.taken_by == staff.id,
        sa.and_(danger, sa.or_(on_duty.exists(), unanswered.correlate(Handoff).exists())),
    )


def may_open(db: Session, staff: Staff, conversation: Conversation, at: datetime) -> bool:
    """Whether `staff` may read a conversation: they see the person, or there is a hand-off in it that they reach."""
    if sees(staff.team_id, conversation.person) or conversation.taken_by == staff.id:
        return True
    query = sa.select(Handoff.id).join(Conversation, Conversation.id == Handoff.conversation_id)
    query = query.where(Conversation.id == conversation.id, Handoff.closed_at.is_(None), reaches(staff, at))
    return db.execute(query.limit(1)).first() is not None


# --- the teams -----------------------------------------------------------------------------


def everyone(db: Session) -> list[Team]:
    """Every team, those in use first, by name."""
    return list(db.execute(sa.select(Team).order_by(Team.active.desc(), Team.name)).scalars())


def names(db: Session) -> dict[int, str]:
    """Team → its name."""
    return {team.id: team.name for team in everyone(db)}


def add(db: Session, name: str, *, by_staff: int) -> Team:
    """A new team. ValueError, with a sentence, for a name that is none or taken."""
    name = " ".join(name.split())
    if not name or len(name) > NAME:
        raise ValueError(f"A team has a name of at most {NAME} characters.")
    if db.execute(sa.select(Team.id).where(sa.func.lower(Team.name) == name.lower())).first() is not None:
        raise ValueError("There is a team of that name.")
    team = Team(name=name, active=True)
    db.add(team)
    db.flush()
    audit.record(db, audit.staff(by_staff), "team.added", f"team:{team.id}")
    return team


def use(db: Session, team_id: int, active: bool, *, by_staff: int) -> Team:
    """Out of use, or in use again. LookupError when there is no such team."""
    team = db.get(Team, team_id)
    if team is None:
        raise LookupError("no such team")
    if team.active != active:
        team.active = active
        audit.record(db, audit.staff(by_staff), "team.changed", f"team:{team_id}", active=active)
    return team


def give(db: Session, person: Person, team_id: int | None, *, by_staff: int) -> None:
    """The team that looks after somebody from now on; None: no team yet. ValueError for a team there is not."""
    if team_id is not None:
        team = db.get(Team, team_id)
        if team is None or not (team.active or person.team_id == team_id):
            raise ValueError("There is no such team any more.")
    if person.team_id != team_id:
        person.team_id = team_id
        db.flush()
        audit.record(db, audit.staff(by_staff), "person.team_set", audit.person(person.id), team=team_id)
