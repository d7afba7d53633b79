"""Places in Glasgow as people name them → the area that services and sessions are filed under.

Areas are the three sectors of the health and social care partnership (`north-east`, `north-west`, `south`) and
`glasgow-wide`, the `area` values of `data/services.yml`; the city centre lies in the north-west sector.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NORTH_EAST, NORTH_WEST, SOUTH, CITY = "north-east", "north-west", "south", "glasgow-wide"

#: Area → places, each with its spellings after it ("easterhouse = easter house"). Names that are also everyday words
#: stay out (Hope Street, Priory), or are marked with "!" and count only after a preposition ("in ibrox" needs none).
_PLACES = {
    NORTH_EAST: """
        alexandra parade, auchinlea, balornock, baillieston = bailieston, barlanark = barlinark, barmulloch,
        blackhill, bridgeton = brigton = briggton, calton = the calton, camlachie, carmyle, carntyne = carntine,
        cranhill, craigend, dalmarnock = dalmarnick, dennistoun = denniston = dennystoun, easterhouse = easter house,
        garrowhill, garthamlock, germiston, gallowgate, haghill, lightburn, millerston, milton!, mount vernon,
        parkhead = parkheid, provanmill, queenslie, riddrie, robroyston, royston = the garngad = garngad, ruchazie,
        sandyhills, shettleston = shettlestone = shettleson, sighthill, springboig, springburn, swinton, tollcross,
        townhead, wellhouse, east end = the east end = eastend, celtic park,
        the barras = barras, the forge = forge market,
        stobhill = stobhill hospital, royal infirmary = the royal = glasgow royal, barlinnie = bar-l = the bar l,
        north east = north-east = northeast = ne glasgow
    """,
    NORTH_WEST: """
        anderston, anniesland, blairdardie, broomhill!, cadder, city centre = city center = town centre = the toon
        = toon = in town = in the town = doon the toon = up the toon, cowcaddens, dowanhill, drumchapel = drumchaple
        = the drum = drumchapple, finnieston, gairbraid, garnethill, garscadden, garscube, gartnavel, gilshochill,
        hamiltonhill, hillhead, hyndland, jordanhill, kelvinbridge, kelvindale, kelvinside, kelvinhaugh, kelvingrove,
        knightswood, lambhill, maryhill = mary hill = marhill, merchant city, netherton, north kelvinside, partick
        = partic = the thistle, partickhill, possil = possilpark = possel = possil park, port dundas, ruchill = ruchil,
        sauchiehall street = sauchiehall st, scotstoun = scotstown, scotstounhill, st georges cross = st george's cross,
        summerston, temple!, thornwood, west end = the west end = westend, whiteinch, woodlands!, woodside, wyndford
        = the wyndford, yoker, yorkhill, sandyford, central station, buchanan street, george square, argyle street,
        north west = north-west = northwest = nw glasgow
    """,
    SOUTH: """
        arden!, auldhouse, battlefield!, bellahouston, cardonald, carnwadric, castlemilk = castle milk = the castle!,
        cathcart = cathkert, cessnock, corkerhill, craigton, crookston, croftfoot, crosshill!, crossmyloof, darnley,
        drumoyne, dumbreck, eastwood toll, giffnock, gorbals = the gorbals = gorbles, govan = gouvan = sunny govan,
        govanhill = govan hill, halfway!, hillington, hillpark, hutchesontown, ibrox = ibrocks, kennishead, kings park
        = king's park, kingston!, kinning park, langside, laurieston, leverndale, linthouse, mansewood, merrylee,
        mosspark, mount florida = mt florida, muirend, newlands, nitshill, oatlands, penilee, pollok = pollock,
        pollokshaws = pollokshaw = the shaws, pollokshields = pollockshields, priesthill, queens park = queen's park,
        rosshall, shawlands, silverburn, simshill, shieldhall, southside = south side = the southside = sooth side
        = soothside = southside of glasgow, strathbungo = strathbungo, thornliebank, toryglen = tory glen, tradeston,
        victoria road = vicky road, queen elizabeth = qeuh = the southern general = southern general, hampden
    """,
    CITY: """
        anywhere in glasgow = onywhere in glasgow = all over glasgow = glasgow wide, anywhere!
    """,
}
#: Words that name a side of the city only where somebody speaks of being or going somewhere.
_SIDES = {"north": None, "south": SOUTH, "east": NORTH_EAST, "west": NORTH_WEST, "northside": None, "north side": None}
#: "The north" is two sectors: Possil and Maryhill are in one, Springburn in the other. Most of it is the north-west.
_NORTH = NORTH_WEST
_AT = (
    r"(?:in|at|near|nearer|round|around|roon|by|fae|from|to|tae|of|o|up|doon|doun|down|over|ower|beside"
    r"|stay|live|bide|oot|out)"
)


@dataclass(frozen=True)
class Place:
    """A place that was named: where in the message, its usual name and its area."""

    start: int
    end: int
    name: str
    area: str


def _tables() -> tuple[dict[str, tuple[str, str]], set[str]]:
    known: dict[str, tuple[str, str]] = {}
    doubtful: set[str] = set()
    for area, listing in _PLACES.items():
        for entry in " ".join(listing.split()).split(","):
            spellings = [s.strip() for s in entry.split("=") if s.strip()]
            name = spellings[0].rstrip("!")
            for spelling in spellings:
                plain = spelling.rstrip("!")
                if spelling.endswith("!"):
                    doubtful.add(plain)
                known[plain] = (name, area)
    for side, area in _SIDES.items():
        known[side] = (side, area or _NORTH)
        doubtful.add(side)
    return known, doubtful


_KNOWN, _DOUBTFUL = _tables()
_NAME = re.compile(
    r"(?<![\w'])(" + "|".join(re.escape(n) for n in sorted(_KNOWN, key=len, reverse=True)) + r")(?:'?s)?(?![\w'])"
)
_AFTER_AT = re.compile(rf"(?<![\w']){_AT}(?: (?:the|glasgow))*[ ]$")


def places(text: str) -> list[Place]:
    """Every place of Glasgow that `text` names, in the order of the text."""
    text = text.lower().replace("’", "'")
    found = []
    for match in _NAME.finditer(text):
        spelling = match[1]
        if (
            spelling in _DOUBTFUL
            and not _AFTER_AT.search(text[: match.start()])
            and match.group() != text.strip(" .!?")
        ):
            continue
        found.append(Place(match.start(), match.end(), *_KNOWN[spelling]))
    return found


#: A place that is turned down, by what stands around it: "castlemilk's miles away", and "no castlemilk" but where the
#: text begins with it: "no maryhill" may be a no, and then the place.
_TURNED_DOWN_BEFORE = re.compile(
    r"(?:(?<=[\w,.] )no|(?<![\w'])(?:not|nae|isn'?t|isnae|rather than|instead of|anywhere but|except|than))"
    r"(?: (?:in|at|the|near))* $"
)
_TURNED_DOWN_AFTER = re.compile(
    r"^(?:'?s| is| wis| was)? (?:(?!no |not |nae )\w+ ){0,2}"
    r"(?:too far|tae far|miles away|miles aff|far away|(?:long|lang) way|far)\b|"
    r"^(?:'?s| is)? (?:no|not|nae) (?:near|good|use|where)\b"
)


def wanted(text: str) -> list[Place]:
    """The places that `text` names, without those that it turns down for another that it names beside them."""
    found, said = places(text), text.lower().replace("’", "'")
    kept = [
        place
        for place in found
        if not _TURNED_DOWN_BEFORE.search(said[: place.start])
        and not _TURNED_DOWN_AFTER.search(re.sub(r"^'?s\b", "", said[place.end :]))
    ]
    return kept or found


def area_of(text: str) -> str | None:
    """The area that `text` names, or None; `glasgow-wide` where it names places in more than one."""
    areas = {place.area for place in places(text)}
    return areas.pop() if len(areas) == 1 else CITY if areas else None
