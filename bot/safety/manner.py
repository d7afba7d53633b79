"""How danger that was seen is to be answered: as close at hand, in the ordinary way, or softly, after what they asked for.

The rules and the list say what a text speaks of (`bot.safety.screen`); here it gets the kind whose words fit. No alarm is
raised or silenced by it (docs/decisions/0031-the-manner-of-the-answer.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.safety import (
    abuse,
    closeness,
    denial,
    drug_use,
    harmless,
    history,
    learnt,
    misheard,
    parting,
    self_harm,
    whose,
)
from bot.safety.normalise import normalise
from bot.safety.screen import LEARNT, SPELLER, rules_see, seen, spelt
from bot.safety.verdict import Verdict

#: The rules named where suicide is denied beside an ordinary request, where using drugs is asked about, and where somebody
#: says goodbye and thanks for everything: what was asked for is answered first, and always a question after it.
DENIED, DRUG_USE, PARTING = "denied", "drug_use", "parting"
#: The rule, and the kind, of a doubt so faint that nothing is asked: a line on whom to turn to goes with the answer.
FAINT = "faint"
#: The kind where they deny it.
SUICIDE_DENIED = "suicide_denied"
#: Rules that hear the words of a denial ("no gonnae dae anythin daft").
_OF_WHAT_IS_DENIED = frozenset({"tempted", "suicidal"})
#: Of a longer text not more is looked at: what matters most in it has been seen.
_MOST = 2_000
#: Not the past: "way back when".
_NO_WAY_BACK = re.compile(r" (?:cant|cannot|dont|no|not|never) (?:[a-z]+ ){0,2}way back ")
#: "Am I going to die?" is asked by who is ill, frightened or has taken something, and of somebody who is.
_WILL_DIE = re.compile(r" (?:am|is|are|will|could|can) (?:i|he|she|they|(?:my|the) [a-z]+) (?:(?:gonna|going to|be gonna) )?die ")
#: It is not feared but hoped for.
_HOPED = re.compile(r" (?:hope|hoping|hopefully|wish|finally|(?<!dont )(?<!not )want to die) ")
_TAKEN = re.compile(r" (?:i|ive|hes|shes|he|she|he has|she has) (?:just |already |only )?(?:took|taken|had|smoked|injected|swallowed|drank|necked|done|overdosed) ")
#: What somebody did to another is over for now, and the one it was done to is whom the steps of abuse are about.
_DONE = re.compile(r" (?:last (?:night|week|month|year)|yesterday|ago|the other (?:day|night)) ")


def screen(text: str, recent: Sequence[str] = (), alone: bool = False) -> Verdict | None:
    """The gravest danger that `text` speaks of, or None. `alone`: nothing else will weigh the words, so the learnt list
    asks about fainter signs too.

    `recent` holds up to two earlier texts of the same person within minutes, oldest first: wording split over several
    texts is seen, but what an earlier text said by itself is not raised again.
    """
    verdict = seen(text, recent, alone)
    if softly := _softly(verdict, text, recent, alone):
        return softly
    if verdict is None or verdict.safety == "emergency" or verdict.kind == "attempt":
        return verdict
    plain = normalise(text[:_MOST], SPELLER)
    if verdict.rule == "want_die" and verdict.strength == "weak" and _WILL_DIE.search(plain) and not _HOPED.search(plain):
        return replace(verdict, safety="emergency", kind="overdose" if _TAKEN.search(plain) else "emergency")
    return _as_close(verdict, plain) if verdict.safety == "suicide" else _as_an_emergency(verdict, plain)


def _as_an_emergency(verdict: Verdict, plain: str) -> Verdict:
    """Violence that the writer means to do, or that strangers do now, is for 999 and not for the steps of abuse at home.

    So the label guide has it (`data/nlu/README.md`). Who may hurt a child stays with abuse, whose steps protect the child.
    """
    if verdict.kind == "harm_to_others" and verdict.rule != "harm_child" and not _DONE.search(plain):
        return replace(verdict, safety="emergency")
    if verdict.kind in ("assault", "threatened") and abuse.strangers_attack_now(plain):
        return replace(verdict, safety="emergency", kind="threatened")
    return verdict


def doubts(text: str, recent: Sequence[str] = ()) -> bool:
    """Is there nothing but the learnt list's doubt, and about `text` by itself? Such a doubt is weighed together with
    what the classifier makes of the same words; about words split over texts the classifier knows nothing.
    """
    verdict = screen(text, recent)
    if verdict is None or verdict.rule != LEARNT:
        return False
    alone = screen(text) if recent else verdict
    return alone is not None and alone.rule == LEARNT


def only_doubted(verdict: Verdict | None) -> bool:
    """Is this a doubt, for which nobody is woken: the learnt list's, or what is asked about after the answer?"""
    return verdict is not None and verdict.rule in (LEARNT, DENIED, DRUG_USE, PARTING)


def faintly(text: str) -> bool:
    """Where nothing else will weigh the words and nothing is asked: do they sound enough like danger for a line on whom
    to turn to?"""
    plain = spelt(text[:_MOST])
    return not parting.is_only_that(plain) and learnt.heaviest(plain)[0] >= learnt.LEARNT.faint


