"""A score of 1 to 5 as people say it: picked, as a number, out of ten, or in a word."""

from __future__ import annotations

import re

from actions.speech import Pair, option
from bot.conversations import choices as choice_rows

LABELS = ("Poor", "Not great", "OK", "Good", "Great")
SCORES: tuple[Pair, ...] = tuple((word, option("score", n)) for n, word in enumerate(LABELS, start=1))

#: A longer message says more than one thing, and is asked for its score.
_FEW = 6
#: So many words may still tell one thing.
_STORY = 16
#: Words for a score, the plainest first: "no bad" is good, "not great" is not.
_WORDS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (score, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for score, words in (
        (4, r"(?:no|not|nae|wisnae|wasn'?t|isnae) (?:too |that |half )?bad"),
        (2, r"(?:no|not|wisnae|wasnae|wasn'?t|isnae|isn'?t) (?:that |very |really |too |so )?(?:good|great)|boring"),
        (1, r"shite?|pish|mince|rubbish|garbage|terrible|awful|horrible|waste of time|hated it"),
        (
            5,
            r"barry|belter|gallus|ace|smashin\w*|pure class|dead class|class that|stoater|"
            r"brilliant|great|brill|magic|amazing|fantastic|superb|excellent|mint|belter|loved (?:it|that)|quality",
        ),
        (4, r"good|guid|decent|enjoyed (?:it|that)|braw|nice|sound|helpful"),
        (3, r"ok|okay|alright|awright|a'?right|so so|meh|fine"),
    )
)
#: It is put to us, or is about something else.
_ASKS = re.compile(
    r"\?|^\W*(?:is|are|was|wis|what|whit|how|who|where|when|can|could|do|does|any)\b|"
    r"\bgood (?:morning|mornin|afternoon|evening|night)\b|\b(?:for (?:me|you|ye)|to know|idea|thanks|thank|sounds)\b",
    re.IGNORECASE,
)
#: It is over, and said of that: "it wis brilliant", not "brilliant" for what we have just told them.
_WAS = re.compile(r"\b(?:was|wis|wisnae|wasnae|wasn'?t|wisn'?t|went|enjoyed|loved|hated)\b", re.IGNORECASE)


def tells_how_it_was(text: str) -> bool:
    """Whether it is said of something that is over."""
    return _WAS.search(text) is not None


def score_in_words(text: str) -> int | None:
    """The score in a few words ("it wis brilliant", "good aye"); None when there is none in them, or more than one."""
    if not 1 <= len(text.split()) <= _FEW or _ASKS.search(text):
        return None
    return next((score for score, words in _WORDS if words.search(text)), None)


#: It is said two ways, or of something else: then they are asked.
_BOTH = re.compile(
    r"\b(?:but|though|tho|except|if|could|couldve|wid|would|should|needs?|better|apart|until|then|"
    r"thought)\b",
    re.IGNORECASE,
)


def score_in_a_story(text: str) -> int | None:
    """The score in a sentence or two that tell one thing ("i wis at the drink class it was brilliant"); None where
    there is more than one word for it, or a but.
    """
    if not 1 <= len(text.split()) <= _STORY or _ASKS.search(text) or _BOTH.search(text) or not _WAS.search(text):
        return None
    found = {score for score, words in _WORDS if words.search(text)}
    return found.pop() if len(found) == 1 else None


def score_in(text: str) -> int | None:
    """A score of 1 to 5 said in a few words ("4", "a 5 pal", "4/5", "four oot ae five"); None if there is none."""
    if (score := score_out_of(text)) is not None:
        return score
    said = text.lower()
    found = [n for word in said.split() if (n := choice_rows.number(word)) is not None and 1 <= n <= 5]
    return found[0] if len(found) == 1 and len(said.split()) <= 6 else None


#: "5 oot ae 5", "four out of five", "8/10".
_OUT_OF = re.compile(
    r"\b(\d{1,2}|one|wan|two|twa|three|four|five|six|seven|eight|nine|ten)\s*(?:/|(?:out|oot)\s*(?:of|o|ae|a)?)\s*"
    r"(5|five|10|ten)\b",
    re.IGNORECASE,
)


def score_out_of(text: str) -> int | None:
    """The score in "4 oot ae 5" or "8/10", as 1 to 5; None when none is said so, or more than there is to give."""
    if not (match := _OUT_OF.search(text)):
        return None
    given = 10 if match[1].lower() == "ten" else choice_rows.number(match[1])
    of_ten = match[2].lower() in ("10", "ten")
    if given is None or given > (10 if of_ten else 5):
        return None
    return max(1, (given + 1) // 2 if of_ten else given)
