"""Places are named as people in Glasgow name them, and none of them as a bare side of the sky."""

from __future__ import annotations

import pytest

from actions import whereabouts
from bot.nlu import places
from bot.programme import areas


@pytest.mark.parametrize(
    "place, words",
    [
        ("west", "in the west of the city"), ("north", "in the north of the city"),
        ("north east", "in the north east of the city"), ("north-west", "in the north west of the city"),
        ("city centre", "in the city centre"), ("west end", "in the West End"), ("southside", "in the Southside"),
        ("gorbals", "in the Gorbals"), ("govan", "in Govan"), ("mount vernon", "in Mount Vernon"),
        ("royal infirmary", "near the Royal Infirmary"), ("central station", "near Central Station"),
    ],
)  # fmt: skip
def test_a_place_as_it_is_said(place, words):
    assert whereabouts.in_place(place) == words


def test_no_place_that_is_understood_is_said_as_a_bare_side_of_the_sky():
    sides = {"North", "South", "East", "West", "North East", "North West", "Northside", "North Side", "City Centre"}
    for name in {name for name, _ in places._KNOWN.values()}:
        assert whereabouts.name_of(name) not in sides, name
        assert whereabouts.name_of(name)[0].isupper() or whereabouts.name_of(name).startswith("the "), name


def test_every_place_in_the_lists_of_whereabouts_is_one_that_is_understood():
    known = {name for name, _ in places._KNOWN.values()} | {"town"}
    assert set(whereabouts._CALLED) | whereabouts._NEAR <= known


def test_a_part_of_the_city_has_districts_that_are_known():
    assert all(districts <= set(areas.districts()) for districts in areas.parts().values())
    assert "partick" in areas.within("West End") and "springburn" in areas.within("north")
    assert "maryhill" not in areas.within("west end") and "govan" in areas.within("southside")
    assert areas.within("Govan") == {"govan"}
