"""Suicide denied in so many words, beside an ordinary request: "im no suicidal, just need help with my rent".

Only plain denials are taken out: a not, what somebody would be about to do or feel, and nothing that takes it back ("not
tonight", "cant promise im not gonna"). What is left is for others to judge (`bot.safety.manner`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SOFT = r"(?:(?:really|actually|even|ever|been|being|feel|feeling|honestly|remotely|one bit|in any way|exactly|like|all that|that|just|a bit|having|any) )*"
_NOT = r"(?:not|never|no|aint|isnt|dont|wont|wouldnt|didnt|havent|wasnt|nowhere near|far from|neither|will not|would not|do not|am not|have not)"
_INTENT = (
    r"(?:gonna|going to|go to|thinking (?:of|about|on)|think (?:of|about)|thought (?:of|about)|planning (?:to|on|of)?|plan to|plan on|plans to|wanting to|wanna|want to|wish to|"
    r"looking to|about to|here to|out to|trying to|intending to|intend to|feel like|thoughts? (?:of|about)|ready to|the type to|one to|going|up to|got (?:any |the )?(?:plans?|intentions?|thoughts?|desire) (?:to|of|about|on)|(?:any )?(?:plans?|intentions?|desire) (?:to|of)|tempted to|considering|contemplating)"
)
_SELF = r"(?:myself|my (?:own )?life)"
_ACT = (
    rf"(?:(?:kill|killing|hurt|hurting|harm|harming|hang|hanging|top|topping|drown|drowning|off|offing|end|ending|take|taking|cut|cutting|damage|do away with|doing away with|do|doing) {_SELF}(?: in)?|"
    r"(?:end|ending) (?:it all|it|things|everything)|finish(?:ing)? it all|die|dying|be dead|jump|jumping|commit suicide|committing suicide|suicide|selfharm|self ?harm(?:ing)?|suicidal thoughts|"
    r"(?:do|doing|try|trying) (?:anything|something|nothing|owt|a thing) (?:daft|stupid|silly|bad|rash|drastic|mad|crazy|dangerous|like that|(?:to )?(?:hurt |harm )?myself))"
)
_STATE = r"(?:suicidal|self ?harming|a (?:danger|risk) to myself|a suicide risk|at risk of suicide|in danger)"
_WHO = r"(?:(?:but |and |so |just )?(?:i am|im|ive|ill|id|i|am|we|it is|its) )?"
_TAIL = r"(?: (?:or (?:anything|nothing|that|owt|whatever|any of that|hurt(?:ing)? myself|kill(?:ing)? myself|harm(?:ing)? myself)|at all|over (?:it|this|that)|(?:i )?promise|honest|honestly|here|like that|before you ask|so dont worry|or so|you know))*"
_LEAD = r"(?:(?:dont worry|do not worry|no worries|dont panic|before you ask|just so you know|so you know|i swear|swear|honest|honestly|relax|calm down|its ok|its alright|im fine|im ok|im alright) )*"
_DOING = rf"(?:{_NOT} {_SOFT}{_INTENT} {_SOFT}{_ACT}|(?:wont|wouldnt|never|would never|will never|never gonna|will not|would not|id not|ill not) {_SOFT}{_ACT})"
_DENIED = re.compile(
    rf"(?<= ){_LEAD}{_WHO}{_SOFT}(?:{_DOING}|{_NOT} {_SOFT}(?:suicidal thoughts|{_STATE}|suicide)){_TAIL}(?= )"
    # taken back in the same breath
    r"(?! (?:yet|just yet|till|until|unless|tonight|today|tomorrow|now|right now|the now|at the moment|before|without|when|while|as long|in front|again|this time|anymore|any more|cos|because|since|only|though|for (?:now|the)|on my|when|am i|in ages|in (?:a|years|months|weeks)|for (?:a|ages)) )"
)
#: Before a denial: words that make it none.
_UNDONE = re.compile(
    r" (?:no (?:way|chance|guarantee|promise|saying|telling)|cant|couldnt|might|may|maybe|impossible|hardly|not sure|unsure|dont know|no idea|why|whether|am|promise|promised|promising|(?:cant|couldnt|wouldnt|wont|dont) (?:say|tell|think|swear|believe|guarantee)|saying|said|told|tell|tells|"
    r"pretend|pretending|pretended|wish|hope|hoping|hopefully|even if|thinks?|thought|trying|try|tried|scared|afraid|worried|lie|lying|not|dont|if only|act|acting|like|used to say|last time|he|she|hes|shes|they|theyre) (?:[a-z]+ ){0,2}\Z"
)
#: An ordinary request or question is made.
_ASKS = re.compile(
    r" (?:what|whats|where|wheres|how|hows|when|whens|who|whos|which|why|can|could|would|will|do you|does|is (?:there|it|that|the)|are|any|anything|anywhere|need|needing|want|wanting|after|looking|"
    r"book|cancel|change|move|help|tell me|wondering|wonder|know|number|got|have you|send|give|get|please|find|sort|advice|info|ask|asking) "
)
#: "no" and its kin at the head of a sentence answer something; the rest is no denial ("naw, gonna end it").
_ANSWERS = re.compile(r"\b(naw|nah|nope|no(?=\s*,))\b[\s,]*", re.IGNORECASE)


_NO = re.compile(r"\A\W*(?:naw|nah|nope|no|but|and|so)\b\W*", re.IGNORECASE)
#: In a longer text nobody denies by the way.
_MOST = 60
#: So many words may lead up to a denial and belong to it ("dont worry, i am ...").
_LEADING = 6


#: What is hurt or ended is named; "i wont finish it today" may be about a shift.
_NAMED = re.compile(r" (?:myself|my (?:own )?life|suicide|daft|stupid|silly|rash|drastic|like that) ")


def of_doing(plain: str) -> bool:
    """Is it said in plain spelling that no harm will be done to oneself, rather than that something is not felt?"""
    return any(_NAMED.search(found[0]) for found in re.finditer(rf" {_DOING} ", plain))


def beside(text: str, plainly: Callable[[str], str]) -> str | None:
    """What `text` says beside its denials, in its own spelling, where it asks for something; else None.

    `plainly` puts a text in plain spelling.
    """
    words = _ANSWERS.sub(r"\1. ", text).split()
    if len(words) > _MOST or not _DENIED.search(plainly(text)):
        return None
    denied = False
    while span := _span(words, plainly):
        words, denied = words[: span[0]] + words[span[1] :], True
    rest = _NO.sub("", " ".join(words)).strip(" ,.;:-!")
    return rest if denied and _ASKS.search(plainly(rest)) else None


def _span(words: list[str], plainly: Callable[[str], str]) -> tuple[int, int] | None:
    """The first denial among `words`, as the places where it begins and ends; None if there is none."""

    def said(begin: int, end: int) -> int:
        """How many letters of words[begin:end] deny, in plain spelling; none where what comes before undoes it."""
        plain = plainly(" ".join(words[begin:end]))
        return next((len(m[0]) for m in _DENIED.finditer(plain) if not _UNDONE.search(plain[: m.start()])), 0)

    if not said(0, len(words)):
        return None
    end = next(n for n in range(1, len(words) + 1) if said(0, n))
    while end < len(words) and said(0, min(end + 4, len(words))) > said(0, end):
        end += 1  # "... or anything like that"
    if not all(said(0, min(end + n, len(words))) for n in (1, 2)):
        return None  # what follows takes it back
    begin = next(n for n in range(end - 1, -1, -1) if said(n, end))
    begin = max(range(max(0, begin - _LEADING), begin + 1), key=lambda n: (said(n, end), n))
    return begin - (begin > 0 and words[begin - 1].lower() in ("i", "a", "ah")), end
