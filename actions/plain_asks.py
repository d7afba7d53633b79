"""What people ask of this thing itself, in words that are taken for much else: what it is, what a text costs,
that the phone is not theirs alone, that something is to be left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions import open_question
from actions.speech import PERSON, Pair, Speech, option
from actions.stores import conversation_of, database
from bot import clock, wording
from bot.conversations import addresses, asking, messages

if TYPE_CHECKING:
    from actions.turn import Turn

#: What `last_said` is after "eh?" was answered: said again it is answered in fewer words.
_EH = "eh"
#: The same after "what is this".
_TOLD = "what_is_it"
_WAYS: tuple[Pair, ...] = (
    ("Ask a health question", option("menu", "topics")), ("See what's on", "/list_sessions"), PERSON,
)  # fmt: skip

_HI = r"(?:(?:hi+|hiya|hello|hey|awrite|alright|aye|eh|ok|so|sorry|um|right|but|naw|no|och|haw|pal|mate|hen)\W+)*"
_THIS = r"(?:this|it|that|aw this|all this|yous|youse|you|ye|u)"
_WHAT = r"(?:wh?[aio]t|wit|wut|wot|wat)"
_WHAT_IS_IT = re.compile(
    rf"^\W*{_HI}(?:{_WHAT}(?:'?s| is| are| r| wis)? ?(?:actually |exactly )?{_THIS}(?: (?:even|about|aboot|for|"
    rf"fur|here|thing|number|"
    rf"service|text|in aid of|all|aw|meant (?:to|tae) be|supposed (?:to|tae) be))*|"
    rf"{_WHAT} (?:do|dae|can|kin) (?:you|ye|u|yous|it|this)(?: (?:actually|even))? (?:do|dae|help wi(?:th)?|"
    rf"dae fur me|do for me)|"
    rf"{_WHAT} (?:is|dis|does) (?:this|it) (?:do|dae|for|fur)|"
    r"(?:who|whae|wha)(?:'?s| is| are| r) (?:this|it|that|you|ye|u|yous|youse)(?: (?:then|anyway|from|fae|"
    r"texting|textin)(?: me)?)*|"
    r"(?:who|whae) (?:am i|um a|ama|am a) (?:texting|textin|talking|talkin)(?: (?:to|tae))?|"
    r"(?:how|where|whaur) did (?:you|ye|yous|u) get (?:my|ma) number)"
    r"(?:\W+(?:then|please|pls|pal|mate|anyway|again))*\W*$",
    re.IGNORECASE,
)
_NOT_FOLLOWED = re.compile(
    rf"^\W*(?:{_HI}(?:eh+|huh|{_WHAT}|pardon|whit noo|come again)|"
    rf"(?:{_WHAT}|how|hoo) (?:do|dae|d'?)? ?(?:you|ye|u) mean|"
    r"(?:i |a |ah )?(?:don'?t|dinnae|dinny|dunno) (?:get|follow|understand|unnerstaun) (?:it|this|that|you|ye|"
    r"any of (?:it|that|this)))"
    r"\W*$",
    re.IGNORECASE,
)

_TEXT = r"(?:te?xt\w*|txt\w*|messag\w*|msgs?|repl(?:y|ies|ying)|this number)"
_COST = r"(?:cost\w*|charg\w*|free|pay(?:in|ing)?|credit|pence|p a (?:text|go)|money|dear)"
_TEXTS_COST = re.compile(
    rf"\b{_TEXT}\b.{{0,25}}\b(?:cost\w*|charg\w*|free|credit|pence)\b|"
    rf"\b{_COST}\b.{{0,25}}\b(?:te?xt(?:s|in|ing)?|txt\w*|messag(?:e|es|ing)|msgs?|repl(?:y|ies|ying))\b|"
    r"\b(?:nae|no|out (?:of|ae)|oot (?:of|ae)|low on|running oot|run out|got \d+p|\d+p left).{0,12}\bcredit\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(?:do|dae|does|dis|is|are|r|will|wull|how much|whit|what|if|know|ken|am i|am a|dunno|worried|"
    r"got (?:about|aboot))\b",
    re.IGNORECASE,
)
#: What else costs or is free, and is texted about.
_NOT_THE_TEXT = re.compile(
    r"\b(?:prescription\w*|condoms?|class(?:es)?|sessions?|groups?|food|bus|fares?|dentist|test(?:s|ing)?|advice|lawyer|solicitor|"
    r"bank|debt|loan|fine|rent|bill)\b",
    re.IGNORECASE,
)

_KIN = (
    r"girl ?friend|boy ?friend|burd|bird|wife|husband|partner|missus|mrs|man|fella|mum|maw|mam|ma|da|dad|sister|"
    r"brother|"
    r"pal|mate|friend|flatmate|gran|granny|son|daughter|wean|auntie|uncle|ex"
)
_THEIRS = rf"(?:my|ma|the|our|oor) (?:{_KIN})(?:'?s|s'?)?"
_PHONE = r"(?:phone|fone|mobile|mobby|handset)"
_NO_TEXTS = (
    r"(?:(?:don'?t|dinnae|dinny|do not|no|nae|stop|never)(?: \w+){0,2} "
    r"(?:te?xt\w*|txt\w*|send\w*|messag\w*|put\w*|say\w*|mention\w*))"
)
_SHARED = re.compile(
    rf"\bthis(?:'?s| is)?(?: (?:actually|really|just|on|oan))* {_THEIRS} (?:{_PHONE}|number)\b|"
    rf"\bit(?:'?s| is)(?: (?:actually|really|just))* {_THEIRS} {_PHONE}\b|"
    rf"\b(?:am|i'?m|im|texting|textin|texted|using|usin|yasin)\b.{{0,12}}\b(?:on|oan|off|aff|fae|from|using|"
    rf"usin|yasin) "
    rf"(?:{_THEIRS}|her|his|their|somebody'?s|someone else'?s|somebody else'?s) {_PHONE}\b|"
    rf"\b(?:i|a|ah|we|i'?m|am|we'?re)(?: (?:aw|all|just))? (?:share|sharin|sharing|borrowed|borrowin|"
    rf"borrowing)\b.{{0,20}}\b{_PHONE}\b|"
    rf"\b(?:shared {_PHONE}|{_PHONE} is shared)\b|"
    rf"\b(?:this|it)(?: is|'?s)?(?: (?:not|no|isnae|isn'?t)) (?:my|ma) (?:{_PHONE})\b|"
    rf"{_NO_TEXTS}\b.*\b(?:her|his|their|{_THEIRS}) {_PHONE}\b",
    re.IGNORECASE | re.DOTALL,
)
#: Somebody sees it; said of a text or a phone, and not asked about.
_SEEN = re.compile(
    rf"\b(?:(?:she|he|they)(?:'?s|'?ll)?|{_THEIRS})(?: (?:is|will|wull|might|could|sometimes|always|also|just))? ?"
    r"(?:(?:gonna|gonny|gonnae|going tae|going to|gaun tae|be able (?:to|tae)|canny|cannae|can'?t|cannot|"
    r"mustn'?t|mustnae) )?"
    rf"(?:sees?|seein|seeing|reads?|readin|checks?|looks? (?:at|through)) "
    rf"(?:it|this|these|them|that|(?:my|ma|the|aw my|aw ma) (?:te?xts?|messages?|{_PHONE}))\b",
    re.IGNORECASE,
)
_ASKED_ABOUT = re.compile(
    rf"\b(?:can|kin|will|wull|does|do|dae|could|would|is|are|did|who|if)\W+(?:she|he|they|{_THEIRS})\b|"
    rf"\?", re.IGNORECASE
)
_OF_TEXTS = re.compile(rf"\b(?:te?xt\w*|txt\w*|send\w*|sent|messag\w*|{_PHONE})\b", re.IGNORECASE)
#: Of what somebody else may see these are about privacy, and not about the phone.
_NOT_THE_PHONE = re.compile(r"\b(?:doctor|gp|letter|form|session|social worker|supervisor|case manager|police|"
    r"polis|court)\b", re.I)

_LEAVE_IT = re.compile(
    r"^\W*(?:(?:ok|aye|naw|no|och|right|but|so|please|pls|look|listen)\W+)*"
    r"(?:(?:(?:you|ye|u|yous)(?:'?ve| have| already)? (?:said|asked|told me|telt me|sent)(?: me)? (?:that|this|it)"
    r"(?: (?:already|before|twice|wan|once|earlier))*|heard (?:you|ye)(?: the first time)?|i know|a know|a ken)\W+)?"
    r"(?:(?:can|could|will|let'?s|lets|gonnae|gonny)(?: (?:we|you|ye|u|i|a))?(?: (?:just|jist|no))? (?:leave|"
    r"drop|forget|move on|talk aboot)"
    r"(?: (?:it|that|this|from (?:it|that)|on|somethin\w* else|something else|aboot it|about it))*|(?:just |"
    r"jist )?(?:leave|drop) it(?: there)?)"
    r"(?:\W+(?:please|pls|now|noo|then|at that|there|pal|mate|eh))*\W*$",
    re.IGNORECASE,
)


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Answer such a message; None, and nothing said, for any other."""
    text = turn.typed.replace("\u2019", "'")
    if is_of_a_shared_phone(text):
        return not_theirs_alone(turn, speech)
    if asks_what_a_text_costs(text):
        return _say(speech, "texts_cost")
    said = turn.slots.get("last_said")
    leaves, what = _LEAVE_IT.match(text), _WHAT_IS_IT.match(text) and said in (None, _EH, _TOLD)
    lost = is_not_followed(text) and said in (None, _EH, _TOLD, "services", "sessions")
    if not (leaves or what or lost) or open_question.waits(turn.conversation_id):
        return None
    if leaves:
        return _say(speech, "leave_it")
    if what:
        speech.say_text(wording.say("talk.what_is_it"), _WAYS)
        return [SlotSet("last_said", _TOLD)]
    if _is_shaken(turn):
        return None
    speech.say_text(wording.say("talk.eh_again" if said == _EH else "talk.eh"), [PERSON])
    return [SlotSet("last_said", _EH)]


