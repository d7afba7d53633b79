"""Services as they are said: up to two at a time, the nearer ones, and the next ones."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet

from actions import number_words, whereabouts
from actions.place_asked import TOLD
from actions.speech import PERSON
from actions.turn import Pair, Speech, Turn, conversation_of, database, option, settings
from bot import clock, wording
from bot.conversations import asking, handoffs
from bot.models import Service
from bot.programme import areas, needs, services, signposts, topics

#: Services told at a time; what follows is behind "Show me others".
AT_A_TIME = 2
#: Among so many those with a phone are looked for, where somebody wants to ring.
_LOOKED_AT = 8


def tell(
    turn: Turn,
    speech: Speech,
    *,
    topic: str | None,
    area: str | None,
    text: str,
    women: bool,
    seen: tuple[str, ...] = (),
    first: tuple[str, ...] = (),
    alone: bool = True,
) -> list[EventType]:
    """Say up to AT_A_TIME services in one text; offer more where there are more. Where something was said before them,
    they are not `alone`, and that there is none goes without saying.
    """
    rings = number_words.wants_a_number(turn.typed) or number_words.wants_a_number(text)
    sought = number_words.without_the_phone(text) if rings else text
    with database().read() as db:
        found = services.find(
            db, topics=(topic,) if topic else (), area=areas.sector_of(area), women_only=women, text=sought,
            live=not settings().demo, limit=_LOOKED_AT if rings else AT_A_TIME + 1,
            exclude=seen,
        )  # fmt: skip
        leading = [s for slug in first if (s := services.get(db, slug, live=not settings().demo))]
        found = [*leading, *(s for s in found if s.slug not in first)]
        found = sorted(found, key=lambda s: rings and not s.phone)[: AT_A_TIME + 1]
        lines = [services.lines(s, clock.today()) for s in found]
    if not found and not alone:
        return []
    if not found:
        speech.say("no_more_services" if seen else "no_service", [PERSON])
        return []
    shown = lines[:1]
    for line in lines[1:AT_A_TIME]:  # a second one only if both fit two segments
        if wording.size("\n".join([*shown, line])).units <= wording.ANSWER_BUDGET - 20:
            shown.append(line)
    given = found[: len(shown)]
    just_hurt = shaken(turn)
    with database().write() as db:  # in two weeks they are asked whether they went, where that may be asked
        signposts.note(db, conversation_of(db, turn), given, topic=topic, text=text, shaken=just_hurt)
    more: list[Pair] = [("Others", option("services"))] if len(found) > len(shown) else []
    if just_hurt:
        speech.say_text(wording.say("service.shaken"))
    elif (none_there := _none_there(turn, area, given)) is not None and not seen:
        if wording.size("\n".join([none_there, *shown])).units <= wording.ANSWER_BUDGET - 20:
            shown = [none_there, *shown]
        else:
            speech.say_text(none_there)
    speech.say_text("\n".join(shown), more)
    return [
        SlotSet("topic", topic),
        SlotSet("service_search", {"topic": topic, "area": area, "text": text, "women": women}),
        SlotSet("services_seen", [*seen, *(s.slug for s in given)]),
        SlotSet(TOLD, [s.slug for s in given]),
        SlotSet("last_said", "services"),
    ]


def _none_there(turn: Turn, area: str | None, given: Sequence[Service]) -> str | None:
    """That none of the places `given` is in the district that was named just now; None where one is, or none was."""
    sector, place = areas.sector_of(area), whereabouts.in_place(turn.place())
    if not place or sector not in areas.SECTORS or any(s.area == sector for s in given):
        return None
    if needs.ALSO_A_DISTRICT & {s.slug for s in given} & set(needs.called(turn.typed)):
        return None  # Sandyford is a service, and a district
    return wording.say("service.none_there", place=place)


def shaken(turn: Turn) -> bool:
    """Did they speak of abuse or suicide within the hour? Then nothing comes as a bare list."""
    with database().read() as db:
        found = handoffs.current(db, turn.conversation_id)
        hurt = found is not None and found.reason != "crisis_emergency"
        return hurt and asking.still_shaken(db, conversation_of(db, turn), clock.now())


def nearer(turn: Turn, speech: Speech) -> list[EventType] | None:
    """After places were given, a district in a few words ("in govan"), or where a place is asked for and nothing else
    is named, asks for those there; None for anything else."""
    area = turn.entity("area") or areas.sector_of(turn.typed)
    asked = turn.slots.get("service_search") or {}
    leans = len(turn.typed.split()) <= 4 or turn.intent == "find_service"
    if turn.slots.get("last_said") != "services" or "text" not in asked or turn.loop:
        return None
    if not area and number_words.wants_a_number(turn.typed):  # "they're aw websites. sumbdy a can phone"
        return tell(turn, speech, **asked)
    if not area or not leans:
        return None
    return tell(turn, speech, **{**asked, "area": area})


def more_services(turn: Turn, speech: Speech) -> list[EventType]:
    """The next ones for the same request."""
    asked = turn.slots.get("service_search") or {}
    if "text" not in asked:  # no search yet, at most a place to search in
        speech.say("which_service_topic", topic_choices("service"))
        return []
    return tell(turn, speech, **asked, seen=tuple(turn.slots.get("services_seen") or ()))


def area_asked(turn: Turn) -> str | None:
    """Where somebody said they are when they were asked what kind of help they want; None when they had not."""
    asked = turn.slots.get("service_search") or {}
    return None if "text" in asked else asked.get("area")


def topic_choices(kind: str) -> list[Pair]:
    """The programme's topics as choices of `kind`."""
    with database().read() as db:
        return [(t.label, option(kind, t.slug)) for t in topics.active(db)]
