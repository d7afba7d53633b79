"""Where a map pin is, as people would say it: the nearest district of the city. The pin itself is kept nowhere."""

from __future__ import annotations

import functools
import math

from bot import yamlfile
from bot.wording import DATA

#: Kilometres beyond which the nearest district says nothing about where somebody is.
FURTHEST = 2.0
_KM_A_DEGREE = 111.2


@functools.lru_cache(maxsize=1)
def points() -> dict[str, tuple[float, float]]:
    """District → latitude and longitude of about its middle, from data/district_points.yml."""
    tree = yamlfile.read(DATA / "district_points.yml")
    return {name: (float(latitude), float(longitude)) for name, (latitude, longitude) in tree.items()}


def district(latitude: float, longitude: float) -> str | None:
    """The district ("Govan") whose middle is nearest to a point in degrees; None when none is within FURTHEST.

    On the scale of a city the earth is flat enough: a degree of longitude is only shorter than one of latitude.
    """
    shrink = math.cos(math.radians(55.86))

    def away(name: str) -> float:
        there = points()[name]
        return _KM_A_DEGREE * math.hypot(there[0] - latitude, (there[1] - longitude) * shrink)

    name = min(points(), key=away)
    return name if away(name) <= FURTHEST else None