def is_not_followed(text: str) -> bool:
    """Whether all that is said is that it was not understood: "eh?", "whit dae ye mean"."""
    return _NOT_FOLLOWED.match(text.replace("\u2019", "'")) is not None


def asks_what_a_text_costs(text: str) -> bool:
    """Whether it is asked what our texts, or a text to us, cost."""
    return _TEXTS_COST.search(text) is not None and _ASKS.search(text) is not None and not _NOT_THE_TEXT.search(text)


def is_of_a_shared_phone(text: str) -> bool:
    """Whether somebody says that another has, or reads, the phone they text from."""
    if _NOT_THE_PHONE.search(text):
        return False
    seen = _SEEN.search(text) is not None and _ASKED_ABOUT.search(text) is None and _OF_TEXTS.search(text) is not None
    return seen or _SHARED.search(text) is not None


def _say(speech: Speech, key: str) -> list[EventType]:
    speech.say_text(wording.say(f"talk.{key}"))
    return []


def _is_shaken(turn: Turn) -> bool:
    with database().read() as db:
        return asking.still_shaken(db, conversation_of(db, turn), clock.now())


def not_theirs_alone(turn: Turn, speech: Speech) -> list[EventType]:
    """Nothing of our own accord goes to it any more; what they ask is answered as ever."""
    why = wording.say("marker.shared_phone")
    with database().write() as db:
        conversation = conversation_of(db, turn)
        new = addresses.only_in_person(db, conversation, why)
        if new:
            messages.mark(db, conversation, why)
    return _say(speech, "shared_phone" if new else "shared_phone_again")
