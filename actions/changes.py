"""Changing a booking, giving one up, and answering when a place is offered."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.bookings import NONE, pick_session, read_back, refuse, say_booked, show_sessions
from actions.forms import Form, open_task
from actions.sessions import SHOWN, Search, day_and_time, find, label
from actions.turn import Pair, Speech, Turn, TurnAction, conversation_of, database, forget_forms, option
from bot.programme import bookings, people, sessions
from bot.programme.bookings import BookingView
from bot.programme.refusals import Refused

CONFIRM = option("confirm")


def held_by(turn: Turn) -> list[BookingView]:
    """The person's upcoming bookings."""
    with database().read() as db:
        return bookings.bookings_of(db, people.person_of(db, turn.conversation_id))


def which(turn: Turn, held: list[BookingView]) -> int | None:
    """Which of their bookings a message means: the only one, the picked one, or the one that fits what was said."""
    if (named := turn.entity("booking")) is not None and str(named).isdigit():
        return int(named)
    picked = turn.option()
    if picked[:1] == ["booking"]:
        return int(picked[1])
    if len(held) == 1:
        return held[0].id
    said = Search.of(turn)
    if said.is_empty():
        return None
    fitting = {s.id for s in find(Search(topic=said.topic, area=said.area, start=said.start, end=said.end))}
    among = [b for b in held if b.session.id in fitting]
    if not among and said.topic:
        among = [b for b in held if b.session.topic == said.topic]
    return among[0].id if len(among) == 1 else None


def ask_which(turn: Turn, speech: Speech, question: str, task: str) -> list[EventType]:
    """ "Which booking?", or that there is none."""
    held = held_by(turn)
    if not held:
        speech.say("no_bookings", [("What's on", "/list_sessions")])
        return []
    speech.say(question, [*((label(b.session), option("booking", b.id)) for b in held[:SHOWN]), ("Leave it", NONE)])
    open_task(turn, task)
    return []


class ChangeForm(Form):
    """Reads answers to "which booking?", "which session instead?" and "change it?"."""

    action_name = "validate_change_form"
    slots = ("change_booking", "change_session", "change_confirm")

    def begin(self, turn: Turn) -> dict[str, object]:
        held = held_by(turn)
        if not held:
            return {"remark": "no_bookings", "requested_slot": None}
        # In "change it to Thursday" the day speaks of the new session, so only a booking that is named is looked for.
        named = which(turn, held) if len(held) == 1 or turn.entity("booking") or turn.entity("topic") else None
        search = Search.of(turn)
        started: dict[str, object] = {"remark": None, "search": search.as_slot()}
        return {**started, "change_booking": named} if named else started

    def read(self, turn: Turn, requested: str) -> dict[str, object] | None:
        if requested == "change_booking":
            if turn.option()[:1] == ["none"] or turn.means_no():
                return None
            named = which(turn, held_by(turn))
            return {"change_booking": named} if named else {}
        if requested == "change_confirm":
            if turn.option() == ["confirm"] or (turn.means_yes() and Search.of(turn).is_empty()):
                return {"change_confirm": "yes"}
            if turn.means_no() and Search.of(turn).is_empty():
                return None
        found = pick_session(turn, turn.slots.get("offered") or [], Search.kept(turn.slots.get("search")))
        if not found:
            return found
        if "session" in found:
            return {"change_session": found["session"], "remark": None}
        return {"change_session": None, **found}


class AskChangeBooking(TurnAction):
    action_name = "action_ask_change_booking"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        return ask_which(turn, speech, "which_to_change", "change")


class AskChangeSession(TurnAction):
    """Shows what the booking could be moved to; the same topic first."""

    action_name = "action_ask_change_session"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        current = next((b for b in held_by(turn) if b.id == int(turn.slots["change_booking"])), None)
        if current is None:
            refuse(speech, "gone")
            return []
        if not turn.slots.get("search"):
            turn.slots["search"] = Search(topic=current.session.topic).as_slot()
            if not [s for s in find(Search(topic=current.session.topic)) if s.id != current.session.id]:
                turn.slots["search"] = None
        return show_sessions(turn, speech, "change", skip=(current.session.id,))


class AskChangeConfirm(TurnAction):
    action_name = "action_ask_change_confirm"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        with database().read() as db:
            view = sessions.session(db, int(turn.slots["change_session"]))
        if view is None:
            refuse(speech, "gone")
            return [SlotSet("change_session", None)]
        read_back(speech, view, [("Change to this", CONFIRM)])
        open_task(turn, "change")
        return []


class ChangeBooking(TurnAction):
    """Moves the booking in one go: nobody is left without a place because the new one was taken meanwhile."""

    action_name = "action_change_booking"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        done = [*forget_forms(), SlotSet("offered", None)]
        if turn.slots.get("remark") == "no_bookings":
            speech.say("no_bookings", [("What's on", "/list_sessions")])
            return done
        wanted, booking_id = turn.slots.get("change_session"), turn.slots.get("change_booking")
        if turn.slots.get("change_confirm") != "yes" or not wanted or not booking_id:
            open_task(turn, None)
            speech.say("nothing_changed")
            return done
        try:
            with database().write() as db:
                conversation_of(db, turn).task = None
                person = people.person_of(db, turn.conversation_id)
                booking = bookings.change(db, person, int(booking_id), int(wanted), asked_by=turn.message_id)
                view, status = sessions.session(db, booking.session_id), booking.status
        except Refused as refusal:
            open_task(turn, None)
            refuse(speech, refusal.code, int(wanted))
            return done
        if status == "booked":
            speech.say("changed", title=view.title, when=day_and_time(view), where=view.place)
        else:
            say_booked(speech, view, status)
        return done


class CancelForm(Form):
    """Reads answers to "which booking?" and "give it up?"."""

    action_name = "validate_cancel_form"
    slots = ("cancel_booking_id", "cancel_confirm")

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
        if turn.option() == ["confirm"] or turn.means_yes():
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
            speech.say("no_bookings", [("What's on", "/list_sessions")])
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
