"""What stands of a booking: that it is made, that it is there already, that none can be made any more."""

from __future__ import annotations

from actions.finding import find
from actions.my_bookings import held_by
from actions.search import Search
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


def is_for_others(view: sessions.SessionView, search: Search) -> bool:
    """Whether it is for women only, or men only, and nothing says that it is wanted by one, or for what it is about."""
    told = search.audience or search.as_one_of or search.subject or search.topic == "womens_health"
    return view.audience != "everyone" and not told


def status_held(turn: Turn, session_id: int) -> str | None:
    """The refusal for a session that they are down for already; None where they are not, or a place is offered."""
    refusals = {"booked": "already_booked", "waiting": "already_waiting"}
    return next((refusals.get(b.status) for b in held_by(turn) if b.session.id == session_id), None)


def names(said: Search, session_id: object) -> bool:
    """Whether what was said fits the session that was read back ("aye the drink wan")."""
    return any(session.id == session_id for session in find(said))
