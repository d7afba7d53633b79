"""Booking a session: find it, read it back, book it or join the line."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import after_list, follow_words, for_others, practical, was_at
from actions.booked import booked_already, is_finished, is_for_others, names, say_booked, status_held
from actions.finding import LATER, TIMES, closest, find, named
from actions.follow_up import BOOKED
from actions.forms import Form, open_task
from actions.my_bookings import held_by
from actions.refusing import refuse
from actions.search import Search
from actions.session_choice import (
    CONFIRM,
    NEAREST,
    OTHERS,
    WAIT,
    pick_session,
    read_back,
    say_nearest,
    show_sessions,
)
from actions.turn import Speech, Turn, TurnAction, conversation_of, database, forget_forms
from bot import wording
from bot.programme import bookings, people, sessions
from bot.programme.refusals import Refused

#: Slot `remark` while a full session is read back.
FULL = "full"
#: Slot `remark` when somebody asks whether they are booked, or says thanks, before they have said yes.
NOT_YET = "not_yet"
#: Slot `remark`, and the refusal, for somebody whose order is over: they are told at once, not after they have chosen.
FINISHED = "finished"
#: Slot `remark` where a place is wanted for somebody else, and where none of those listed will do.
FOR_ANOTHER, NONE_FITS = "for_another", "none_fits"
#: Slot `remark` where a place is wanted for somebody else beside their own; and where the list was thanked for.
FOR_TWO, THANKED = "for_two", "thanked"


class BookingForm(Form):
    """Reads answers to "which session?" and "book it?"."""

    action_name = "validate_booking_form"
    slots = ("booking_session", "booking_confirm")
    opened_by = "book_session"

    def begin(self, turn: Turn) -> dict[str, object]:
        if is_finished(turn):
            return {"remark": FINISHED, "requested_slot": None}
        if for_others.is_for_another(turn.typed):
            return {"remark": FOR_ANOTHER, "requested_slot": None}
        if turn.slots.get("booking_session") and turn.option()[:1] == ["session"]:
            return {}
        search = Search.of(turn)
        if search.is_past():
            return {"search": None, "remark": "date_past"}
        offered = turn.slots.get("offered") or []
        if offered and (search.is_empty() and len(offered) == 1):  # "book me on that"
            return {"booking_session": offered[0]}
        among = [s for s in find(search) if s.id in offered] if not search.is_empty() else []
        if len(among) == 1:
            return {"booking_session": among[0].id}
        if search.is_empty() and turn.slots.get("topic") and not offered and find(Search(topic=turn.slots["topic"])):
            search = Search(topic=turn.slots["topic"])  # they were just talking about it
        if search.is_empty() and offered:  # "ok book please": of those that were listed
            search = Search.kept(turn.slots.get("search"))
        found = named(turn.typed, find(search))
        if was_at.asks(turn):
            return {"search": None, "remark": was_at.REMARK, "offered": None}
        if len(found) == 1 and is_for_others(found[0], search):  # nobody said that they are one of those
            return {"search": search.as_slot(), "remark": None, "offered": None}
        if len(found) == 1 and (held := status_held(turn, found[0].id)):
            return {"remark": held, "requested_slot": None}
        start = {"search": search.as_slot(), "remark": None, "offered": None}
        if not found and (near := closest(search))[1] in (LATER, TIMES) and len(near[0]) == 1:
            return {**start, "booking_session": near[0][0].id, "remark": NEAREST}
        return {**start, "booking_session": found[0].id} if len(found) == 1 else start

    def read(self, turn: Turn, requested: str) -> dict[str, object] | None:
        offered = turn.slots.get("offered") or []
        search = Search.kept(turn.slots.get("search"))
        if requested == "booking_confirm" and for_others.for_another_too(turn.typed):  # "n pit ma pal doon tae"
            return {"remark": FOR_TWO}
        if for_others.is_for_another(turn.typed):  # "put him down for it"
            return {"booking_session": None, "remark": FOR_ANOTHER, "requested_slot": None}
        if not turn.slots.get("booking_session"):  # the one that was read back has gone: which other is what is asked
            requested = "booking_session"
        if requested == "booking_confirm":
            said = Search.of(turn)
            if turn.option() == ["confirm"]:
                return {"booking_confirm": "book"}
            if self.agrees(turn) and (said.is_empty() or names(said, turn.slots.get("booking_session"))):
                # A yes is to what was read back: if that was the waiting list, nobody is booked by it, and if it was
                # a place that has gone meanwhile, nobody is put in line without being asked.
                return {"booking_confirm": "wait" if turn.slots.get("remark") == FULL else "book"}
            about_it = said.is_empty() or names(said, turn.slots.get("booking_session"))
            if turn.intent in ("my_bookings", "thank") and about_it:  # "so am i booked", "ta x"
                return {"remark": NOT_YET}
            if turn.intent == "cancel_booking" and said.is_empty() and not held_by(turn):  # "cancel that"
                return None
            if turn.option() == ["wait"]:
                return {"booking_confirm": "wait"}
            if follow_words.leaves_it(turn.typed):  # "actually naw"
                return None
            if turn.means_no() and Search.of(turn).is_empty():
                return {"booking_session": None, "remark": "others"}
        if requested == "booking_session" and turn.intent in ("thank", "goodbye") and Search.of(turn).is_empty():
            return {"booking_session": None, "remark": THANKED, "requested_slot": None}
        if requested == "booking_session" and (turn.option() == ["none"] or after_list.none_fits(turn.typed)):
            return {"booking_session": None, "remark": NONE_FITS, "requested_slot": None}
        if requested == "booking_confirm" and not offered:  # "the thurs", of the one that was read back
            offered = [int(turn.slots["booking_session"])]
        found = pick_session(turn, offered, search)
        if not found:
            return found
        if "session" in found:
            return {"booking_session": found["session"], "remark": None}
        return {"booking_session": None, **found}


class AskBookingSession(TurnAction):
    """Shows sessions to choose from."""

    action_name = "action_ask_booking_session"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        search, held = Search.kept(turn.slots.get("search")), held_by(turn)
        among = set() if search.is_empty() else {s.id for s in find(search)}
        if len(among - (mine := {b.session.id for b in held if b.status == "booked"})) > 0 and not turn.returning:
            for booking in (b for b in held if b.session.id in among & mine):
                speech.say_text(booked_already(booking.session))
        return show_sessions(turn, speech, "booking", skip=tuple(mine) if among - mine else ())


class AskBookingConfirm(TurnAction):
    """Reads the session back: place, day, time and how to get there."""

    action_name = "action_ask_booking_confirm"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        with database().read() as db:
            reader = people.conversation_of(db, turn.conversation_id).person_id
            view = sessions.session(db, int(turn.slots["booking_session"]), seen_by=reader)
        if view is None:
            speech.say("refused_gone", [("Other sessions", OTHERS)])
            return [SlotSet("booking_session", None)]
        if turn.slots.get("remark") == NOT_YET:
            speech.say_text(wording.say("underway.not_booked_yet"))
        if turn.slots.get("remark") == FOR_TWO:
            speech.say_text(wording.say("practical.two"))
        if turn.slots.get("remark") == NEAREST:
            say_nearest(speech, Search.kept(turn.slots.get("search")))
        read_back(speech, view, [("Book it", CONFIRM)] if view.left > 0 else [("Join the waiting list", WAIT)])
        open_task(turn, "booking")
        return [SlotSet("remark", None if view.left > 0 else FULL)]


class BookSession(TurnAction):
    """Books, then says so. The one place of the assistant where a booking is written."""

    action_name = "action_book_session"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        wanted, decision = turn.slots.get("booking_session"), turn.slots.get("booking_confirm")
        done = [*forget_forms(), SlotSet("offered", None)]
        if turn.slots.get("remark") == FOR_ANOTHER:
            open_task(turn, None)
            return [*done, *practical.offer(turn, speech, "for_another")]
        if (remark := turn.slots.get("remark")) in (FINISHED, "already_booked", "already_waiting"):
            refuse(speech, str(remark))
            return done
        if not wanted or not decision:
            open_task(turn, None)
            if turn.slots.get("remark") == THANKED:
                speech.say_text(wording.say("underway.list_stays"))
                return [*forget_forms(), SlotSet("last_said", "sessions")]
            if turn.slots.get("remark") == NONE_FITS:
                speech.say_text(wording.say("underway.what_would_suit"))
                return [*done, SlotSet("last_said", "sessions")]
            speech.say("nothing_booked" if turn.slots.get("remark") == "left" else "no_sessions_now")
            return done
        try:
            with database().write() as db:
                conversation = conversation_of(db, turn)
                conversation.task = None
                person = people.person_of(db, turn.conversation_id)
                act = bookings.join_waiting_list if decision == "wait" else bookings.book
                booking = act(db, person, int(wanted), conversation_id=conversation.id, asked_by=turn.message_id)
                view, status = sessions.session(db, booking.session_id), booking.status
        except Refused as refusal:
            open_task(turn, None)
            refuse(speech, refusal.code, int(wanted))
            return done
        say_booked(speech, view, status)
        return [*done, SlotSet("topic", view.topic), SlotSet("last_said", BOOKED)]
