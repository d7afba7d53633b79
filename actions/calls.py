"""Call-backs: when and on which number it is safe to ring, and whether anybody did."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import call_wish, underway
from actions.handoffs import when_words
from actions.turn import Speech, Turn, conversation_of, database
from bot.conversations import call_backs, call_wishes, handoffs


def chosen(turn: Turn, speech: Speech, what: str) -> list[EventType]:
    """A time of day, another number, or that the number is right."""
    if what == "other":
        with database().write() as db:
            call_backs.await_number(db, conversation_of(db, turn))
        speech.say("call_which_number")
    elif what == "right":
        with database().write() as db:
            right = call_backs.confirm(db, conversation_of(db, turn))
        speech.say("call_right" if right else "choice_gone")
    elif what not in call_backs.PARTS:
        speech.say("choice_gone")
    else:
        _time(turn, speech, what)
    return [SlotSet("last_said", call_wish.CALL)]


def _time(turn: Turn, speech: Speech, part: str) -> None:
    if (words := call_wish.keep(turn, speech, call_wishes.Wish(part, None, None))) is not None:
        speech.say("call_time", underway.TIMES[-1:], part=words)


def called(turn: Turn, speech: Speech, answer: str) -> list[EventType]:
    """ "Did they call?": yes, or it is asked for again."""
    with database().write() as db:
        conversation = conversation_of(db, turn)
        again = call_backs.answered(db, conversation, answer)
        if again:
            handoffs.open_for(db, conversation, "call_me")
    if again:
        speech.say("call_again", when=when_words())
    else:
        speech.say("call_yes")
    return []
