"""How people ask for a number to ring, for a place near, and for what to say on the phone. Pure."""

from __future__ import annotations

import re

_I = r"(?:i|a|ah|we|ye|you|u)"
_RING = r"(?:phone|fone|ring|call|bell)"
_WHOM = (
    r"(?:some(?:body|one)|sum(?:body|dy|1|wan)|sumbdy|any(?:body|one)|"
    r"(?:a |any |the )?(?:place|helpline|line|number|wan|one))"
)
#: "Sumbdy a can phone", "is there no just a phone number", "can i phone a carers centre".
_NUMBER = re.compile(
    rf"\b{_WHOM}(?: (?:that|who|there))?(?: {_I})? (?:can|could|kin) (?:just |jist )?{_RING}\b(?! (?:me|us)\b)|"
    rf"\b{_WHOM} (?:to|tae|for (?:me|us) (?:to|tae)) (?:just |jist )?{_RING}\b(?! (?:me|us)\b)|"
    rf"\b(?:a|any|ony|the|nae|no|just|their|phone|fone|helpline) (?:phone |fone |contact |free )*numbers?\b|"
    rf"\b(?:can|could|kin|do|dae|will|wid) {_I} (?:just |jist )?{_RING} (?!me\b|us\b|yous?\b|ye\b|back\b|you\b)\w+|"
    rf"\b(?:who|whae|where|whaur) (?:can|do|dae|could|should|wid) {_I} {_RING}\b|"
    r"\b(?:nae|no|not got any|hav(?:e|nae) (?:nae|any)|run oot (?:of|ae)|without|withoot) "
    r"(?:data|internet|wi-?fi|smart ?phone)\b|\b(?:aw|all|just|jist|only) (?:web ?sites?|online|links?)\b",
    re.IGNORECASE,
)
#: They are to be rung, the number is their own or ours, or it is a number of something else.
_NOT_THAT = re.compile(
    rf"\b(?:{_RING}|text|get) (?:me|us)\b|\b(?:my|ma|your|yer|her|his|wrong|new|changed?|got (?:my|ma|this)) "
    r"(?:phone |fone |mobile )?number\b|\bnumber (?:of|ae) (?:hours|sessions|places|people|units|days|weeks)\b|"
    r"\bcase manager|\bsupervisor|\bsession|\bclass\b|\btext(?:ed|ing|in)? (?:me|this)\b",
    re.IGNORECASE,
)
#: A place near where they are; no worker of ours is near or far.
_LOCAL = re.compile(
    rf"\b(?:{_WHOM}|some ?where|sumwhere|somethin\w*|wan|place)\b.{{0,12}}"
    r"\b(?:local|nearby|near (?:me|here|by)|close by|roon(?:d)? here|round here|in (?:my|ma|the) (?:area|bit))\b",
    re.IGNORECASE,
)
_NEARER = re.compile(
    r"\b(?:near(?:er|est)|neerer|nerer|closer|closest|(?:no|nae|not) (?:so|as|that) far)\b", re.IGNORECASE
)
#: More words than this ask for more than that.
_FEW = 8
#: What they would say on the phone, and in English.
_WHAT_TO_SAY = re.compile(
    rf"\b(?:how|hoo|wh?[ai]t|wit)\b.{{0,14}}\b(?:say|tell)\b.{{0,25}}\b(?:when {_I} {_RING}|on the (?:phone|fone)|"
    r"in english)\b",
    re.IGNORECASE,
)

_OF_THE_PHONE = re.compile(
    r"\b(?:(?:tele)?phone\w*|fone\w*|ring|call|bell|numbers?|free|web ?sites?|online|data|internet|wi-?fi|just|"
    r"help ?line)\b",
    re.IGNORECASE,
)


def wants_a_number(text: str) -> bool:
    """Whether a number of somewhere is wanted, to ring it oneself."""
    said = text.replace("\u2019", "'")
    return _NUMBER.search(said) is not None and _NOT_THAT.search(said) is None


def wants_one_near(text: str) -> bool:
    """Whether a place near is wanted."""
    return _LOCAL.search(text.replace("\u2019", "'")) is not None


def wants_nearer(text: str) -> bool:
    """Whether a few words ask for one that is nearer than what was given."""
    return len(text.split()) <= _FEW and _NEARER.search(text) is not None


def asks_what_to_say(text: str) -> bool:
    """Whether it is asked what to say on the phone."""
    return _WHAT_TO_SAY.search(text.replace("\u2019", "'")) is not None


def without_the_phone(text: str) -> str:
    """`text` without what says that it is a number: no service is looked for by those words."""
    return _OF_THE_PHONE.sub(" ", text)


#: Where to go, not where it is from: all that is said after an answer.
_WHERE = re.compile(
    r"\W*(?:aye |ok |and )?(?:where|whaur|wher|whare)(?:'?s| is| do i go| dae a go| can i go| abouts?| tae| at| to|"
    r" (?:do|dae|can|would|wid) (?:i|a|ah|we|you|ye) (?:get|git|find|buy|pick up)(?: (?:it|wan|one|some|them|that))?)*"
    r"\W*$",
    re.IGNORECASE,
)


def asks_where(text: str) -> bool:
    """Whether "where" is all that is asked, as after "how do i get tested"."""
    return bool(text) and _WHERE.match(text) is not None
