"""Staff accounts: adding one, signing in and out, ending every session of one."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, crypto
from bot.console.passwords import Passwords
from bot.conversations import staff_phones
from bot.conversations.access import MAY
from bot.db import Database, lock
from bot.models import Staff, Team

#: After this many wrong passwords in a row an account is locked for LOCKED_FOR.
MAX_FAILURES = 10
LOCKED_FOR = timedelta(minutes=15)
#: How long a one-time code counts.
INVITE_LIFE = timedelta(days=3)


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
                count_failure(staff)
            audit.record(db, audit.SYSTEM, "staff.sign_in_failed", f"staff:{staff_id or 'unknown'}")
            return None
        staff.password = better or staff.password
        if staff.tf_totp_secret is None:  # otherwise the code that is still asked for completes the sign-in
            count_success(db, staff)
        return staff


def count_success(db: Session, staff: Staff) -> None:
    """Somebody is in: wrong tries are forgotten, and the sign-in is in the audit trail."""
    staff.failed_sign_ins, staff.locked_until, staff.last_sign_in_at = 0, None, clock.now()
    audit.record(db, audit.staff(staff.id), "staff.signed_in", f"staff:{staff.id}")


def everyone(db: Session) -> list[Staff]:
    """Every account, those in use first, by name."""
    return list(db.execute(sa.select(Staff).order_by(Staff.active.desc(), Staff.name)).scalars())


def invite(db: Session, by: int, *, email: str, name: str, role: str) -> tuple[Staff, str]:
    """A new account that nobody can sign in to yet, and the one-time code to choose its password with.

    ValueError, with a sentence, as `add`.
    """
    staff = add(db, email=email, name=name, role=role, password=secrets.token_urlsafe(40), passwords=_UNUSABLE)
    return staff, new_code(db, by, staff.id)


def new_code(db: Session, by: int | str, staff_id: int) -> str:
    """A one-time code with which the owner of an account chooses a new password; the ones before it are void.

    `by` is a member of staff or audit.SYSTEM. The second factor stays as it is. LookupError: no such account.
    """
    staff = lock(db, Staff, staff_id)
    if staff is None:
        raise LookupError("no such account")
    code = "-".join(secrets.token_hex(2) for _ in range(4))
    staff.invite_hash, staff.invite_expires_at = _code_hashes(code)[0], clock.now() + INVITE_LIFE
    audit.record(db, by if by == audit.SYSTEM else audit.staff(by), "staff.code_made", f"staff:{staff_id}")
    return code


def choose_password(database: Database, passwords: Passwords, email: str, code: str, password: str) -> Staff | None:
    """Set the password of the account whose one-time code this is; None when address and code do not fit.

    TooWeak when the password may not be used; the code is then still good. Every session of the account ends.
    """
    hashed = passwords.hash(password)
    with database.write() as db:
        found = find(db, email)
        staff = lock(db, Staff, found.id) if found else None
        now = clock.now()
        wanted = _code_hashes(code)
        fits = staff is not None and staff.active and staff.invite_hash in wanted and staff.invite_expires_at > now
        locked = staff is not None and staff.locked_until is not None and staff.locked_until > now
        if not fits or locked:
            if staff is not None and not locked:
                count_failure(staff)
            audit.record(db, audit.SYSTEM, "staff.sign_in_failed", f"staff:{staff.id if staff else 'unknown'}")
            return None
        end_sessions(db, staff.id)
        staff.password, staff.invite_hash, staff.invite_expires_at = hashed, None, None
        staff.failed_sign_ins = 0
        audit.record(db, audit.staff(staff.id), "staff.password_chosen", f"staff:{staff.id}")
        return staff


def change(db: Session, by: int, staff_id: int, *, role: str | None = None, active: bool | None = None) -> Staff:
    """Give an account another role, or switch it off or on; its sessions end.

    ValueError, with a sentence, for one's own account and for the last administrator: nobody could undo it.
    """
    if role is not None and role not in MAY:
        raise ValueError(f"A role is one of: {', '.join(MAY)}.")
    if staff_id == by:
        raise ValueError("You cannot change your own account. Ask another administrator.")
    staff = end_sessions(db, staff_id)
    if staff.role == "admin" and staff.active and (active is False or role not in (None, "admin")):
        others = sa.select(sa.func.count()).where(Staff.role == "admin", Staff.active, Staff.id != staff_id)
        if not db.execute(others).scalar():
            raise ValueError("This is the last administrator. Make another one first.")
    if role is not None:
        staff.role = role
    if active is not None:
        staff.active = active
    staff_phones.end_all(db, staff_id, by_staff=by, why="account")  # switched on again it is linked anew, or not
    audit.record(db, audit.staff(by), "staff.changed", f"staff:{staff_id}", role=staff.role, active=bool(staff.active))
    return staff


def set_team(db: Session, by: int, staff_id: int, team_id: int | None) -> None:
    """The team whose people an account sees; None: everybody. ValueError, with a sentence, for a team there is not."""
    staff = lock(db, Staff, staff_id)
    if staff_id == by:
        raise ValueError("You cannot change your own account. Ask another administrator.")
    if team_id is not None and (team := db.get(Team, team_id)) is not None and not team.active:
        raise ValueError("That team is out of use.")
    if team_id is not None and team is None:
        raise ValueError("There is no such team.")
    if staff.team_id != team_id:
        staff.team_id = team_id
        audit.record(db, audit.staff(by), "staff.team_set", f"staff:{staff_id}", team=team_id)


def sign_out(db: Session, staff_id: int) -> None:
    """End every session of the account, here and on every other machine: a copied cookie is worth nothing after it."""
    end_sessions(db, staff_id)
    audit.record(db, audit.staff(staff_id), "staff.signed_out", f"staff:{staff_id}")


def disable(db: Session, staff_id: int) -> None:
    """Nobody can sign in with the account any more, and its sessions end at once."""
    end_sessions(db, staff_id).active = False
    staff_phones.end_all(db, staff_id, by_staff=None, why="account")


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


def count_failure(staff: Staff) -> None:
    """One more wrong password or code; the account locks for a while at MAX_FAILURES."""
    staff.failed_sign_ins += 1
    if staff.failed_sign_ins >= MAX_FAILURES:
        staff.failed_sign_ins, staff.locked_until = 0, clock.now() + LOCKED_FOR


class _Unusable(Passwords):
    """For an account whose owner has not chosen a password yet: what it stores is no hash of anything."""

    def __init__(self):
        pass

    def hash(self, password: str) -> str:
        return "!"


_UNUSABLE = _Unusable()


def _code_hashes(code: str) -> list[str]:
    plain = "".join(code.split()).replace("-", "").lower()
    return crypto.keyring().hashes("invite:" + plain)


def _plain(email: str) -> str:
    return email.strip().lower()
