"""The rota of duty: who is alarmed when somebody may be in danger, and whether alarms are known to reach them.

Nobody counts as on duty until the test alarm of that duty has come back: a wrong digit must not be found out in the
night. Somebody untested is still alarmed, after everybody else, because it may arrive all the same.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, phone
from bot.models import AlarmCall, Duty, Staff

#: The test alarm goes out this long before a duty begins, so that the cover has no gap.
TEST_BEFORE = timedelta(minutes=10)
#: The longest duty, and the lowest place on the ladder.
LONGEST, LOWEST = timedelta(hours=24), 5
CHANNELS = ("sms", "telegram")
#: What a call comes to when it did not arrive, and the error of one that was not made: nobody needed it any more.
LOST, NEEDLESS = ("failed", "undelivered"), "needless"


def add(
    db: Session, *, staff_id: int, starts_at: datetime, ends_at: datetime, rung: int, channel: str, address: str,
    by_staff: int,
) -> Duty:  # fmt: skip
    """A duty on the rota. ValueError with a sentence for what cannot be."""
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise ValueError("A duty ends after it begins, and is 24 hours at most.")
    if not 1 <= rung <= LOWEST:
        raise ValueError(f"The place on the ladder is a number from 1 to {LOWEST}.")
    overlap = sa.select(Duty.id).where(
        Duty.staff_id == staff_id, Duty.removed_at.is_(None), Duty.starts_at < ends_at, Duty.ends_at > starts_at
    )
    if db.execute(overlap).first() is not None:
        raise ValueError("They are on duty already at that time.")
    duty = Duty(
        staff_id=staff_id, starts_at=starts_at, ends_at=ends_at, rung=rung, channel=channel,
        address=normalised(channel, address), made_by=by_staff,
    )  # fmt: skip
    db.add(duty)
    db.flush()
    audit.record(db, audit.staff(by_staff), "duty.added", f"duty:{duty.id}", staff=staff_id, rung=rung)
    return duty


def normalised(channel: str, address: str) -> str:
    """A mobile number or a Telegram id as the channel takes it. ValueError with a sentence when it is none."""
    if channel == "sms":
        try:
            number = phone.normalise(address)
        except phone.NotANumber:
            number = ""
        if not phone.is_uk_mobile(number):
            raise ValueError("Enter a UK mobile number, like 07700 900123.")
        return number
    address = address.strip()
    if channel != "telegram" or not (address.isascii() and address.isdigit() and len(address) <= 15):
        raise ValueError("Enter a Telegram id, which is a number.")
    return address


def remove(db: Session, duty: Duty, at: datetime, *, by_staff: int) -> None:
    """Off the rota, now and for what is left of it."""
    if duty.removed_at is None:
        duty.removed_at = at
        audit.record(db, audit.staff(by_staff), "duty.removed", f"duty:{duty.id}")


def on(db: Session, at: datetime) -> list[Duty]:
    """Who is to be alarmed at that moment: those whose test came back first, each in the order of the ladder."""
    query = (
        sa.select(Duty)
        .join(Staff, Staff.id == Duty.staff_id)
        .where(Duty.removed_at.is_(None), Duty.starts_at <= at, Duty.ends_at > at, Staff.active)
    )
    return sorted(db.execute(query).scalars(), key=lambda duty: (*step(duty), duty.id))


def step(duty: Duty) -> tuple[bool, int]:
    """Whose turn it is: those with the same are alarmed together."""
    return duty.tested_at is None, duty.rung


def covered(db: Session, at: datetime) -> bool:
    """Whether anybody is on duty of whom it is known that alarms reach them."""
    tested = [duty.id for duty in on(db, at) if duty.tested_at is not None]
    return bool(set(tested) - lost(db, tested))


def lost(db: Session, duty_ids: Iterable[int]) -> set[int]:
    """Of these duties the ones whose newest text did not arrive: a phone that is off reaches nobody, whatever its test
    said before. A test that comes back afterwards puts it right."""
    query = (
        sa.select(AlarmCall.duty_id, AlarmCall.status, AlarmCall.settled_at, Duty.tested_at)
        .join(Duty, Duty.id == AlarmCall.duty_id)
        .where(AlarmCall.duty_id.in_(list(duty_ids)), AlarmCall.status.not_in(("queued", "sending")))
        .where(sa.or_(AlarmCall.error.is_(None), AlarmCall.error != NEEDLESS))
        .order_by(AlarmCall.id)
    )
    newest = {
        duty_id: status in LOST and (tested_at is None or settled_at > tested_at)
        for duty_id, status, settled_at, tested_at in db.execute(query)
    }
    return {duty_id for duty_id, is_lost in newest.items() if is_lost}


def coming(db: Session, at: datetime) -> list[Duty]:
    """The rota from now on, in order."""
    query = sa.select(Duty).where(Duty.removed_at.is_(None), Duty.ends_at > at)
    return list(db.execute(query.order_by(Duty.starts_at, Duty.rung, Duty.id)).scalars())


def untested(db: Session, at: datetime) -> list[Duty]:
    """Duties that begin now and have had no test alarm."""
    query = sa.select(Duty).where(
        Duty.removed_at.is_(None), Duty.test_sent_at.is_(None), Duty.ends_at > at, Duty.starts_at <= at + TEST_BEFORE
    )
    return list(db.execute(query).scalars())


def send_test(db: Session, duty: Duty, at: datetime) -> None:
    """A test alarm with a fresh code. The text goes the way that a real alarm goes."""
    duty.code, duty.test_sent_at, duty.tested_at = f"{secrets.randbelow(9000) + 1000}", at, None
    db.add(AlarmCall(duty_id=duty.id, created_at=at))


def confirm(db: Session, duty: Duty, staff: Staff, typed: str, at: datetime) -> bool:
    """The worker typed the code of their test alarm: from now on they count as on. False when it is another."""
    if duty.staff_id != staff.id or not duty.code or typed.strip() != duty.code:
        return False
    if duty.tested_at is None:
        duty.tested_at = at
        audit.record(db, audit.staff(staff.id), "duty.tested", f"duty:{duty.id}")
    return True
