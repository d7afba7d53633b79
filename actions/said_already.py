"""Where the answer is the one that was given just before: nobody is sent the same text twice for other words.

Whoever asks on and gets the same again has not been heard. They get what they have not read yet: the rest of the
answer, or what came nearest after it, and the way to a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction

from actions import bank, meant
from actions.speech import PERSON, TO_MENU, Speech
from bot import wording

if TYPE_CHECKING:
    from actions.turn import Turn

#: After so many seconds the same question may be asked again to hear the same answer.
LATER = 900.0
#: What is to be done at once may be said as often as it is asked.
_AGAIN = frozenset({"drugs/overdose_what_to_do", "drugs/after_naloxone"})


def instead(turn: Turn, speech: Speech, topic: str, key: str) -> list[EventType] | None:
    """Say what there is beside the answer that was given a moment ago; None, and nothing said, for any other answer."""
    name = f"{topic}/{key}"
    if turn.loop or not turn.typed or turn.pause > LATER or name in _AGAIN:
        return None
    if turn.slots.get("last_said") != "answer" or turn.slots.get("answer") != name:
        return None
    if not bank.was_shown_last(turn, name):
        return None
    if bank.has_more(turn):
        speech.say_text(wording.say("talk.rest_of_it"))
        return [FollowupAction("action_more")]
    nothing_left(turn, speech, name)
    return []


def nothing_left(turn: Turn, speech: Speech, name: str) -> None:
    """All of the answer `name` has been said: offer what came nearest to these words after it, and a person."""
    pairs = meant.questions(turn, (other.split("/", 1) for other in bank.nearest(turn, *name.split("/", 1))[:2]))
    if pairs:
        speech.say_text(wording.say("talk.all_of_it"), [*pairs, PERSON])
    else:
        speech.say("no_more", [PERSON, TO_MENU])
