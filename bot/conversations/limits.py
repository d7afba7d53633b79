"""When, and how much, we text people of our own accord. Answers and crisis words know no such limits."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import clock
from bot.models import Fact, Message, State

log = logging.getLogger("wellbeing.limits")

#: The fact in which an administrator sets other quiet hours than the settings have.
QUIET_HOURS = "quiet_hours"
#: Who wrote this short a time ago is awake, whatever the hour.
AWAKE = timedelta(minutes=15)
#: What waits when the day's limit is reached and was never of use later anyway.
FLEETING = ("reminder", "nudge", "did_you_go", "broadcast")


@dataclass(frozen=True)
class Limits:
    """Quiet hours in London time, over midnight as a rule, and how many texts we begin a day."""

    quiet_from: time
    quiet_to: time
    a_day: int
    #: As they are written.
    text: str = ""

    def by_now(self, db: Session) -> Limits:
        """The same with the quiet hours that were set in the console, if they were: read anew for each text."""
        fact = db.get(Fact, QUIET_HOURS)
        return self if fact is None or fact.value == self.text else parse(fact.value, self.a_day)

    def quiet_until(self, moment: datetime) -> datetime | None:
        """When the quiet hours end that `moment` is in; None outside them."""
        local = clock.london(moment)
        over_midnight = self.quiet_from > self.quiet_to
        late, early = local.time() >= self.quiet_from, local.time() < self.quiet_to
        if not (late or early if over_midnight else late and early):
            return None
        return clock.from_london(local.date() + timedelta(days=over_midnight and late), self.quiet_to)


def parse(text: str, a_day: int) -> Limits:
    """Read "20:00-09:00". ValueError with a sentence if it is something else."""
    match = re.fullmatch(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)\s*", text)
    if not match or match.group(1, 2) == match.group(3, 4):
        raise ValueError('quiet hours must read like "20:00-09:00"')
    return Limits(time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4])), a_day, text)


def originated(message: Message) -> bool:
    """Whether we begin with this message, rather than answer, warn or pass on what a worker says."""
    return message.purpose in FLEETING or (message.purpose == "notice" and message.reply_to is None)


def wait(db: Session, limits: Limits, message: Message, now: datetime) -> datetime | None:
    """Until when a message has to wait; None when it may go out now. Counts it, if it goes, for the day."""
    if not originated(message):
        return None
    limits = limits.by_now(db)
    wrote = message.conversation.last_inbound_at
    if (until := limits.quiet_until(now)) and not (wrote and now - wrote < AWAKE):
        # A notice that would come too late tomorrow (a session called off) is worth the disturbance.
        if message.purpose in FLEETING or message.expires_at is None or message.expires_at > until:
            return until
    if message.attempts == 0 and not _count(db, limits, now):
        return clock.start_of_day(clock.london(now).date() + timedelta(days=1))
    return None


def _key(now: datetime) -> str:
    return f"originated.{clock.london(now).date().isoformat()}"


def today(db: Session, now: datetime) -> int:
    """How many texts we have begun today."""
    found = db.get(State, _key(now))
    return int(found.value) if found else 0


def prune(db: Session, at: datetime) -> None:
    """The counts of days gone by are forgotten. A week is left, for whoever wonders why texts were held back."""
    first = _key(at - timedelta(days=7))
    query = sa.delete(State).where(State.key.like("originated.%"), State.key < first)
    db.execute(query.execution_options(synchronize_session=False))


def _count(db: Session, limits: Limits, now: datetime) -> bool:
    found = db.get(State, _key(now), with_for_update=True)
    if found is None:
        found = State(key=_key(now), value="0", at=now)
        db.add(found)
    if int(found.value) >= limits.a_day:
        log.error("the day's limit of %s texts that we begin is reached: the others wait", limits.a_day)
        return False
    found.value, found.at = str(int(found.value) + 1), now
    return True
