"""Answering a place that is held for the person, and "coming" under a reminder."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.booked import say_booked
from actions.refusing import refuse
from actions.turn import Speech, Turn, TurnAction, database
from bot.programme import bookings, people, sessions
from bot.programme.refusals import Refused


class AnswerOffer(TurnAction):
    """Takes or leaves a place that was held for the person."""

    action_name = "action_answer_offer"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        booking_id = int(turn.entity("booking") or 0)
        try:
            with database().write() as db:
                person = people.person_of(db, turn.conversation_id)
                if turn.intent == "accept_offer":
                    booking = bookings.accept_offer(db, person, booking_id)
                else:
                    booking = bookings.decline_offer(db, person, booking_id)
                view = sessions.session(db, booking.session_id)
        except Refused as refusal:
            refuse(speech, refusal.code)
            return []
        if turn.intent == "accept_offer":
            say_booked(speech, view, "booked")
        else:
            speech.say("offer_declined", [("What's on", "/list_sessions")])
        return []


class ConfirmComing(TurnAction):
    """ "1 coming" under a reminder."""

    action_name = "action_confirm_coming"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        speech.say("see_you_there")
        return []
