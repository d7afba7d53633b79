"""The turns of a text that says two things: an answer to us and more behind it, or two questions.

What was read decides, and the danger in it: see `bot.answer_first` and `bot.two_questions` for how a text falls apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import answer_first, two_questions

#: In a request: what is said in the same text as a choice is picked.
ALSO = "also"
#: What stands under a question of ours that a yes answers; and under one that books.
_YESES = re.compile(r'"option": "(?:confirm|handoff:asked:1|absence:\w+:1(?::\d+)*)"}$')
_CONFIRMS = re.compile(r'"option": "confirm"}$')
_SESSION = '{"option": "session:'
_PICKED = re.compile(r'"option": "(session:\d+)"')
#: Said beside a pick, what gives a place up for it.
_GIVES_UP = frozenset({"cancel_booking", "change_booking"})
#: The ways out of what was asked. What is wanted instead is said in the same text, and answered.
_WAYS_OUT = ('{"option": "none"}', '{"option": "others"}', '{"option": "other"}', '{"option": "skip"}')
#: What says no more than the answer did.
_COURTESY = frozenset({"affirm", "thank", "greet", "goodbye"})
#: From this share on it is understood.
_READ = 0.4
#: What is a wish of its own, however it begins.
_NO_YES = frozenset({"affirm", "talk_to_person", "call_me", "complaint", "delete_my_data"})
_WISHES = frozenset({"book_session", "list_sessions", "change_booking", "my_bookings"})


async def turns(
    agent: Any, tracker: DialogueStateTracker | None, message: UserMessage, also: Mapping[str, str] | None
) -> Sequence[UserMessage] | None:
    """The two turns of a `message` that answers us and goes on, or asks two things, each understood by itself; None
    for one turn. Both carry its id: to whoever asks again they are one. `also` holds what is said beside a pick."""

    async def read(text: str) -> UserMessage:
        alone = UserMessage(text, message.output_channel, message.sender_id, message_id=message.message_id)
        alone.parse_data = await agent.processor.parse_message(alone)
        return alone

    if also:
        rest = await read(also[ALSO])
        if (swap := _swap(message, rest)) is not None:
            return [swap]
        return [message] if _is_courtesy(rest) else [message, rest]
    if tracker is not None and _is_yes(message) and _waits_for_a_yes(tracker, message.text):
        return [_as_yes(message)]
    if tracker is not None and (wish := _behind_a_reason(tracker, message)):
        return [message, await read(wish)]
    if tracker is not None and not _is_grave(message) and (said := _answer_first(tracker, message.text)):
        first, rest = [await read(text) for text in said]
        first = _as_yes(first) if _is_yes(first) and _waits_for_a_yes(tracker, first.text) else first
        if not (first.parse_data.get("danger") or _is_grave(rest)):
            # A doubt about the whole is asked about though neither part by itself gives rise to it.
            rest.parse_data["danger"] = rest.parse_data.get("danger") or message.parse_data.get("danger")
            return [first] if _is_courtesy(rest) else [first, rest]
    if message.parse_data.get("danger") or (tracker is not None and tracker.active_loop_name):
        return None
    if _intent(message) == "correction" and (meant := answer_first.put_right(message.text)):
        rest = await read(meant)
        return [rest] if _is_read(rest) and not _is_grave(rest) else None
    if _intent(message) == "delete_my_data" and (said := two_questions.and_delete(message.text)):
        first, rest = [await read(text) for text in said]
        if _is_read(first) and _intent(first) != _intent(rest) == "delete_my_data" and not _is_grave(first):
            first.metadata = {two_questions.MORE_FOLLOWS: True}
            return [first, rest]
    for texts in two_questions.parts(message.text):
        asked = {text: await read(text) for text in texts}
        if found := two_questions.both(*(two_questions.Part(text, m.parse_data) for text, m in asked.items())):
            both = [asked[part.text] for part in found]
            both[0].metadata = {two_questions.MORE_FOLLOWS: True}
            return both
    return None


def _swap(pick: UserMessage, rest: UserMessage) -> UserMessage | None:
    """One wish, where a session is picked and in the same text another is given up: asked about as two, each question
    would have a "1" under it. None for anything else."""
    found = _PICKED.search(pick.text or "")
    if found is None or _intent(rest) not in _GIVES_UP or rest.parse_data.get("danger"):
        return None
    change = {"name": "change_booking", "confidence": 1.0}
    picked = {"entity": "option", "value": found[1], "start": 0, "end": 0, "extractor": "EntityReader"}
    rest.parse_data |= {"intent": change, "entities": [*(rest.parse_data.get("entities") or ()), picked]}
    rest.metadata = pick.metadata
    return rest


def is_passed_over(first: UserMessage, rest: UserMessage) -> bool:
    """Whether what is said to the first goes unsaid: "none of these", with what is wanted instead right behind it."""
    return first.text.endswith(_WAYS_OUT) and _is_read(rest)


def _answer_first(tracker: DialogueStateTracker, text: str) -> tuple[str, str] | None:
    """The answer to what we said last, and what comes behind it."""
    if tracker.active_loop_name == "words_form":  # any words may be the answer
        return None
    under = _under_the_last(tracker)
    waits = any(_YESES.search(payload) is not None for payload in under)
    lists = any(_SESSION in payload for payload in under)
    if (waits or lists) and (said := answer_first.leaves(text)):
        return said
    if waits and (said := answer_first.yes(text)):
        return said
    return answer_first.pick(text) if waits or lists else None


def _behind_a_reason(tracker: DialogueStateTracker, message: UserMessage) -> str | None:
    """What is asked for behind the reason that was asked for. The whole stays the reason: half of it, read by itself,
    may sound of what it does not say."""
    asks_why = str(tracker.get_slot("words_for") or "").startswith("reason")
    if tracker.active_loop_name != "words_form" or not asks_why or message.parse_data.get("danger"):
        return None
    found = answer_first.reason(message.text)
    return found[1] if found else None


def _is_yes(message: UserMessage) -> bool:
    """Whether it is a yes by its shape ("aye tk me aff"), and there is no more than a faint doubt in it."""
    danger = message.parse_data.get("danger")
    return answer_first.is_yes(message.text or "") and (not danger or bool(danger.get("faint")))


def _waits_for_a_yes(tracker: DialogueStateTracker, text: str | None) -> bool:
    """Whether we asked something that the yes `text` answers: "stick me doon" is none to "shall I ask staff?"."""
    asked = _CONFIRMS if answer_first.books(text or "") else _YESES
    return any(asked.search(payload) is not None for payload in _under_the_last(tracker))


def _as_yes(message: UserMessage) -> UserMessage:
    """The message read as the yes that it is, however oddly it is spelt."""
    if _intent(message) not in _NO_YES:
        yes = {"name": "affirm", "confidence": 1.0}
        ranking = [yes, *(r for r in message.parse_data.get("intent_ranking") or () if r["name"] != "affirm")]
        message.parse_data |= {"intent": yes, "intent_ranking": ranking}
    return message


def _under_the_last(tracker: DialogueStateTracker) -> list[str]:
    """What can be picked under the last thing we said."""
    last = next((event for event in reversed(tracker.events) if isinstance(event, BotUttered)), None)
    return [str(b.get("payload") or "") for b in ((last.data or {}).get("buttons") or ())] if last else []


def _is_grave(message: UserMessage) -> bool:
    """Whether there is danger in it that is more than a doubt: that is never taken apart."""
    danger = message.parse_data.get("danger")
    return bool(danger) and not (danger.get("doubt") or danger.get("faint"))


def _is_courtesy(message: UserMessage) -> bool:
    return not message.parse_data.get("danger") and _intent(message) in _COURTESY


def _is_read(message: UserMessage) -> bool:
    intent = message.parse_data.get("intent") or {}
    return _intent(message) not in {*_COURTESY, "nlu_fallback", ""} and float(intent.get("confidence") or 0) >= _READ


def _intent(message: UserMessage) -> str:
    return str((message.parse_data.get("intent") or {}).get("name") or "")
