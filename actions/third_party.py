"""Somebody else has the phone: "this is her man, what has she been textin u about".

They hear nothing of what was said here, nor what about, and nothing under the reply shows it either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rasa_sdk.events import EventType, SlotSet

from actions.speech import Speech
from actions.stores import conversation_of, database
from bot import wording
from bot.conversations import addresses, messages

if TYPE_CHECKING:
    from actions.turn import Turn

#: What `last_said` is once somebody else wrote.
ANOTHER = "another"
_KIN = (
    r"(?:man|husband|wife|boyfriend|girlfriend|burd|bird|partner|fella|missus|mum|maw|mam|ma|da|dad|father|mother|son|"
    r"daughter|sister|brother|pal|mate|boss|gaffer|ex|flatmate|landlord)"
)
_TEXTS = (
    r"(?:te?xt\w*|txt\w*|messag\w*|sayin\w*|said|say|tellin\w*|telt|told|tell|talkin\w*|askin\w*|asked|writin\w*|"
    r"sent|sendin\w*|chattin\w*)"
)
#: They want to know what another wrote to us; "what did he say", of a doctor, has no "you" in it.
_PRIES = re.compile(
    rf"\b(?:what|whit|wit|wot|why|how long|who|whae)\b.{{0,14}}\b(?:she|he|they|her|him|(?:my|ma) {_KIN})\b.{{0,20}}"
    rf"\b{_TEXTS}\b.{{0,12}}\b(?:you|u|ye|yous|this number|here|on this)\b|"
    rf"\b(?:has|is|did|wis|was|huv|have) (?:she|he|they|(?:my|ma) {_KIN})\b.{{0,12}}\b{_TEXTS}\b.{{0,10}}"
    r"\b(?:you|u|ye|yous|this number)\b|"
    rf"\b(?:show|tell|send|gie|give) (?:me|us) (?:what|whit|everything|aw|all|her|his|the)\b.{{0,20}}"
    rf"\b(?:she|he|her|his)\b.{{0,20}}\b(?:{_TEXTS}|te?xts|messages)\b",
    re.IGNORECASE,
)
_IS_KIN = re.compile(rf"\b(?:this is|it'?s|its|am|i'?m|im) (?:her|his) {_KIN}\b", re.IGNORECASE)
_ASKS_WHO = re.compile(r"\b(?:who|whae) (?:is|are|r|'?s) (?:this|you|u|ye|it|that)\b|\bwho'?s this\b", re.IGNORECASE)
#: It was meant for somebody else's eyes.
_FLIRTS = re.compile(
    r"\bwh?[ai]t (?:are |r )?(?:you|u|ye|ya) (?:wearin\w*|upto in bed)|^\W*(?:hi|hey|hiya|hello) (?:hun|babe|baby|sexy|"
    r"darlin\w*|gorgeous)\b.*\b(?:it'?s me|miss (?:you|u)|who is this)",
    re.IGNORECASE,
)
#: No more of what was spoken of leads to an answer: "more" would say it.
_FORGOTTEN = ("topic", "answer", "service_search", "services_seen", "others", "search")
#: What would tell who they are, or what they spoke of.
_TELLS = frozenset({"bot_challenge", "more", "repeat", "simpler", "source", "my_bookings"})


def is_another(text: str) -> bool:
    """Whether it is somebody else who writes, and wants to know what was said here."""
    said = text.replace("\u2019", "'")
    who = _IS_KIN.search(said) is not None and _ASKS_WHO.search(said) is not None
    return who or _PRIES.search(said) is not None or _FLIRTS.search(said) is not None


def says_who(text: str) -> bool:
    """Whether they say whose they are: surely not the one who texts here."""
    said = text.replace("\u2019", "'")
    return is_another(said) and re.search(rf"\b(?:her|his|my|ma) {_KIN}\b", said, re.IGNORECASE) is not None


def _leave_it_be(turn: Turn) -> None:
    """Nothing of our own accord goes to that phone until staff say so."""
    why = wording.say("marker.another")
    with database().write() as db:
        conversation = conversation_of(db, turn)
        if addresses.only_in_person(db, conversation, why):
            messages.mark(db, conversation, why)


def reply_to(turn: Turn, speech: Speech) -> list[EventType] | None:
    """Say nothing of anybody; None, and nothing said, where it is the one who texts here."""
    still = turn.slots.get("last_said") == ANOTHER and turn.intent in _TELLS
    if not still and not is_another(turn.typed):
        return None
    if says_who(turn.typed):
        _leave_it_be(turn)
    speech.say_text(wording.say("talk.another_again" if still else "talk.another"))
    return [*(SlotSet(name, None) for name in _FORGOTTEN), SlotSet("last_said", ANOTHER)]
