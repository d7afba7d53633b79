"""What a short message means by what was said just before it: "is it free", "how long after", "the wed one".

Tried before the action that the message by itself would lead to. Not in a form, nor where something else was asked and
waits for its answer, nor for what is never a follow-up: danger, a wish for a person, a shift that will be missed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import (
    after_booking,
    after_list,
    asked_anywhere,
    asked_on,
    bank,
    follow_words,
    meant,
    mixing,
    of_staff,
    open_question,
    past,
    place_asked,
    plain_asks,
    said_already,
    sooner,
    talk_words,
    whom,
)
from actions.milestones import is_milestone
from actions.slots import SAID, forget_forms
from actions.speech import Speech
from actions.stop_words import is_of_texts
from bot import safety, wording
from bot.programme import needs

if TYPE_CHECKING:
    from actions.turn import Turn

#: What is never a follow-up, whatever was said before.
_BY_ITSELF = frozenset({
    "talk_to_person", "call_me", "complaint", "start_messages", "delete_my_data", "choose", "thank",
    "goodbye", "bot_challenge", "cant_make_shift", "im_ill", "confirm_coming", "accept_offer", "decline_offer",
    "alcohol_check",
})  # fmt: skip
#: "Aye" is an answer; "every day aye" says more than yes, where nothing was asked.
_YES_OR_NO = frozenset({"affirm", "deny"})
#: What is read on from after an overdose.
_OVERDOSE = "drugs/overdose_what_to_do"
#: What is said of the answer itself, where it is surely said.
_OF_THE_ANSWER = frozenset({"more", "simpler", "repeat", "source"})
SURELY = 0.75
LONG_AGO = 4 * 3600.0  # seconds, after which nothing leans on what was said before
#: What `last_said` is after a session was booked, or the waiting list joined.
BOOKED = "booked"
#: From this share of the probability the answer is given; below it, it is asked about; below the last, left alone.
SURE, NEAR = 0.35, 0.12
#: Less sure than this of a meaning, it may be nothing but the good news that it tells.
_UNSURE = 0.6
#: A yes or a no of no more words than this says nothing else.
_BARE = 2
#: What a message that says what it is not is read as.
_PUTS_RIGHT = frozenset({"correction", "deny", "nlu_fallback"})
#: What half a question after an answer is taken for, and hardly is.
_HARDLY = frozenset({
    "list_sessions", "book_session", "ask_order", "ask_hours", "share_priorities", "help", "source", "out_of_scope",
    "nlu_fallback", "affirm", "deny", "greet", "correction", "my_bookings", "stop_messages",
})  # fmt: skip


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer a message by what came before it; None, and nothing said, where it stands by itself."""
    before = turn.slots.get("last_said")
    if turn.returning and turn.slots.get("remark") == SAID:
        return forget_forms()
    if turn.loop or not turn.typed or turn.returning or turn.pause > LONG_AGO:
        return None
    for first in (asked_on, of_staff, asked_anywhere, sooner):
        if (told := first.reply_to(turn, speech)) is not None:
            return told
    if turn.confidence < _UNSURE and is_milestone(turn.typed) and not turn.intent.startswith("crisis_"):
        speech.say_text(wording.say("talk.well_done"))  # "dry since easter n naebody tae tell", whatever it was read as
        return []
    if before not in _AFTER:
        return None
    if before == "answer" and plain_asks.is_not_followed(turn.typed) and bank.say_gist(turn, speech):
        return []
    if before == "answer" and turn.slots.get("answer") == _OVERDOSE and (kit := follow_words.has_a_kit(turn.typed)):
        return bank.say_answer(turn, speech, "drugs", "after_naloxone" if kit == "given" else "overdose_what_to_do")
    if before == "answer" and turn.danger is None and not turn.intent.startswith("crisis_"):
        if (where := follow_words.where_they_meet(turn.typed, str(turn.slots.get("answer") or ""))) is not None:
            return _more(turn, speech, where)
    if _stands_by_itself(turn) or turn.intent.startswith("crisis_") or open_question.waits(turn.conversation_id):
        return None
    return _AFTER[before](turn, speech)


def _stands_by_itself(turn: Turn) -> bool:
    if turn.intent == "stop_messages":
        return is_of_texts(turn.typed)
    if turn.intent == "wrong_number":  # "i dont have the number"
        return place_asked.asked(turn.typed) is None
    if turn.intent == "ask_privacy":  # "can ma maw keep it", of a naloxone kit
        return follow_words.is_private(turn.typed) or not follow_words.is_half_a_question(turn.typed)
    return turn.intent in _BY_ITSELF


