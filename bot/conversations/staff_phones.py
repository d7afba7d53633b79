"""Staff phones: a worker's own SMS number or Telegram, linked to their account by a one-time code from the console.

Whoever is not linked cannot find out that there is such a thing: a code looks like a person's link code (link_codes),
and one that does not count goes the way of any other text.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, crypto
from bot.conversations import access, addresses, handoffs, link_codes
from bot.db import lock
from bot.models import Address, Booking, Conversation, LinkGuess, Order, Staff, StaffPhone

#: Who may have a phone linked: whoever may book people in on the console.
PERMISSION = "book_people"
#: How long a code counts. It is typed at once, with the console open beside the phone.
LIFE = timedelta(minutes=15)
#: References that nobody has, within a day, after which a phone is no longer linked.
MISSES, MISS_TIME = 10, timedelta(days=1)


def make_code(db: Session, staff_id: int) -> str:
    """A new code ("BXKT 4739"), to be shown once; one made before stops counting, a phone that is linked stays so.

    LookupError when there is no such account, or it may not book people.
    """
    staff = lock(db, Staff, staff_id)
    if staff is None or not access.may(staff, PERMISSION):
        raise LookupError("no such account")
    now = clock.now()
    for row in _rows(db, staff_id, linked=False):
        row.ended_at = now
    code = "".join(secrets.choice(link_codes.LETTERS) for _ in range(4))
    code += "".join(secrets.choice(link_codes.DIGITS) for _ in range(4))
    row = StaffPhone(staff_id=staff_id, code_hash=_hashes(code)[0], made_at=now, expires_at=now + LIFE)
    db.add(row)
    db.flush()
    audit.record(db, audit.staff(staff_id), "staff_phone.code_made", f"staff_phone:{row.id}")
    return f"{code[:4]} {code[4:]}"


def redeem(db: Session, channel: str, address: str, code: str) -> StaffPhone | None:
    """Link the phone that a worker's code came from; the one they had is linked no more. None when it does not count.

    A phone from which a participant is known to text is never linked: the code was handed to the wrong person.
    """
    now = clock.now()
    query = sa.select(StaffPhone).where(StaffPhone.code_hash.in_(_hashes(code))).with_for_update(of=StaffPhone)
    row = db.execute(query).scalars().first()
    if row is None or row.linked_at is not None or row.ended_at is not None or row.expires_at <= now:
        return None
    found = addresses.find(db, channel, address)
    if not access.may(row.staff, PERMISSION) or (found is not None and _guessed(db, found, now)):
        return None
    if found is not None and (conversation := _open(db, found)) is not None:
        if _is_participant(db, conversation):
            row.ended_at = now
            audit.record(db, audit.SYSTEM, "staff_phone.refused", f"staff_phone:{row.id}", why="participant")
            return None
        addresses.release(db, conversation)  # they had tried the assistant out: that was not a participant
    for before in _rows(db, row.staff_id, linked=True):
        _end(db, before, audit.staff(row.staff_id), "another_phone")
    row.channel, row.address, row.linked_at = channel, address, now
    row.address_hash = crypto.keyring().hash(f"{channel}:{address}")
    db.flush()
    audit.record(db, audit.staff(row.staff_id), "staff_phone.linked", f"staff_phone:{row.id}", channel=channel)
    return row


def find(db: Session, channel: str, address: str) -> StaffPhone | None:
    """The link of a phone, while its account is in use and may book people; None for every other phone."""
    query = sa.select(StaffPhone).where(
        StaffPhone.channel == channel,
        StaffPhone.address_hash.in_(crypto.keyring().hashes(f"{channel}:{address}")),
        StaffPhone.ended_at.is_(None),
    )
    row = db.execute(query).scalars().first()
    return row if row is not None and counts(row) else None


def counts(row: StaffPhone) -> bool:
    """Whether a link still opens anything: not ended, and its account may book people today."""
    return row.ended_at is None and row.linked_at is not None and access.may(row.staff, PERMISSION)


def of(db: Session, staff_id: int) -> StaffPhone | None:
    """The phone that is linked to an account; None when there is none."""
    return next(iter(_rows(db, staff_id, linked=True)), None)


def linked(db: Session) -> dict[int, StaffPhone]:
    """Account → its linked phone, for every account that has one."""
    query = sa.select(StaffPhone).where(StaffPhone.linked_at.is_not(None), StaffPhone.ended_at.is_(None))
    return {row.staff_id: row for row in db.execute(query).scalars()}


def newest_code(db: Session, staff_id: int) -> StaffPhone | None:
    """The code that an account made last, whatever became of it."""
    query = sa.select(StaffPhone).where(StaffPhone.staff_id == staff_id).order_by(StaffPhone.id.desc())
    return db.execute(query).scalars().first()


def end_all(db: Session, staff_id: int, *, by_staff: int | None, why: str) -> bool:
    """Unlink the phone of an account and void its code; whether a phone was linked. `by_staff` None: the system."""
    actor = audit.SYSTEM if by_staff is None else audit.staff(by_staff)
    rows = _rows(db, staff_id, linked=True)
    for row in rows:
        _end(db, row, actor, why)
    for row in _rows(db, staff_id, linked=False):
        row.ended_at = clock.now()
    db.flush()
    return bool(rows)


def miss(db: Session, row: StaffPhone) -> bool:
    """One more reference that nobody has; True when it was one too many, and the phone is linked no more."""
    now = clock.now()
    if row.misses_since is None or row.misses_since <= now - MISS_TIME:
        row.misses, row.misses_since = 0, now
    row.misses += 1
    if row.misses < MISSES:
        return False
    _end(db, row, audit.SYSTEM, "guessing")
    return True


def _end(db: Session, row: StaffPhone, actor: str, why: str) -> None:
    row.ended_at, row.pending, row.pending_at = clock.now(), None, None
    db.flush()
    audit.record(db, actor, "staff_phone.ended", f"staff_phone:{row.id}", why=why)


def _rows(db: Session, staff_id: int, *, linked: bool) -> list[StaffPhone]:
    """What has not ended of an account: its linked phone, or the code that waits."""
    query = sa.select(StaffPhone).where(
        StaffPhone.staff_id == staff_id,
        StaffPhone.ended_at.is_(None),
        StaffPhone.linked_at.is_not(None) if linked else StaffPhone.linked_at.is_(None),
    )
    return list(db.execute(query).scalars())


def _open(db: Session, address: Address) -> Conversation | None:
    query = sa.select(Conversation).where(Conversation.address_id == address.id, Conversation.ended_at.is_(None))
    return db.execute(query).scalars().first()


def _is_participant(db: Session, conversation: Conversation) -> bool:
    """Whether staff know who texts from there, they have a booking or an order, or somebody waits for an answer."""
    person = conversation.person
    if person.name or person.squad_id or person.reference or handoffs.current(db, conversation.id) is not None:
        return True
    booked = sa.select(Booking.id).where(Booking.person_id == person.id).limit(1)
    ordered = sa.select(Order.id).where(Order.pseudonym == person.pseudonym).limit(1)
    return db.execute(booked).first() is not None or db.execute(ordered).first() is not None


def _guessed(db: Session, address: Address, now) -> bool:
    since = now - link_codes.GUESS_TIME
    query = sa.select(sa.func.count()).where(LinkGuess.address_id == address.id, LinkGuess.at > since)
    return db.execute(query).scalar() >= link_codes.GUESSES


def _hashes(code: str) -> list[str]:
    return crypto.keyring().hashes(f"staff link:{code}")
