"""Giving up a booking: which one, read back, given up; then why, which may be left out."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import clauses, on_it, practical
from actions.finding import find, named
from actions.forms import Form, open_task
from actions.my_bookings import NO_BOOKINGS, MyBookings, ask_which, held_by, which
from actions.refusing import refuse
from actions.search import Search
from actions.session_choice import CONFIRM, NONE
from actions.sessions import day_and_time, list_sessions
from actions.turn import Pair, Speech, Turn, TurnAction, conversation_of, database, forget_forms
from bot import wording
from bot.programme import bookings, people, sessions
from bot.programme.bookings import BookingView
from bot.programme.refusals import Refused

#: Slot `remark` where they cannot come only if something is so; where another session was wanted meanwhile; where it is
#: only asked whether they are off; where what was listed does not suit.
ONLY_IF, NEXT, ASKED, LISTED = "only_if", "next", "asked", "listed"
#: What a wish for another session beside it is taken for.
_MAY_WANT = frozenset({
    "cancel_booking", "book_session", "change_booking", "list_sessions", "correction", "deny", "nlu_fallback",
})  # fmt: skip


class CancelForm(Form):
    """Reads answers to "which booking?" and "give it up?"."""

    action_name = "validate_cancel_form"
    slots = ("cancel_booking_id", "cancel_confirm")
    opened_by = "cancel_booking"

    def begin(self, turn: Turn) -> dict[str, object]:
        if clauses.only_if(turn.typed):  # "if theres naebody tae mind him a cannae come"
            return {"remark": ONLY_IF, "requested_slot": None}
        if _narrows_the_list(turn):
            return {"remark": LISTED, "requested_slot": None}
        held = held_by(turn)
        if not held:
            return {"remark": "no_bookings", "requested_slot": None}
        if on_it.asks_if_off(turn.typed):  # "did ye cancel it"
            return {"remark": ASKED, "requested_slot": None}
        gives_up, wants = clauses.apart(turn)
        found = which(gives_up, held)
        return {"remark": None, **_wish(wants, held), **({"cancel_booking_id": found} if found else {})}

    def read(self, turn: Turn, requested: str) -> dict[str, object] | None:
        if turn.option()[:1] == ["none"]:
            return None
        if requested == "cancel_booking_id":
            named = which(turn, held_by(turn))
            if named:
                return {"cancel_booking_id": named}
            return None if turn.means_no() else {}
        if turn.option() == ["confirm"] or self.agrees(turn) or clauses.cancels_outright(turn.typed):
            return {"cancel_confirm": "yes"}
        held = held_by(turn)
        other = which(turn, held) if len(held) > 1 else None
        if other and str(other) != str(turn.slots.get("cancel_booking_id")):  # "naw the drink wan"
            return {"cancel_booking_id": other}
        current = next((b.session for b in held if str(b.id) == str(turn.slots.get("cancel_booking_id"))), None)
        if turn.begins_with_no() and current and on_it.is_named(current, turn.typed, Search.of(turn)):
            return None  # "naw a still want the drink class"
        if wish := _wish(clauses.behind(turn) or turn, held):  # wanted beside it: it is not lost, nor is the question
            return {**wish, "remark": NEXT}
        return None if turn.means_no() else {}


def _narrows_the_list(turn: Turn) -> bool:
    """Whether "cannae dae nights" is of the sessions that were just listed, and of no place they have."""
    if turn.slots.get("last_said") != "sessions" or clauses.cancels_outright(turn.typed):
        return False
    said = Search.of(turn)
    return (said.not_in or said.not_on or said.part) is not None and said.topic is None


def _wish(wants: Turn | None, held: list[BookingView]) -> dict[str, object]:
    """The session that is wanted beside the one given up, kept until that is done."""
    if wants is None or wants.intent not in _MAY_WANT or (search := Search.of(wants)).is_empty():
        return {}
    mine = {b.session.id for b in held}
    found = [s for s in named(wants.typed, find(search)) if s.id not in mine]
    return {"search": search.as_slot(), "booking_session": found[0].id if len(found) == 1 else None} if found else {}


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
        if turn.slots.get("remark") == NEXT and (title := _title_of(turn.slots.get("booking_session"))):
            speech.say_text(wording.say("underway.next", title=title))
        choices: list[Pair] = [("Take me off", CONFIRM), ("Keep it", NONE)]
        speech.say("cancel_read_back", choices, title=booking.session.title, when=day_and_time(booking.session))
        open_task(turn, "cancel")
        return [SlotSet("remark", None)]


def _title_of(session_id: object) -> str | None:
    with database().read() as db:
        view = sessions.session(db, int(session_id)) if session_id else None
    return view.title if view else None


class CancelBooking(TurnAction):
    """Gives the place up, then says so and asks why, which may be left out."""

    action_name = "action_cancel_booking"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        booking_id = turn.slots.get("cancel_booking_id")
        if turn.slots.get("remark") == ONLY_IF:
            kind = practical.asked(turn.typed, of_a_session=True) or "ask_first"
            return [*forget_forms(), *practical.offer(turn, speech, kind)]
        if turn.slots.get("remark") == LISTED:
            return [
                *forget_forms(),
                *list_sessions(turn, speech, Search.of(turn).over(Search.kept(turn.slots.get("search")))),
            ]
        if turn.slots.get("remark") == ASKED:
            return [*forget_forms(), *(on_it.reply_to(turn, speech) or MyBookings().turn(turn, speech))]
        if turn.slots.get("remark") == "no_bookings":
            speech.say("no_bookings", NO_BOOKINGS)
            return forget_forms()
        if turn.slots.get("cancel_confirm") != "yes" or not booking_id:
            open_task(turn, None)
            speech.say("nothing_changed")
            return _go_on(turn) or forget_forms()
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
        if wanted := _go_on(turn):
            return wanted
        return [*forget_forms(), SlotSet("words_for", f"reason:{booking.id}"), FollowupAction("words_form")]


def _go_on(turn: Turn) -> list[EventType] | None:
    """On to the session that was wanted beside it, if one was."""
    if not (search := turn.slots.get("search")):
        return None
    wanted = SlotSet("booking_session", turn.slots.get("booking_session"))
    return [*forget_forms(), SlotSet("search", search), wanted, FollowupAction("booking_form")]
