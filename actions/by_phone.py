"""A number to ring is wanted, or a place near: taken for a wish to be rung, or for a person of ours.

Whoever has no data has no use for a website, and whoever wants to ring somewhere must not be rung by a worker who was
never asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction

from actions import number_words
from actions.speech import PERSON, Speech
from bot import wording

if TYPE_CHECKING:
    from actions.turn import Turn

#: What a wish for a number is taken for; these by themselves lead elsewhere as rightly.
_A_PERSON = frozenset({"call_me", "talk_to_person", "find_service"})
_NOT_ALONE = frozenset({"find_service", "ask_privacy", "wrong_number"})
_MISTAKEN = frozenset({
    "call_me", "talk_to_person", "find_service", "nlu_fallback", "out_of_scope", "correction", "more", "deny",
    "ask_privacy", "wrong_number",
})  # fmt: skip


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Point to places instead of bringing somebody in; None, and nothing said, for anything else."""
    if turn.intent not in _MISTAKEN:
        return None
    if number_words.asks_what_to_say(turn.typed) and turn.intent in _A_PERSON:
        speech.say_text(wording.say("talk.what_to_say"), [PERSON])
        return []
    near = turn.intent == "talk_to_person" and number_words.wants_one_near(turn.typed)
    number = turn.intent not in _NOT_ALONE and number_words.wants_a_number(turn.typed)
    return [FollowupAction("action_find_service")] if near or number else None
