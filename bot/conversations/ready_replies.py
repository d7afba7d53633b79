"""Ready-made replies: what workers often say, to be put into the box and changed before it is sent."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.models import ReadyReply

TITLE = 60
#: Two texts by SMS: what is longer is read by nobody.
BUDGET = 306


def usable(db: Session) -> list[ReadyReply]:
    """Those in use, by their titles."""
    query = sa.select(ReadyReply).where(ReadyReply.active).order_by(ReadyReply.title, ReadyReply.id)
    return list(db.execute(query).scalars())


def everyone(db: Session) -> list[ReadyReply]:
    """All of them, those in use first."""
    query = sa.select(ReadyReply).order_by(ReadyReply.active.desc(), ReadyReply.title, ReadyReply.id)
    return list(db.execute(query).scalars())


def save(db: Session, reply_id: int | None, title: str, text: str, *, by_staff: int) -> ReadyReply:
    """Write a reply, or another wording of one. ValueError with sentences when the words are not fit to be sent;
    LookupError when there is no such reply.
    """
    title, text = " ".join(title.split()), text.strip()
    if not title or len(title) > TITLE:
        raise ValueError(f"Give it a title of at most {TITLE} characters.")
    if not text:
        raise ValueError("Write the reply.")
    if problems := wording.problems(text, budget=BUDGET):
        raise ValueError(" ".join(problem[:1].upper() + problem[1:].rstrip(".") + "." for problem in problems))
    found = ReadyReply() if reply_id is None else _there(db, reply_id)
    found.title, found.text, found.active = title, text, True
    _changed(db, found, by_staff)
    return found


def retire(db: Session, reply_id: int, *, by_staff: int) -> None:
    """Take a reply out of use; seeding does not bring it back. LookupError when there is no such reply."""
    found = _there(db, reply_id)
    found.active = False
    _changed(db, found, by_staff)


def _there(db: Session, reply_id: int) -> ReadyReply:
    found = db.get(ReadyReply, reply_id)
    if found is None:
        raise LookupError("no such reply")
    return found


def _changed(db: Session, found: ReadyReply, by_staff: int) -> None:
    found.changed_by, found.changed_at = by_staff, clock.now()
    db.add(found)
    db.flush()
    audit.record(db, audit.staff(by_staff), "ready_reply.changed", f"ready_reply:{found.id}", active=found.active)
