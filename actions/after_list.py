"""What is said right after a list of sessions: one of them is picked, another kind is wanted, or it is for somebody
else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions import for_others, practical, session_picked, was_at
from actions.search import Search
from actions.speech import Speech
from bot import wording
from bot.programme import needs

if TYPE_CHECKING:
    from actions.turn import Turn

#: What "naw, the wan in the evenin" is taken for, after a list: it asks for another one.
CORRECTS = frozenset({"correction", "nlu_fallback", "deny", "out_of_scope"})
#: The same, and where they ask for one near a place.
OF_THE_LIST = CORRECTS | {"find_service"}
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
#: "Somewhere close by... shettleston", after a list, is of the list.
_FEW_WORDS = 10


def none_fits(text: str) -> bool:
    """Whether a few words say that none of what was listed will do."""
    return _NONE_FITS.match(text) is not None


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Begin to book the one that is picked, or list what is wanted instead; None for anything else."""
    if (taken := session_picked.take(turn)) is not None:
        return taken
    if (told := was_at.reply_to(turn, speech)) is not None:
        return told
    if turn.danger is not None:
        return None
    if session_picked.picks(turn.typed) and (told := _of_a_kind(turn)) is not None:
        return told
    if none_fits(turn.typed):
        speech.say_text(wording.say("underway.what_would_suit"))
        return []
    if for_others.is_for_another(turn.typed):
        return practical.offer(turn, speech, "for_another")
    if (turn.intent in CORRECTS or _looks_near(turn)) and len(turn.typed.split()) <= _FEW and _wants(turn):
        return [FollowupAction("action_list_sessions")]
    return None


def _looks_near(turn: Turn) -> bool:
    """Whether a few words ask for one near a place, and need nothing of their own."""
    few = turn.intent == "find_service" and len(turn.typed.split()) <= _FEW_WORDS
    return few and bool(turn.place()) and turn.entity("topic") is None and not needs.needs_of(turn.typed)


def _of_a_kind(turn: Turn) -> list[EventType] | None:
    """On to those of a kind: "the DRINK wan", where more than one is about that; None where no kind is named."""
    said = Search.of(turn)
    if said.topic is None and said.subject is None:
        return None
    return [SlotSet("search", said.as_slot()), FollowupAction("action_list_sessions")]


def _wants(turn: Turn) -> bool:
    """Whether it says what session would do: "drink's no a problem" names a topic and wants none."""
    said = Search.of(turn)
    told = said.has_time() or said.area or said.not_in or said.not_on is not None or said.not_topic or said.not_subject
    return bool(told or (said.topic and _A_SESSION.search(turn.typed)))
