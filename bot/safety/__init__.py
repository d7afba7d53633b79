"""The safety screen: deterministic, standard library only, no I/O. It runs on every text before anything else.

`screen` returns what it saw or None; it never answers. The words are in `data/wording.yml`, filled in by `bot.crisis`.
"""

from bot.safety.manner import (
    DENIED,
    FAINT,
    about_another,
    asked_after,
    beside_a_denial,
    beside_putting_right,
    close_at_hand,
    controlled,
    doubts,
    faintly,
    of_self_harm,
    only_doubted,
    only_parting,
    own_temper,
    parting_for_all,
    screen,
    wants_no_text,
)
from bot.safety.over_the_day import RULES as OVER_THE_DAY
from bot.safety.over_the_day import heard as over_the_day
from bot.safety.screen import LEARNT, WATCHED, better_asked, drugs_named, phone_is_watched, sound
from bot.safety.verdict import Verdict

__all__ = [
    "DENIED", "FAINT", "LEARNT", "OVER_THE_DAY", "WATCHED", "Verdict", "about_another", "asked_after", "beside_a_denial", "beside_putting_right",
    "better_asked", "close_at_hand", "controlled", "doubts", "drugs_named", "faintly", "of_self_harm", "only_doubted", "only_parting", "over_the_day", "own_temper",
    "parting_for_all", "phone_is_watched", "screen", "sound", "wants_no_text",
]  # fmt: skip
