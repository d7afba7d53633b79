"""What is asked on after an answer: another answer, more of that one, or which is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rasa_sdk.events import EventType, FollowupAction

from actions import bank, follow_words, meant, past, said_already
from actions.speech import Speech
from bot import safety

if TYPE_CHECKING:
    from actions.turn import Turn

#: From this share of the probability the answer is given; below it, it is asked about; below the last, left alone.
SURE, NEAR = 0.35, 0.12
#: What a message that says what it is not is read as.
_PUTS_RIGHT = frozenset({"correction", "deny", "nlu_fallback"})
#: What half a question after an answer is taken for, and hardly is.
HARDLY = frozenset({
    "list_sessions", "book_session", "ask_order", "ask_hours", "share_priorities", "help", "source", "out_of_scope",
    "nlu_fallback", "affirm", "deny", "greet", "correction", "my_bookings", "stop_messages",
})  # fmt: skip


def reply_to(turn: Turn, speech: Speech, read: Mapping[str, Any]) -> list[EventType] | None:
    """What was read beside the question before it, where that is something else than what it says by itself."""
    no = past.refused(turn.events) if turn.intent in _PUTS_RIGHT else ()  # "no its no a shark": nothing more of that
    rows = read.get("answers") or ()
    near = [(a["topic"], a["key"], a["confidence"]) for a in rows if f"{a['topic']}/{a['key']}" not in no]
    if not near or (turn.danger is not None and turn.danger.rule not in (safety.LEARNT, safety.FAINT)):
        return None
    given = str(turn.slots.get("answer") or "")
    if read.get("intent") not in {f"ask_{topic}" for topic, *_ in near}:
        return _half_a_question(turn, speech, given, near)
    ranked = [row for row in near if row[2] >= NEAR]
    if not ranked:
        return _half_a_question(turn, speech, given, near)
    topic, key, confidence = ranked[0]
    if f"{topic}/{key}" == given:
        return more(turn, speech, given)
    if confidence >= SURE:
        return bank.say_answer(turn, speech, topic, key)
    others = [(t, k) for t, k, _ in ranked if f"{t}/{k}" != given][:2]
    named = turn.entity("topic")  # "what about heroin", after an answer on drink
    return meant.or_more(turn, speech, others) if named in (None, *(t for t, _ in others)) else None


def _half_a_question(
    turn: Turn, speech: Speech, given: str, near: Sequence[tuple[str, str, float]]
) -> list[EventType] | None:
    """Ask what "how long" is about, where it was taken for something that it hardly is; None for anything else."""
    if turn.intent not in HARDLY or not follow_words.is_half_a_question(turn.typed):
        return None
    if follow_words.asks_how_to_use(turn.typed):
        return more(turn, speech, given)
    same_topic = [(t, k) for t, k, _ in near if t == given.split("/")[0] and f"{t}/{k}" != given]
    return meant.or_more(turn, speech, same_topic[:2])


def more(turn: Turn, speech: Speech, given: str) -> list[EventType] | None:
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
