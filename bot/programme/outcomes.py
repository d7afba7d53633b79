"""Outcomes: what a register can say of somebody, and which of it may be said before a session has begun."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """What became of a booking. `came`: they were there. `good`: the absence is acceptable, and may be known ahead."""

    words: str
    came: bool = False
    good: bool = False


#: Code → outcome, in the order in which a register offers them. Words for staff, none of them a reproach.
OUTCOMES: dict[str, Outcome] = {
    "came": Outcome("Came", came=True),
    "came_part": Outcome("Came for part of it", came=True),
    "came_no_time": Outcome("Came, no time counts", came=True),
    "ill": Outcome("Away: not well", good=True),
    "work": Outcome("Away: paid work", good=True),
    "care": Outcome("Away: looking after somebody", good=True),
    "appointment": Outcome("Away: court, health or benefits appointment", good=True),
    "agreed": Outcome("Away: agreed with the case manager", good=True),
    "not_there": Outcome("Was not there, reason not known"),
}
#: What may be said of a session that has not begun.
AHEAD = tuple(code for code, outcome in OUTCOMES.items() if outcome.good)
