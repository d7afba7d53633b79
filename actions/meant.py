""" "Did you mean": the likeliest questions, to pick from. A worry is heard first, and the way to a person shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType

from actions import past
from actions.speech import PERSON, TO_MENU, Pair, Speech, intent_payload, label, option
from actions.stores import database, settings
from bot import wording
from bot.programme import answers

if TYPE_CHECKING:
    from actions.turn import Turn

#: An answer this near is worth offering to somebody who is worried.
NEAR = 0.1
#: Whoever is low is offered nothing on the menopause.
_OF_THE_MIND = frozenset({"mental_health"})

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

#: Somebody is low, and says no more than that.
_LOW = re.compile(
    r"\b(?:feel(?:ing|in)?|felt)(?: (?:like|so|really|pure|awfy|just|jist|a bit|dead|that|very|masel))*"
    r" (?:a )?(?:(?:total|complete) )?(?:failure|worthless|useless|rubbish|low|down|doon|empty|numb|lost|alone|"
    r"hopeless|sad|shite?|crap)\b|"
    r"\b(?:head|heid|nut)(?:'?s| is) (?:mince|wrecked|burst|fried|nippin\w*|done in|a mess|aw over)|"
    r"\b(?:am|i'?m) (?:a failure|so (?:sad|low|lonely)|struggling|strugglin)\b",
    re.IGNORECASE,
)


def feeling(text: str) -> str | None:
    """Whether a message is frightened or upset ("worried") or downcast ("low"), whatever it is about; else None."""
    said = text.replace("’", "'")
    return "worried" if _WORRIED.search(said) else "low" if _LOW.search(said) else None


def questions(turn: Turn, named: Iterable[Sequence[str]]) -> list[Pair]:
    """Choices for these answers, (topic, key) each, by their questions: those which may be shown, and which nobody has
    said in this talk is not what they mean."""
    refused = past.refused(turn.events)
    with database().read() as db:
        kept = [(t, k) for t, k in named if f"{t}/{k}" not in refused]
        found = [(t, k, answers.current(db, t, k, drafts=settings().drafts)) for t, k in kept]
        return [(label(r.answer.question), intent_payload(f"ask_{t}", answer=k)) for t, k, r in found if r]


def near(turn: Turn, least: float = NEAR, topics: Collection[str] | None = None) -> list[Pair]:
    """Choices for the answers, of these topics if any are named, that a message is near to: two at most."""
    ranked = [
        a for a in turn.parse.get("answers") or () if a["confidence"] >= least and (not topics or a["topic"] in topics)
    ]
    return questions(turn, [(a["topic"], a["key"]) for a in ranked[:2]])


def ask(turn: Turn, speech: Speech, pairs: Sequence[Pair], *, understood: bool = True) -> None:
    """Ask which of `pairs` was meant. Where the words are frightened they are heard first, and a person comes first."""
    if (felt := feeling(turn.typed)) is not None:
        speech.say_text(wording.say(f"talk.{felt}_which"), [*pairs, PERSON], understood=understood)
    else:
        speech.say("did_you_mean", [*pairs, ("Something else", option("other"))], understood=understood)


#: A short question that leans on what was said before it: "what kind of signs", "what are the side effects".
_LEANS = re.compile(
    r"^\W*(?:(?:and|so|ok|aye|but) )*(?:wh?[ai]t|wit|how|is|are|does|dis|do|can|will|when|where|why|i'?m)\b.*"
    r"\b(?:it|that|this|they|them|those|these|signs|side effects|kind|the (?:wean|weans|kids|baby))\b",
    re.IGNORECASE,
)
#: More words than this are a question by themselves.
_SHORT = 7


def leans(turn: Turn, topic: str) -> bool:
    """Whether a message takes up the last answer, in half a question that was read as one on another `topic`."""
    before = turn.slots.get("topic")
    return (
        turn.slots.get("last_said") == "answer"
        and before not in (None, topic)
        and turn.entity("topic") is None
        and turn.danger is None
        and len(turn.typed.split()) <= _SHORT
        and _LEANS.search(turn.typed) is not None
    )


def or_more(turn: Turn, speech: Speech, named: Sequence[Sequence[str]]) -> list[EventType] | None:
    """Ask whether one of these answers is meant, or more of what was said before: better asked than answered from out
    of nowhere. None, and nothing said, where none of them may be shown."""
    if not (pairs := questions(turn, named)):
        return None
    speech.say("did_you_mean", [*pairs, ("More on what you asked", "/more"), PERSON])
    return []


def hear(turn: Turn, speech: Speech) -> bool:
    """Hear a feeling that no answer fits: what is near, and a person. False, and nothing said, if there is none."""
    felt = feeling(turn.typed)
    if turn.loop or felt is None:
        return False
    if pairs := near(turn, topics=_OF_THE_MIND if felt == "low" else None):
        ask(turn, speech, pairs)
    else:
        speech.say_text(wording.say(f"talk.{felt}"), [PERSON, TO_MENU])
    return True
