"""Whose trouble a text tells of, where it names somebody: only theirs, or the writer's too.

"My da drinks every day what can i do" is about him, though it says "i": what somebody asks for, or fears for another, is no
trouble of their own.
"""

from __future__ import annotations

import re

from bot.safety.grammar import expand

_KIN = rf"(?:{expand('{kin}')}|{expand('{young}')}|dads|brer|faither|relative|family)"
_NAMED = re.compile(rf" (?:my|our|the) (?:[a-z]+ ){{0,2}}{_KIN}s? | (?:he|she|hes|shes) ")
#: What the writer asks, knows or fears about the other, in the first person.
_ASIDE = re.compile(
    r" (?:(?:what|whats|where|wheres|how|who|when|which|is there|are there|anything|something|somewhere|somebody|anybody) (?:[a-z]+ ){0,3}?(?:can|could|do|should|would|will|might|to) (?:i|we)(?: (?:even|best|actually))?(?: (?:do|say|go|get|help|tell|ask|find|support|stop|make|phone|ring|call|deal|cope|talk|speak))?|"
    r"(?:what|where|how|who) (?:i|we) (?:can|could|should|might) (?:[a-z]+)|(?:can|could|should|do|may|would) (?:i|we) (?:get|help|do|find|phone|ring|call|book|ask|speak|talk|bring|send|refer|tell|make|stop|support|say)|"
    r"(?:i|we) (?:dont|do not|didnt|cant|never) (?:really )?know (?:what|how|where|who|if|when)(?: to [a-z]+)?|(?:im|i am|ive been|i|we are|were|am) (?:[a-z]+ ){0,2}(?:worried|scared|feart|afraid|frightened|concerned|anxious|fearing)(?: (?:sick|about|for|that|of))*|"
    r"i (?:just )?(?:think|know|reckon|heard|noticed|see|saw|wonder|want to help|need to help|wanna help|need help (?:with|for)|want help (?:with|for)|need advice|want advice|live with|look after|care for)|(?:help|tell|advise|show|give|let) me(?: know)?|"
    r"(?:to|with|at|for|on|near|past|from|beside) me|(?:asking|looking|here|its|it is) (?:[a-z]+ )?for (?:my|him|her)|(?:talk|talks|speak|speaks|talking|speaking|listen|lets|let|tells|told|says|asks|asked) (?:to )?me) "
)
#: What is left that speaks of the writer.
_OWN = re.compile(r" (?:i|im|ive|id|ill|me|myself|we|were all|us|mine|am) ")
#: What somebody near does to the writer, or leaves them with.
_STRIKES = re.compile(
    r" (?:died|dead|deid|dying|passed|passing|funeral|bereaved|killed|buried|cremated|hung|hanged|left(?! (?:him|her|the house|school|home|his|work))|leaving|leaves|dumped|cheated|cheating|kicked|flung|threw|thrown|divorc[a-z]*|custody|"
    r"hits?|hitting|batters?|battering|abus[a-z]*|violent|angry|aggressive|shouts?|shouting|screams?|screaming|threat[a-z]*|controls?|controlling|hurts?|hurting|took|takes my|taken away|disowned|hates (?:me|us|my)|miss|missing my|says im|calls me|makes me|lost (?:him|her|my)|no longer here|gone forever) "
)
#: Why the other is as they are, which happened to them: "since his maw died", "after the ma left".
_SINCE = re.compile(
    rf" (?:since|ever since|after|because|when|as|and) (?:(?:my|his|her|their|the) )?(?:[a-z]+ ){{0,1}}{_KIN} (?:[a-z]+ ){{0,2}}(?:died|dead|deid|passed|passed away|left|got killed|dumped|divorced)(?: (?:away|him|her))? "
)


#: Who is given something or paid back is not whom it is about: "gied the dug tae ma neighbour".
_GIVEN = re.compile(
    rf" (?:gave|give|given|giving|gied|gies|handed|sold|sent|paid|owed|returned|lent|left (?:the|my) [a-z]+) (?:[a-z]+ ){{0,4}}?(?:my|our|the) (?:[a-z]+ ){{0,2}}{_KIN}s? "
)


def only_another(plain: str) -> bool:
    """Is a text in plain spelling about somebody in particular, and nothing in it about the one who writes?"""
    rest = _SINCE.sub(" x ", _GIVEN.sub(" x ", plain))
    if not _NAMED.search(rest) or _STRIKES.search(rest):
        return False
    return not _OWN.search(_ASIDE.sub(" x ", _ASIDE.sub(" x ", rest)))


#: Whoever was lost is no subject: "lost the baby in june, cannae see the point" is about the writer.
LOST = re.compile(rf"(?<= )(?:lost|buried|losing) (?:my|the|our|a) (?:[a-z]+ )?{_KIN}(?= )")


def mine(words: str) -> bool:
    """Do the words of a match speak of the writer?"""
    return bool(re.search(r"\b(?:myself|my life|my own|i|im|ive|ill)\b", words))
