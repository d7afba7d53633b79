"""Giving up a booking: which one, read back, given up; then why, which may be left out."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.forms import Form, open_task
from actions.my_bookings import NO_BOOKINGS, ask_which, held_by, which
from actions.refusing import refuse
from actions.session_choice import CONFIRM, NONE
from actions.sessions import day_and_time
from actions.turn import Pair, Speech, Turn, TurnAction, conversation_of, database, forget_forms
from bot.programme import bookings, people, sessions
from bot.programme.refusals import Refused


class CancelForm(Form):
    """Reads answers to "which booking?" and "give it up?"."""

    action_name = "validate_cancel_form"
    slots = ("cancel_booking_id", "cancel_confirm")
    opened_by = "cancel_booking"

    def begin(self, turn: Turn) -> dict[str, object]:
        held = held_by(turn)
        if not held:
            return {"remark": "no_bookings", "requested_slot": None}
        named = which(turn, held)
        return {"remark": None, "cancel_booking_id": named} if named else {"remark": None}

    def read(self, turn: Turn, requested: str) -> dict[str, object] | None:
        if turn.option()[:1] == ["none"]:
            return None
        if requested == "cancel_booking_id":
            named = which(turn, held_by(turn))
            if named:
                return {"cancel_booking_id": named}
            return None if turn.means_no() else {}
        if turn.option() == ["confirm"] or self.agrees(turn):
            return {"cancel_confirm": "yes"}
        return None if turn.means_no() else {}


class AskCancelBooking(TurnAction):
    action_name = "action_ask_cancel_booking_id"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        return ask_which(turn, speech, "which_to_cancel", "cancel")


class AskCancelConfirm(TurnAction):
    """Reads back what would be given up."""

    action_name = "action_ask_cancel_confirm"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        booking = next((b for b in held_by(turn) if b.id == int(turn.slots["cancel_booking_id"])), None)
        if booking is None:
            refuse(speech, "gone")
            return [SlotSet("cancel_booking_id", None)]
        choices: list[Pair] = [("Take me off", CONFIRM), ("Keep it", NONE)]
        speech.say("cancel_read_back", choices, title=booking.session.title, when=day_and_time(booking.session))
        open_task(turn, "cancel")
        return []


class CancelBooking(TurnAction):
    """Gives the place up, then says so and asks why, which may be left out."""

    action_name = "action_cancel_booking"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        booking_id = turn.slots.get("cancel_booking_id")
        if turn.slots.get("remark") == "no_bookings":
            speech.say("no_bookings", NO_BOOKINGS)
            return forget_forms()
        if turn.slots.get("cancel_confirm") != "yes" or not booking_id:
            open_task(turn, None)
            speech.say("nothing_changed")
            return forget_forms()
        try:
            with database().write() as db:
                conversation_of(db, turn).task = None
                person = people.person_of(db, turn.conversation_id)
                booking = bookings.cancel(db, person, int(booking_id), asked_by=turn.message_id)
                view = sessions.session(db, booking.session_id)
        except Refused as refusal:
            open_task(turn, None)
            refuse(speech, refusal.code)
            return forget_forms()
        speech.say("cancelled", title=view.title, when=day_and_time(view))
        return [*forget_forms(), SlotSet("words_for", f"reason:{booking.id}"), FollowupAction("words_form")]
