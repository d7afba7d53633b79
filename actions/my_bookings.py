"""What a person has booked: seeing it, and which of their bookings a message means."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import on_it, practical, session_picked
from actions.finding import SHOWN
from actions.forms import open_task
from actions.search import Search
from actions.search_words import gone_to
from actions.session_choice import NONE
from actions.sessions import day_and_time, label, list_sessions
from actions.turn import Speech, Turn, TurnAction, back_to_form, database, option
from bot import clock
from bot.programme import bookings, people, sessions
from bot.programme.bookings import BookingView

#: Under "I can't see a booking": "can't come tomorrow" is often about the unpaid work itself.
NO_BOOKINGS = (("What's on", "/list_sessions"), ("It's about my work shift", "/cant_make_shift"))


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
    meant = session_picked.meant(turn.typed, Search.of(turn), [b.session for b in held])
    return next((b.id for b in held if meant is not None and b.session.id == meant.id), None)


def ask_which(turn: Turn, speech: Speech, question: str, task: str) -> list[EventType]:
    """ "Which booking?", or that there is none."""
    held = held_by(turn)
    if not held:
        speech.say("no_bookings", NO_BOOKINGS)
        return []
    speech.say(question, [*((label(b.session), option("booking", b.id)) for b in held[:SHOWN]), ("Leave it", NONE)])
    open_task(turn, task)
    return []


class MyBookings(TurnAction):
    """What the person has booked or waits for, each to look at or change."""

    action_name = "action_my_bookings"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        if (told := practical.reply_to(turn, speech)) is not None:
            return told + back_to_form(turn)
        if (told := on_it.reply_to(turn, speech)) is not None:
            return told or back_to_form(turn)
        with database().read() as db:
            held = bookings.bookings_of(db, people.person_of(db, turn.conversation_id))
        if not held and not turn.loop and gone_to(turn.typed) and not (search := Search.of(turn)).is_empty():
            return list_sessions(turn, speech, search)  # "a wis at the drink class last week, is it on again"
        if not held:
            speech.say("no_bookings", [("What's on", "/list_sessions")])
            # "The money one", said next, is of what is on.
            return back_to_form(turn) if turn.loop else [SlotSet("search", None), SlotSet("last_said", "sessions")]
        lines = [
            f"{day_and_time(b.session)}: {b.session.title}, {where_short(b.session)}{_state(b)}" for b in held[:SHOWN]
        ]
        speech.say(
            "my_bookings", [("Change one", "/change_booking"), ("Can't come to one", "/cancel_booking")],
            list="\n".join(lines),
        )  # fmt: skip
        return [SlotSet("last_said", None), *back_to_form(turn)]


def where_short(view: sessions.SessionView) -> str:
    return view.place if view.area.lower() in view.place.lower() else f"{view.place}, {view.area}"


def _state(booking: bookings.BookingView) -> str:
    if booking.status == "waiting":
        return " (waiting list)"
    if booking.status == "offered":
        return f" (place held for you until {clock.time_words(booking.offer_expires_at)})"
    return ""
