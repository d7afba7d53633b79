"""What belongs to a thread of the talk (`bot.programme.threads`) is answered by it, whatever it was read as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions import after_answer, bank, open_question, past, whom
from actions.speech import Pair, Speech, intent_payload
from bot import safety, wording
from bot.programme import threads

if TYPE_CHECKING:
    from actions.turn import Turn

#: Other business, which is done whatever was talked about, unless a row names it as what its words are taken for.
_OTHER_BUSINESS = frozenset({
    "talk_to_person", "call_me", "complaint", "stop_messages", "start_messages", "delete_my_data", "choose",
    "book_session", "cancel_booking", "change_booking", "thank", "goodbye", "im_ill", "cant_make_shift",
    "alcohol_check", "ask_privacy", "my_bookings", "share_priorities", "give_feedback", "confirm_coming",
})  # fmt: skip
#: From this share of the probability on an answer is what is asked, where nothing but the words at hand says otherwise.
_SURE_ALONE = 0.7
#: "Did you mean", and the offer to ask a worker, are left open by whoever asks on in other words, and hold nothing up.
_ASKS = ("/ask_", '/choose{"option": "handoff:')


def reply_to(turn: Turn, speech: Speech, given: str | None = None) -> list[EventType] | None:
    """Answer it; None, and nothing said, where it stands by itself, or where there may be danger. `given`: the answer
    that it may lean on, if that is not the last one.
    """
    doubt = turn.danger is not None and turn.danger.rule in (safety.LEARNT, safety.FAINT)  # asked after the answer
    if (turn.danger is not None and not doubt) or turn.intent.startswith("crisis_"):
        return None
    given = str(turn.slots.get("answer") or "") if given is None else given
    own, ever = past.own_words(turn.events), past.own_words(turn.events, ever=True)
    thread = threads.found(turn.typed, own, given, ever=ever, for_another=whom.whom(turn.typed) is not None)
    if thread is None or (turn.intent in _OTHER_BUSINESS - thread.over) or _is_plain(turn, thread):
        return None
    if thread.answer in past.refused(turn.events) or open_question.waits(turn.conversation_id, besides=_ASKS):
        return None
    if thread.answer is not None:
        if thread.answer == given and turn.slots.get("last_said") == "answer":
            return after_answer.more(turn, speech, given)
        return bank.say_answer(turn, speech, *thread.answer.split("/"))
    speech.say_text(wording.say(f"thread.{thread.sentence}"), [_choice(*row) for row in thread.choices])
    if thread.about is None:
        return []
    topic = thread.about.split("/")[0]
    return [SlotSet("topic", topic), SlotSet("answer", thread.about), SlotSet("last_said", "answer")]


def _is_plain(turn: Turn, thread: threads.Thread) -> bool:
    """Whether the words at hand belong to it by themselves, and are surely read as a question that has an answer."""
    if thread.always or threads.found(turn.typed, [], None) is not thread:
        return False
    return max((a["confidence"] for a in turn.parse.get("answers") or ()), default=0.0) >= _SURE_ALONE


def _choice(label: str, name: str) -> Pair:
    topic, key = name.split("/")
    return label, intent_payload(f"ask_{topic}", answer=key)