def asked_after(verdict: Verdict | None) -> bool:
    """Is what was asked for to be answered first, and the question about danger never left out after it?"""
    return verdict is not None and verdict.rule in (DENIED, DRUG_USE, PARTING)


def beside_a_denial(text: str) -> str | None:
    """What `text` asks for beside a plain denial of suicide, in its own spelling, where that is no danger by itself."""
    rest = denial.beside(text, spelt) if len(text) <= _MOST else None
    if rest is None or rules_see(rest) or learnt.heaviest(spelt(rest))[0] >= learnt.LEARNT.alone:
        return None
    return rest


def beside_putting_right(text: str) -> str | None:
    """What `text` says beside denying the danger that we spoke of just before, in its own spelling; "" where that is all.
    None where it denies none, or where the rules hear danger in it, or they or the list in the rest.
    """
    rest = misheard.beside(text) if len(text) <= _MOST else None
    if rest is None or rest and seen(rest) is not None:
        return None
    verdict = rules_see(text)
    denied = verdict is not None and verdict.strength == "weak" and verdict.rule in _OF_WHAT_IS_DENIED
    return rest if verdict is None or denied else None


def only_parting(text: str) -> bool:
    """Is `text` nothing but an everyday goodbye or thanks?"""
    return parting.is_only_that(spelt(text[:_MOST]))


def parting_for_all(text: str) -> bool:
    """Is it a goodbye with "for everything" in it, and nothing else that could mean more?"""
    return parting.may_be_more(spelt(text[:_MOST]))


def about_another(text: str) -> bool:
    """Does `text` tell of somebody near and of nothing that the writer goes through?"""
    return whose.only_another(normalise(text[:_MOST], SPELLER))


def controlled(text: str) -> bool:
    """Does `text`, which was taken for words of abuse, tell of somebody close who decides over the writer?"""
    return abuse.controlled(normalise(text[:_MOST], SPELLER))


def own_temper(text: str) -> bool:
    """Does `text`, which was taken for words of abuse, tell of the writer's own anger and of nobody's who hurts them?"""
    return abuse.own_temper(normalise(text[:_MOST], SPELLER))


def wants_no_text(text: str) -> bool:
    """Does `text` say that no text is to come back now, as somebody is there?"""
    return abuse.wants_no_text(normalise(text[:_MOST], SPELLER))


def close_at_hand(text: str) -> bool:
    """Does `text`, which was taken for words of suicide, tell how, where or when, and not as something that is over?"""
    return _close(normalise(text[:_MOST], SPELLER))


def _softly(verdict: Verdict | None, text: str, recent: Sequence[str], alone: bool) -> Verdict | None:
    """The verdict where the words only deny suicide or ask about using drugs, and ask for something; else None."""
    if verdict is not None and (verdict.strength == "strong" or verdict.about == "other"):
        return None
    if recent and (any(map(_alarming, recent)) or seen(text, alone=alone) != verdict):
        return None  # it goes with what was said a moment ago
    plain = normalise(text[:_MOST], SPELLER)
    ruled = verdict is not None and verdict.rule != LEARNT  # what the list alone doubts is weighed, unless a deed is denied
    denies = ruled or denial.of_doing(plain)
    if denies and (verdict is None or verdict.safety == "suicide") and beside_a_denial(text) is not None:
        return Verdict("suicide", SUICIDE_DENIED, "self", "weak", DENIED)
    if verdict is None or verdict.rule == LEARNT or verdict.kind not in ("suicide", "plan", "overdose", "goodbye"):
        return None
    if parting.is_only_that(plain) or parting.may_be_more(plain):
        return replace(verdict, kind="suicide_doubt", rule=PARTING)
    if verdict.kind != "goodbye" and len(text) <= _MOST and drug_use.is_asked(plain):
        kind = "overdose_doubt" if verdict.kind == "overdose" else "suicide_doubt"
        return replace(verdict, kind=kind, rule=DRUG_USE)
    return None


def _alarming(text: str) -> bool:
    """Is there danger in `text` that is more than asked about after the answer?"""
    verdict = screen(text)
    return verdict is not None and not asked_after(verdict)


def _close(plain: str) -> bool:
    plain = _NO_WAY_BACK.sub(" x ", plain)
    over = history.told_as_over(plain) or harmless.PAST.search(plain) and not history.AND_NOW.search(plain)
    return closeness.is_close(plain) and not over


def _as_close(verdict: Verdict, plain: str) -> Verdict:
    """The writer's own danger is a plan where they tell of one; what only asks and tells of none is no plan."""
    if verdict.about == "other" and closeness.in_own_hands(plain):
        verdict = replace(verdict, about="self")
    if verdict.about == "other":
        return verdict
    if _close(plain):
        harming = verdict.kind == "self_harm" and not closeness.in_own_hands(plain)
        farewell = verdict.kind == "goodbye" and verdict.strength == "strong"  # whose words are as urgent
        return verdict if harming or farewell else replace(verdict, kind="plan")
    return replace(verdict, kind="suicide") if (verdict.kind, verdict.strength) == ("plan", "weak") else verdict


def of_self_harm(text: str) -> bool:
    """Does the writer tell of hurting themselves, and of no wish to die?"""
    return self_harm.is_told(normalise(text[:_MOST], SPELLER))
