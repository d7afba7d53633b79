"""Areas: which sector of the city a district is in, so that "Govan" finds what the south has."""

from __future__ import annotations

import functools
import re

from bot import yamlfile
from bot.wording import DATA

SECTORS = ("north-west", "north-east", "south")
#: Other names of a sector or of a part of the city (data/parts_of_town.yml).
_ALSO = {"southside": "south", "east": "east end", "northside": "north", "north side": "north"}


@functools.lru_cache(maxsize=1)
def districts() -> dict[str, str]:
    """District in lower case → its sector, from data/areas.yml."""
    tree = yamlfile.read(DATA / "areas.yml")
    return {name.lower(): sector for sector, names in tree.items() for name in names}


@functools.lru_cache(maxsize=1)
def parts() -> dict[str, frozenset[str]]:
    """Part of the city ("west end") → its districts, all in lower case; the sectors are parts too."""
    tree = yamlfile.read(DATA / "parts_of_town.yml")
    found = {name: frozenset(map(str.lower, names)) for name, names in tree.items()}
    for sector in SECTORS:
        found[sector.replace("-", " ")] = frozenset(name for name, where in districts().items() if where == sector)
    return found


def within(place: str) -> frozenset[str]:
    """The districts, in lower case, that somebody means by `place`: itself, or those of a part of the city."""
    name = place.strip().lower().replace("-", " ")
    return parts().get(_ALSO.get(name, name), frozenset()) | {name}


def sector_of(text: str | None) -> str | None:
    """The sector that a text names, itself or by the longest district in it; None when it names none."""
    said = " ".join(re.sub(r"[^a-z]+", " ", (text or "").lower()).split())
    for sector in SECTORS:
        if re.search(rf"\b{sector.replace('-', ' ?')}\b", said):
            return sector
    found = [name for name in districts() if re.search(rf"\b{re.escape(name)}\b", said)]
    return districts()[max(found, key=len)] if found else None
