"""The words for a safety verdict: which sentences, with the reviewed telephone numbers filled in.

The screen (`bot.safety`) decides; this module only speaks. Sentences are in `data/wording/crisis.yml`,
numbers in `data/crisis_numbers.yml`, which `bot.wording.say` fills in.
"""

from __future__ import annotations

import re
from typing import Protocol

from bot import wording

#: How the answers to "are you thinking about suicide?" are stored. The gateway reads them itself: it needs no Rasa.
YES, NO = '/choose{"option": "crisis:yes"}', '/choose{"option": "crisis:no"}'
#: A yes to "could they be thinking about suicide?"
YES_OTHER = '/choose{"option": "crisis:yes_other"}'
#: Ends the kind of what is only doubted: one gentle text after the ordinary answer.
DOUBT = "_doubt"
#: The kind of question that has no yes and no, as something else can be picked just now.
OPEN = "suicide_open"
#: "I don't know" is no no: who cannot say is heard as one who thinks of it.
_CANNOT_SAY = (
    r"(?:sometimes|some days|yes and|aye and|aye n|yes n) (?:no|naw|not)|dunno|dinno|idk|"
    r"(?:i |a |ah )?(?:dont|dinnae|dinny|do not) (?:really |even )?(?:know|ken)|not sure|no sure|"
    r"unsure|both|depends|hard to say|(?:cant|cannae|canny) say|(?:i |a )?(?:guess|suppose|spose)(?: so)?|"
    r"(?:does it|whats it|what does it|doesnae|doesnt|disnae) (?:really )?matter|who cares|"
    r"(?:i|a|ah) said|(?:u|you|ye) asked(?: me)?|tbh|man"
)
_OFTEN = (
    r"maybe|maybes|mibbe|mibby|mebbe|perhaps|possibly|probably|kind of|kinda|sort of|sorta|sometimes|some days|"
    r"at times|on and off|now and (?:then|again)|whiles|most days|every day|all the time|aw the time|(?:a )?wee bit|"
    r"a bit|a lot"
)
_YES = re.compile(
    rf"(?:(?:yes|yeah|yea|yep|yup|ye|aye|ay|uh huh|{_CANNOT_SAY}|{_OFTEN}|think so|really|honestly|"
    r"mate|pal|(?:i|a|ah) (?:am|do|dae|have|think so|think i am))(?: |\Z))+"
)
_NO = re.compile(
    r"(?:no|naw|nah|nope|na|nae|not|never)(?: (?:im|am|a|i|not|no|really|just|ok|okay|fine|awright|alright|at|all|way|"
    r"(?:wont|wullnae|willnae|(?:not|no|never) (?:gonna|gonnae|going))(?: (?:to|tae))?(?: (?:do|dae))?|"
    r"anything|anyhin|nothing|nuthin|daft|stupid|"
    r"thanks|thank|you|ta|cheers|that|like|nothing|mate|pal|hen|the|now|dont|thinking|of|about|suicide|suicidal|safe))*"
)

#: "No im not safe" is no no: whoever hears it next looks at all of it.
_NOT_WELL = re.compile(
    r"\b(?:im|am|i am|a am|i m) (?:(?:really|just) )?(?:(?:not|no|nae) (?:really |that |very )?"
    r"(?:safe|ok|okay|fine|alright|awright)|suicidal|thinking)\b"
)
#: Our own question, said back to us.
_ASKED_BACK = re.compile(r"\b(?:asking|askin|saying|sayin|think|mean) (?:me )?(?:if )?(?:im|am|i am|a am) suicidal\b")
_NOT_SAFE = re.compile(
    r"\b(?:not|no|isnt|isnae|never|dont feel|dinnae feel) (?:(?:really|very|that|feel|feeling|feelin|always) )?safe\b|"
    r"\bunsafe\b"
)
#: "Naw am fine": a no to something else.
_WELL = re.compile(
    r"\b(?:im|am|i am|a am|i m|its|its aw|all|aw) (?:(?:really|just) )?(?:safe|fine|ok|okay|alright|awright|good)\b|"
    r"\b(?:thanks|thank|ta|cheers)\b"
)


