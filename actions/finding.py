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
    return _for_all_first([s for s in found if s.id not in skip], search)[:limit]


def _for_all_first(found: list[SessionView], search: Search) -> list[SessionView]:
    """What is for women only, or for men only, behind the rest, where nothing says who wants it."""
    if search.audience or search.as_one_of or search.topic == "womens_health":
        return found
    return sorted(found, key=lambda s: s.audience != "everyone")


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
    """Whether its title says the subject that was named, where one was, and it is not what was refused, nor for others
    than they say they are."""
    refused = subjects.known().get(search.not_subject or "")
    if s.topic == search.not_topic or (refused is not None and refused.titles.search(s.title)):
        return False
    if search.as_one_of is not None and s.audience not in ("everyone", search.as_one_of):
        return False
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
    if found and _all_for_some(found, search) and (more := on_that_weekday(search)):
        return _for_all_first([*found, *(s for s in more if s not in found)], search)[:limit], FIT
    if found or search.is_empty():
        return found, FIT if _any_there(found, search) else NEAR
    if on_that_day := on_that_weekday(search, limit=limit):
        return on_that_day, LATER
    some_time = search.at_any_time()
    if (search.part or search.time) and (search.area or search.sector):
        there, then = find(some_time), find(replace(search, area=None, sector=None))
        if there and then:  # where they can come, and when they can come: they know best which of the two matters
            half = limit // 2
            return sorted({s.id: s for s in [*there[:half], *then[:half]]}.values(), key=lambda s: s.starts_at), NEAR
    never = Search(not_on=search.not_on, not_in=search.not_in, not_topic=search.not_topic,
        not_subject=search.not_subject, as_one_of=search.as_one_of)  # fmt: skip
    looser = [
        some_time,
        replace(search, area=None, sector=None),
        replace(some_time, area=None, sector=None),
        replace(never, area=search.area, sector=search.sector, start=search.start, end=search.end),
        never,
    ]
    found, given_up = next(((near, s) for s in looser if s != search and (near := find(s, limit=limit))), ([], None))
    if given_up == some_time and _any_there(found, search):
        return found, TIMES if search.time or search.part else LATER
    return found, ELSE if given_up == looser[-1] else NEAR


def _all_for_some(found: list[SessionView], search: Search) -> bool:
    """Whether all of them are for women only, or men only, and nothing says who wants one."""
    return _for_all_first(found, search) is not found and all(s.audience != "everyone" for s in found)


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
