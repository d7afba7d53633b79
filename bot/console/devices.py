"""Remembered phones: a supervisor signs in on the squad's phone page with a short PIN.

The phone is one factor (a random token in its cookie, kept here as a keyed hash) and the PIN the other. It opens an
account whose role sees attendance alone; for every other role it opens nothing. It ends after LIFE, with five wrong
PINs in a row, with another password, role or switch of the account, and when its owner or an administrator ends it.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, crypto
from bot.console.passwords import Passwords
from bot.db import Database, lock
from bot.models import Device, Staff

#: The only role that a remembered phone lets in.
ROLE = "supervisor"
LIFE = timedelta(days=30)
MAX_FAILURES = 5
DIGITS = 6


def remember(db: Session, staff_id: int, pin_hash: str) -> str:
    """Remember a phone; the token for its cookie, which is kept nowhere else. LookupError for another role."""
    staff = lock(db, Staff, staff_id)
    if staff is None or not staff.active or staff.role != ROLE:
        raise LookupError("no such supervisor")
    token = secrets.token_urlsafe(32)
    device = Device(
        staff_id=staff_id, token_hash=_hashes(token)[0], pin=pin_hash, stamp=_stamps(staff)[0],
        expires_at=clock.now() + LIFE,
    )  # fmt: skip
    db.add(device)
    db.flush()
    audit.record(db, audit.staff(staff_id), "device.remembered", f"device:{device.id}")
    return token


def problem(pin: str, again: str) -> str | None:
    """Why a PIN may not be used, as a sentence; None for a good one."""
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", pin):
        return f"A PIN has {DIGITS} digits."
    steps = {(int(b) - int(a)) % 10 for a, b in zip(pin, pin[1:], strict=False)}
    if len(steps) == 1 or len(set(pin)) < 3:
        return "That is too easy to guess. Mix the digits."
    if pin != again:
        return "The two are not the same."
    return None


def known(db: Session, token: str | None) -> bool:
    """Whether the token of a cookie belongs to a phone that still counts."""
    return token is not None and _found(db, token) is not None


def sign_in(database: Database, passwords: Passwords, token: str | None, pin: str) -> Staff | None:
    """The account, when phone and PIN are right; None in every other case.

    A try is counted before the PIN is looked at, so that tries made side by side count one after the other; a right one
    takes the count back.
    """
    with database.write() as db:
        device = _found(db, token) if token else None
        if device is None:
            stored, device_id = None, None
        else:
            device.failures += 1
            stored, device_id = device.pin, device.id
            if device.failures >= MAX_FAILURES:
                device.ended_at = clock.now()
    right = passwords.check(stored, pin)
    with database.write() as db:
        device = lock(db, Device, device_id) if device_id else None
        if device is None or not right:
            audit.record(db, audit.SYSTEM, "staff.sign_in_failed", f"device:{device_id or 'unknown'}")
            return None
        staff = db.get(Staff, device.staff_id)
        if not _fits(device, staff) or device.ended_at is not None and device.failures < MAX_FAILURES:
            return None  # ended meanwhile, and not by the count
        device.failures, device.ended_at = 0, None
        staff.last_sign_in_at = clock.now()
        audit.record(db, audit.staff(staff.id), "device.signed_in", f"device:{device.id}")
        return staff


def end_all(db: Session, staff_id: int, by_staff: int) -> int:
    """Forget every phone of an account; how many there were."""
    query = sa.select(Device).where(Device.staff_id == staff_id, Device.ended_at.is_(None))
    rows = list(db.execute(query).scalars())
    for row in rows:
        row.ended_at = clock.now()
        audit.record(db, audit.staff(by_staff), "device.ended", f"device:{row.id}")
    db.flush()
    return len(rows)


def _found(db: Session, token: str) -> Device | None:
    query = sa.select(Device).where(Device.token_hash.in_(_hashes(token[:200]))).with_for_update()
    device = db.execute(query).scalars().first()
    if device is None or device.ended_at is not None or device.expires_at <= clock.now():
        return None
    return device if _fits(device, db.get(Staff, device.staff_id)) else None


def _fits(device: Device, staff: Staff | None) -> bool:
    return staff is not None and staff.active and staff.role == ROLE and device.stamp in _stamps(staff)


def _hashes(token: str) -> list[str]:
    return crypto.keyring().hashes(f"device:{token}")


def _stamps(staff: Staff) -> list[str]:
    return crypto.keyring().hashes(f"device stamp:{staff.password}")
