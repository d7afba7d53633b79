"""Sessions: what is on, for whom, where and when; and how a session is put in a few words."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date

from rasa_sdk.events import EventType, SlotSet

from actions.session_like import asks_what_it_is_like, say_what_it_is_like
from actions.turn import Pair, Speech, Turn, TurnAction, back_to_form, database, option
from bot import clock, when
from bot.programme import sessions
from bot.programme.sessions import SessionView

#: Sessions shown at a time: four numbered lines and a heading fit two segments.
SHOWN = 4


#: "Good morning" is no wish for a morning session.
_GREETING = re.compile(r"^\W*(?:good )?(?:morning?|mornin|afternoon|efternoon|evenin|evening)\b", re.IGNORECASE)
#: "a class on that": what was last talked about. "On this week" is not.
_ABOUT_IT = re.compile(
    r"\b(?:about|aboot|on|oan|for|fur|like) (?:that|this|it)\W*(?:pal|mate|please|pls)?\W*$", re.IGNORECASE
)


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

    @classmethod
    def of(cls, turn: Turn) -> Search:
        """What this message says."""
        said = when.read(turn.typed, clock.today()) if turn.typed else None
        part = when.read_part(_GREETING.sub("", turn.typed)) if turn.typed else None  # "anything at night"
        return cls(
            topic=turn.entity("topic"),
            area=turn.place(),
            sector=turn.entity("area"),
            start=said.start.isoformat() if said else None,
            end=said.end.isoformat() if said else None,
            part=part,
            audience=turn.audience(),
        )

    @classmethod
    def kept(cls, slot: object) -> Search:
        """The search kept in a slot."""
        return cls(**slot) if isinstance(slot, dict) else cls()

    def over(self, before: Search) -> Search:
        """This message on top of what was said before it."""
        return Search(**{k: v if v is not None else getattr(before, k) for k, v in asdict(self).items()})

    def is_empty(self) -> bool:
        return not any(asdict(self).values())

    def is_past(self) -> bool:
        """Whether the date asked for is gone by."""
        return self.end is not None and date.fromisoformat(self.end) < clock.today()

    def as_slot(self) -> dict | None:
        return None if self.is_empty() else asdict(self)


#: The sentences over a list of sessions: what was asked for, the same on other days, or only something like it.
FIT, LATER, NEAR = "sessions", "sessions_later", "sessions_near"


def find(search: Search, *, limit: int | None = None, skip: tuple[int, ...] = ()) -> list[SessionView]:
    """Sessions that fit all of `search`, soonest first: those of the district, else those of its part of the city."""
    wanted = {
        "topic": search.topic,
        "start": date.fromisoformat(search.start) if search.start else None,
        "end": date.fromisoformat(search.end) if search.end else None,
        "part": search.part,
        "audience": search.audience,
    }
    with database().read() as db:
        found = sessions.open_sessions(db, area=search.area, **wanted)
        if not found and search.sector:
            found = sessions.open_sessions(db, sector=search.sector, **wanted)
    return [s for s in found if s.id not in skip][:limit]


def closest(search: Search, limit: int = SHOWN) -> tuple[list[SessionView], str]:
    """Sessions that fit, or, when none does, the nearest thing; and how they are announced: FIT, LATER or NEAR.

    The date is given up first, then the place; the topic and who it is for are what people come for.
    """
    found = find(search, limit=limit)
    if found or search.is_empty():
        there = search.area is None or any(s.area.lower() == search.area.lower() for s in found)
        return found, FIT if there else NEAR
    looser = [
        Search(topic=search.topic, area=search.area, sector=search.sector, audience=search.audience),
        Search(topic=search.topic, audience=search.audience),
        Search(area=search.area, sector=search.sector, start=search.start, end=search.end),
        Search(),
    ]
    found, given_up = next(((near, s) for s in looser if s != search and (near := find(s, limit=limit))), ([], None))
    only_the_date = given_up == looser[0] and any(s.area.lower() == (search.area or s.area).lower() for s in found)
    return found, LATER if only_the_date else NEAR


#: Words of titles that tell no session from another.
_COMMON = frozenset("session group class hour with your about the and for health from this that drop wellbeing".split())


def named(text: str, among: list[SessionView]) -> list[SessionView]:
    """Those sessions whose title has a telling word of `text` in it ("the naloxone wan"); all of them if none has."""
    said = {w for w in re.findall(r"[a-z]{4,}", text.lower())} - _COMMON
    fitting = [s for s in among if said & set(re.findall(r"[a-z]{4,}", s.title.lower()))]
    return fitting or among


def day(s: SessionView) -> str:
    """ "Tomorrow", "Tue 8 Dec", as a line begins."""
    words = clock.day_words(s.starts_at)
    return words[0].upper() + words[1:]


def label(s: SessionView) -> str:
    """A session as one numbered line: "Tue 8 Dec 2pm Govan: Drink and you"."""
    limits = {"women": " (women)", "men": " (men)"}.get(s.audience, "")
    full = " FULL" if s.left <= 0 else ""
    return f"{day(s)} {clock.time_words(s.starts_at)} {s.area}: {s.title}{limits}{full}"


def day_and_time(s: SessionView) -> str:
    """ "Tue 8 Dec, 2pm to 4pm"."""
    return f"{day(s)}, {clock.time_words(s.starts_at)} to {clock.time_words(s.ends_at)}"


def where(s: SessionView) -> str:
    """Place, street and how to get there, as far as they are known."""
    place = ", ".join(part for part in (s.place, s.address) if part)
    return f"{place}. {s.directions.rstrip('.')}" if s.directions else place


def choices(found: list[SessionView]) -> list[Pair]:
    return [(label(s), option("session", s.id)) for s in found]


class ListSessions(TurnAction):
    """Says what is on, and lets the person pick one to book."""

    action_name = "action_list_sessions"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        search = Search.of(turn)
        if search.topic is None and turn.slots.get("topic") and _ABOUT_IT.search(turn.typed):  # "a class on that"
            search = search.over(Search(topic=turn.slots["topic"]))
        return list_sessions(turn, speech, search)


def list_sessions(turn: Turn, speech: Speech, search: Search) -> list[EventType]:
    """The sessions that fit `search`, to pick from."""
    if turn.loop:  # a look around in the middle of a booking: the form shows what fits
        return back_to_form(turn)
    again = [SlotSet("search", search.as_slot()), SlotSet("last_said", "sessions")]  # "what about thursday" follows
    if search.is_past():
        speech.say(
            "date_past",
            choices(find(Search(topic=search.topic, area=search.area, sector=search.sector), limit=SHOWN)),
        )
        return []
    found, heading = closest(search)
    if not found:
        speech.say("no_sessions")
        return []
    if asks_what_it_is_like(turn.typed):
        say_what_it_is_like(speech, named(turn.typed, found))
    samples = heading == FIT and any(s.sample for s in found)
    speech.say("sessions_sample" if samples else heading, choices(found))
    topic = search.topic or turn.slots.get("topic")
    return [*again, SlotSet("offered", [s.id for s in found]), SlotSet("topic", topic)]
