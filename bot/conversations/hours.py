"""Office hours: when a person of the staff reads what is handed to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot import clock

_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@dataclass(frozen=True)
class OfficeHours:
    """Weekdays (0 is Monday) and London times between which staff read hand-offs."""

    days: frozenset[int]
    opens: time
    closes: time

    def open_at(self, moment: datetime) -> bool:
        local = clock.london(moment)
        return local.weekday() in self.days and self.opens <= local.time() < self.closes

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when staff are in, else when they are in next."""
        if self.open_at(moment):
            return moment
        day = clock.london(moment).date()
        for offset in range(9):
            candidate = clock.from_london(day + timedelta(days=offset), self.opens)
            if (day + timedelta(days=offset)).weekday() in self.days and candidate >= moment:
                return candidate
        raise ValueError("no office hours in the week ahead")

    def when_words(self, moment: datetime) -> str:
        """When a person will read something sent at `moment`: "today", "tomorrow after 9am", "on Mon after 9am"."""
        if self.open_at(moment):
            return "today"
        opening = self.next_open(moment)
        today = clock.london(moment).date()
        day = clock.london(opening).date()
        after = f"after {clock.time_words(opening)}"
        if day == today:
            return f"today {after}"
        if day == today + timedelta(days=1):
            return f"tomorrow {after}"
        return f"on {day:%A} {after}"


def parse(text: str) -> OfficeHours:
    """Read "Mon-Fri 09:00-17:00". ValueError with a sentence if it is something else."""
    match = re.fullmatch(r"\s*(\w{3})\w*\s*-\s*(\w{3})\w*\s+(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)\s*", text)
    if not match or match[1].lower() not in _DAYS or match[2].lower() not in _DAYS:
        raise ValueError('office hours must read like "Mon-Fri 09:00-17:00"')
    first, last = _DAYS.index(match[1].lower()), _DAYS.index(match[2].lower())
    days = {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    opens, closes = time(int(match[3]), int(match[4])), time(int(match[5]), int(match[6]))
    if opens >= closes:
        raise ValueError("office hours must open before they close")
    return OfficeHours(frozenset(days), opens, closes)
