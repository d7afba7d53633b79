"""A message read with what came before it: "how long after" alone means nothing.

After an answer a short one is read twice, as it stands and behind the question that was answered, and both readings are
multiplied (a geometric mean): a message that stands by itself keeps its meaning, half a question takes that of the talk
(`docs/decisions/0033`). One that means little by itself is read in the talk, with the person's own text before it
(`bot.nlu.talk`, `docs/decisions/0036`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bot.nlu.reading import Reading

#: What the message's metadata may hold: the answer ("topic/key") that it follows, and the question that stands over it.
AFTER, QUESTION = "after", "question"
#: Chosen on development follow-ups (`python -m benchmarks follow_ups`): the share of the message as it stands, the rest
#: being what it says behind the question; how much likelier the answers of the same topic are than those of another,
#: what is no health question than it would be, and the very answer that was just given.
ALONE, SAME_TOPIC, PLAIN, OWN = 0.5, 10.0, 0.5, 0.2
#: What the metadata holds of the person's own text before it: the words, and the shares of the intents that it was read
#: as, by name.
BEFORE, READING = "before", "reading"
#: A message that is as sure as this by itself keeps its meaning, and what asks for a person, or to be left alone, from
#: less on; a longer one than these words is a story by itself.
SURE_ALONE, SURE_OF_A_WISH, NO_STORY = 0.99, 0.8, 40
_WISHES = frozenset({"talk_to_person", "call_me", "stop_messages", "complaint"})
#: A yes or a no of so few words answers whatever was asked.
_ANSWERS, _BARE = frozenset({"affirm", "deny"}), 3
#: Intents that open a form at once, and how sure of one a message must be by itself to do so, where it is as sure as
#: that of a health question beside the answer before it ("how do i make one").
OPENS = frozenset({"book_session", "change_booking", "cancel_booking", "give_feedback"})
SURE = 0.6
#: Nor does the talk alone lead to these.
_NEVER_LIGHTLY = OPENS | {"stop_messages", "wrong_number", "delete_my_data"}
#: Chat, and how sure of it a message must be to have nothing to do with the answer before it: "celtic or rangers" after
#: an answer on an assault.
_CHAT, SURELY = frozenset({"out_of_scope", "greet", "goodbye", "thank"}), 0.999
#: What one reading thinks impossible the other may still bring.
LEAST = 1e-7
#: More words than this are a question by themselves.
SHORT = 12


def is_short(text: str) -> bool:
    """Whether a message may lean on what was said before it."""
    return 0 < len(text.split()) <= SHORT


def beside(question: str, text: str) -> str:
    """The message behind the question that was answered before it, as it is read the second time."""
    return f"{question} {text}"


def mixed(alone: np.ndarray, after: np.ndarray, labels: Sequence[str], answer: str) -> np.ndarray:
    """One probability for each of `labels` (fine labels, as in `bot.nlu.reading`) from both readings of a message that
    follows `answer` ("topic/key")."""
    both = np.maximum(alone, LEAST) ** ALONE * np.maximum(after, LEAST) ** (1 - ALONE)
    given, topic = f"ask_{answer}", f"ask_{answer.split('/')[0]}/"
    both *= [SAME_TOPIC if label.startswith(topic) else 1.0 if "/" in label else PLAIN for label in labels]
    both *= [OWN if label == given else 1.0 for label in labels]
    return both / both.sum()


def may_lean(text: str) -> bool:
    """Whether a message may need the text before it."""
    return 0 < len(text.split()) <= NO_STORY


def surely_chat(alone: Reading) -> bool:
    """Whether a message, read by itself as `alone`, has nothing to do with any answer before it."""
    return alone.intent in _CHAT and alone.confidence >= SURELY


def believed(alone: Reading, in_talk: Reading, text: str, answered: bool = False) -> Reading:
    """The reading of `text` to go by: as it stands where that is sure, else `in_talk`. Danger is only ever heard in the
    message itself, and what is asked on after an answer (`answered`) is found by that answer."""
    sure = SURE_OF_A_WISH if alone.intent in _WISHES else SURE_ALONE
    if alone.confidence >= sure or alone.intent.startswith("crisis_") or in_talk.intent.startswith("crisis_"):
        return alone
    if alone.intent in _ANSWERS and len(text.split()) <= _BARE:
        return alone
    if in_talk.intent in _NEVER_LIGHTLY and in_talk.confidence < SURE:
        return alone
    on_health = any(in_talk.intent == f"ask_{found['topic']}" for found in in_talk.answers)
    return alone if answered and on_health else in_talk


def better(alone: Reading, after: Reading) -> Reading:
    """The reading to go by: `after` where `alone` would open a form, or a list, that hardly anybody asked for."""
    opens = alone.intent in OPENS | {"list_sessions"} and alone.confidence < SURE
    asks = any(after.intent == f"ask_{found['topic']}" for found in after.answers)
    return after if opens and asks and after.confidence >= SURE else alone
