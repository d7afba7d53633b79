"""While danger goes on, what is told and asks nothing gets an answer to the danger, and to nothing else.

"I gave it up the nose", of naloxone, is no question on nosebleeds, and "they said 8 mins" no complaint: out of the talk
such words mean anything, and whoever kneels beside somebody must not be sent there.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType

from actions import open_question, past, talk_words, underway
from actions.speech import Speech
from actions.stores import conversation_of, database
from bot import clock, wording
from bot.conversations import asking, handoffs
from bot.models import Message

if TYPE_CHECKING:
    from actions.turn import Turn

#: So long after danger was last told of it goes on.
GOES_ON = timedelta(minutes=30)
#: What few words are taken for that asks nothing of us.
_STRAY = frozenset({
    "out_of_scope", "nlu_fallback", "wrong_number", "correction", "more", "simpler", "repeat", "source",
})  # fmt: skip
#: Beside an emergency of the body these too.
_STRAY_IN_EMERGENCY = _STRAY | {"complaint", "give_feedback", "share_priorities", "im_ill"}
#: The first words on danger that is sure, and not only asked about.
_SURELY = tuple(
    key
    for key in wording.sentences()
    if key.startswith("crisis.") and key.endswith(".first") and ".weak." not in key and "_doubt" not in key
)
#: What begins so and is no health question.
_OF_OURS = frozenset({"ask_hours", "ask_order", "ask_privacy"})
_ASKS = re.compile(
    r"\?|^\W*(?:(?:so|and|but|ok|okay|right|naw|no|aye|well|see|also|hi|please|pls)\W+)*"
    r"(?:wh?[ai]t|wit|wot|how|hoo|where|whaur|when|who|whae|why|which|can|kin|could|should|shud|do|dae|does|dis|did|is|are|will|wull|"
    r"would|wid|has|have|am i|tell me|gonnae|gonny|i (?:want|need)|a (?:want|need))\b",
    re.IGNORECASE,
)
#: "Whit can a dae", and nothing besides: of the danger, and no wish for the menu.
_WHAT_NOW = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|right|aye|well|then|please|pls)\W+)*(?:wh?[ai]t|wit|wot) (?:else )?"
    r"(?:(?:do|dae|can|should|shud|could|will|am) (?:i|a|ah|we)|(?:do|dae|can) (?:i|a|ah))(?: (?:even|meant tae|"
    r"meant to|supposed to))*"
    r"(?: (?:do|dae))?(?: (?:now|noo|then|here|aboot it|about it|for (?:him|her|them)))*\W*$|"
    r"^\W*help(?: me| us)?(?: (?:please|pls|now))*\W*$",
    re.IGNORECASE,
)
_WRONG_PERSON = re.compile(
    r"\b(?:wrong|wrang) (?:number|num|person|guy)|\bwho(?:'?s| is| are| r)? (?:this|you|ye|u)\b|\b(?:isn'?t|isnae|"
    r"not|no) me\b|"
    r"\bnew (?:number|phone)\b",
    re.IGNORECASE,
)
_OF_WORK = re.compile(
    r"\b(?:squad|work|shift|van|class|session|group|the morra|tomorrow|come in|gaffer|supervisor)\b", re.IGNORECASE
)
#: More words than this tell something of their own.
_MOST = 20
#: Of the reasons that staff were told, the gravest first → what is said.
_SAID = (
    ("crisis_emergency", "crisis.during"),
    ("crisis_suicide", "crisis.again.suicide"),
    ("crisis_abuse", "crisis.again.partner"),
    ("crisis_other", "crisis.again.other"),
)


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Stay with the danger that was told of within the half hour; None, and nothing said, for any other message."""
    text = turn.typed.replace("\u2019", "'")
    what_now = _WHAT_NOW.match(text) is not None
    if len(text.split()) > _MOST or turn.intent.startswith("crisis_") or _ASKS.search(text) and not what_now:
        return None
    health = turn.intent.startswith("ask_") and turn.intent not in _OF_OURS
    if not (health or what_now or turn.intent in _STRAY_IN_EMERGENCY):
        return None
    meant = {"wrong_number": _WRONG_PERSON, "im_ill": _OF_WORK}.get(turn.intent)
    if meant is not None and meant.search(text):
        return None
    if turn.danger is not None and turn.danger.strength == "strong" or talk_words.kind_of(text) is not None:
        return None
    told = _told_of(turn)
    key = next((key for reason, key in _SAID if reason in told), None)
    if key is None or open_question.waits(turn.conversation_id):
        return None
    if "crisis_emergency" not in told and turn.intent not in _STRAY and not what_now:
        return None
    if _is_answered(turn):
        return []
    words = wording.say("crisis.again.emergency" if what_now and key == "crisis.during" else key)
    if any(words in reply.text for reply in past.told(turn.events)):
        words = wording.say("crisis.still_here", when=underway.staff_hours())
    speech.say_text(words)
    return []


def _is_answered(turn: Turn) -> bool:
    """Whether the screen has said something about danger to this very message."""
    with database().read() as db:
        message = db.get(Message, turn.message_id) if turn.message_id is not None else None
        return message is not None and message.purpose == "crisis"


def _told_of(turn: Turn) -> set[str]:
    """The reasons that staff were told of for danger, while it goes on."""
    with database().read() as db:
        conversation, found = conversation_of(db, turn), handoffs.current(db, turn.conversation_id)
        if found is None or conversation.crisis_at is None or clock.now() - conversation.crisis_at > GOES_ON:
            return set()
        # Where all that was said of danger lately was a question, what they write next may be about anything.
        sure = [wording.say(key) for key in _SURELY]
        if not any(text.startswith(words) for text in asking.said_since(db, conversation, GOES_ON) for words in sure):
            return set()
        return {reason for reason, _ in found.reasons}
