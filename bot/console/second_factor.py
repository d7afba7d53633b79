"""The second factor of a sign-in: a six-digit code from an app (TOTP, RFC 6238), or one of ten recovery codes.

The codes are checked by the library that Flask-Security uses for it (libpass). Each code counts once: the step of the
last one is kept, and no earlier or equal one is taken. Recovery codes are kept as keyed hashes, struck out when used.
"""

from __future__ import annotations

import io
import secrets

import qrcode
import qrcode.image.svg
from passlib.exc import TokenError
from passlib.totp import TOTP

from bot import audit, clock, crypto
from bot.console import accounts
from bot.db import Database, lock
from bot.models import Staff

ISSUER = "Wellbeing console"
#: Seconds that a phone's clock may be off.
WINDOW = 30
RECOVERY_CODES = 10


def new_secret() -> str:
    """A fresh secret for an app, in base 32."""
    return TOTP.new().base32_key


def pretty(secret: str) -> str:
    """The secret in groups, for typing in by hand."""
    return TOTP(secret).pretty_key()


def picture(secret: str, email: str) -> bytes:
    """The secret as an SVG to scan."""
    uri = TOTP(secret, issuer=ISSUER).to_uri(email)
    out = io.BytesIO()
    qrcode.make(uri, image_factory=qrcode.image.svg.SvgPathImage, border=2).save(out)
    return out.getvalue()


def code_now(secret: str) -> str:
    """The code that an app shows at this moment (for tests and for `wellbeing staff code`)."""
    return TOTP(secret).generate(time=int(clock.now().timestamp())).token


def enrol(database: Database, staff_id: int, secret: str, code: str) -> list[str] | None:
    """Turn the second factor on when `code` is right; fresh recovery codes, shown this once. None when it is wrong."""
    step = _step(secret, code, None)
    if step is None:
        return None
    fresh = [_recovery_code() for _ in range(RECOVERY_CODES)]
    with database.write() as db:
        staff = lock(db, Staff, staff_id)
        staff.tf_primary_method, staff.tf_totp_secret, staff.tf_last_step = "authenticator", secret, step
        staff.mf_recovery_codes = [_hash(code) for code in fresh]
        audit.record(db, audit.staff(staff_id), "staff.second_factor_set", f"staff:{staff_id}")
    return fresh


def check(database: Database, staff_id: int, code: str) -> bool:
    """Whether `code` is right for the account: from the app, or a recovery code, which is then used up.

    Wrong ones count with wrong passwords towards locking the account.
    """
    with database.write() as db:
        staff = lock(db, Staff, staff_id)
        now = clock.now()
        if not staff.active or staff.tf_totp_secret is None or (staff.locked_until and staff.locked_until > now):
            return False
        step = _step(staff.tf_totp_secret, code, staff.tf_last_step)
        left = [h for h in staff.mf_recovery_codes or [] if h not in crypto.keyring().hashes(_named(code))]
        used = len(left) < len(staff.mf_recovery_codes or [])
        if step is None and not used:
            accounts.count_failure(staff)
            audit.record(db, audit.SYSTEM, "staff.second_factor_failed", f"staff:{staff_id}")
            return False
        if step is not None:
            staff.tf_last_step = step
        else:
            staff.mf_recovery_codes = left
            audit.record(db, audit.staff(staff_id), "staff.recovery_code_used", f"staff:{staff_id}", left=len(left))
        accounts.count_success(db, staff)
        return True


def remove(db, staff_id: int) -> None:
    """Take the second factor off: the phone and the recovery codes are lost. A new one is set at the next sign-in."""
    staff = accounts.end_sessions(db, staff_id)
    staff.tf_primary_method = staff.tf_totp_secret = staff.tf_last_step = staff.mf_recovery_codes = None


def _step(secret: str, code: str, last: int | None) -> int | None:
    """The time step for which `code` is right; None when it is wrong or not later than `last`."""
    digits = "".join(code.split())
    if not (len(digits) == 6 and digits.isascii() and digits.isdecimal()):
        return None
    try:
        return TOTP(secret).match(digits, time=int(clock.now().timestamp()), window=WINDOW, last_counter=last).counter
    except (TokenError, ValueError):
        return None


def _recovery_code() -> str:
    text = secrets.token_hex(6)
    return "-".join(text[i : i + 4] for i in (0, 4, 8))


def _hash(code: str) -> str:
    return crypto.keyring().hash(_named(code))


def _named(code: str) -> str:
    return "recovery:" + code.strip().lower().replace(" ", "").replace("-", "")
