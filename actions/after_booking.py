"""What is said right after a place was booked: it is given up again, or where and when it is is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import day_asked, details, follow_words, practical, practical_words
from actions.speech import Speech
from actions.stores import conversation_of, database
from bot import clock
from bot.conversations import asking
from bot.programme import bookings, people

if TYPE_CHECKING:
    from actions.turn import Turn

#: What is asked of coming, whatever the language model makes of it: the child whom nobody minds is no health question.
_OF_COMING = frozenset({"child", "language", "access", "company", "what", "parking", "others", "runs", "food", "fares"})


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Begin to give up what was just booked: "actually naw"; or say where and when it is."""
    kind = practical_words.asked(turn.typed, of_a_session=True)
    if turn.danger is None and details.reply_after_booking(turn, speech):
        practical.say_beside_details(turn, speech)
        return []
    if turn.danger is None and day_asked.reply_to(turn, speech):
        return []
    if kind in _OF_COMING and (turn.danger is None or turn.danger.strength == "weak"):
        return practical.offer(turn, speech, str(kind))
    if turn.danger is not None or not follow_words.takes_it_back(turn.typed):
        return None
    with database().read() as db:
        if asking.answered_just_now(conversation_of(db, turn), clock.now()):
            return None  # a no to a question about danger
        held = bookings.bookings_of(db, people.person_of(db, turn.conversation_id))
    if not held:
        return None
    newest = max(booking.id for booking in held)
    return [SlotSet("last_said", None), SlotSet("cancel_booking_id", newest), FollowupAction("cancel_form")]
