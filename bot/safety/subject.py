"""Whose danger it is that a text speaks of: the writer's, or somebody else's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.safety.grammar import LISTS
from bot.safety.whose import LOST

_KIN = frozenset(w for name in ("kin", "young") for phrase in LISTS[name].split("|") for w in phrase.split()[-1:]) - {"one"}
_FIRST = frozenset("i im ive id ill am".split())
_HE = frozenset("he she hes shes they theyre hell shell theyll".split())
_ME = _FIRST | {"me", "myself", "we", "us"}
_GIVES = frozenset("gave given giving gied gies handed".split())
_HERS_WORDS = frozenset("her his their she hes shes them".split())
_WHOSE = frozenset("my his her our a the this that wee big best young old own their older younger of worker".split())
_VERBS = frozenset(
    "is says said wants keeps has was told talking texted wanted feels talks thinks tried needs just saying threatening cutting "
    "posted messaged sounds seems been might wont cant doesnt dont isnt who that keep whos going gonna thats in took taken feeling "
    "wishes and want also really overdosed overdosing rang phoned called suicidal selfharming selfharm self hurting sent sitting standing "
    "wrote left gave giving says having had collapsed swallowed cant not stopped may could hates "
    # as a learner of English says it: "my friend have thoughts of suicide"
    "have think feel say talk try need tell text cut hurt go do take drink use speak speaks write send cry cries always never".split()
)


def subject_of(said: set[str], safety: str) -> str:
    """"self" or "other", by the words of a text alone and what danger (`safety`) they are of."""
    other = bool(said & _HE or said & _KIN and not said & _GIVES) and not said & _ME
    if safety == "abuse" and "my" in said and not said & _HERS_WORDS:
        other = False  # "my man is violent": it is done to the writer
    return "other" if other else "self"


def names_another(sentence: str) -> bool:
    """Does a sentence name somebody else and not the writer?"""
    words = set(sentence.split())
    return bool(words & (_KIN | _HE | {"someone", "people", "him", "her", "them", "folk", "person"})) and not words & {"im", "myself"}


def subject(text: str, before: str, words: str) -> str:
    """Whose danger it is: the nearest subject to the left of the match, else what the match itself says."""
    inside, text, before = words.split(), LOST.sub(" ", text), LOST.sub(" ", before)
    if re.search(r"\b(?:myself|my (?:own )?(?:life|wrists?|arms?|legs?|throat|pain|chest|arm))\b", words):
        return "self"
    if re.search(r"\b(?:himself|herself|themself|(?:his|her|their) (?:own )?(?:life|wrists?|arms?|legs?|throat|lips|face))\b", words):
        return "other"
    line = [*before.split(), *inside]
    # inside the match only a subject in its first words counts: "tell my mum I love her" is about the writer
    for i in range(len(before.split()) + min(2, len(inside)) - 1, max(-1, len(line) - 16 - len(inside)), -1):
        word = line[i]
        follows = line[i + 1] if i + 1 < len(line) else ""
        if word in _FIRST and follows not in ("think", "thinks", "know", "am", "heard", "was", "got", "reckon"):
            return "self" if follows not in ("worried", "scared", "feart") or not _third_ahead(line[i + 1 :]) else "other"
        if word in ("im",) or word in _FIRST and not _third_ahead(line[i + 1 :]):
            return "self"
        if word in _HE or word == "someone" and i < 3:
            return "other"
        if word in _KIN and follows in _VERBS and (i == 0 or line[i - 1] in _WHOSE):
            return "other"
    if not set(text.split()) & _FIRST - {"ill"} and _third_ahead(text.split()):
        return "other"
    return "self"


def _third_ahead(words: Sequence[str]) -> bool:
    return any(
        w in _HE or (w in _KIN and (i == 0 or words[i - 1] in _WHOSE) and (words[i + 1] if i + 1 < len(words) else "") in _VERBS) for i, w in enumerate(words)
    )
