"""A question of ours that goes unanswered is not asked for ever: it goes when other things were asked twice running."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rasa_sdk.events import EventType, SlotSet

from actions.slots import forget_forms
from actions.stores import conversation_of, database

if TYPE_CHECKING:
    from actions.turn import Turn

#: Slot `remark` when a form was left because nobody answered it.
DROPPED = "dropped"
#: So often other things are asked, and the question comes back under each.
MOST = 2
_ASK = "action_ask_"
#: What ends a form, and speaks of what came of it: nothing did.
_ENDS = frozenset({
    "action_book_session", "action_change_booking", "action_cancel_booking", "action_save_feedback",
    "action_keep_words",
})  # fmt: skip
#: Where nothing was understood, what can be picked is said again.
_NOT_HEARD = frozenset({"action_not_understood", "action_out_of_scope"})
#: What runs in every turn.
_ALWAYS = ("action_listen", "action_extract_slots", "action_session_start")


def passed_over(events: Sequence[dict[str, Any]]) -> int:
    """How many messages running, before the latest, were about something else, so that a form asked again."""
    count, loop, asked, names = 0, None, None, []
    for event in events:
        kind = event.get("event")
        if kind == "user":
            count = count + 1 if _is_passed_over(asked, names) else 0
            asked, names = loop, []
        elif kind == "active_loop":
            loop = event.get("name")
        elif kind == "action" and event.get("name") not in _ALWAYS:
            names.append(str(event.get("name")))
    return 0 if names and names[0] in _NOT_HEARD else count


def _is_passed_over(loop: str | None, names: Sequence[str]) -> bool:
    """Whether a message in `loop` was answered by something else, and the form came back to its question."""
    if loop is None or len(names) < 2:
        return False
    return names[-1] == loop and names[0] not in {loop, *_NOT_HEARD}


def take(turn: Turn, action: str) -> list[EventType] | None:
    """Leave the form without a word where its question would come back once too often; None for any other action."""
    if action.startswith(_ASK) and turn.returning and turn.passed_over >= MOST:
        return [SlotSet("remark", DROPPED), SlotSet("requested_slot", None)]
    if action in _ENDS and turn.slots.get("remark") == DROPPED:
        with database().write() as db:
            conversation_of(db, turn).task = None
        return [*forget_forms(), SlotSet("offered", None)]
    return None
