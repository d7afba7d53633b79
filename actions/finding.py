"""Finding sessions for what somebody wants of one: those that fit, or what comes closest, and how near that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from actions.search import Search
from actions.stores import database
from actions.title_words import telling
from bot import clock
from bot.programme import areas, sessions, subjects
from bot.programme.sessions import SessionView

#: Sessions shown at a time: four numbered lines and a heading fit two segments.
SHOWN = 4

#: The sentences over a list of sessions: what was asked for, the same at other times, only something like it, or not
#: even that.
FIT, LATER, NEAR = "sessions", "sessions_later", "sessions_near"
#: Those of them that are in data/wording/search.yml.
TIMES, ELSE = "search.times", "search.else"
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

    def fitting(**where: str | None) -> list[SessionView]:
        found = sessions.open_sessions(db, **where, **wanted)
        return [s for s in found if _is_then(s, search) and _is_about(s, search)]

    with database().read() as db:
        found = fitting(area=search.area)
        if not found and search.sector:
            found = fitting(sector=search.sector)
    return [s for s in found if s.id not in skip][:limit]


def _is_then(s: SessionView, search: Search) -> bool:
    """Whether it begins at the time of day, and on the days of the week, that were named; True where none were."""
    begins = clock.london(s.starts_at)
    if search.not_on == begins.weekday():
        return False
    if search.not_in is not None and _in_part(begins.hour, search.not_in):
        return False
    if search.start is None and search.weekday not in (None, begins.weekday()):
        return False
    if search.since is None:
        return True
    return search.since <= 60 * begins.hour + begins.minute <= (search.until or 0)


def _in_part(hour: int, part: str) -> bool:
    first, last = sessions.PARTS[part]
    return first <= hour < last


def _is_about(s: SessionView, search: Search) -> bool:
    """Whether its title says the subject that was named; True where none was."""
    subject = subjects.known().get(search.subject or "")
    return subject is None or subject.titles.search(s.title) is not None


def closest(search: Search, limit: int = SHOWN) -> tuple[list[SessionView], str]:
    """Sessions that fit, or, when none does, the nearest thing; and how they are announced (FIT ... ELSE).

    The date is given up first, then the place; the topic and who it is for are what people come for. A subject that
    no session is on is given up before all.
    """
    if search.subject and not find(Search(subject=search.subject, audience=search.audience)):
        topic = search.topic or subjects.known()[search.subject].topic
        return closest(replace(search, subject=None, topic=topic), limit)[0], NEAR if topic else ELSE
    found = find(search, limit=limit)
    if found or search.is_empty():
        return found, FIT if _any_there(found, search) else NEAR
    if on_that_day := on_that_weekday(search, limit=limit):
        return on_that_day, LATER
    some_time = search.at_any_time()
    looser = [
        some_time,
        replace(some_time, area=None, sector=None),
        Search(area=search.area, sector=search.sector, start=search.start, end=search.end, not_on=search.not_on,
            not_in=search.not_in),
        Search(not_on=search.not_on, not_in=search.not_in),
    ]
    found, given_up = next(((near, s) for s in looser if s != search and (near := find(s, limit=limit))), ([], None))
    if given_up == some_time and _any_there(found, search):
        return found, TIMES if search.time or search.part else LATER
    return found, ELSE if given_up == looser[-1] else NEAR


def _any_there(found: list[SessionView], search: Search) -> bool:
    """Whether one of them is in the place that was named; True where none was."""
    return search.area is None or any(s.area.lower() in areas.within(search.area) for s in found)


def on_that_weekday(search: Search, limit: int | None = None) -> list[SessionView]:
    """Sessions that fit but for the week: "Thursday" is a later Thursday where there is none on the next."""
    if search.weekday is None or search.start is None:
        return []
    any_day = find(replace(search, sector=None, start=None, end=None, weekday=None))
    return [s for s in any_day if clock.london(s.starts_at).weekday() == search.weekday][:limit]


def named(text: str, among: list[SessionView]) -> list[SessionView]:
    """Those sessions whose title has a telling word of `text` in it ("the naloxone wan"); all of them if none has."""
    said = telling(text)
    fitting = [s for s in among if said & telling(s.title)]
    return fitting or among
