"""Staff accounts: adding one, signing in and out, ending every session of one."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock
from bot.console.passwords import Passwords
from bot.conversations.access import MAY
from bot.db import Database, lock
from bot.models import Staff

#: After this many wrong passwords in a row an account is locked for LOCKED_FOR.
MAX_FAILURES = 10
LOCKED_FOR = timedelta(minutes=15)


def add(db: Session, *, email: str, name: str, role: str, password: str, passwords: Passwords | None = None) -> Staff:
    """A new account. ValueError, with a sentence, for an unknown role, a weak password or an e-mail that is taken."""
    if role not in MAY:
        raise ValueError(f"A role is one of: {', '.join(MAY)}.")
    if "@" not in email or len(email) > 200 or not name.strip() or len(name) > 80:
        raise ValueError("An account needs an e-mail address and a name of at most 80 characters.")
    if find(db, email) is not None:
        raise ValueError("There is an account with this e-mail address already.")
    staff = Staff(
        email=_plain(email),
        name=name.strip(),
        role=role,
        password=(passwords or Passwords()).hash(password),
        fs_uniquifier=secrets.token_hex(32),
    )
    db.add(staff)
    db.flush()
    audit.record(db, audit.SYSTEM, "staff.added", f"staff:{staff.id}", role=role)
    return staff


def find(db: Session, email: str) -> Staff | None:
    """The account with this e-mail address, however it is capitalised."""
    return db.execute(sa.select(Staff).where(Staff.email == _plain(email))).scalars().first()


def sign_in(database: Database, passwords: Passwords, email: str, password: str) -> Staff | None:
    """The account, when address and password are right and it is active and not locked; None in every other case.

    The password is checked outside the transaction, as it takes long and the write lock is everybody's. Whether the
    account is locked is decided inside, so that tries made side by side count one after the other.
    """
    with database.read() as db:
        found = find(db, email)
        staff_id, stored = (found.id, found.password) if found else (None, None)
    right = passwords.check(stored, password)
    better = passwords.hash(password) if right and passwords.outdated(stored) else None
    with database.write() as db:
        staff = lock(db, Staff, staff_id) if staff_id else None
        now = clock.now()
        locked = staff is not None and staff.locked_until is not None and staff.locked_until > now
        if staff is None or not right or locked or not staff.active or staff.password != stored:
            if staff is not None and not right and not locked:
                _count_failure(staff)
            audit.record(db, audit.SYSTEM, "staff.sign_in_failed", f"staff:{staff_id or 'unknown'}")
            return None
        staff.failed_sign_ins, staff.locked_until, staff.last_sign_in_at = 0, None, now
        staff.password = better or staff.password
        audit.record(db, audit.staff(staff.id), "staff.signed_in", f"staff:{staff.id}")
        return staff


def sign_out(db: Session, staff_id: int) -> None:
    """End every session of the account, here and on every other machine: a copied cookie is worth nothing after it."""
    end_sessions(db, staff_id)
    audit.record(db, audit.staff(staff_id), "staff.signed_out", f"staff:{staff_id}")


def disable(db: Session, staff_id: int) -> None:
    """Nobody can sign in with the account any more, and its sessions end at once."""
    end_sessions(db, staff_id).active = False


def end_sessions(db: Session, staff_id: int) -> Staff:
    """Every session of the account ends at its next request. LookupError when there is no such account."""
    staff = lock(db, Staff, staff_id)
    if staff is None:
        raise LookupError("no such account")
    staff.fs_uniquifier = secrets.token_hex(32)
    return staff


def names(db: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Names of members of staff by id."""
    query = sa.select(Staff.id, Staff.name).where(Staff.id.in_({i for i in ids if i is not None}))
    return dict(db.execute(query).all())


def _count_failure(staff: Staff) -> None:
    staff.failed_sign_ins += 1
    if staff.failed_sign_ins >= MAX_FAILURES:
        staff.failed_sign_ins, staff.locked_until = 0, clock.now() + LOCKED_FOR


def _plain(email: str) -> str:
    return email.strip().lower()
