"""Office hours: when a person of the staff reads what is handed to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from bot import clock
from bot.models import Fact

#: The fact in which staff say on which days they are not in: "2026-12-25 2026-12-28".
CLOSED_DAYS = "closed_days"
#: The fact in which an administrator sets other office hours than the settings have.
OFFICE_HOURS = "office_hours"
#: How far ahead a day is looked for on which somebody reads, and from when on a weekday alone could be another week's.
AHEAD, THIS_WEEK = 60, 6
#: What comes so late in the day may not be read before the next one.
LATE = timedelta(hours=1)
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@dataclass
class OfficeHours:
    """Weekdays (0 is Monday) and London times between which staff read hand-offs, and days on which they do not."""

    days: frozenset[int]
    opens: time
    closes: time
    closed: frozenset[date] = frozenset()
    #: As they are written, and as the settings have them: what counts where nobody has set others.
    text: str = ""
    default: str = ""

    def learn(self, db: Session) -> None:
        """The hours and the days on which staff are not in, as they have set them by now."""
        found = parse(hours_text(db, self.default))
        self.days, self.opens, self.closes, self.text = found.days, found.opens, found.closes, found.text
        self.closed = closed_days(db)

    def open_at(self, moment: datetime) -> bool:
        local = clock.london(moment)
        return self._in_on(local.date()) and self.opens <= local.time() < self.closes

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when staff are in, else when they are in next; after AHEAD days when it is not sooner."""
        if self.open_at(moment):
            return moment
        today = clock.london(moment).date()
        for day in (today + timedelta(days=offset) for offset in range(AHEAD)):
            candidate = clock.from_london(day, self.opens)
            if self._in_on(day) and candidate >= moment:
                return candidate
        return clock.from_london(today + timedelta(days=AHEAD), self.opens)

    def when_words(self, moment: datetime) -> str:
        """When a person will read something sent at `moment`: "today", "tomorrow after 9am", "on Monday after 9am".

        Shortly before they leave it is "today, or tomorrow after 9am": nobody is to wait for what does not come.
        """
        if self.open_at(moment):
            later = moment + LATE
            if self.open_at(later) or clock.london(later).date() != clock.london(moment).date():
                return "today"
            return f"today, or {self.when_words(later)}"
        opening = self.next_open(moment)
        today = clock.london(moment).date()
        day = clock.london(opening).date()
        after = f"after {clock.time_words(opening)}"
        if day == today:
            return f"today {after}"
        if day == today + timedelta(days=1):
            return f"tomorrow {after}"
        if day <= today + timedelta(days=THIS_WEEK):
            return f"on {day:%A} {after}"
        return f"on {day:%A} {day.day} {day:%B} {after}" if self._in_on(day) else "when staff are back"

    def _in_on(self, day: date) -> bool:
        return day.weekday() in self.days and day not in self.closed


def office(db: Session, text: str) -> OfficeHours:
    """The office hours that count now (`text` where nobody has set others), without the days on which staff say that
    they are not in."""
    found = parse(text)
    found.learn(db)
    return found


def hours_text(db: Session, default: str) -> str:
    """The office hours that count now, as they are written: what was set in the console, else the settings'."""
    fact = db.get(Fact, OFFICE_HOURS)
    return fact.value if fact else default


def closed_days(db: Session) -> frozenset[date]:
    """On which days staff are not in, though their office hours say so."""
    fact = db.get(Fact, CLOSED_DAYS)
    return frozenset(days_of(fact.value)) if fact else frozenset()


def days_of(text: str) -> list[date]:
    """"2026-12-25 2026-12-28" as days in order, each once. ValueError for anything else."""
    return sorted({date.fromisoformat(word) for word in text.replace(",", " ").split()})


def parse(text: str) -> OfficeHours:
    """Read "Mon-Fri 09:00-17:00". ValueError with a sentence if it is something else."""
    match = re.fullmatch(r"\s*(\w{3})\w*\s*-\s*(\w{3})\w*\s+(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)\s*", text)
    if not match or match[1].lower() not in DAYS or match[2].lower() not in DAYS:
        raise ValueError('office hours must read like "Mon-Fri 09:00-17:00"')
    first, last = DAYS.index(match[1].lower()), DAYS.index(match[2].lower())
    days = {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    opens, closes = _time(match[3], match[4]), _time(match[5], match[6])
    if opens >= closes:
        raise ValueError("office hours must open before they close")
    return OfficeHours(frozenset(days), opens, closes, text=text, default=text)


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError("office hours have a time that no clock shows") from None