class Seen(Protocol):
    """What this module needs to know of a verdict."""

    @property
    def safety(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def strength(self) -> str: ...


def replies(verdict: Seen, when: str, on_call: bool | None = False) -> list[str]:
    """First reply (one SMS), the rest, and the honest offer of a person: in the same text as the rest where two are
    enough (`brief`).

    `on_call` says whether somebody is on duty whom an alarm is known to reach; without, it is read `when` ("tomorrow
    after 9am"). None: it is a doubt, for which nobody is woken, so nothing is said of who is on duty.
    """
    first, *more = advice(verdict)
    if not more:  # somebody else reads the phone, or it is only doubted
        return [first]
    rest = more[0]
    key = "crisis.offer_brief" if brief(verdict) else "crisis.offer"
    if not on_call:
        key += "_later" if on_call is None else "_nobody"
    offer = wording.say(key) if on_call else wording.say(key, when=when)
    return [first, f"{rest} {offer}"] if brief(verdict) else [first, rest, offer]


def advice(verdict: Seen) -> list[str]:
    """What to do and whom to ring, without the offer of a person: one SMS, and the rest.

    There is no rest where somebody else reads the phone, or where it is only doubted.
    """
    block = _block(verdict)
    parts = (f"{block}.first", f"{block}.rest")
    return [wording.say(part) for part in parts if part in wording.sentences()]


def brief(verdict: Seen) -> bool:
    """Two texts and no more: about abuse, as somebody else may see the phone (decision 0026), and where an emergency is
    only asked about, as the answer to what they wrote comes after it.
    """
    return verdict.safety == "abuse" or verdict.safety == "emergency" and verdict.strength == "weak"


def asks(verdict: Seen) -> bool:
    """Whether the replies ask the writer about suicide, so that a plain yes or no is an answer."""
    asked = verdict.safety == "suicide" and verdict.kind not in ("unreadable", OPEN)
    return asked and verdict.about == "self" and verdict.strength == "weak"


def asks_about_another(verdict: Seen) -> bool:
    """Whether the reply asks about the suicide of somebody whom the writer told of."""
    return verdict.kind == f"suicide{DOUBT}" and verdict.about == "other"


def choices(verdict: Seen) -> list[tuple[str, str]]:
    """The answers that stand under the last reply, as (label, payload); none where nothing is asked."""
    yes = YES if asks(verdict) else YES_OTHER if asks_about_another(verdict) else None
    return [(wording.say("crisis.yes"), yes), (wording.say("crisis.no"), NO)] if yes else []


def answer(text: str) -> str | None:
    """YES or NO when the whole of `text` says so in a person's own words; None for anything else."""
    said = _letters(text)
    if _NOT_WELL.search(said):
        return None
    return YES if _YES.fullmatch(said) else NO if _NO.fullmatch(said) else None


def takes_back(text: str) -> bool:
    """Is it said that they are not well or not safe, whatever is denied beside it?"""
    said = _ASKED_BACK.sub(" ", _letters(text))
    return bool(_NOT_WELL.search(said) or _NOT_SAFE.search(said))


def safe(text: str) -> str | None:
    """What `text` answers to "are you safe?": NO to "not safe", with whatever else is said; None where they are well or
    decline with thanks, which is no answer to that."""
    said = _letters(text)
    if _NOT_SAFE.search(said):
        return NO
    return None if _WELL.search(said) else answer(text)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z ]+", "", text.lower().replace("’", "")).strip()


def _block(verdict: Seen) -> str:
    """The most particular block of sentences for a verdict; the class itself always has one."""
    other, weak = verdict.about == "other", verdict.strength == "weak"
    variants = [v for v, fits in (("other_now", other and not weak), ("other", other), ("weak", weak)) if fits]
    names = [f"{name}.{v}" for v in variants for name in (verdict.kind, verdict.safety)]
    for name in [*names, verdict.kind, verdict.safety]:
        if f"crisis.{name}.first" in wording.sentences():
            return f"crisis.{name}"
    raise KeyError(f"no crisis sentences for {verdict.safety}")
