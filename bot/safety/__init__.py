"""The safety screen: deterministic, standard library only, no I/O. It runs on every text before anything else.

`screen` returns what it saw or None; it never answers. The words are in `data/wording.yml`, filled in by `bot.crisis`.
"""

from bot.safety.screen import (
    LEARNT,
    WATCHED,
    Verdict,
    better_asked,
    doubts,
    drugs_named,
    phone_is_watched,
    screen,
    sound,
)

__all__ = ["LEARNT", "WATCHED", "Verdict", "better_asked", "doubts", "drugs_named", "phone_is_watched", "screen", "sound"]
