"""The only place that asks what time it is. UTC inside, London time for people."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
UTC = timezone.utc


def now() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Glasgow."""
    return now().astimezone(LONDON).date()


def london(moment: datetime) -> datetime:
    """`moment` (aware, or naive UTC as SQLite returns it) in London time."""
    return aware(moment).astimezone(LONDON)


def aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def from_london(day: date, at: time) -> datetime:
    """The UTC moment of a wall-clock time in Glasgow."""
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def start_of_day(day: date) -> datetime:
    return from_london(day, time(0))


def day_words(moment: datetime, today_: date | None = None) -> str:
    """"today", "tomorrow" or "Tue 8 Dec" for a moment, as a person would say it."""
    day, ref = london(moment).date(), today_ or today()
    if day == ref:
        return "today"
    if day == ref + timedelta(days=1):
        return "tomorrow"
    return f"{day:%a} {day.day} {day:%b}"


def time_words(moment: datetime) -> str:
    """"2pm", "10:30am": a London time of day in few characters."""
    local = london(moment)
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{hour}{minutes}{'am' if local.hour < 12 else 'pm'}"
