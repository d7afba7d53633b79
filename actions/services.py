"""Pointing to services: by topic, area and need, at most three at a time."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import details, number_words, practical, talk, underway, whereabouts
from actions.bank import has_more, say_answer, say_gist, say_together
from actions.finding import find
from actions.place_asked import TOLD
from actions.places_told import nearer, shaken, tell, topic_choices
from actions.search import Search
from actions.speech import PERSON
from actions.turn import Pair, Speech, Turn, TurnAction, back_to_form, database, settings
from bot import wording
from bot.conversations import messages
from bot.programme import answers, areas, needs, services

#: Needs that words about abuse are about.
_HURT = ("sexual_violence", "abuse")

#: From this confidence on a place is what is asked for; below it an answer this near is said as well.
SURELY_A_PLACE, NEAR_ENOUGH = 0.8, 0.15

#: "A group for just women": ours are shown first, as they may be booked here.
_A_GROUP = re.compile(r"\b(?:groups?|class(?:es)?|sessions?|wans?|meetings?|meetin|walks?)\b", re.IGNORECASE)
#: Of a place that was named in the answer before, by one word of its name: "the number for the council wan".
_THE_ONE = re.compile(r"\bthe (\w{4,}) (?:wans?|ones?|yins?|place|people|folk|lot|mob)\b", re.IGNORECASE)
class FindService(TurnAction):
    """Finds services for what was said, or for what was last talked about ("where do i get wan")."""

    action_name = "action_find_service"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := talk.reply_to(turn, speech)) is not None:  # "my doctor said different"
            return told
        if details.reply_to(turn, speech):  # "where do i go when i get there"
            return back_to_form(turn)
        named = needs.called(turn.typed) or _named_in_part(turn)
        own_words = named or services.need_of(turn.typed)
        topic = turn.entity("topic") or (None if own_words else turn.slots.get("topic"))
        area = turn.entity("area") or areas.sector_of(turn.typed)
        if not own_words and turn.loop is None and _group_of_ours(turn):
            return [FollowupAction("action_list_sessions")]
        if _answer_without_a_place(turn):  # who does a smear stands in the answer, if anywhere
            if has_more(turn):
                return [FollowupAction("action_more")]
            if say_gist(turn, speech):
                return []
        called = _showable(named)
        unsaid = topic is None and services.need_of(turn.typed) is None and not called
        unshown = services.crisis_line(named) is not None or unsaid and not _is_a_district(named)
        if named and not called and unshown:
            _say_unshown(speech, named, [] if turn.loop else [PERSON])
            return back_to_form(turn)
        if unsaid and turn.typed and (hurt := _just_spoke_of(turn)):
            # Its name, not their words: "last night" would find whoever says "the last 7 days".
            about, first = hurt.replace("_", " "), needs.NEEDS[hurt].lead
            return tell(turn, speech, topic=None, area=area, text=about, women=False, first=first) + back_to_form(turn)
        if unsaid:
            if (told := nearer(turn, speech)) is not None:  # "that's miles away, am in maryhill. any up here"
                return told
            if (told := underway.tell(turn, speech)) is not None:  # "go and ask them"
                return told
            if (told := practical.reply_to(turn, speech)) is not None:  # "when are yous open"
                return told + back_to_form(turn)
            if turn.loop:
                return back_to_form(turn)
            if turn.entity("area") and not turn.typed:  # a map pin: say what was made of it
                near = whereabouts.name_of(turn.entity("area"))
                speech.say_text(wording.say("service.near", place=near), topic_choices("service"))
            else:
                speech.say("which_service_topic", topic_choices("service"))
            # Where they are is not asked for again, and what they say now is no half question on an answer before.
            return [SlotSet("service_search", {"area": area}), SlotSet("last_said", None)]
        hurt = _hurt_in(turn.typed)
        about, first = turn.typed, needs.NEEDS[hurt].lead if hurt and not area else ()
        if turn.entity("topic") is None and not own_words:
            # What was talked about last says what is needed: after "what's naloxone", "where do i get wan".
            about = f"{about} {str(turn.slots.get('answer') or '').split('/')[-1].replace('_', ' ')}"
            first = () if area else _named_by_the_answer(turn, topic)
        first = (*called, *(slug for slug in first if slug not in called))
        if placeless := [s for n in needs.needs_of(turn.typed) if (s := needs.NEEDS[n].sentence)]:
            speech.say_text(wording.say(f"service.{placeless[0]}"))  # no list of ours has the place
            return back_to_form(turn)
        if not (led := _answered_first(turn, speech)):
            led = _answered_as_near(turn, speech)
            if led and not area and not needs.needs_of(turn.typed):
                return led + back_to_form(turn)  # its words say where to go; by theirs a list would be of anything
        women = turn.audience() == "women" or topic == "womens_health"
        told = tell(turn, speech, topic=topic, area=area, text=about, women=women, first=first, alone=not led)
        told += [*led, *(event for event in told if event["name"] == TOLD)]  # an answer forgets the places before it
        return told + back_to_form(turn)  # "more" is more of the answer; other places are a choice


def _group_of_ours(turn: Turn) -> bool:
    """Whether a group for women, or for men, is asked for, and one of our sessions is for them alone."""
    who = turn.audience()
    return bool(who and _A_GROUP.search(turn.typed) and find(Search(audience=who), limit=1))


def _named_in_part(turn: Turn) -> tuple[str, ...]:
    """The service that the answer before named in full, and they name by a word of it; () where there is none."""
    if (part := _THE_ONE.search(turn.typed)) is None or turn.slots.get("last_said") != "answer":
        return ()
    with database().read() as db:
        shown = answers.last_shown(db, turn.conversation_id)
        told = f"{shown.revision.text} {shown.revision.more or ''}" if shown else ""
        names = {s.slug: s.name.lower() for s in services.directory(db)}
    return tuple(slug for slug in needs.called(told) if part[1].lower() in names.get(slug, ""))


def _showable(slugs: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these services that may be shown."""
    with database().read() as db:
        return tuple(slug for slug in slugs if services.get(db, slug, live=not settings().demo))


