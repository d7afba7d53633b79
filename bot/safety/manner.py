"""How danger that was seen is to be answered: as close at hand, or in the ordinary way.

The rules and the list say what a text speaks of (`bot.safety.screen`); here it gets the kind whose words fit. Nothing is
raised or silenced by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.safety import closeness, harmless, history
from bot.safety.normalise import normalise
from bot.safety.screen import LEARNT, SPELLER, seen
from bot.safety.verdict import Verdict

#: Of a longer text not more is looked at: what matters most in it has been seen.
_MOST = 2_000


def screen(text: str, recent: Sequence[str] = (), alone: bool = False) -> Verdict | None:
    """The gravest danger that `text` speaks of, or None. `alone`: nothing else will weigh the words, so the learnt list
    asks about fainter signs too.

    `recent` holds up to two earlier texts of the same person within minutes, oldest first: wording split over several
    texts is seen, but what an earlier text said by itself is not raised again.
    """
    verdict = seen(text, recent, alone)
    if verdict is None or verdict.safety != "suicide" or verdict.kind == "attempt":
        return verdict
    return _as_close(verdict, normalise(text[:_MOST], SPELLER))


def doubts(text: str, recent: Sequence[str] = ()) -> bool:
    """Is there nothing but the learnt list's doubt, and about `text` by itself? Such a doubt is weighed together with
    what the classifier makes of the same words; about words split over texts the classifier knows nothing.
    """
    verdict = screen(text, recent)
    return verdict is not None and verdict.rule == LEARNT and (not recent or screen(text) == verdict)


def close_at_hand(text: str) -> bool:
    """Does `text`, which was taken for words of suicide, tell how, where or when, and not as something that is over?"""
    return _close(normalise(text[:_MOST], SPELLER))


def _close(plain: str) -> bool:
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
        return verdict if harming else replace(verdict, kind="plan")
    return replace(verdict, kind="suicide") if (verdict.kind, verdict.strength) == ("plan", "weak") else verdict
