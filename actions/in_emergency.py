"""What is said and asked while an emergency that was told of goes on: help comes, what to do until then, whether it can
wait, whose fault it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType

from actions.bank import say_answer
from actions.speech import Speech
from actions.stores import conversation_of, database
from bot import clock, safety, wording
from bot.conversations import asking, handoffs

if TYPE_CHECKING:
    from actions.turn import Turn

#: How to lie them, whether to give naloxone, and again.
OVERDOSE = ("drugs", "overdose_what_to_do")
#: Help has been called, or is here. "I did it" and "they are here" may be anything, and are not in it.
_HELP_COMES = re.compile(
    r"\b(?:(?:done|did) (?:that|it)(?: and| n)? (?:they|they're|theyre)(?: are| r| will be)? "
    r"(?:comin|coming|on (?:(?:the|their) )?way)|"
    r"(?:phoned|rang|called|fonin|phonin|phoning) (?:them|thaim|thim|999|(?:an |the )?ambulance)|"
    r"(?:the )?(?:ambulance|paramedics?)(?: are| is| r| will be|'?s)? "
    r"(?:comin|coming|on (?:(?:the|their|its) )?way|here|arrived))\b",
    re.IGNORECASE,
)
#: They are awake again, or help is to be sent away for it.
_AWAKE = re.compile(
    r"\b(?:she|he|they|(?:my|ma) \w+)(?:'?s| is| has|'?re| are)? (?:(?:just|jist|now|finally|awake|up) )*"
    r"(?:woke|woken|waken|wakened|awake|(?:came|come) (?:round|roon|to|tae)(?! (?:the|my|ma|our|oor|me|see|get|a)\b)|"
    r"sit+in(?:g)? up|(?:breathing|breathin) (?:again|fine|ok|okay|normal))\b|"
    r"\b(?:cancel|don'?t need|dont need|dinnae need|send (?:away|back)) (?:the |an )?ambulance\b",
    re.IGNORECASE,
)
_NOT_AWAKE = re.compile(
    r"\b(?:not|no|nae|isn'?t|isnae|won'?t|hasn'?t|hasnae|can'?t|cannae|never|if|when|till|until)\b", re.IGNORECASE
)
_MEANWHILE = re.compile(
    r"\b(?:(?:what|whit|wit|wot) (?:do|dae|should|shud|can|else can) (?:i|a|ah|we)\b|"
    r"(?:til|till|until|while|whiles) (?:they|it|help|the ambulance|a wait|i wait)|"
    r"how (?:do|dae) (?:i|a|ah|ye|you) (?:use|gie|give|dae|do|put))",
    re.IGNORECASE,
)
_GOING = re.compile(
    r"\b(?:taxi|uber|lift|bus|walk\w*|drivin\w*|taken|takin me|away|goin|going|gaun|headin\w*|on (?:my|ma) way) "
    r"(?:up |over |down |doon |straight )?(?:to|tae) (?:the )?"
    r"(?:royal|hospital|hospitul|a ?(?:&|and|n) ?e|qe|qeuh|queen elizabeth|casualty|infirmary|gri)\b",
    re.IGNORECASE,
)
_BLAME = re.compile(
    r"\b(?:(?:my|ma|mah) fault|blame (?:myself|masel\w*|me)|feel (?:so |that |dead )?guilty|"
    r"shouldn'?(?:t|ae) (?:have |huv |'?ve )?(?:gied|gave|given|gien) (?:him|her|them|it))\b",
    re.IGNORECASE,
)
_WAIT = re.compile(
    r"\b(?:(?:can|could|kin|cud|will|should|shud) (?:i|a|ah|it|we) (?:no |not |just |jist )*(?:wait|leave it)|"
    r"wait (?:and|n|an) see|wait (?:til|till|until|tae|to)|sleep it off|"
    r"(?:i|a|ah) feel (?:fine|ok|okay|alright|awright|grand)|"
    r"(?:no|not|nae) (?:goin|going|gaun|gonnae go) (?:to|tae) (?:the )?(?:hospital|a&e|royal)|"
    r"(?:don'?t|dinnae|dinny|no) (?:want|need|wantin) (?:an |the |nae )?(?:ambulance|hospital|999|polis|police)|"
    r"nae (?:ambulance|hospital|polis))\b",
    re.IGNORECASE,
)
#: Whoever has been seen to is told nothing of waiting.
_SEEN = re.compile(
    r"\b(?:doctor|nurse|paramedics?|hospital) (?:says?|said|telt|told|checked|let me)|"
    r"\b(?:discharged|home fae|home from)\b",
    re.IGNORECASE,
)
#: A longer text tells a story.
_MOST = 30


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer it; None, and nothing said, for any other message or where no emergency was told of within the hour."""
    said = _said(turn.typed)
    if said is None or _another(turn.danger) or not _under_way(turn):
        return None
    if said == "meanwhile":
        overdose = turn.slots.get("answer") == "/".join(OVERDOSE) or safety.drugs_named(turn.typed)
        told = say_answer(turn, speech, *OVERDOSE) if overdose else None
        return None if told is None else told
    speech.say_text(wording.say(f"crisis.{said}"))
    return []


def _another(danger: safety.Verdict | None) -> bool:
    """Does the text speak of another danger besides?"""
    return danger is not None and danger.safety != "emergency" and danger.strength == "strong"


def _said(text: str) -> str | None:
    """Which sentence answers `text`; None where none does."""
    if len(text.split()) > _MOST:
        return None
    if _awake(text):
        return "awake"
    if _BLAME.search(text):
        return "not_to_blame"
    if _MEANWHILE.search(text) and (_HELP_COMES.search(text) or safety.drugs_named(text)):
        return "meanwhile"
    if _GOING.search(text):
        return "going"
    if _HELP_COMES.search(text):
        return "help_comes"
    if _WAIT.search(text) and not _SEEN.search(text):
        return "again.overdose" if safety.drugs_named(text) else "again.emergency"
    return None


def _awake(text: str) -> bool:
    found = _AWAKE.search(text)
    return found is not None and not _NOT_AWAKE.search(text[: found.end()].split(".")[-1])


def _under_way(turn: Turn) -> bool:
    """Whether an emergency was told of within the hour, and is all that staff have been told of."""
    with database().read() as db:
        found = handoffs.current(db, turn.conversation_id)
        emergency = found is not None and found.reason.startswith("crisis_emergency")
        return emergency and asking.still_shaken(db, conversation_of(db, turn), clock.now())
