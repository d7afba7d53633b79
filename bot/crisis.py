"""The words for a safety verdict: which sentences, with the reviewed telephone numbers filled in.

The screen (`bot.safety`) decides; this module only speaks. Sentences are in `data/wording/crisis.yml`,
numbers in `data/crisis_numbers.yml`, which `bot.wording.say` fills in.
"""

from __future__ import annotations

from typing import Protocol

from bot import wording


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


def replies(verdict: Seen, when: str) -> list[str]:
    """First reply (one SMS), the rest, and the honest offer of a person, who reads it `when` ("tomorrow after 9am")."""
    block = _block(verdict)
    return [
        wording.say(f"{block}.first"),
        wording.say(f"{block}.rest"),
        wording.say("crisis.offer", when=when),
    ]


def _block(verdict: Seen) -> str:
    """The most particular block of sentences for a verdict; the class itself always has one."""
    variants = [v for v, fits in (("other", verdict.about == "other"), ("weak", verdict.strength == "weak")) if fits]
    names = [f"{name}.{v}" for v in variants for name in (verdict.kind, verdict.safety)]
    for name in [*names, verdict.kind, verdict.safety]:
        if f"crisis.{name}.first" in wording.sentences():
            return f"crisis.{name}"
    raise KeyError(f"no crisis sentences for {verdict.safety}")
