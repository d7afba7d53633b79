"""What a short message means by what was said just before it: "is it free", "how long after", "the wed one".

Tried before the action that the message by itself would lead to. Not in a form, nor where something else was asked and
waits for its answer, nor for what is never a follow-up: danger, a wish for a person, a shift that will be missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import (
    after_answer,
    after_booking,
    after_list,
    asked_anywhere,
    asked_on,
    bank,
    follow_words,
    mixing,
    of_staff,
    on_thread,
    open_question,
    past,
    place_asked,
    plain_asks,
    session_picked,
    sooner,
    talk_words,
    whom,
)
from actions.in_emergency import OVERDOSE
from actions.milestones import is_milestone
from actions.slots import SAID, forget_forms
from actions.speech import Speech
from actions.stop_words import is_of_texts
from bot import wording
from bot.programme import needs

if TYPE_CHECKING:
    from actions.turn import Turn

#: What is never a follow-up, whatever was said before.
_BY_ITSELF = frozenset({
    "talk_to_person", "call_me", "complaint", "start_messages", "delete_my_data", "choose", "thank",
    "goodbye", "bot_challenge", "cant_make_shift", "im_ill", "confirm_coming", "accept_offer", "decline_offer",
    "alcohol_check",
})  # fmt: skip
#: Of those, what is asked on after an answer may be taken for.
_HARDLY_A_WISH = frozenset({"complaint", "delete_my_data", "im_ill", "cant_make_shift", "alcohol_check", "ask_privacy"})
#: "Aye" is an answer; "every day aye" says more than yes, where nothing was asked.
_YES_OR_NO = frozenset({"affirm", "deny"})
#: What is said of the answer itself, where it is surely said.
_OF_THE_ANSWER = frozenset({"more", "simpler", "repeat", "source"})
SURELY = 0.75
LONG_AGO = 4 * 3600.0  # seconds, after which nothing leans on what was said before
#: What `last_said` is after a session was booked, or the waiting list joined.
BOOKED = "booked"
#: Less sure than this of a meaning, it may be nothing but the good news that it tells.
_UNSURE = 0.6
#: A yes or a no of no more words than this says nothing else.
_BARE = 2


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer a message by what came before it; None, and nothing said, where it stands by itself."""
    before = turn.slots.get("last_said")
    if turn.returning and turn.slots.get("remark") == SAID:
        return forget_forms()
    if turn.loop or not turn.typed or turn.returning:
        return None
    if turn.pause > LONG_AGO:  # nothing leans on what we said, but whoever was pregnant is so
        return on_thread.reply_to(turn, speech, given="")
    for first in (asked_on, on_thread, of_staff, asked_anywhere, sooner):
        if (told := first.reply_to(turn, speech)) is not None:
            return told
    if turn.confidence < _UNSURE and is_milestone(turn.typed) and not turn.intent.startswith("crisis_"):
        speech.say_text(wording.say("talk.well_done"))  # "dry since easter n naebody tae tell", whatever it was read as
        return []
    if before not in _AFTER:
        return None
    if before == "sessions" and turn.intent == "alcohol_check" and session_picked.picks(turn.typed):  # "the DRINK wan"
        return after_list.reply_to(turn, speech)
    if before == "answer" and plain_asks.is_not_followed(turn.typed) and bank.say_gist(turn, speech):
        return []
    overdose = before == "answer" and turn.slots.get("answer") == "/".join(OVERDOSE)
    if overdose and (kit := follow_words.has_a_kit(turn.typed)):
        return bank.say_answer(turn, speech, "drugs", "after_naloxone" if kit == "given" else "overdose_what_to_do")
    if before == "answer" and turn.danger is None and not turn.intent.startswith("crisis_"):
        if (where := follow_words.where_they_meet(turn.typed, str(turn.slots.get("answer") or ""))) is not None:
            return after_answer.more(turn, speech, where)
    if _stands_by_itself(turn) or turn.intent.startswith("crisis_") or open_question.waits(turn.conversation_id):
        return None
    return _AFTER[before](turn, speech)