def _after_places(turn: Turn, speech: Speech) -> list[EventType] | None:
    """What is asked of the places that were given."""
    after_answer = turn.slots.get("last_said") == "answer"
    needed = () if after_answer and past.puts_right(turn.typed) else needs.needs_of(turn.typed)  # "a said PREGNANT"
    if needed and (turn.intent in _HARDLY or follow_words.adds(turn.typed)) and follow_words.is_few(turn.typed):
        return [FollowupAction("action_find_service")]  # "and the naloxone?"
    named = needed or turn.entity("topic")
    of_answer = after_answer and place_asked.asked(turn.typed) == "other"
    if not named and not of_answer and place_asked.reply_to(turn, speech):
        return []
    if after_answer or turn.intent not in _HARDLY | {"ask_privacy"} or not follow_words.is_half_a_question(turn.typed):
        return None
    told = _after_an_answer(turn, speech, turn.parse.get("in_context") or {})  # "how do i use it", of the naloxone
    return told and [SlotSet("last_said", "answer"), *told]


def _after_an_answer_or_place(turn: Turn, speech: Speech) -> list[EventType] | None:
    if (told := _after_places(turn, speech)) is not None:
        return told
    read = turn.parse.get("in_context") or {}
    if str(read.get("intent") or "").startswith("crisis_") or (turn.intent in _YES_OR_NO and _answers(turn)):
        return None
    if _is_something_else(turn):
        return None
    if read.get("intent") == "find_service" != turn.intent and read["confidence"] >= SURE:  # "where do i get it"
        return [FollowupAction("action_find_service")]
    if turn.intent in _OF_THE_ANSWER and turn.confidence >= SURELY:
        return None
    return _after_an_answer(turn, speech, read)


def _answers(turn: Turn) -> bool:
    """Whether a yes or a no is all that was said, or says whether the answer helped."""
    return len(turn.typed.split()) <= _BARE or open_question.asks_if_it_helped(turn.conversation_id)


def _is_something_else(turn: Turn) -> bool:
    """Whether rules of their own answer what was said, whatever it follows."""
    text = turn.typed
    if needs.needed_today(text) or talk_words.kind_of(text) or mixing.asked_about(text):
        return True
    return whom.same_for(text, str(turn.slots.get("topic") or "")) is not None


def _after_an_answer(turn: Turn, speech: Speech, read: Mapping[str, Any]) -> list[EventType] | None:
    """What was read beside the question before it, where that is something else than what it says by itself."""
    no = past.refused(turn.events) if turn.intent in _PUTS_RIGHT else ()  # "no its no a shark": nothing more of that
    rows = read.get("answers") or ()
    near = [(a["topic"], a["key"], a["confidence"]) for a in rows if f"{a['topic']}/{a['key']}" not in no]
    if not near or (turn.danger is not None and turn.danger.rule != safety.LEARNT):
        return None
    given = str(turn.slots.get("answer") or "")
    if read.get("intent") not in {f"ask_{topic}" for topic, *_ in near}:
        return _half_a_question(turn, speech, given, near)
    ranked = [row for row in near if row[2] >= NEAR]
    if not ranked:
        return _half_a_question(turn, speech, given, near)
    topic, key, confidence = ranked[0]
    if f"{topic}/{key}" == given:
        return _more(turn, speech, given)
    if confidence >= SURE:
        return bank.say_answer(turn, speech, topic, key)
    others = [(t, k) for t, k, _ in ranked if f"{t}/{k}" != given][:2]
    named = turn.entity("topic")  # "what about heroin", after an answer on drink
    return meant.or_more(turn, speech, others) if named in (None, *(t for t, _ in others)) else None


def _half_a_question(
    turn: Turn, speech: Speech, given: str, near: Sequence[tuple[str, str, float]]
) -> list[EventType] | None:
    """Ask what "how long" is about, where it was taken for something that it hardly is; None for anything else."""
    if turn.intent not in _HARDLY or not follow_words.is_half_a_question(turn.typed):
        return None
    if follow_words.asks_how_to_use(turn.typed):
        return _more(turn, speech, given)
    same_topic = [(t, k) for t, k, _ in near if t == given.split("/")[0] and f"{t}/{k}" != given]
    return meant.or_more(turn, speech, same_topic[:2])


def _more(turn: Turn, speech: Speech, given: str) -> list[EventType] | None:
    """More of the answer that was `given`, or its gist once more; the answer itself, where it was not said yet."""
    if not bank.was_shown_last(turn, given):
        return bank.say_answer(turn, speech, *given.split("/"))
    stopping = follow_words.asks_to_stop(turn.typed)  # what it says of that is said again, and nothing before it
    if (stopping or not bank.has_more(turn)) and bank.say_gist(turn, speech, only_of_stopping=stopping):
        return []
    if bank.has_more(turn):
        return [FollowupAction("action_more")]
    said_already.nothing_left(turn, speech, given)
    return []


#: What `last_said` may be for the next message to lean on it → what comes then.
_AFTER = {
    "answer": _after_an_answer_or_place,
    "services": _after_places,
    "sessions": after_list.reply_to,
    BOOKED: after_booking.reply_to,
}
