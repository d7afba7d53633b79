"""What is said and asked after danger that is no emergency of the body: abuse, self-harm, a threat that was a joke.

The answer to it must never be one on something else: who lets him in "so it stops" wants nothing on naloxone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType

from actions import ill_one, open_question, past, plain_asks
from actions.speech import Speech
from actions.stores import conversation_of, database
from bot import wording
from bot.conversations import asking, handoffs

if TYPE_CHECKING:
    from actions.turn import Turn

_POLICE_NO_USE = re.compile(
    r"\b(?:polis|police|polls|cops)\b.{0,25}\b(?:nothin\w*|nuthin\w*|hee ?haw|fuck all|hunners|no interested|useless|"
    r"nae use|no use|"
    r"never (?:came|did|helped|turned)|did ?n'?t|didnae|didny|won'?t|willnae|willny|laughed|don'?t care|dinnae care)\b|"
    r"\b(?:told|telt|phoned|rang|called|reported)\b.{0,20}\b(?:polis|police|polls|cops)\b",
    re.IGNORECASE,
)
_LETS_IN = re.compile(
    r"\b(?:let|lettin|letting) (?:him|her|them) (?:back )?(?:in|hame|home|come)\b|\b(?:take|tak|takin|taking) (?:him|"
    r"her|them) back\b|"
    r"\b(?:go|gaun|going) back (?:to|tae) (?:him|her|them)\b|\b(?:just|jist) (?:do|dae|gie|give) (?:what|whit|him|"
    r"her|in)\b",
    re.IGNORECASE,
)
_DELETES = re.compile(
    r"\b(?:can|kin|could|should|how (?:do|dae|can)|will) (?:i|a|ah) (?:just |jist )?(?:delete|wipe|hide|erase|"
    r"get rid (?:of|ae)|clear) "
    r"(?:this|these|them|they|aw|all|it|the|ma|my|ur|your|yer)\b(?!.{0,30}\b(?:data|records?|info\w*|details|account|file)\b)",
    re.IGNORECASE,
)
_WILL_PHONE = re.compile(
    r"^\W*(?:(?:ok|okay|right|aye|fine|alright|awright|yeah|yes|yep|och)\W+)*"
    r"(?:i'?ll|a'?ll|al|i will|a will|(?:am|i'?m) (?:gonnae|gonna|gonny|gaun tae|goin tae|going to)) (?:just |jist |"
    r"go and |away and )?"
    r"(?:phone|ring|call|bell)(?: (?:them|thaim|him|111|999|samaritans|now|noo|the noo|an ambulance|the ambulance|"
    r"the doctor|the polis|"
    r"the police|up|first|then|in a minute|someone|somebody))*\W*$",
    re.IGNORECASE,
)
_SHOULD_CALL = re.compile(
    r"\b(?:should|shud|do|dae|can|will|wull) (?:i|a|ah|we) (?:just |jist |need to |have to )?(?:phone|call|ring|get|"
    r"tell|involve) "
    r"(?:the |an |a )?(?:polis|police|999|ambulance|cops)\b",
    re.IGNORECASE,
)
_NO_POLICE = re.compile(
    r"\b(?:don'?t|dinnae|dinny|no|not|never) (?:want|wantin|need|like|go(?:in|ing)? (?:to|"
    r"tae)) (?:\w+ ){0,2}(?:polis|police|cops)\b|"
    r"\b(?:nae|no) (?:polis|police|cops)\b",
    re.IGNORECASE,
)
_WOUND = re.compile(
    r"\b(?:no|not|nae|isn'?t|isnae|quite|pretty|fairly|too|really|it'?s|its|dead) (?:that |very |too )?deep\b|"
    r"\bstitch\w*|\bsteri ?strips?\b|"
    r"\b(?:still|won'?t stop|willnae stop|keeps|no stopped) bleedin\w*\b|\b(?:clean|dress|bandage|"
    r"cover)\b.{0,12}\b(?:it|them|cuts?|wound)\b|"
    r"\b(?:gap(?:in|ing)|infected|throbbin\w*)\b",
    re.IGNORECASE,
)
_ANY = ("crisis_emergency", "crisis_abuse", "crisis_suicide", "crisis_other", "maybe_danger")
#: After which of the reasons that staff were told → what may be said, and the sentence of data/wording/crisis.yml.
_SAID: tuple[tuple[str, re.Pattern[str], str], ...] = (
    *((reason, _WILL_PHONE, "will_phone") for reason in _ANY),
    *((reason, _SHOULD_CALL, "should_call") for reason in _ANY),
    *((reason, _NO_POLICE, "no_police") for reason in ("crisis_abuse", "crisis_other", "maybe_danger")),
    ("crisis_abuse", _POLICE_NO_USE, "abuse_police"),
    ("crisis_abuse", _LETS_IN, "abuse_lets_in"),
    ("crisis_suicide", _WOUND, "wound"),
)
#: A threat, and what was asked about because of one.
_THREAT = frozenset({"crisis_emergency", "maybe_danger"})
#: More words than this tell something of their own.
_MOST = 25


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer it; None, and nothing said, for any other message, or where no such danger was told of within the hour."""
    text = turn.typed.replace("\u2019", "'")
    deletes, joking = _DELETES.search(text) is not None, ill_one.is_kidding(text)
    said = [(reason, sentence) for reason, words, sentence in _SAID if words.search(text)]
    if not (deletes or joking or said) or len(text.split()) > _MOST:
        return None
    if turn.danger is not None and turn.danger.strength == "strong":
        return None
    told = _told_of(turn)
    if deletes and "crisis_abuse" in told:
        return plain_asks.not_theirs_alone(turn, speech)
    if (sentence := next((sentence for reason, sentence in said if reason in told), None)) is not None:
        words = wording.say(f"crisis.{sentence}")
        if any(words in reply.text for reply in past.told(turn.events)):
            return None  # said just before: there may be an answer to it
        speech.say_text(words)
        return []
    if joking and told and told <= _THREAT and not open_question.waits(turn.conversation_id):
        speech.say_text(wording.say("crisis.kidding"))
        return []
    return None


def _told_of(turn: Turn) -> set[str]:
    """The reasons that staff were told of for danger, where we spoke of it within the hour."""
    with database().read() as db:
        found = handoffs.current(db, turn.conversation_id)
        if found is None or not asking.spoke_of_danger(db, conversation_of(db, turn)):
            return set()
        return {reason for reason, _ in found.reasons if reason.startswith("crisis_") or reason == "maybe_danger"}
