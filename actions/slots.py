"""The slots of the forms, and leaving them behind."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

#: What slot `words_for` is where words are a complaint, and `last_said` after one was kept.
COMPLAINT = "complaint"
#: Slot `remark` where a form was opened by what needed none, and that has been answered.
SAID = "said"
#: Slots that belong to an open form and nothing else.
FORM_SLOTS = (
    "search", "offered", "remark", "resume", "booking_session", "booking_confirm", "change_booking", "change_session",
    "change_confirm", "cancel_booking_id", "cancel_confirm", "feedback_session", "feedback_score", "words", "words_for",
)  # fmt: skip


def forget_forms() -> list[EventType]:
    """Events that empty every slot of the forms."""
    return [SlotSet(name, None) for name in FORM_SLOTS]
