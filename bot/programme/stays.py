"""Stays: when somebody who came to a session arrived and left, what is taken off, and the minutes that come of it.

A time that nobody wrote down is the session's own: whoever "came" was there from its beginning to its end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import clock
from bot.models import Attendance, ProgrammeSession

#: What a line of the register asks about a stay → the longest that is kept of it.
FIELDS = {"arrived": 12, "left": 12, "off": 12, "why": 120}
#: How far outside the session somebody may have arrived or left: a session that starts early, or overruns.
SLACK = timedelta(hours=1)
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(am|pm)?")


@dataclass(frozen=True)
class Stay:
    """What is known of it: a time of None is the session's own. `off`: minutes taken off, with `why`."""

    arrived: datetime | None = None
    left: datetime | None = None
    off: int = 0
    why: str | None = None


class Wrong(ValueError):
    """What was typed about a stay cannot be. `problems`: field → a sentence for staff."""

    def __init__(self, problems: Mapping[str, str]):
        super().__init__(next(iter(problems.values())))
        self.problems = dict(problems)


def of(row: Attendance | None) -> Stay:
    """What the register has of it so far."""
    return Stay() if row is None else Stay(row.arrived_at, row.left_at, row.taken_off, row.taken_off_why)


def counts_for(session: ProgrammeSession) -> int:
    """Minutes that a session can count for at most."""
    whole = _minutes(session.starts_at, session.ends_at)
    return whole if session.credit_minutes is None else session.credit_minutes


def there(session: ProgrammeSession, stay: Stay) -> int:
    """Minutes that they were there for, as far as the session can count for them."""
    return min(_minutes(stay.arrived or session.starts_at, stay.left or session.ends_at), counts_for(session))


def minutes(session: ProgrammeSession, stay: Stay) -> int:
    """Minutes that count. What is taken off comes off what would have counted, or it would often be no loss at all."""
    return max(0, there(session, stay) - stay.off)


def times(session: ProgrammeSession, row: Attendance, *, all_of_it: bool = True) -> tuple[datetime, datetime] | None:
    """From when to when somebody was there, as the register has it.

    None where it has no more than minutes, or where they were not there; without `all_of_it` also where it was the
    whole session.
    """
    if row.arrived_at is None and row.left_at is None:
        if not all_of_it or row.claimed == 0 or row.claimed != minutes(session, of(row)):
            return None
    return row.arrived_at or session.starts_at, row.left_at or session.ends_at


def typed(row: Attendance | None) -> dict[str, str]:
    """What the register has, as the fields of a form have it."""
    stay = of(row)
    return {
        "arrived": f"{clock.london(stay.arrived):%H:%M}" if stay.arrived else "",
        "left": f"{clock.london(stay.left):%H:%M}" if stay.left else "",
        "off": str(stay.off or ""),
        "why": stay.why or "",
    }


def read(session: ProgrammeSession, form: Mapping[str, str]) -> Stay:
    """The stay that was typed; what is empty is the session's own. Wrong, with every field that cannot be."""
    form = {name: " ".join(form.get(name, "").split())[:most] for name, most in FIELDS.items()}
    problems: dict[str, str] = {}
    found = {name: _moment(session, form[name], name, problems) for name in ("arrived", "left")}
    off = int(form["off"] or 0) if re.fullmatch(r"[0-9]{0,4}", form["off"]) else None
    if off is None:
        problems["off"] = "Enter minutes as a number, like 15."
    elif off and not form["why"]:
        problems["why"] = "Say why time is taken off."
    elif form["why"] and not off:
        problems["off"] = "Enter how many minutes are taken off, or empty the reason."
    stay = Stay(found["arrived"], found["left"], off or 0, form["why"] or None)
    if not problems:
        problems = _at_odds(session, stay)
    if problems:
        raise Wrong(problems)
    return stay


def _at_odds(session: ProgrammeSession, stay: Stay) -> dict[str, str]:
    """Field → what does not go together in a stay whose parts are well formed."""
    arrived, left = stay.arrived or session.starts_at, stay.left or session.ends_at
    if left <= arrived:
        if stay.left is None:
            over = clock.time_words(session.ends_at)
            return {"left": f"The session ended at {over}, before they arrived. Enter when they left."}
        if stay.arrived is None:
            began = clock.time_words(session.starts_at)
            return {"arrived": f"They left before the session began at {began}. Enter when they arrived."}
        return {"left": f"They arrived at {clock.time_words(arrived)}: enter a later time, or change that one."}
    most = there(session, stay)
    if stay.off > most:
        return {"off": f"The time comes to {most} minutes: no more than that can be taken off."}
    return {}


def _moment(session: ProgrammeSession, text: str, name: str, problems: dict[str, str]) -> datetime | None:
    """The moment of the session that a time of day names: "10:45", "1045", "2.15pm", and "2:15" in an afternoon."""
    if not text:
        return None
    match = _TIME.fullmatch(text.lower().replace(" ", ""))
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    if hour > 23 or minute > 59 or (match[3] and not 1 <= hour <= 12):
        problems[name] = "Enter a time like 10:45."
        return None
    if match[3]:
        hours = [hour % 12 + (12 if match[3] == "pm" else 0)]
    else:
        hours = [hour, hour + 12] if 1 <= hour < 12 else [hour]
    first, last = session.starts_at - SLACK, session.ends_at + SLACK
    days = sorted({clock.london(at).date() for at in (first, last)})
    for at in hours:
        for day in days:
            moment = clock.from_london(day, datetime.min.time().replace(hour=at, minute=minute))
            if first <= moment <= last:
                return moment
    begins, ends = clock.time_words(session.starts_at), clock.time_words(session.ends_at)
    problems[name] = f"The session is from {begins} to {ends}: enter a time within an hour of that."
    return None


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)
