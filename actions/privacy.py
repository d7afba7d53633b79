"""Who sees this: plain answers, never a promise of secrecy."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.turn import Speech, Turn, TurnAction, back_to_form


class WhoSees(TurnAction):
    """The short answer; the rest is in a second text, because people decide by it whether to go on."""

    action_name = "action_privacy"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        speech.say("privacy")
        speech.say("privacy_limits")
        return back_to_form(turn)
