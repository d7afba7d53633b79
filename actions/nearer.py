"""A place that is nearer than the ones that were given: asks where they are, or says that none is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions import number_words
from actions.place_asked import TOLD
from actions.speech import PERSON, Speech
from bot import wording
from bot.programme import areas

if TYPE_CHECKING:
    from actions.turn import Turn

_GIVEN = frozenset({"services", "answer"})


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer "is there wan nearer", after places; None, and nothing said, for anything else. The district that they
    then text is looked in for what was looked for before."""
    before = turn.slots.get("last_said")
    if turn.loop or before not in _GIVEN or not turn.slots.get(TOLD) or not number_words.wants_nearer(turn.typed):
        return None
    if turn.entity("area") or areas.sector_of(turn.typed):
        return None  # a district is named: it is looked in
    search = (turn.slots.get("service_search") or {}) if before == "services" else {}
    if areas.sector_of(search.get("area")):
        speech.say_text(wording.say("service.none_nearer"), [PERSON])
        return []
    speech.say_text(wording.say("service.where_are_you"), [PERSON])
    if "text" in search:
        return []
    named = str(turn.slots.get("answer") or "").split("/")[-1].replace("_", " ")
    search = {"topic": turn.slots.get("topic"), "area": None, "text": named, "women": False}
    return [SlotSet("service_search", search), SlotSet("last_said", "services")]
