"""What was asked of staff and is not wanted any more: a complaint, or that what we hold is deleted. And how it stands.

Somebody who thinks better of it must not have to ask four times, and is told in plain words that it was done. Staff are
told too; nothing that they may have read is hidden from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions import open_question, underway
from actions import taken_back_words as said
from actions.slots import COMPLAINT
from actions.speech import PERSON, Speech, option
from actions.stores import conversation_of, database
from bot import clock, wording
from bot.conversations import handoffs
from bot.programme import feedback, people

if TYPE_CHECKING:
    from actions.turn import Turn

#: What `last_said` is after somebody asked for their data to be deleted.
DELETION = "delete_my_data"

#: Right after a complaint these ask about something else.
_OTHERS = frozenset({
    "list_sessions", "book_session", "find_service", "my_bookings", "ask_alcohol", "ask_drugs", "ask_sexual_health",
    "ask_mental_health", "ask_suicide_prevention", "ask_womens_health", "ask_financial_health", "ask_physical_health",
})  # fmt: skip


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Take back what was asked of staff, or say how it stands; None, and nothing said, for anything else."""
    text = turn.typed.replace("\u2019", "'").replace("\u2026", " ")
    if (told := _deletion(turn, speech, text)) is not None:
        return told
    return _complaint(turn, speech, text)


# --- a complaint


def _complaint(turn: Turn, speech: Speech, text: str) -> list[EventType] | None:
    just_now = turn.slots.get("last_said") == COMPLAINT
    named = said.names_it(text)
    faint = just_now and said.may_take_it_back(text) and not open_question.waits(turn.conversation_id)
    back = named or (just_now and said.takes_it_back(text))
    was_it = faint or said.asks_if_it_was(text) and (just_now or said.is_a_complaint_named(text))
    who = just_now and turn.intent not in _OTHERS and said.asks_who_reads_it(text)
    if not (back or was_it or who):
        return None
    with database().read() as db:
        found = feedback.complaint(db, people.person_of(db, turn.conversation_id), clock.now())
    if found is None:
        return None
    after = [SlotSet("last_said", COMPLAINT)]
    if was_it and not back:
        if found.taken_back_at is not None:
            speech.say_text(wording.say("taken_back.complaint_done"))
        else:
            speech.say_text(
                wording.say("taken_back.complaint_not_yet"),
                [("Take it back", option("complaint", "back")), ("Leave it with staff", option("complaint", "keep"))],
            )
        return after
    if back:
        take_back_complaint(turn, speech)
        return after
    key = "complaint_who_back" if found.taken_back_at else "complaint_who"
    speech.say_text(wording.say(f"taken_back.{key}"), [PERSON])
    return after


def take_back_complaint(turn: Turn, speech: Speech) -> None:
    """The newest complaint is not to be taken further: staff are told, and so is the one who made it."""
    with database().write() as db:
        person = people.person_of(db, turn.conversation_id)
        found = feedback.complaint(db, person, clock.now())
        if found is not None and found.taken_back_at is None:
            feedback.take_back(db, person, found)
            handoffs.open_for(db, conversation_of(db, turn), "complaint_back")
    speech.say_text(wording.say("taken_back.complaint"))


def complaint_picked(turn: Turn, speech: Speech, what: str) -> list[EventType]:
    """Under "shall I take it back?"."""
    if what == "back":
        take_back_complaint(turn, speech)
    else:
        speech.say("complaint_next", when=underway.staff_hours())
    return [SlotSet("last_said", COMPLAINT)]


# --- what we hold


def _deletion(turn: Turn, speech: Speech, text: str) -> list[EventType] | None:
    just_now = turn.slots.get("last_said") == DELETION
    keep = said.keeps_it(text, just_now=just_now)
    asks = not keep and said.asks_if_deleted(text)
    if not (keep or asks):
        return None
    with database().read() as db:
        found = handoffs.last(db, turn.conversation_id)
        asked, kept = handoffs.wants(found, DELETION), handoffs.wants(found, "keep_my_data")
        open_ = found is not None and found.closed_at is None
    after = [SlotSet("last_said", DELETION)]
    if keep and asked:
        with database().write() as db:
            handoffs.open_for(db, conversation_of(db, turn), "keep_my_data")
        speech.say_text(wording.say("taken_back.keep"))
        return after
    if (keep or asks) and kept:
        speech.say_text(wording.say("taken_back.kept", when=underway.staff_hours()))
        return after
    if keep and (just_now or turn.intent == DELETION):
        speech.say_text(wording.say("taken_back.nothing_asked"))
        return after
    if asks and asked and open_ and (just_now or turn.intent == DELETION):
        speech.say_text(wording.say("talk.deletion_asked", when=underway.staff_hours()))
        return after
    return None
