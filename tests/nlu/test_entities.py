"""Places, topics, audience and days, as people name them."""

from __future__ import annotations

from datetime import date

import pytest

from bot import wording, yamlfile
from bot.nlu.audience import audience
from bot.nlu.entities import entities
from bot.nlu.places import area_of, places, wanted
from bot.nlu.topics import NAMES, topic_of, topics

PLACES = [
    ("anything in govan", "south", "govan"),
    ("am in Easterhouse", "north-east", "easterhouse"),
    ("the gorbals", "south", "gorbals"),
    ("near govanhill", "south", "govanhill"),
    ("pollock", "south", "pollok"),
    ("a stay in castlemilk", "south", "castlemilk"),
    ("parkheid", "north-east", "parkhead"),
    ("brigton cross", "north-east", "bridgeton"),
    ("maryhill rd", "north-west", "maryhill"),
    ("possilpark", "north-west", "possil"),
    ("springburn health centre", "north-east", "springburn"),
    ("the drum", "north-west", "drumchapel"),
    ("Partick's fine", "north-west", "partick"),
    ("up the toon", "north-west", "city centre"),
    ("city centre", "north-west", "city centre"),
    ("southside", "south", "southside"),
    ("the soothside", "south", "southside"),
    ("east end", "north-east", "east end"),
    ("in the north", "north-west", "north"),
    ("north east", "north-east", "north east"),
    ("west end", "north-west", "west end"),
    ("onywhere in glasgow", "glasgow-wide", "anywhere in glasgow"),
    ("anywhere", "glasgow-wide", "anywhere"),
    ("stay up in milton", "north-east", "milton"),
]
NOT_PLACES = [
    "hi",
    "am halfway through ma hours",
    "going south fast",
    "temple of doom",
    "a drum kit",
    "drinking milton",
    "",
]

TOPICS = [
    ("the drink", "alcohol"),
    ("booze class", "alcohol"),
    ("alchohol session", "alcohol"),
    ("hash", "drugs"),
    ("the smackheid class", "drugs"),
    ("vallies", "drugs"),
    ("naloxone training", "drugs"),
    ("sexual health", "sexual_health"),
    ("hep c", "sexual_health"),
    ("STI check", "sexual_health"),
    ("mental health wan", "mental_health"),
    ("ma heid", "mental_health"),
    ("suicide prevention awareness", "suicide_prevention"),
    ("wummin's health", "womens_health"),
    ("women's health", "womens_health"),
    ("womens group", "womens_health"),
    ("money", "financial_health"),
    ("the wan about debt", "financial_health"),
    ("gambling", "financial_health"),
    ("physical health", "physical_health"),
    ("stop smoking", "physical_health"),
    ("drug use", "drugs"),
    ("financial_health", "financial_health"),
]


@pytest.mark.parametrize(("text", "area", "name"), PLACES)
def test_places(text, area, name):
    assert [(p.area, p.name) for p in places(text)] == [(area, name)]


@pytest.mark.parametrize("text", NOT_PLACES)
def test_not_places(text):
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("castlemilks miles away am in maryhill. any up here", ["maryhill"]),
        ("naw MARYHILL no castlemilk", ["maryhill"]),
        ("i said possil not govan", ["possil"]),
        ("castlemilk's a bit far, whit aboot govan", ["govan"]),
        ("not govan, partick", ["partick"]),
        ("anything nearer than easterhouse, am in parkhead", ["parkhead"]),
        ("govan or partick", ["govan", "partick"]),
        ("maryhill is no far fae possil", ["maryhill", "possil"]),
        ("no govan, maryhill", ["govan", "maryhill"]),  # a no and then a place, or a place turned down
        ("castlemilk is too far", ["castlemilk"]),  # none beside it
    ],
)
def test_a_place_that_is_turned_down_for_another_is_not_wanted(text, names):
    assert [p.name for p in wanted(text)] == names


def test_two_places_in_two_areas_are_the_whole_city():
    assert area_of("govan or parkhead") == "glasgow-wide"
    assert area_of("govan or ibrox") == "south"
    assert area_of("hello") is None


def test_the_areas_are_those_of_the_directory():
    rows = yamlfile.read(wording.DATA / "services.yml")
    assert {area for _, area, _ in PLACES} <= {row["area"] for row in rows}


@pytest.mark.parametrize(("text", "slug"), TOPICS)
def test_topics(text, slug):
    assert topic_of(text) == slug


def test_no_topic():
    assert topics("hi whit's on the morra") == []


def test_the_longer_words_win():
    assert [t.slug for t in topics("is there a women's health session")] == ["womens_health"]
    assert [t.slug for t in topics("drink and drugs")] == ["alcohol", "drugs"]
    assert len(NAMES) == 8


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("is there a women only wan", "women"),
        ("wummin only", "women"),
        ("somewhere just for women", "women"),
        ("nae men", "women"),
        ("a men's group", "men"),
        ("men only", "men"),
        ("not women only", None),
        ("I'm a woman", None),
        ("women's health", None),
    ],
)
def test_audience(text, who):
    found = audience(text)
    assert (found.who if found else None) == who


def test_all_of_them_in_one_message():
    found = entities("Any  drink sessions in Govan next Tues morning, women only?", date(2026, 11, 24))
    assert [(e["entity"], e["value"]) for e in found] == [
        ("topic", "alcohol"),
        ("area", "south"),
        ("when", "next tues"),
        ("women_only", "true"),
    ]
    days = found[2]
    assert (days["from"], days["to"], days["part"]) == ("2026-12-01", "2026-12-01", "morning")
    assert entities("", date(2026, 11, 24)) == []
