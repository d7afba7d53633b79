"""Who sees this: plain answers, never a promise of secrecy."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import privacy_told
from actions.turn import Speech, Turn, TurnAction, back_to_form


class WhoSees(TurnAction):
    """What was asked is answered; what holds for everybody is said once, because people decide by it whether to go on.
    """

    action_name = "action_privacy"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        privacy_told.say_who_sees(turn, speech)
        return back_to_form(turn)
