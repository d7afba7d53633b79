"""Link codes: staff make one for a person; whoever sends it from a new phone or Telegram is that person from then on.

A code is four letters and four digits, counts once, lapses after LIFE, and is kept as a keyed hash only.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, crypto, wording
from bot.conversations import messages
from bot.db import lock
from bot.models import ACTIVE, Booking, Conversation, Feedback, LinkCode, LinkGuess, Person

#: No vowels, so that no word comes out, and nothing that looks like something else.
LETTERS, DIGITS = "BCDFGHJKMNPQRTVWXY", "2346789"
LIFE = timedelta(days=7)
#: Wrong codes from one address within a day; after that right ones do not count either.
GUESSES, GUESS_TIME = 5, timedelta(days=1)

_CODE = re.compile(rf"^([{LETTERS}]{{4}})[\s_-]*([{DIGITS}]{{4}})$")
#: What may stand around a code: Telegram's "/start CODE" of a link, and how people would say it.
_AROUND = re.compile(r"^(?:/?start|(?:my |the )?code(?: is)?|link)[\s:]+|[\s.!]+$", re.IGNORECASE)

LINKED, REFUSED, CLASH = "linked", "refused", "clash"


def make(db: Session, person_id: int, staff) -> str:
    """A new code for a person ("BXKT 4739"), to be shown once; earlier ones stop counting. `staff`: a Staff or its id.

    ValueError when there is no such person or they have been erased.
    """
    staff_id = getattr(staff, "id", staff)
    person = lock(db, Person, person_id)
    if person is None or person.erased_at is not None:
        raise ValueError("there is no such person")
    now = clock.now()
    db.execute(
        sa.update(LinkCode)
        .where(LinkCode.person_id == person_id, LinkCode.closed_at.is_(None))
        .values(closed_at=now)
        .execution_options(synchronize_session=False)
    )
    code = "".join(secrets.choice(LETTERS) for _ in range(4)) + "".join(secrets.choice(DIGITS) for _ in range(4))
    row = LinkCode(person_id=person_id, code_hash=_hashes(code)[0], made_by=staff_id, expires_at=now + LIFE)
    db.add(row)
    db.flush()
    audit.record(db, audit.staff(staff_id), "link_code.made", f"link_code:{row.id}", person=person_id)
    return f"{code[:4]} {code[4:]}"


def code_in(text: str) -> str | None:
    """The code that a whole message consists of, as it is kept; None when the message is anything else."""
    if len(text) > 60:
        return None
    match = _CODE.match(_AROUND.sub("", _AROUND.sub("", text.strip())).upper())
    return "".join(match.groups()) if match else None


def redeem(db: Session, conversation: Conversation, code: str) -> str:
    """Link a conversation to the person that `code` was made for: LINKED, REFUSED (which says no more), or CLASH.

    What the person did here before goes with them. CLASH: both have a place at one session: a worker decides.
    """
    now, actor = clock.now(), audit.person(conversation.person_id)
    found = db.execute(
        sa.select(LinkCode).where(LinkCode.code_hash.in_(_hashes(code))).with_for_update()
    ).scalars().first()  # fmt: skip
    if _guessed_too_often(db, conversation.address_id, now):
        audit.record(db, actor, "link_code.refused", f"conversation:{conversation.id}", why="too_often")
        return REFUSED
    person = db.get(Person, found.person_id) if found is not None else None
    if found is None or found.closed_at is not None or found.expires_at <= now or person.erased_at is not None:
        db.add(LinkGuess(address_id=conversation.address_id, at=now))
        audit.record(db, actor, "link_code.refused", f"conversation:{conversation.id}", why="no_such_code")
        return REFUSED
    before = conversation.person_id
    if before != person.id and _only_here(db, before, conversation):
        if _clash(db, before, person.id):
            messages.mark(db, conversation, wording.say("marker.link_clash"))
            return CLASH
        for table in (Booking, Feedback):
            db.execute(
                sa.update(table)
                .where(table.person_id == before)
                .values(person_id=person.id)
                .execution_options(synchronize_session=False)
            )
    found.closed_at, found.used_in = now, conversation.id
    conversation.person = person
    db.flush()
    audit.record(db, audit.person(person.id), "link_code.used", f"link_code:{found.id}", conversation=conversation.id)
    messages.mark(db, conversation, wording.say("marker.linked"))
    return LINKED


def others(db: Session, conversation: Conversation) -> list[Conversation]:
    """The person's other open conversations: they are told when a new one is linked, in case it was not them."""
    query = sa.select(Conversation).where(
        Conversation.person_id == conversation.person_id,
        Conversation.id != conversation.id,
        Conversation.ended_at.is_(None),
    )
    return list(db.execute(query).scalars())


def prune(db: Session, at: datetime) -> None:
    """Guesses that count no more are forgotten."""
    db.execute(
        sa.delete(LinkGuess).where(LinkGuess.at <= at - GUESS_TIME).execution_options(synchronize_session=False)
    )


def _hashes(code: str) -> list[str]:
    return crypto.keyring().hashes(f"link:{code}")


def _guessed_too_often(db: Session, address_id: int, now) -> bool:
    query = sa.select(sa.func.count()).where(LinkGuess.address_id == address_id, LinkGuess.at > now - GUESS_TIME)
    return db.execute(query).scalar() >= GUESSES


def _only_here(db: Session, person_id: int, conversation: Conversation) -> bool:
    """Whether this is the only conversation of its person: then all that is theirs was done here."""
    query = sa.select(Conversation.id).where(Conversation.person_id == person_id, Conversation.id != conversation.id)
    return db.execute(query.limit(1)).first() is None


def _clash(db: Session, one: int, other: int) -> bool:
    def sessions(person_id: int):
        return sa.select(Booking.session_id).where(Booking.person_id == person_id, Booking.status.in_(ACTIVE))

    return db.execute(sessions(one).where(Booking.session_id.in_(sessions(other))).limit(1)).first() is not None
