"""Pointing to services: by topic, area and need, at most three at a time."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, SlotSet

from actions import whereabouts
from actions.bank import say_answer, say_together
from actions.turn import (
    Pair,
    Speech,
    Turn,
    TurnAction,
    back_to_form,
    conversation_of,
    database,
    option,
    settings,
)  # fmt: skip
from bot import clock, wording
from bot.conversations import asking, handoffs, messages
from bot.programme import answers, areas, needs, services, signposts, topics

#: Services told at a time; what follows is behind "Show me others".
AT_A_TIME = 2
#: Needs that words about abuse are about.
_HURT = ("sexual_violence", "abuse")


#: Where to go, not where it is from: all that is said after an answer.
_WHERE = re.compile(
    r"\W*(?:aye |ok |and )?(?:where|whaur|wher|whare)(?:'?s| is| do i go| dae a go| can i go| abouts?| tae| at| to)*"
    r"\W*$",
    re.IGNORECASE,
)


def asks_where(text: str) -> bool:
    """Whether "where" is all that is asked, as after "how do i get tested"."""
    return bool(text) and _WHERE.match(text) is not None


class FindService(TurnAction):
    """Finds services for what was said, or for what was last talked about ("where do i get wan")."""

    action_name = "action_find_service"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        topic = turn.entity("topic") or (None if services.need_of(turn.typed) else turn.slots.get("topic"))
        area = turn.entity("area") or areas.sector_of(turn.typed)
        if topic is None and turn.typed and services.need_of(turn.typed) is None and (hurt := _just_spoke_of(turn)):
            # Its name, not their words: "last night" would find whoever says "the last 7 days".
            about, first = hurt.replace("_", " "), needs.NEEDS[hurt].lead
            return tell(turn, speech, topic=None, area=area, text=about, women=False, first=first) + back_to_form(turn)
        if topic is None and services.need_of(turn.typed) is None:
            if turn.loop:
                return back_to_form(turn)
            if turn.entity("area") and not turn.typed:  # a map pin: say what was made of it
                near = whereabouts.name_of(turn.entity("area"))
                speech.say_text(wording.say("service.near", place=near), topic_choices("service"))
            else:
                speech.say("which_service_topic", topic_choices("service"))
            return [SlotSet("service_search", {"area": area})]  # where they are is not asked for again
        hurt = _hurt_in(turn.typed)
        about, first = turn.typed, needs.NEEDS[hurt].lead if hurt and not area else ()
        if turn.entity("topic") is None and services.need_of(turn.typed) is None:
            # What was talked about last says what is needed: after "what's naloxone", "where do i get wan".
            about = f"{about} {str(turn.slots.get('answer') or '').split('/')[-1].replace('_', ' ')}"
            first = () if area else _named_by_the_answer(turn, topic)
        if placeless := [s for n in needs.needs_of(turn.typed) if (s := needs.NEEDS[n].sentence)]:
            speech.say_text(wording.say(f"service.{placeless[0]}"))  # no list of ours has the place
            return back_to_form(turn)
        led = _answered_first(turn, speech)
        women = turn.audience() == "women" or topic == "womens_health"
        told = tell(turn, speech, topic=topic, area=area, text=about, women=women, first=first, alone=not led)
        return told + led + back_to_form(turn)  # "more" is more of the answer; other places are a choice


def _answered_first(turn: Turn, speech: Speech) -> list[EventType]:
    """What comes before the places: an answer that carries a time limit or first aid, or what helps today."""
    if said := say_together(turn, speech, needs.needed_today(turn.typed)):
        return said
    for need in map(needs.NEEDS.__getitem__, needs.needs_of(turn.typed)):
        if need.answer and (said := say_answer(turn, speech, *need.answer, ask=False)):
            return said
    return []


def _just_spoke_of(turn: Turn) -> str | None:
    """After words about abuse, "where can i get help" means help with that; what they wrote just before says which."""
    if not shaken(turn):
        return None
    with database().read() as db:
        before = " ".join(messages.recent_texts(db, turn.conversation_id, turn.message_id or 0))
    return _hurt_in(before)


def _hurt_in(text: str) -> str | None:
    """The need that words about abuse are about; None where there are none."""
    return next((need for need in needs.needs_of(text) if need in _HURT), None)


def _named_by_the_answer(turn: Turn, topic: str | None) -> tuple[str, ...]:
    """The services that the last answer names, if it was about the same topic: its writer has chosen them."""
    answer = str(turn.slots.get("answer") or "")
    if turn.slots.get("last_said") != "answer" or answer.split("/")[0] != topic:
        return ()
    with database().read() as db:
        shown = answers.last_shown(db, turn.conversation_id)
        return tuple(shown.revision.services or ()) if shown else ()


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
    with database().read() as db:
        found = services.find(
            db, topics=(topic,) if topic else (), area=areas.sector_of(area), women_only=women, text=text,
            live=not settings().demo, limit=AT_A_TIME + 1, exclude=seen,
        )  # fmt: skip
        leading = [s for slug in first if (s := services.get(db, slug, live=not settings().demo))]
        found = [*leading, *(s for s in found if s.slug not in first)][: AT_A_TIME + 1]
        lines = [services.lines(s, clock.today()) for s in found]
    if not found and not alone:
        return []
    if not found:
        speech.say("no_more_services" if seen else "no_service", [("Talk to a person", "/talk_to_person")])
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
    speech.say_text("\n".join(shown), more)
    return [
        SlotSet("topic", topic),
        SlotSet("service_search", {"topic": topic, "area": area, "text": text, "women": women}),
        SlotSet("services_seen", [*seen, *(s.slug for s in given)]),
        SlotSet("last_said", "services"),
    ]


def shaken(turn: Turn) -> bool:
    """Did they speak of abuse or suicide within the hour? Then nothing comes as a bare list."""
    with database().read() as db:
        found = handoffs.current(db, turn.conversation_id)
        hurt = found is not None and found.reason != "crisis_emergency"
        return hurt and asking.still_shaken(db, conversation_of(db, turn), clock.now())


def nearer(turn: Turn, speech: Speech) -> list[EventType] | None:
    """After places were given, a district in a few words ("in govan") asks for those there; None for anything else."""
    area = turn.entity("area") or areas.sector_of(turn.typed)
    asked = turn.slots.get("service_search") or {}
    if not area or turn.slots.get("last_said") != "services" or "text" not in asked or len(turn.typed.split()) > 4:
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
