"""What is said of one who is ill while an emergency goes on: how they look and sound, that they say no, how much they
drink; and that it was a joke. Pure."""

from __future__ import annotations

import re

#: What an overdose sounds and looks like.
SIGNS = re.compile(
    r"\bsnor(?:es?|ing|in)\b|\bgurgl\w*|\brattl(?:in|ing|y)\b|"
    r"\b(?:lips?|face|hauns|hands|fingers|skin)(?: \w+){0,3} (?:blue|grey|gray|purple)\b|\b(?:blue|grey|purple) lips\b|"
    r"\b(?:gone|going|goin|went|turned|turnin) (?:aw |all |pure )?(?:blue|grey|gray|cold|cauld|limp|floppy|stiff)\b|"
    r"\bbreath\w* (?:\w+ ){0,2}(?:slow|funny|weird|shallow|mad)\b|\b(?:slow|shallow|funny|hardly|barely) breath\w*|"
    r"\b(?:he|she|they)(?:'?s|'?re| is| are| keeps?)? (?:\w+ ){0,2}(?:gou?ch\w*|nodd(?:in|ing) (?:aff|off|oot|out)|"
    r"(?:very|dead|pure|really|awfy|still|dead) sleepy|drowsy|slumped|floppy|limp)\b",
    re.IGNORECASE,
)
_ILL_ONE = (
    r"(?:he|she|they|"
    r"(?:my|ma|the) (?:\w+ )?(?:pal|mate|mum|maw|ma|da|dad|brother|sister|man|partner|client|guy|boy|lad))"
)
#: The one who is ill says no, or looks well.
REFUSES = re.compile(
    rf"\b{_ILL_ONE}(?:'?s| is)? (?:just |jist |only |keeps? )?(?:says?|sayin|saying|said|telt|tells|tellin)"
    r"(?: (?:me|us|that|tae|to))* (?:(?:he|she|they)(?:'?s| is|'?re| are)? )?(?:\w+ )?"
    r"(?:fine|ok|okay|alright|awright|grand|leave|no tae|not to|no to|dinnae|don'?t|naw|no)\b|"
    rf"\b{_ILL_ONE} (?:won'?t|willnae|willny|disnae want|doesn'?t want|doesnt want|refus\w+)(?: \w+){{0,3}} "
    r"(?:ambulance|hospital|999|doctor|help|phone|go)\b|"
    rf"\b{_ILL_ONE}(?:'?s| is| are)? (?:seems?|looks?|sounds?|feels?|seemin|lookin|actin)(?: \w+)? "
    r"(?:fine|ok|okay|alright|awright|grand|better|normal|himsel|herself)\b",
    re.IGNORECASE,
)
WATCH = re.compile(
    r"\b(?:(?:do|dae|should|shud|can|could|will|must) (?:i|a|ah|we|he|she|they)|is it (?:ok|okay|alright|safe)|"
    r"how long)\b.{0,30}"
    r"\b(?:keep (?:a |an )?(?:watch|eye)|stay (?:wi|with|here|up)|sit (?:up )?(?:wi|with)|watch (?:him|her|them)|"
    r"check (?:on )?(?:him|her|them)|leave (?:him|her|them)|be (?:left|on (?:his|her|their) own)|let (?:him|her|"
    r"them) sleep|"
    r"go (?:to|tae) (?:(?:my|ma) )?(?:bed|sleep)|"
    r"wake (?:him|her|them))\b",
    re.IGNORECASE,
)
#: How much is drunk in a day.
HOW_MUCH = re.compile(
    r"\b(?:litres?|liter|bottles?|cans?|tins|pints?|units|hauf bottle|half bottle|voddy|vodka|cider|wine|"
    r"whisky)\b.{0,25}"
    r"\b(?:a|per|each|every) (?:day|night)\b|\bdaily\b",
    re.IGNORECASE,
)
#: Nobody is with the one who writes.
ALONE = re.compile(
    r"\b(?:on (?:my|ma) own|by (?:masel\w*|myself)|(?:naebody|nobody|no one)(?:'?s)? (?:here|in|wi me|with me|about|"
    r"aboot)|"
    r"just me|(?:am|i'?m) (?:aw )?alone)\b",
    re.IGNORECASE,
)
#: Of a threat, or whatever else had us worried.
_KIDDING = re.compile(
    r"\b(?:(?:am|i'?m|a'?m|wis|was|i was|a wis) )?(?:only|just|jist|pure) (?:a )?"
    r"(?:kiddin|kidding|jokin|joking|joke|messin|messing|(?:windin|winding) (?:ye|you) up|(?:havin|having) a laugh)\b|"
    r"\b(?:am|i'?m|a'?m|wis|was) (?:kiddin|kidding|jokin|joking)\b",
    re.IGNORECASE,
)
#: A joke is told off in few words.
_FEW = 10


def is_kidding(text: str) -> bool:
    """Whether it is said to have been no more than a joke."""
    return len(text.split()) <= _FEW and _KIDDING.search(text) is not None
