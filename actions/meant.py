""" "Did you mean": the likeliest questions, to pick from. A worry is heard first, and the way to a person shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from actions.speech import Pair, Speech, intent_payload, option
from actions.stores import database, settings
from bot import wording
from bot.programme import answers

if TYPE_CHECKING:
    from actions.turn import Turn

PERSON: Pair = ("Talk to a person", "/talk_to_person")
#: An answer this near is worth offering to somebody who is worried.
NEAR = 0.1

#: Somebody is frightened or at the end of their strength, whatever it is about.
_WORRIED = re.compile(
    r"\b(?:scared|scard|skared|feart|feared|frightened|terrified|petrified|panick\w*|panicing|panickin|"
    r"freak\w* (?:me )?(?:out|oot)|"
    r"shit(?:ting|tin|e|in|ein)? (?:it|masel\w*|myself|bricks)|bricking it|brickin it|"
    r"worried sick|(?:so|really|pure|dead|awfy|that|very|too) (?:worried|anxious|nervous|stressed|afraid|upset)|"
    r"in bits|in a (?:state|panic)|wit'?s'? end|(?:cannae|can'?t|canny|cannot|not) (?:cope|tak(?:e)? (?:it|any ?more))|"
    r"distraught|desperate|greetin|(?:crying|cryin) (?:my|ma) (?:eyes|een)|i am afraid|i'?m afraid|"
    r"(?:am|i'?m|will) (?:i |a )?(?:gonna|going to|gonnae|gaun tae) die|(?:am|is) (?:i|a|he|she) (?:dying|deein))\b",
    re.IGNORECASE,
)


def worried(text: str) -> bool:
    """Whether a message is frightened or upset, whatever it is about."""
    return _WORRIED.search(text.replace("’", "'")) is not None


def questions(named: Iterable[Sequence[str]]) -> list[Pair]:
    """Choices for these answers, (topic, key) each, by their questions: those which may be shown."""
    with database().read() as db:
        found = [(t, k, answers.current(db, t, k, drafts=settings().drafts)) for t, k in named]
        return [(r.answer.question[:60], intent_payload(f"ask_{t}", answer=k)) for t, k, r in found if r]


def near(turn: Turn, least: float = NEAR) -> list[Pair]:
    """Choices for the answers that a message is near to, two at most."""
    ranked = [a for a in turn.parse.get("answers") or () if a["confidence"] >= least]
    return questions([(a["topic"], a["key"]) for a in ranked[:2]])


def ask(turn: Turn, speech: Speech, pairs: Sequence[Pair], *, understood: bool = True) -> None:
    """Ask which of `pairs` was meant. Where the words are frightened they are heard first, and a person comes first."""
    if worried(turn.typed):
        speech.say_text(wording.say("talk.worried_which"), [*pairs, PERSON], understood=understood)
    else:
        speech.say("did_you_mean", [*pairs, ("Something else", option("other"))], understood=understood)


def hear(turn: Turn, speech: Speech) -> bool:
    """Hear a worry that no answer fits: what is near, and a person. False, and nothing said, if there is none."""
    if turn.loop or not worried(turn.typed):
        return False
    pairs = near(turn)
    if pairs:
        ask(turn, speech, pairs)
    else:
        speech.say_text(wording.say("talk.worried"), [PERSON, ("Menu", "/help")])
    return True
