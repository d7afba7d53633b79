"""Why something a person asked for is not done. The words for each code are `utter_refused_<code>` in domain.yml."""

from __future__ import annotations

#: Every code that `Refused` may carry, each with its meaning.
CODES = (
    "full",  # no place is free
    "already_booked",  # they have a place at this session
    "already_waiting",  # they are in the line for this session
    "clash",  # they have another session at that time
    "started",  # it has begun, or is over
    "cancelled",  # the session is off
    "not_open_yet",  # booking has not opened
    "closed",  # booking has closed
    "limit",  # they have as many upcoming bookings as one may have
    "women_only",
    "men_only",
    "finished",  # their order is over: staff may still book them
    "not_yours",  # the booking is somebody else's
    "offer_expired",  # the place was held for them, and has gone to the next person
    "gone",  # there is no such session or booking
)


class Refused(Exception):
    """A rule says no. `code` is one of CODES; nothing was written."""

    def __init__(self, code: str):
        if code not in CODES:
            raise ValueError(f"no such refusal: {code}")
        super().__init__(code)
        self.code = code
