"""Which district a map pin is in."""

from __future__ import annotations

import pytest

from bot import nearby
from bot.programme import areas

#: Railway and subway stations and the like, by their published coordinates.
PLACES = {
    "Govan": (55.8626, -4.3106), "Easterhouse": (55.8602, -4.1074), "Maryhill": (55.8980, -4.3014),
    "Shettleston": (55.8530, -4.1597), "Nitshill": (55.8115, -4.3601), "Yoker": (55.8928, -4.3875),
    "City centre": (55.8630, -4.2514), "Drumchapel": (55.9049, -4.3642), "Springburn": (55.8814, -4.2301),
}  # fmt: skip


@pytest.mark.parametrize("name, place", PLACES.items(), ids=PLACES)
def test_a_place_everybody_knows_is_in_its_district(name, place):
    assert nearby.district(*place) == name


@pytest.mark.parametrize("place", [(51.5, -0.12), (55.95, -3.19), (55.9419, -4.3137), (0, 0), (90, 180), (-90, -180)])
def test_what_is_not_in_the_city_is_in_no_district(place):
    assert nearby.district(*place) is None


def test_every_district_with_a_point_has_a_sector_and_lies_in_the_city():
    assert all(areas.sector_of(name) for name in nearby.points())
    assert all(55.78 < lat < 55.93 and -4.40 < lon < -4.08 for lat, lon in nearby.points().values())
    assert len(nearby.points()) >= len(areas.districts()) - 5
