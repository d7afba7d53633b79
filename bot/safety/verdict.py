"""A verdict: what the screen saw in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """What the screen saw. `rule` names what fired, for the log; it never holds the person's words."""

    safety: str
    kind: str
    about: str
    strength: str
    rule: str
