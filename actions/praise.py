"""Very short praise ("barry that", "pure class"): thanks, or what they think of the session that they were just at."""

from __future__ import annotations

import json

from rasa_sdk.events import EventType

from actions import bank
from actions.praise_words import is_praise
from actions.scores import LABELS, score_in_words
from actions.turn import Speech, Turn, conversation_of, database, option
from bot import clock, wording
from bot.conversations import asking
from bot.conversations import choices as open_choices
from bot.programme import feedback, people


def heard(turn: Turn, speech: Speech) -> list[EventType] | None:
    """What praise leads to; None, and nothing said, for anything else and in the middle of a form.

    Under "did that help?" it is a yes. Of a session that is just over it may be what they think of it: that is asked,
    as it may as well be thanks for an answer.
    """
    if turn.loop or not is_praise(turn.typed):
        return None
    with database().read() as db:
        rows = open_choices.open_choices(db, turn.conversation_id)
        shaken = asking.still_shaken(db, conversation_of(db, turn), clock.now())
        lately = feedback.session_just_over(db, people.person_of(db, turn.conversation_id))
    if rows and _option(rows[0].payload) == option("helped", "1"):
        return bank.helped(turn, speech, True)
    if shaken:
        return None
    score = score_in_words(turn.typed)
    if lately is not None and score is not None:
        pairs = [("Yes, put it down", option("rate", lately.id, score)), ("No", option("none"))]
        speech.say_text(wording.say("praise.of_a_session", title=lately.title, score=LABELS[score - 1]), pairs)
        return []
    speech.say("glad" if turn.slots.get("last_said") else "thank")
    return []


def _option(payload: str) -> str:
    """A payload of ours as `option` writes it."""
    if not payload.startswith("/choose"):
        return payload
    return option(*json.loads(payload.removeprefix("/choose"))["option"].split(":"))
