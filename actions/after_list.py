"""What is said right after a list of sessions: one of them is picked, another kind is wanted, or it is for somebody
else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction

from actions import practical, practical_words, session_picked
from actions.search import Search
from actions.speech import Speech
from bot import wording

if TYPE_CHECKING:
    from actions.turn import Turn

#: What "naw, the wan in the evenin" is taken for, after a list: it asks for another one.
CORRECTS = frozenset({"correction", "nlu_fallback", "deny", "out_of_scope"})
_NONE_FITS = re.compile(
    r"^\W*(?:(?:no|naw|nah|nope)\W+)*(?:none|nane|neither|no any|not any)"
    r"(?: (?:of|ae|o) (?:them|they|those|these|that))?(?:\W+(?:suits?(?: me)?|any good|please|thanks|ta|pal))*\W*$",
    re.IGNORECASE,
)
_A_SESSION = re.compile(
    r"\b(?:wan|one|yin|class|session|group|course|something|sumhin|somethin|anything|anyhin|want|meant)\b",
    re.IGNORECASE,
)
#: More words than this are about something else.
_FEW = 25


def none_fits(text: str) -> bool:
    """Whether a few words say that none of what was listed will do."""
    return _NONE_FITS.match(text) is not None


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Begin to book the one that is picked, or list what is wanted instead; None for anything else."""
    if (taken := session_picked.take(turn)) is not None:
        return taken
    if turn.danger is not None:
        return None
    if none_fits(turn.typed):
        speech.say_text(wording.say("underway.what_would_suit"))
        return []
    if practical_words.is_for_another(turn.typed):
        return practical.offer(turn, speech, "for_another")
    if turn.intent in CORRECTS and len(turn.typed.split()) <= _FEW and _wants(turn):
        return [FollowupAction("action_list_sessions")]
    return None


def _wants(turn: Turn) -> bool:
    """Whether it says what session would do: "drink's no a problem" names a topic and wants none."""
    said = Search.of(turn)
    told = said.has_time() or said.area or said.not_in or said.not_on is not None
    return bool(told or (said.topic and _A_SESSION.search(turn.typed)))
