"""Sessions: what is on, for whom, where and when; and how a session is put in a few words."""

from __future__ import annotations

import re
from datetime import date

from rasa_sdk.events import EventType, SlotSet

from actions import practical
from actions.search import Search, in_words
from actions.session_like import asks_what_it_is_like, say_what_it_is_like
from actions.turn import Pair, Speech, Turn, TurnAction, back_to_form, database, option
from bot import clock
from bot.programme import areas, sessions
from bot.programme.sessions import SessionView

#: Sessions shown at a time: four numbered lines and a heading fit two segments.
SHOWN = 4

#: "a class on that": what was last talked about. "On this week" is not.
_ABOUT_IT = re.compile(
    r"\b(?:about|aboot|on|oan|for|fur|like) (?:that|this|it)\W*(?:pal|mate|please|pls)?\W*$", re.IGNORECASE
)

#: The sentences over a list of sessions: what was asked for, the same on other days, or only something like it.
FIT, LATER, NEAR = "sessions", "sessions_later", "sessions_near"
#: Those which say what was asked for.
NAMING = frozenset({LATER, NEAR, "session_nearest", "which_session_of"})


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
        return found, FIT if _any_there(found, search) else NEAR
    if on_that_day := on_that_weekday(search, limit=limit):
        return on_that_day, LATER
    looser = [
        Search(topic=search.topic, area=search.area, sector=search.sector, audience=search.audience),
        Search(topic=search.topic, audience=search.audience),
        Search(area=search.area, sector=search.sector, start=search.start, end=search.end),
        Search(),
    ]
    found, given_up = next(((near, s) for s in looser if s != search and (near := find(s, limit=limit))), ([], None))
    only_the_date = given_up == looser[0] and _any_there(found, search)
    return found, LATER if only_the_date else NEAR


def _any_there(found: list[SessionView], search: Search) -> bool:
    """Whether one of them is in the place that was named; True where none was."""
    return search.area is None or any(s.area.lower() in areas.within(search.area) for s in found)


def on_that_weekday(search: Search, limit: int | None = None) -> list[SessionView]:
    """Sessions that fit but for the week: "Thursday" is a later Thursday where there is none on the next."""
    if search.weekday is None:
        return []
    any_day = find(Search(topic=search.topic, area=search.area, part=search.part, audience=search.audience))
    return [s for s in any_day if clock.london(s.starts_at).weekday() == search.weekday][:limit]


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


def say_heading(speech: Speech, heading: str, search: Search, pairs: list[Pair]) -> None:
    """A list under its sentence, which says what was asked for where that is not what is shown."""
    said = in_words(search)
    speech.say(heading, pairs, **({"said": said} if heading in NAMING else {}))


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
    if (told := practical.reply_to(turn, speech)) is not None:
        return told + back_to_form(turn)
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
    say_heading(speech, "sessions_sample" if samples else heading, search, choices(found))
    topic = search.topic or turn.slots.get("topic")
    return [*again, SlotSet("offered", [s.id for s in found]), SlotSet("topic", topic)]
