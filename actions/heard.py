"""What the classifier hears of danger in a message, as the verdict that chooses the words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import crisis, safety


def verdict_of(told: Mapping[str, Any], typed: str) -> safety.Verdict:
    """`told`, a `bot.nlu.danger.Danger` as the language server tells it, of what was `typed`.

    Weak is to be asked about.
    """
    strength = "strong" if told["level"] == "alarm" else "weak"
    doubt, rule = (crisis.DOUBT, safety.LEARNT) if told["doubt"] else ("", "nlu")
    kind = told["safety"] + doubt
    if told["safety"] == "emergency" and strength == "weak" and safety.drugs_named(typed):
        kind = "overdose" + doubt
    if kind == "suicide" and told["about"] == "self" and safety.close_at_hand(typed):
        kind = "plan"
    if told["safety"] == "abuse" and (strength == "weak" or safety.controlled(typed)):
        kind = "partner"  # where it is weak: "are you safe?", not "it's not your fault", as it may be nothing
    if strength == "weak" and told["safety"] in ("abuse", "emergency") and safety.own_temper(typed):
        kind, rule = "temper", safety.LEARNT
    if (told["safety"], told["about"]) == ("abuse", "self") and safety.phone_is_watched(typed):
        kind = safety.WATCHED
    if told.get("faint") and kind != safety.WATCHED:
        kind = rule = safety.FAINT
    return safety.Verdict(told["safety"], kind, told["about"], strength, rule)
