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
    named = said.is_a_complaint_named(text)
    again = (just_now or named) and said.puts_it_back(text)
    faint = just_now and said.may_take_it_back(text) and not open_question.waits(turn.conversation_id)
    was_it = said.asks_if_it_was(text) and (just_now or named)
    back = said.names_it(text) or (just_now and not was_it and said.takes_it_back(text))
    trouble = (just_now or named) and said.fears_trouble(text)
    who = (just_now or named) and turn.intent not in _OTHERS and said.asks_who_reads_it(text)
    if not (again or back or was_it or faint or trouble or who):
        return None
    with database().read() as db:
        found = feedback.complaint(db, people.person_of(db, turn.conversation_id), clock.now())
    if found is None:
        if trouble and named:  # asked before it is made: nothing is filed by a question
            speech.say_text(wording.say("taken_back.complaint_trouble"), [PERSON])
            return []
        return None
    if again and found.taken_back_at is not None:
        return _put_back(turn, speech)
    if back:
        take_back_complaint(turn, speech)
    elif was_it or faint:
        _say_how_it_stands(speech, found.taken_back_at is not None, told=who)
    else:
        keys = [("complaint_who_back" if found.taken_back_at else "complaint_who")] if who else []
        keys += ["complaint_trouble"] if trouble else []
        keys = keys or ["complaint_again"]
        for key in keys:
            facts = {"when": underway.staff_hours()} if key == "complaint_again" else {}
            speech.say_text(wording.say(f"taken_back.{key}", **facts), [PERSON] if key == keys[-1] else ())
    return [SlotSet("last_said", COMPLAINT)]


def _say_how_it_stands(speech: Speech, is_back: bool, *, told: bool) -> None:
    """Whether a complaint was taken back; `told`: and whether the one it is about hears of it."""
    if is_back:
        speech.say_text(wording.say("taken_back.complaint_done"))
    if told:
        speech.say_text(wording.say("taken_back.complaint_told"))
    if not is_back:
        ways = [("Take it back", option("complaint", "back")), ("Leave it with staff", option("complaint", "keep"))]
        speech.say_text(wording.say("taken_back.complaint_not_yet"), ways)


def _put_back(turn: Turn, speech: Speech) -> list[EventType]:
    """A complaint that was taken back is to be taken further after all, with what else they tell of it."""
    with database().write() as db:
        person = people.person_of(db, turn.conversation_id)
        found = feedback.complaint(db, person, clock.now())
        feedback.put_back(db, person, found)
        if more := said.tells_more(turn.typed):
            feedback.add_words(db, person, found.id, turn.typed[:1000])
        handoffs.open_for(db, conversation_of(db, turn), "complaint")
    key = "complaint_on_and_more" if more else "complaint_on"
    speech.say_text(wording.say(f"taken_back.{key}", when=underway.staff_hours()))
    return [SlotSet("last_said", COMPLAINT)]


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
