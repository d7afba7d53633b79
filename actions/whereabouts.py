"""Places as they are said in a sentence: "in Govan", "in the West End", "near the Royal Infirmary"."""

from __future__ import annotations

#: Names of places, as they are read from messages, that are not said as they stand.
_CALLED = {
    "north": "the north of the city",
    "north side": "the north of the city",
    "northside": "the north of the city",
    "east": "the east of the city",
    "south": "the south of the city",
    "west": "the west of the city",
    "north east": "the north east of the city",
    "north west": "the north west of the city",
    "city centre": "the city centre",
    "town": "the city centre",
    "east end": "the East End",
    "west end": "the West End",
    "southside": "the Southside",
    "calton": "the Calton",
    "gorbals": "the Gorbals",
    "merchant city": "the Merchant City",
    "gallowgate": "the Gallowgate",
    "the barras": "the Barras",
    "the forge": "the Forge",
    "royal infirmary": "the Royal Infirmary",
    "queen elizabeth": "the Queen Elizabeth",
    "st georges cross": "St George's Cross",
}
#: Streets and buildings: nothing is "in" them.
_NEAR = frozenset({
    "alexandra parade", "argyle street", "barlinnie", "buchanan street", "celtic park", "central station",
    "gallowgate", "gartnavel", "george square", "hampden", "leverndale", "queen elizabeth", "royal infirmary",
    "sauchiehall street", "silverburn", "st georges cross", "stobhill", "the barras", "the forge", "victoria road",
})  # fmt: skip


def name_of(place: str) -> str:
    """A place by its name: "Govan", "the city centre"."""
    name = place.lower().replace("-", " ")
    return _CALLED.get(name) or " ".join(word[:1].upper() + word[1:] for word in name.split())


def in_place(place: str | None, sector: str | None = None) -> str | None:
    """A place that was named, or else the sector it is in, as it follows "nothing"; None where none was."""
    name = place or sector
    return name and f"{'near' if name.lower() in _NEAR else 'in'} {name_of(name)}"
