"""The entities of a message: topic, area, women_only, men_only and when. Tables and rules, no model."""

from __future__ import annotations

from datetime import date

from bot import when
from bot.nlu.audience import audience
from bot.nlu.places import wanted
from bot.nlu.topics import topics

#: A longer text is read for its meaning only: nobody names a session in it.
MAX_CHARACTERS = 1_600


def entities(text: str, today: date) -> list[dict]:
    """Everything that `text` names, as Rasa has it: {entity, value, start, end, extractor}, in the order of the text.

    `area` has the place's name beside it as `place`; `when` has the words as its value and the days, as ISO dates, in
    `from` and `to`, with `part`. The days are read from `today`: an action that runs on another day reads the words.
    """
    text = text[:MAX_CHARACTERS]
    found = [_entity("topic", t.slug, t.start, t.end) for t in topics(text)]
    found += [_entity("area", p.area, p.start, p.end, place=p.name) for p in wanted(text)]
    if who := audience(text):
        found.append(_entity(f"{who.who}_only", "true", who.start, who.end))
    if days := when.read(text, today):
        at = max(0, " ".join(text.lower().replace("’", "'").split()).find(days.words))
        more = {"from": days.start.isoformat(), "to": days.end.isoformat(), "part": days.part}
        found.append(_entity("when", days.words, at, at + len(days.words), **more))
    return sorted(found, key=lambda e: (e["start"], e["entity"]))


def _entity(name: str, value: str, start: int, end: int, **more: object) -> dict:
    return {"entity": name, "value": value, "start": start, "end": end, "extractor": "EntityReader", **more}
