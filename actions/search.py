"""What a person wants of a session, as far as they have said it: read from a message, kept in a slot, put in words."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from actions import kindness, rejecting, whereabouts
from actions.search_words import gone_to, part_of, part_ruled_out, ruled_out, who_they_are
from actions.stores import database
from bot import clock, when, when_clock
from bot.programme import subjects, topics
from bot.when import When

if TYPE_CHECKING:
    from actions.turn import Turn

#: The area of "anywhere in Glasgow": no place is wished for.
ANYWHERE = "glasgow-wide"
@dataclass(frozen=True)
class Search:
    """What a person wants of a session, as far as they said. Dates are ISO days of London."""

    topic: str | None = None
    #: A district ("Govan"), and the part of the city it is in ("south") for when it has none itself.
    area: str | None = None
    sector: str | None = None
    start: str | None = None
    end: str | None = None
    part: str | None = None
    audience: str | None = None
    #: 0 for Monday ..., where a day of the week was named and nothing nearer: a later week will do as well. With no
    #: `start`, every one of them is meant ("tuesdays").
    weekday: int | None = None
    #: A time of day as it was said ("after 6pm"), and the minutes of the day between which it may begin.
    time: str | None = None
    since: int | None = None
    until: int | None = None
    #: What it is to be about, where that is narrower than a topic: a name of data/subjects.yml.
    subject: str | None = None
    #: A day of the week that will not do: "cannae dae mondays".
    not_on: int | None = None
    #: A part of the day that will not do: "cant do mornings".
    not_in: str | None = None
    #: What it is not to be about, as a topic and as a subject: "no naloxone".
    not_topic: str | None = None
    not_subject: str | None = None
    #: "women" or "men" where they say that they are: what is for the others only is none for them.
    as_one_of: str | None = None

    @classmethod
    def of(cls, turn: Turn) -> Search:
        """What this message says."""
        turn, not_topic, not_subject = rejecting.without(turn)
        text, not_in = part_ruled_out(kindness.without(turn.typed))
        text, not_on = ruled_out(text)
        said = when.read(text, clock.today()) if text else None
        if said is not None and said.end < clock.today() and gone_to(text):
            said = None  # "the wan a wis at last week" tells which one, and asks for no day gone by
        at = when_clock.read(text) if text else None
        every = _weekday(said) is not None and _EVERY.search(text) is not None  # "on tuesdays"
        anywhere = turn.entity("area") == ANYWHERE
        part = part_of(text) if text else None  # "anything at night"
        as_one_of = who_they_are(text)
        return cls(
            topic=turn.entity("topic"),
            area=None if anywhere else turn.place(),
            sector=None if anywhere else turn.entity("area"),
            start=None if not said or every else said.start.isoformat(),
            end=None if not said or every else said.end.isoformat(),
            part=None if at else part,
            audience=None if as_one_of else turn.audience() or _audience(text),
            weekday=_weekday(said),
            time=at.words if at else None,
            since=at.first if at else None,
            until=at.last if at else None,
            subject=subjects.named_in(text, turn.entity("topic")),
            not_on=not_on,
            not_in=not_in,
            not_topic=not_topic,
            not_subject=not_subject,
            as_one_of=as_one_of,
        )

    @classmethod
    def kept(cls, slot: object) -> Search:
        """The search kept in a slot."""
        return cls(**slot) if isinstance(slot, dict) else cls()

    def over(self, before: Search) -> Search:
        """This message on top of what was said before it."""
        both = {k: v if v is not None else getattr(before, k) for k, v in asdict(self).items()}
        if self.start is not None or self.weekday is not None or self.not_on is not None:
            both |= {"start": self.start, "end": self.end, "weekday": self.weekday}
        if self.topic is not None:  # "what about money": of all that is about it
            both |= {"subject": self.subject, "not_subject": self.not_subject}
            both["not_topic"] = None if both["not_topic"] == self.topic else both["not_topic"]
        elif self.not_topic == before.topic is not None or self.not_subject == before.subject is not None:
            both |= {"topic": None, "subject": self.subject}
        if self.part is not None:  # "in the afternoon then": the time before is given up
            both |= {"time": None, "since": None, "until": None, "not_in": self.not_in}
        elif self.not_in is not None:
            both |= {"part": None, "time": None, "since": None, "until": None}
        elif self.time is not None:
            both["part"] = None
        return Search(**both)

    def at_any_time(self) -> Search:
        """The same, whatever the day and the time."""
        return replace(self, start=None, end=None, part=None, weekday=None, time=None, since=None, until=None)

    def has_time(self) -> bool:
        """Whether a day or a time was named."""
        return self.at_any_time() != self

    def is_empty(self) -> bool:
        return not any(asdict(self).values())

    def is_past(self) -> bool:
        """Whether the date asked for is gone by."""
        return self.end is not None and date.fromisoformat(self.end) < clock.today()

    def as_slot(self) -> dict | None:
        return None if self.is_empty() else asdict(self)


#: Said of a day: which week of it is meant, so that a later one would not do.
_WHICH_WEEK = re.compile(r"\d|\b(?:next|nxt|nex|last|week|wk|fortnight|morra|morn|tomorrow)\b")


_FOR = re.compile(
    r"\b(?:for|fur) (?:us |the |just |only )?(?:(?P<men>men|guys|lads|boys|blokes)|"
    r"(?P<women>women|wimmin|lassies|ladies|girls))\b(?!')",
    re.IGNORECASE,
)


def _audience(text: str) -> str | None:
    """ "For men" asks for the groups that are for men."""
    found = _FOR.search(text)
    return found.lastgroup if found else None


_EVERY = re.compile(r"\b(?:mon|tues|wednes|wens|thurs|fri|satur|sun)days\b|\bevery\b", re.IGNORECASE)
_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def _weekday(said: When | None) -> int | None:
    """The weekday that was named and nothing more ("on Thursday"); None for any other way of naming a day."""
    if said is None or said.start != said.end or _WHICH_WEEK.search(said.words):
        return None
    short = f"{said.start:%a}".lower()
    named = re.search(rf"\b(?:{short[:2]}\w*d\w*ys?|{short}\w{{0,2}})\b", said.words)
    return said.start.weekday() if named else None


def in_words(search: Search) -> str:
    """What was asked for, to be said after "nothing" or "what I have": "on alcohol in Govan on Thu 3 Dec"."""
    with database().read() as db:
        label = next((t.label for t in topics.active(db) if t.slug == search.topic), None)
    label = f"{label[0].lower()}{label[1:]}" if label else None
    about = subjects.known()[search.subject].called if search.subject in subjects.known() else label
    said = [
        f"on {about}" if about else None,
        whereabouts.in_place(search.area, search.sector),
        _days_in_words(search),
        search.time,
        f"for {search.audience}" if search.audience else None,
    ]
    return " ".join(part for part in said if part)


def _days_in_words(search: Search) -> str | None:
    """The days and the part of them: "today", "tomorrow evening", "on the morning of Sat 5 Dec"."""
    part = f"in the {search.part}" if search.part else f"at any time but the {search.not_in}" if search.not_in else None
    if not search.start or not search.end:
        days = f"on {_DAYS[search.weekday]}" if search.weekday is not None else None
        if days is None and search.not_on is not None:
            days = f"on any day but {_DAYS[search.not_on].removesuffix('s')}"
        return " ".join(filter(None, (days, part))) or None
    ends = (clock.start_of_day(date.fromisoformat(day)) for day in (search.start, search.end))
    first, last = map(clock.day_words, ends)
    if first != last:
        return f"from {first} to {last}" + (f" {part}" if part else "")
    if not search.part:
        return first if first in ("today", "tomorrow") else f"on {first}"
    if first == "today":
        return "tonight" if search.part == "evening" else f"this {search.part}"
    return f"{first} {search.part}" if first == "tomorrow" else f"on the {search.part} of {first}"
