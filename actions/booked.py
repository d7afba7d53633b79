"""What stands of a booking: that it is made, that it is there already, that none can be made any more."""

from __future__ import annotations

from actions.sessions import day, day_and_time, where
from actions.turn import Speech, Turn, database
from bot import clock, wording
from bot.programme import orders, people, sessions


def is_finished(turn: Turn) -> bool:
    """Whether their order is over, so that a booking by chat would be refused in the end."""
    with database().read() as db:
        return orders.is_over(db, people.person_of(db, turn.conversation_id))


def booked_already(view: sessions.SessionView) -> str:
    """That they have a place on a session."""
    return wording.say("underway.booked", title=view.title, day=day(view), time=clock.time_words(view.starts_at))


def say_booked(speech: Speech, view: sessions.SessionView, status: str) -> None:
    """The booking as its row has it."""
    facts = {"title": view.title, "when": day_and_time(view), "where": where(view)}
    speech.say("waiting" if status == "waiting" else "booked", **facts)
