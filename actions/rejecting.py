"""What a session is not to be about: "not sexual health", "naw no naloxone", "Sexual health?? no, your classes". Pure.

Left in, the words that refuse a topic would name it, and the very thing they said no to would be listed again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.programme import subjects

if TYPE_CHECKING:
    from actions.turn import Turn

_SMALL = (
    r"(?:(?:the|that|thae|them|those|about|aboot|on|oan|any|ony|a|an|for|fur|another|your|yer|"
    r"talks?|class(?:es)?|sessions?|stuff|things?|hings?|chats?|anything|anyhing)\s+){0,5}$"
)
_CLAUSE = r"(?:[.,;:!?\n]|\b(?:naw|nah|no|but|and|n|said|mean|meant|ffs|och|aw|actually))\s*"
_BEFORE = re.compile(
    rf"\b(?:not|isn'?t|isnae|instead of|rather than|never mind|forget|except|anything but|"
    rf"nothing (?:to do|tae dae) (?:with|wi))\s+{_SMALL}|"
    rf"\b(?:don'?t|dont|dinnae|dinny|didn'?t|didnae|never|wasn'?t|wasnae)\s+(?:even\s+)?"
    rf"(?:ask(?:ed|ing|in)?|mean|meant|say|said|take|tak|use|yase|do|dae|want|wantin|need|like)\s+{_SMALL}|"
    # "no the drink wan" at the head of a text may be a no, and then what they want.
    rf"(?:^\W*|{_CLAUSE})(?:no|nae)\s+(?:(?:more|mair|any|ony|about|aboot|on)\s+)?$|{_CLAUSE}(?:no|nae)\s+{_SMALL}",
    re.IGNORECASE,
)
#: "A don't drink".
_VERB = re.compile(r"\b(?:i|a|ah)\s+(?:don'?t|dont|dinnae|dinny|never)\s+(?:even\s+)?$", re.IGNORECASE)
#: "Have ye no drink class" asks for one, "a've nae money" tells why they ask.
_TOLD = re.compile(
    r"\b(?:have|huv|hiv|got|there'?s?|ye|you|yous|'ve|is|are|why|how come)\s+(?:no|nae|not)\s+\w*\s*$", re.IGNORECASE
)
_AFTER = re.compile(
    r"^(?:\W*(?:class(?:es)?|wans?|ones?|sessions?))?\s*\?[?!\s]*(?:no|naw|nah|nope|not|wtf|ffs|aye right)\b"
    r"(?!\W*(?:bother|problem|worries))",
    re.IGNORECASE,
)
#: "A don't drink any more", "no drugs since March": it is theirs all the same.
_NOW = re.compile(
    r"^\W*(?:\w+\W+)?(?:any ?more|any ?mair|ony ?mair|now|since|for \w+ (?:weeks?|months?|years?))\b", re.IGNORECASE
)
_SHORT_OF = frozenset({"money", "cash", "dosh", "benefits", "wages", "food"})


def without(turn: Turn) -> tuple[Turn, str | None, str | None]:
    """The message without what is refused in it; and the topic, and the subject narrower than one, that are."""
    topic = subject = None
    text, kept = turn.typed, []
    for entity in turn.parse.get("entities") or ():
        start, end = int(entity.get("start") or 0), int(entity.get("end") or 0)
        if entity.get("entity") != "topic" or not _is_refused(turn.typed, start, end):
            kept.append(entity)
            continue
        words = turn.typed[start:end]
        if (narrow := subjects.named_in(words)) is not None:
            subject = subject or narrow
        else:
            topic = topic or str(entity.get("value"))
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    if topic is None and subject is None:
        return turn, None, None
    wanted = {e.get("value") for e in kept if e.get("entity") == "topic"}
    return (
        replace(turn, text=text, parse={**turn.parse, "entities": kept}),
        None if topic in wanted else topic,
        subject,
    )


def _is_refused(text: str, start: int, end: int) -> bool:
    if text[start:end].lower().startswith("the "):  # "the drink": to say no to it is another thing than "no drink"
        start += len("the ")
    before, after = text[:start].replace("’", "'"), text[end:]
    if _AFTER.match(after):
        return True
    if _NOW.match(after) or _TOLD.search(before):
        return False
    if text[start:end].lower() in _SHORT_OF and re.search(r"\b(?:no|nae)\s+$", before, re.IGNORECASE):
        return False
    return bool(_BEFORE.search(before) or _VERB.search(before))
