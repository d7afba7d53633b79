"""Keeps trackers short. Rasa reads a conversation from its latest session on; without a new one every turn gets slower.

Rasa's own session time-out is off, since it ends a form after an hour. So a session ends here: between forms when it is
long, and within one when it is very long (a form left open for weeks), which then is carried over.
"""

from __future__ import annotations

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

#: Events of a session: about thirty messages outside a form, about a hundred inside one.
LONG, VERY_LONG = 120, 400


def begin_anew(tracker: DialogueStateTracker, domain: Domain) -> bool:
    """Append a new session to a long tracker, slots carried over. True if it was done; saving is the caller's."""
    limit = VERY_LONG if tracker.active_loop_name else LONG
    if len(tracker.events) <= limit or tracker.latest_action_name != ACTION_LISTEN_NAME:
        return False
    slots: list[Event] = [
        SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.value != slot.initial_value
    ]
    loop: list[Event] = [ActiveLoop(tracker.active_loop_name)] if tracker.active_loop_name else []
    # A followup that waits would be lost with the events before it, but none waits while the assistant listens.
    start: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    tracker.update_with_events([*start, *slots, *loop, ActionExecuted(ACTION_LISTEN_NAME)], domain)
    return True
