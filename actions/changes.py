"""Changing a booking: which one, to which session, read back, moved in one go."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import clauses
from actions.booked import is_finished, say_booked
from actions.bookings import FINISHED
from actions.finding import find, named
from actions.forms import Form, open_task
from actions.my_bookings import NO_BOOKINGS, ask_which, held_by, which
from actions.refusing import refuse
from actions.search import Search
from actions.session_choice import CONFIRM, pick_session, read_back, show_sessions
from actions.sessions import day_and_time, list_sessions
from actions.turn import Speech, Turn, TurnAction, conversation_of, database, forget_forms
from bot.programme import bookings, people, sessions
from bot.programme.bookings import BookingView
from bot.programme.refusals import Refused
from bot.programme.sessions import SessionView

_COME = re.compile(r"\b(?:can|could|kin|cud) (?:i|a|ah|we) (?:still |just )?(?:come|go|attend)\b", re.IGNORECASE)


_ANOTHER = re.compile(
    r"\b(?:get|git|book|do|dae|have|huv) (?:me )?(?:another|anither|a new|a different)\b", re.IGNORECASE
)

#: It is a booking that they speak of, and not what was listed.
_ITS_OWN = re.compile(r"\b(?:booking|booked|appointment|my|ma|move|change|chynge|swap|switch)\b", re.IGNORECASE)


class ChangeForm(Form):
    """Reads answers to "which booking?", "which session instead?" and "change it?"."""

    action_name = "validate_change_form"
    slots = ("change_booking", "change_session", "change_confirm")
    opened_by = "change_booking"

    def begin(self, turn: Turn) -> dict[str, object]:
        held = held_by(turn)
        if not held:
            return {"remark": "no_bookings", "requested_slot": None}
        if is_finished(turn):
            return {"remark": FINISHED, "requested_slot": None}
        if (picked := _picked_beside(turn)) is not None:  # "2 n cancel the drink wan"
            return {"remark": None, "search": None, "change_booking": which(turn, held), "change_session": picked}
        if (parts := clauses.swap(turn)) is not None and (given_up := which(parts[0], held)):
            return self._begun(given_up, held, Search.of(parts[1]))
        # In "change it to Thursday" the day speaks of the new session, so only a booking that is named is looked for.
        named = which(turn, held) if len(held) == 1 or turn.entity("booking") or turn.entity("topic") else None
        search = Search.of(turn)
        return self._begun(named, held, search)

    @staticmethod
    def _begun(named: int | None, held: list[BookingView], search: Search) -> dict[str, object]:
        """The slots that are filled when it begins: which booking, what is wanted, and the session if only one fits."""
        started: dict[str, object] = {"remark": None, "search": search.as_slot()}
        if not named:
            return started
        fitting = [] if search.is_empty() else _instead_of(next(b for b in held if b.id == named), search)
        return {**started, "change_booking": named, "change_session": fitting[0].id if len(fitting) == 1 else None}

    def read(self, turn: Turn, requested: str) -> dict[str, object] | None:
        if requested == "change_booking":
            if turn.option()[:1] == ["none"] or turn.means_no():
                return None
            named = which(turn, held_by(turn))
            return {"change_booking": named} if named else {}
        if requested == "change_confirm":
            if turn.option() == ["confirm"] or (self.agrees(turn) and Search.of(turn).is_empty()):
                return {"change_confirm": "yes"}
            if turn.means_no() and Search.of(turn).is_empty():
                return None
        found = pick_session(turn, turn.slots.get("offered") or [], Search.kept(turn.slots.get("search")))
        if not found:
            return found
        if "session" in found:
            return {"change_session": found["session"], "remark": None}
        return {"change_session": None, **found}


def _picked_beside(turn: Turn) -> int | None:
    """The session that was picked from a list in the same text that gives up another."""
    kind, _, number = str(turn.entity("option") or "").partition(":")
    return int(number) if kind == "session" and number.isdigit() else None


def _instead_of(booking: BookingView, search: Search) -> list[SessionView]:
    """The sessions that "change it to Thursday" may mean: of the same topic, unless another was named."""
    wanted = search.over(Search(topic=booking.session.topic))
    return [s for s in find(wanted) if s.id != booking.session.id]


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
        old = next((b.session for b in held_by(turn) if b.id == int(turn.slots["change_booking"])), None)
        read_back(speech, view, [("Change to this", CONFIRM)], instead_of=old)
        open_task(turn, "change")
        return []


class ChangeBooking(TurnAction):
    """Moves the booking in one go: nobody is left without a place because the new one was taken meanwhile."""

    action_name = "action_change_booking"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        done = [*forget_forms(), SlotSet("offered", None)]
        if turn.slots.get("remark") == "no_bookings" and (picked := _picked_beside(turn)) is not None:
            return [*forget_forms(), SlotSet("booking_session", picked), FollowupAction("booking_form")]
        if turn.slots.get("remark") == "no_bookings" and clauses.wants_only(turn):  # "i want the 6pm wan on the 17th"
            fitting = named(turn.typed, find(search := Search.of(turn)))
            one = SlotSet("booking_session", fitting[0].id if len(fitting) == 1 else None)
            return [*done, SlotSet("search", search.as_slot()), one, FollowupAction("booking_form")]
        if turn.slots.get("remark") == "no_bookings":
            wants_another = _ANOTHER.search(turn.typed) is not None  # after a session that was missed
            after_list = turn.slots.get("last_said") == "sessions" and not _ITS_OWN.search(turn.typed)
            if after_list and not Search.of(turn).is_empty():  # "somethin in the efternoon wid suit"
                return [*done, *list_sessions(turn, speech, Search.of(turn))]
            if wants_another or (_COME.search(turn.typed) and Search.of(turn).has_time()):  # "can i come at 8"
                return [*done, *list_sessions(turn, speech, Search.of(turn))]
            speech.say("no_bookings", NO_BOOKINGS)
            return [*done, SlotSet("last_said", "sessions")]  # "no i mean the money one", said next, is of what is on
        if turn.slots.get("remark") == FINISHED:
            refuse(speech, FINISHED)
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