def _is_rather_of_the_answer(turn: Turn) -> bool:
    """Whether a message that was read as a wish, and hardly is one, asks on: "i had a letter n binned it", of a bowel
    test, wants nothing deleted."""
    read = turn.parse.get("in_context") or {}
    best = max((a["confidence"] for a in read.get("answers") or ()), default=0.0)
    if turn.intent not in _HARDLY_A_WISH or turn.confidence >= _UNSURE:
        return False
    return read.get("confidence", 0.0) >= _UNSURE and best >= after_answer.SURE


def _stands_by_itself(turn: Turn) -> bool:
    if turn.slots.get("last_said") == "answer" and _is_rather_of_the_answer(turn):
        return False
    if turn.intent == "stop_messages":
        return is_of_texts(turn.typed)
    if turn.intent == "wrong_number":  # "i dont have the number"
        return place_asked.asked(turn.typed) is None
    if turn.intent == "ask_privacy":  # "can ma maw keep it", of a naloxone kit
        half = turn.confidence < SURELY or follow_words.is_half_a_question(turn.typed)  # "can the council do anythin"
        return follow_words.is_private(turn.typed) or not half
    return turn.intent in _BY_ITSELF


def _after_places(turn: Turn, speech: Speech) -> list[EventType] | None:
    """What is asked of the places that were given."""
    of_an_answer = turn.slots.get("last_said") == "answer"
    needed = () if of_an_answer and past.puts_right(turn.typed) else needs.needs_of(turn.typed)  # "a said PREGNANT"
    adds = turn.intent in after_answer.HARDLY or follow_words.adds(turn.typed)
    if needed and adds and follow_words.is_few(turn.typed):
        return [FollowupAction("action_find_service")]  # "and the naloxone?"
    named = needed or turn.entity("topic")
    of_answer = of_an_answer and place_asked.is_of_the_answer(turn.typed)
    if not named and not of_answer and place_asked.reply_to(turn, speech):
        return []
    if of_an_answer or not (_is_half_of_it(turn) or _says_more_beside_it(turn)):
        return None
    told = after_answer.reply_to(turn, speech, turn.parse.get("in_context") or {})  # "how do i use it", of the naloxone
    return told and [SlotSet("last_said", "answer"), *told]


def _is_half_of_it(turn: Turn) -> bool:
    """Whether half a question was taken for something that it hardly is."""
    return turn.intent in after_answer.HARDLY | {"ask_privacy"} and follow_words.is_half_a_question(turn.typed)


def _says_more_beside_it(turn: Turn) -> bool:
    """Whether a message that says little by itself is surely of the answer before the places: "hes peein aw the time"
    is no diabetes, of a son on ket."""
    read = turn.parse.get("in_context") or {}
    best = max((a["confidence"] for a in read.get("answers") or ()), default=0.0)
    return turn.intent.startswith("ask_") and turn.confidence < SURELY <= best


def _after_an_answer_or_place(turn: Turn, speech: Speech) -> list[EventType] | None:
    if (told := _after_places(turn, speech)) is not None:
        return told
    read = turn.parse.get("in_context") or {}
    if str(read.get("intent") or "").startswith("crisis_") or (turn.intent in _YES_OR_NO and _answers(turn)):
        return None
    if _is_something_else(turn):
        return None
    surely = read.get("confidence", 0.0) >= after_answer.SURE
    if read.get("intent") == "find_service" != turn.intent and surely:  # "where do i get it"
        return [FollowupAction("action_find_service")]
    if turn.intent in _OF_THE_ANSWER and turn.confidence >= SURELY:
        return None
    return after_answer.reply_to(turn, speech, read)


def _answers(turn: Turn) -> bool:
    """Whether a yes or a no is all that was said, or says whether the answer helped."""
    return len(turn.typed.split()) <= _BARE or open_question.asks_if_it_helped(turn.conversation_id)


def _is_something_else(turn: Turn) -> bool:
    """Whether rules of their own answer what was said, whatever it follows."""
    text = turn.typed
    if needs.needed_today(text) or talk_words.kind_of(text) or mixing.asked_about(text):
        return True
    return whom.same_for(text, str(turn.slots.get("topic") or "")) is not None


#: What `last_said` may be for the next message to lean on it → what comes then.
_AFTER = {
    "answer": _after_an_answer_or_place,
    "services": _after_places,
    "sessions": after_list.reply_to,
    BOOKED: after_booking.reply_to,
}
