"""Why a place on a session is refused, in words, with a way on where there is one."""

from __future__ import annotations

from actions.speech import PERSON, Pair, Speech, option


def refuse(speech: Speech, code: str, session_id: int | None = None) -> None:
    """Why not, with a way on where there is one."""
    ways: dict[str, list[Pair]] = {
        "full": [("Join the waiting list", option("join", session_id)), ("Show me others", option("browse"))],
        "already_booked": [("My bookings", "/my_bookings"), ("Show me others", option("browse"))],
        "clash": [("My bookings", "/my_bookings"), ("Show me others", option("browse"))],
        "limit": [("My bookings", "/my_bookings")],
        "finished": [PERSON, ("Find a service", "/find_service")],
    }
    speech.say(f"refused_{code}", ways.get(code, [("What's on", "/list_sessions")]))
