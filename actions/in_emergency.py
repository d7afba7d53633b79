"""What is said and asked while an emergency that was told of goes on: help comes, what to do until then, whether it can
wait, whose fault it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import EventType

from actions.bank import say_answer
from actions.emergency_words import kind_of
from actions.speech import Speech
from actions.stores import conversation_of, database
from bot import clock, crisis, safety, wording
from bot.conversations import asking, handoffs

if TYPE_CHECKING:
    from actions.turn import Turn

#: What is asked next where somebody has taken too much: how to lie them, whether to give naloxone, and again.
OVERDOSE = ("drugs", "overdose_what_to_do")
#: What was only asked about, and goes on in the body.
_OF_THE_BODY = frozenset({"overdose", "poisoning", "painkillers", "counted", "withdrawal", "chest_pain", "head_injury"})
#: What is answered by more than one sentence.
_SENTENCES = {"police_no_change": ("no_change", "police"), "police_overdose": ("again.overdose", "police")}


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer it; None, and nothing said, for any other message or where no emergency was told of within the hour."""
    said = kind_of(turn.typed)
    if said is None or _another(turn.danger) or not _under_way(turn):
        return None
    overdose = turn.slots.get("answer") == "/".join(OVERDOSE) or safety.drugs_named(turn.typed)
    if not overdose and said in ("no_change", "police_no_change"):  # naloxone is of no help there
        said = "again.emergency" if said == "no_change" else "police"
    if said == "police":
        said = "police_overdose" if safety.drugs_named(turn.typed) else "police" if overdose else "police_plain"
    if said == "meanwhile":
        told = say_answer(turn, speech, *OVERDOSE) if overdose else None
        return None if told is None else told
    for key in _SENTENCES.get(said, (said,)):
        speech.say_text(wording.say(f"crisis.{key}"))
    return []


def _another(danger: safety.Verdict | None) -> bool:
    """Does the text speak of another danger besides?"""
    return danger is not None and danger.safety != "emergency" and danger.strength == "strong"


def _under_way(turn: Turn) -> bool:
    """Whether an emergency was told of within the hour, and no abuse besides."""
    with database().read() as db:
        found = handoffs.current(db, turn.conversation_id)
        told = {reason for reason, _ in found.reasons} if found is not None else set()
        conversation = conversation_of(db, turn)
        if found is not None and found.reason == "maybe_danger":  # asked about "2 blues and a drink": it may be one
            before = asking.asked_lately(db, conversation)
            verdict = safety.screen(before.body) if before is not None and before.body else None
            return verdict is not None and verdict.kind.removesuffix(crisis.DOUBT) in _OF_THE_BODY
        emergency = found is not None and found.reason.startswith("crisis_emergency") and "crisis_abuse" not in told
        return emergency and asking.still_shaken(db, conversation, clock.now())
