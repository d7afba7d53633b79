"""Questions about coming to a session that nobody has written an answer to: children, fares, steps, food.

What is not known is said to be not known, and staff are offered, rather than a list that was not asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions import details, underway
from actions.practical_words import asked
from actions.speech import Pair, Speech, option
from bot import wording

if TYPE_CHECKING:
    from actions.turn import Turn

#: What `last_said` is after such an answer: "food?" after "do yous pay the bus" is asked of a session too.
LAST = "practical"
#: Under these a session is spoken of.
_OF_SESSIONS = frozenset({"list_sessions", "book_session", "change_booking"})

#: Under what staff can answer: a yes is the first.
WAYS: tuple[Pair, ...] = (("Ask staff", option("handoff", "asked", 1)), ("What's on", "/list_sessions"))
#: A person is wanted to talk to, whatever the tongue.
_SPEAKS = re.compile(r"\b(?:talk|speaks?|speaking|chat|phone|call|ring|text)\b", re.IGNORECASE)
#: These we know: staff need not be asked.
_KNOWN = frozenset({
    "more_than_one", "who_for", "by_staff", "opening", "reminders", "their_details", "our_number", "waiting_list",
    "weather",
})  # fmt: skip
#: These do not stand in the way of the list that is asked for in the same text.
_BESIDE_A_LIST = frozenset({
    "language", "access", "child", "company", "food", "cost", "fares", "waiting_list", "runs", "others",
})  # fmt: skip
#: Said beside when and where a session is, where both are asked: "how dae a get there, a've nae bus fare".
_BESIDE_DETAILS = frozenset({
    "what", "fares", "cost", "food", "parking", "child", "company", "access", "language", "waiting_list", "weather",
})  # fmt: skip
#: By bus from wherever they are is not ours to know.
_BUS = re.compile(r"\bbus(?:es)?\b(?! (?:fares?|money|pass|tickets?)\b)", re.IGNORECASE)


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Say what is known, and offer to ask staff, if a message puts such a question; None, and nothing said, if not.

    A yes is the first of the two choices. In the middle of a form there are none: the form goes on asking.
    """
    spoken_of = turn.intent in _OF_SESSIONS or turn.slots.get("last_said") in (LAST, "sessions")
    if details.reply_to(turn, speech):
        say_beside_details(turn, speech)
        return []
    kind = asked(turn.typed, of_a_session=spoken_of or turn.loop is not None)
    if kind is None or (kind == "for_another" and not turn.loop):  # that stands beside a booking only
        return None
    return tell(turn, speech, kind)


def tell(turn: Turn, speech: Speech, kind: str) -> list[EventType]:
    """Say what is known of a kind of question, and offer to ask staff where that is not much."""
    if kind in _KNOWN:
        speech.say_text(_known(kind))
        return [SlotSet("last_said", LAST)]
    if turn.loop:
        speech.say_text(beside(kind))
        return []
    return offer(turn, speech, kind)


def say_beside_details(turn: Turn, speech: Speech) -> None:
    """After when and where a session is: what else is asked of it in the same text."""
    kind = asked(turn.typed, of_a_session=True)
    if kind in _BESIDE_DETAILS:
        speech.say_text(beside(str(kind)))
    elif _BUS.search(turn.typed):
        speech.say_text(wording.say("practical.bus"))


def offer(turn: Turn, speech: Speech, kind: str) -> list[EventType]:
    """Say that it is not known, and offer to ask staff; they need not be asked twice."""
    if (when := underway.staff_read(turn)) is not None:
        speech.say_text(f"{wording.say(f'practical.{kind}')} {wording.say('underway.they_read_it', when=when)}")
        return [SlotSet("last_said", LAST)]
    speech.say_text(f"{wording.say(f'practical.{kind}')} {wording.say('practical.ask')}", WAYS)
    return [SlotSet("last_said", LAST)]


def instead_of_a_person(turn: Turn, speech: Speech) -> list[EventType] | None:
    """A need that was taken for a wish for a person: "will there be a sign language person"."""
    if asked(turn.typed, of_a_session=True) not in ("language", "company") or _SPEAKS.search(turn.typed):
        return None
    kind = str(asked(turn.typed, of_a_session=True))
    if turn.loop is None:
        return offer(turn, speech, kind)
    speech.say_text(beside(kind))
    return []


def say_beside_a_list(turn: Turn, speech: Speech) -> bool:
    """Say what is known of a need that is told beside a wish for sessions ("at night then, ma partner's deaf"); False,
    and nothing said, where none is told."""
    kind = asked(turn.typed, of_a_session=True)
    if kind not in _BESIDE_A_LIST:
        return False
    speech.say_text(beside(kind))
    return True


def _known(kind: str) -> str:
    return wording.say(f"practical.{kind}", **({"when": underway.staff_hours()} if kind == "opening" else {}))


def beside(kind: str) -> str:
    """The same in one text without choices, for where a form goes on asking."""
    if kind in _KNOWN:
        return _known(kind)
    return f"{wording.say(f'practical.{kind}')} {wording.say('practical.text_person')}"