def _is_a_district(named: tuple[str, ...]) -> bool:
    """Whether the only name is that of a district as well: "anything in sandyford"."""
    return needs.ALSO_A_DISTRICT >= set(named)


def _say_unshown(speech: Speech, named: tuple[str, ...], choices: list[Pair]) -> None:
    """A service that may not be shown: the reviewed number of a crisis line, or that nobody has checked it."""
    line = services.crisis_line(named)
    speech.say_text(line or wording.say("service.not_ours"), [] if line else choices)


def _answered_first(turn: Turn, speech: Speech) -> list[EventType]:
    """What comes before the places: an answer that carries a time limit or first aid, or what helps today."""
    if said := say_together(turn, speech, needs.needed_today(turn.typed)):
        return said
    for need in map(needs.NEEDS.__getitem__, needs.needs_of(turn.typed)):
        if need.before:
            speech.say_text(wording.say(f"service.{need.before}"))
            return [SlotSet("last_said", "services")]
        if need.answer and (said := say_answer(turn, speech, *need.answer, ask=False)):
            return said
    return []


def _answered_as_near(turn: Turn, speech: Speech) -> list[EventType]:
    """The answer that may as well be asked for, where it is not sure that it is a place: "where do i hand these in"."""
    best = max(turn.parse.get("answers") or (), key=lambda a: a["confidence"], default=None)
    named = turn.entity("topic")
    if turn.confidence >= SURELY_A_PLACE or best is None or best["confidence"] < NEAR_ENOUGH:
        return []
    if named and named != best["topic"]:
        return []
    return say_answer(turn, speech, best["topic"], best["key"], ask=False) or []


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


def _answer_without_a_place(turn: Turn) -> bool:
    """Whether nothing is named, and the answer that was given last goes with no place: a list would be of anything."""
    named = turn.entity("topic") or turn.entity("area") or services.need_of(turn.typed) or areas.sector_of(turn.typed)
    named = named or needs.called(turn.typed)
    named = named or number_words.wants_a_number(turn.typed)
    if turn.loop or not turn.typed or named or turn.slots.get("last_said") != "answer":
        return False
    with database().read() as db:
        shown = answers.last_shown(db, turn.conversation_id)
        return shown is not None and not shown.revision.services


def _named_by_the_answer(turn: Turn, topic: str | None) -> tuple[str, ...]:
    """The services that the last answer names, if it was about the same topic: its writer has chosen them."""
    answer = str(turn.slots.get("answer") or "")
    if turn.slots.get("last_said") != "answer" or answer.split("/")[0] != topic:
        return ()
    with database().read() as db:
        shown = answers.last_shown(db, turn.conversation_id)
        return tuple(shown.revision.services or ()) if shown else ()
