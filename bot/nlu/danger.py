"""Danger as the classifier sees it: the net below the safety screen, and when it alarms, asks, or says nothing.

The three crisis intents are read together: a message may be torn between suicide and abuse and still be about danger.
Between "hardly" and "surely" the assistant asks kindly, as a person would, beside its ordinary answer. Whether it asks
is decided by the classifier and the screen's learnt list together: each hears what the other does not (decision 0028).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from bot.nlu.reading import ASK, CRISIS
from bot.safety import about_another, better_asked, only_parting, parting_for_all, sound

# The limits go with how much danger counts in the probabilities (`bot.nlu.model.MIXING`, decision 0030).
#: From this share of the probability the alarm is raised, where the learnt list does not speak against it: the
#: logarithm of the odds and half of what the list says must reach SURE. What cannot wait needs less of it
#: (docs/decisions/0029-alarms-that-the-list-doubts.md).
ALARM, OF_THE_LIST_WHEN_SURE = 0.82, 0.5
SURE, SURE_OF_AN_EMERGENCY = 2.9, 2.4
#: From here it is asked about: the logarithm of the classifier's odds, and so much of the list's. Chosen on messages
#: that neither had learnt from (docs/decisions/0028-doubts-are-weighed-together.md).
ASKS, OF_THE_LIST = -9.2, 0.7
#: Below this, and where the classifier by itself gives danger less than this share and the list finds it less likely
#: than not, nothing is asked: the answer gets a line on whom to turn to, once a day (decision 0035).
ASKS_OUTRIGHT, ASKS_BY_ITSELF, LIST_BY_ITSELF = -4.0, 0.1, 0.0
#: Where the same person wrote within minutes, what is no alarm is asked about from this sum on: the logarithms of the
#: odds of both readings, the words as they stand and behind the text before, and the list's (decision 0039). Below
#: the second there is no line either, where the classifier by itself gives danger less than ASKS_BY_ITSELF.
ASKS_IN_TALK, OFFERS_IN_TALK = -2.0, -10.0
#: Where the classifier is as good as sure that a place on a session is booked, moved or given up, the list
#: alone does not ask about abuse or an emergency: it hears both in "my boyfriend can't come" (0028). Suicide it may.
PRACTICAL = frozenset({"book_session", "change_booking", "cancel_booking", "my_bookings", "list_sessions"})
SURE_OF_PRACTICE = 0.97
#: Nor does it ask about anything where the classifier is so sure of a hello, or of a question that is not on suicide
#: prevention, and the message is no story with a question in it: of the 21 messages at risk of both sets to mend and
#: choose by that only a doubt notices, it was as sure of none (0028).
SURE_OF_A_QUESTION = {"suicide": 0.97, "abuse": 0.95, "emergency": 0.95}
STORY = 25
#: No probability is believed to be nearer to 0 or 1 than this.
_CERTAIN = 5e-5
ABOUT_OTHERS = "ask_suicide_prevention"
#: Somebody in particular: not "people" or "a person", who are asked about in general.
_SOMEBODY = re.compile(
    r"\b(?:(?:my|ma|mah|our|oor)\s+(?:\w+\s+){0,2}(?:pal|pals|mate|mates|friend|freind|brother|bro|sister|sis|son|daughter|boy|boay|"
    r"girl|lassie|wean|wife|husband|man|partner|burd|bird|gf|bf|girlfriend|boyfriend|mum|maw|ma|mother|mam|dad|da|father|"
    r"cousin|uncle|auntie|aunt|niece|nephew|gran|granda|flatmate|neighbour|client|ex|worker|workmate|laddie|lad|brer)|"
    r"he|hes|she|shes|he's|she's|him|her)\b",
    re.IGNORECASE,
)
#: It is done to the writer, whoever does it; and nobody else is spoken of that it could be done to.
_MINE = re.compile(
    r"\b(?:my|ma|mah|me|mine)\b(?! (?:pal|mate|sister|daughter|mum|maw|friend|cousin|niece|neighbour)\b)", re.IGNORECASE
)
_HERS = re.compile(r"\b(?:her|hers|them|their)\b", re.IGNORECASE)
#: To greet is to weep too.
_WEEPS = re.compile(r"\bgr(?:ee|ei)t\w*|\bgrat\b", re.IGNORECASE)
#: Somebody who comes back, and says no more than that.
_ONLY_GREETS = re.compile(
    r"^\W*(?:(?:hi|hiya|hello|hey|aye|awrite|alright)\W+)?(?:(?:it'?s |it is )?(?:only |just )?me(?: again)?|"
    r"(?:i'?m|am) back(?: again)?|(?:hi|hiya|hello) again)(?:\W+(?:pal|mate|again|hen|big man))?\W*$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:worried|worry|scared|feart|frightened|terrified|says|said|saying|sayin|talk|talks|talking|talkin|told|text|texted|wants|"
    r"want|wanting|wantin|going|gonna|gonnae|gony|thinking|thinkin|think|keeps|tried|trying|suicidal|threatening|"
    r"threatened|giving|gein|locked|posting|posted|plans|planning|tonight|now|noo|today)\b",
    re.IGNORECASE,
)  # fmt: skip
_LONG_AGO = re.compile(
    r"\b(?:years?|yrs?|months?|ago|lost|died|late|passed|funeral|bereaved|\d{4}|used to|"
    r"when (?:i|we) w[ae]s|killed|took|hung|hanged|"
    r"(?:made|did|done|committed) (?:a )?suicide(?! (?:attempt|now|today|tonight)))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Danger:
    """`safety` is suicide, emergency or abuse; `level` is alarm or asks; `about` is self or other.

    `doubt`: the classifier by itself thinks of something else first, and nobody is woken by it. `faint`: so much of a
    doubt that nothing is asked outright.
    """

    safety: str
    level: str
    about: str = "self"
    doubt: bool = False
    faint: bool = False

    def told(self) -> dict[str, object]:
        """As it stands in what the language server says about a message."""
        return asdict(self)


def names_somebody(text: str) -> bool:
    """Is somebody in particular spoken of?"""
    return bool(_SOMEBODY.search(text))


def worried_about_somebody(text: str) -> bool:
    """Is it about somebody in particular, and now?"""
    return bool(_SOMEBODY.search(text) and _NOW.search(text) and not _LONG_AGO.search(text))


def seen(ranking: Sequence[dict], intent: str, text: str) -> Danger | None:
    """The danger in `text`, by the `ranking` of intents ("name", "confidence") and the one believed; None if none.

    What the screen takes for over, denied or nothing at all is asked about where it would have been an alarm. A goodbye
    as people end a chat is no danger, whatever it sounds like, and one with more in it a doubt at most.
    """
    if only_parting(text) or (_ONLY_GREETS.match(text) and not intent.startswith(CRISIS)):
        return None
    crisis = {
        r["name"].removeprefix(CRISIS): r["confidence"] for r in ranking if r["name"].startswith(CRISIS)
    }  # fmt: skip
    total, heard, likely = sum(crisis.values()), sound(text), intent.startswith(CRISIS)
    together = _odds(total) + OF_THE_LIST * heard.weight
    if intent == ABOUT_OTHERS and worried_about_somebody(text):
        return Danger("suicide", "asks", "other")
    if not likely and together < ASKS:
        return None
    safety = max(sorted(crisis), key=lambda name: crisis[name]) if crisis else heard.safety
    if not likely:
        safety = heard.safety if heard.asks else safety
        if (safety != "suicide" and _practical(ranking, intent)) or _a_question(ranking, intent, safety, text):
            return None
        faint = together < ASKS_OUTRIGHT and total < ASKS_BY_ITSELF and heard.weight < LIST_BY_ITSELF
        return Danger(safety, "asks", _whose(safety, heard.about, text), doubt=True, faint=faint)
    about = _whose(safety, heard.about, text)
    if parting_for_all(text):
        return Danger(safety, "asks", about, doubt=True)
    sure = _sure(total, heard.weight, safety) and not better_asked(text)
    return Danger(safety, "alarm" if sure else "asks", about)


def in_talk(found: Danger | None, ranking: Sequence[dict], behind: float, text: str) -> Danger | None:
    """`found`, that `seen` made of `text` and its `ranking`, where the same person wrote just before: `behind` is the
    share of danger in the words read behind that text.

    An alarm stays one. Of the rest, what makes too little together gets the line instead of a question, or nothing.
    """
    if found is None or found.level == "alarm":
        return found
    alone = share_of(ranking)
    together = _odds(alone) + OF_THE_LIST * sound(text).weight + _odds(behind)
    if together < OFFERS_IN_TALK and alone < ASKS_BY_ITSELF:
        return None
    faint = together < ASKS_IN_TALK
    return replace(found, faint=faint, doubt=found.doubt or faint)


def share_of(ranking: Sequence[dict]) -> float:
    """How much of the probability the three intents of danger have together in a `ranking` of intents."""
    return sum(row["confidence"] for row in ranking if row["name"].startswith(CRISIS))


def _practical(ranking: Sequence[dict], intent: str) -> bool:
    """Is it surely about a place on a session, by the share of the `intent` believed?"""
    return intent in PRACTICAL and _share(ranking, intent) >= SURE_OF_PRACTICE


def _a_question(ranking: Sequence[dict], intent: str, safety: str, text: str) -> bool:
    """Is it surely an ordinary question or hello, and short enough to be nothing besides?"""
    greets = intent == "greet" and not _WEEPS.search(text)
    asks = (intent.startswith(ASK) and intent != ABOUT_OTHERS or greets) and len(text.split()) <= STORY
    return asks and _share(ranking, intent) >= SURE_OF_A_QUESTION[safety]


def _share(ranking: Sequence[dict], intent: str) -> float:
    return next((r["confidence"] for r in ranking if r["name"] == intent), 0.0)


def _whose(safety: str, heard: str, text: str) -> str:
    """Whose danger it is: somebody's who is told of, where it is as the list `heard` it, or nothing else is told of.

    In an emergency it is all the same, and what is done by somebody near is done to the writer.
    """
    if safety == "suicide" and about_another(text):
        return "other"
    if safety == "abuse" and _MINE.search(text) and not _HERS.search(text):
        return "self"  # "he keeps ma money"
    return heard if worried_about_somebody(text) else "self"


def _sure(total: float, weight: float, safety: str) -> bool:
    """Are the classifier's `total` share of danger and the list's `weight` enough for an alarm?"""
    needed = SURE_OF_AN_EMERGENCY if safety == "emergency" else SURE
    return total >= ALARM and _odds(total) + OF_THE_LIST_WHEN_SURE * weight >= needed


def _odds(share: float) -> float:
    """The natural logarithm of the odds of a share of the probability."""
    share = min(max(share, _CERTAIN), 1 - _CERTAIN)
    return math.log(share / (1 - share))
