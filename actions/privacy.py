"""Who sees this: plain answers, never a promise of secrecy."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType

from actions.turn import Speech, Turn, TurnAction, back_to_form
from bot import wording

#: Whom, or what, somebody asks about by name → a sentence of data/wording/talk.yml. The first that fits counts.
_ASKED = (
    ("police", r"\b(?:police|polis|polls|cops?|bizzies|court|sheriff|judge|fiscal|parole)\b"),
    ("social_worker", r"\b(?:social ?workers?|socal worker|case ?manag\w*|(?:my|ma) worker|probation)\b"),
    (
        "family",
        r"\b(?:my|ma|our|oor) (?:mum|maw|da|dad|wife|husband|partner|missus|girlfriend|boyfriend|family|faimly|"
        r"parents|mates?|pals?|ex|kids?|son|daughter|burd)\b",
    ),
    ("kept", r"\b(?:save[ds]?|saving|kept|keep|keeping|store[ds]?|recorded|recording|logged|how long)\b"),
)


def _asked(typed: str) -> str | None:
    return next((kind for kind, said in _ASKED if re.search(said, typed, re.IGNORECASE)), None)


class WhoSees(TurnAction):
    """The short answer; the rest is in a second text, because people decide by it whether to go on."""

    action_name = "action_privacy"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (asked := _asked(turn.typed)) is not None:
            speech.say_text(wording.say(f"privacy.{asked}"))
        speech.say("privacy")
        speech.say("privacy_limits")
        return back_to_form(turn)
