"""The nearest messages are found, though most are never looked at, and vote by how near they lie."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu import neighbours
from bot.nlu.neighbours import Neighbours

CHANCE = np.random.default_rng(4)
#: Twice as many as the directions of the rough look.
DIMENSIONS = 128


def around(centres, count, spread):
    """`count` unit vectors about each of `centres`."""
    found = np.repeat(centres, count, axis=0)
    found = found + CHANCE.normal(0, spread, found.shape).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


#: Two meanings; the first is asked for in two ways that lie far apart, the second lies between them.
CENTRES = np.eye(3, DIMENSIONS, dtype=np.float32)
PLACES = np.repeat([0, 0, 1], 300)
VECTORS = around(CENTRES, 300, 0.06)
#: More messages than are looked at, of thirty meanings that run into each other: they differ in twelve directions.
WAYS = CHANCE.normal(0, 1, (9_000, 12)).astype(np.float32)
MANY = around(WAYS @ CHANCE.normal(0, 1, (12, DIMENSIONS)).astype(np.float32), 1, 0.5)
MEANT = (WAYS @ CHANCE.normal(0, 1, (12, 30))).argmax(1)


@pytest.fixture(scope="module")
def near():
    return Neighbours.learn(VECTORS, PLACES, 2)


@pytest.fixture(scope="module")
def among_many():
    return Neighbours.learn(MANY, MEANT, 30)


def exactly(vectors, places, vector, count, warmth):
    """The votes with every message looked at."""
    cosines = vectors @ vector
    best = np.argsort(-cosines)[:count]
    voices = np.exp((cosines[best] - cosines[best].max()) / warmth)
    found = np.bincount(places[best], weights=voices, minlength=places.max() + 1)
    return found / found.sum()


def test_where_nothing_lies_near_all_labels_are_alike():
    nowhere = Neighbours.learn(np.zeros_like(MANY), MEANT, 30)
    assert nowhere.shares(np.zeros(MANY.shape[1], dtype=np.float32), 5, 0.05).tolist() == pytest.approx([1 / 30] * 30)


def test_the_rough_look_loses_next_to_nothing(near):
    for vector in VECTORS[::45]:
        assert near.shares(vector, 16, 0.05) == pytest.approx(exactly(VECTORS, PLACES, vector, 16, 0.05), abs=0.05)


def test_nor_do_the_groups_that_are_not_looked_at(among_many):
    moved = []
    for vector in around(MANY[::50], 1, 0.05):
        expected = exactly(MANY, MEANT, vector, 64, 0.3)  # even the furthest of them are heard
        moved.append(np.abs(among_many.shares(vector, 64, 0.3) - expected).sum() / 2)
    assert np.mean(moved) < 0.02


def test_most_messages_are_not_looked_at(among_many):
    groups = np.argsort(-(among_many._middles @ among_many._rough[0]))[: neighbours.GROUPS]
    rows = among_many._rows(groups)
    assert len(set(rows)) == len(rows) == among_many._sizes[groups].sum()
    assert len(rows) < len(MANY) / 2


def test_every_message_lies_in_the_group_whose_middle_is_nearest(among_many):
    assert among_many._sizes.sum() == len(MANY)
    for group in range(0, len(among_many._sizes), 20):
        here = among_many._rough[among_many._rows(np.array([group]))]
        assert (here @ among_many._middles.T).argmax(1).tolist() == [group] * len(here)


def test_the_order_of_the_messages_hardly_matters(among_many):
    """Whichever of them are the ones that the groups begin with."""
    order = np.random.default_rng(5).permutation(len(MANY))
    other = Neighbours.learn(MANY[order], MEANT[order], 30)
    moved = [np.abs(among_many.shares(v, 64, 0.3) - other.shares(v, 64, 0.3)).sum() / 2 for v in MANY[::90]]
    assert np.mean(moved) < 0.02


def test_one_meaning_may_lie_in_two_places(near):
    for centre, place in zip(CENTRES, (0, 0, 1), strict=True):
        assert near.shares(centre, 16, 0.05).argmax() == place


def test_fewer_messages_than_are_asked_for():
    few = Neighbours.learn(VECTORS[:2], PLACES[:2], 2)
    assert few.shares(VECTORS[0], 64, 0.05).tolist() == [1.0, 0.0]


def test_the_same_message_over_and_over_leaves_groups_empty():
    same = Neighbours.learn(np.repeat(VECTORS[:1], 300, axis=0), np.arange(300) % 2, 2)
    assert (same._sizes == 0).any()
    assert same.shares(VECTORS[0], 200, 0.05).sum() == pytest.approx(1)


def test_nothing_to_tell_apart_is_still_an_answer():
    blank = Neighbours.learn(np.zeros((5, DIMENSIONS), dtype=np.float32), np.array([0, 1, 1, 1, 1]), 2)
    assert blank.shares(np.zeros(DIMENSIONS, dtype=np.float32), 3, 0.05).sum() == pytest.approx(1)


def test_the_same_messages_lie_in_the_same_groups(among_many, tmp_path):
    for name, made in (("a", among_many), ("b", Neighbours.learn(MANY, MEANT, 30))):
        (tmp_path / name).mkdir()
        made.save(tmp_path / name)
    assert {f.name for f in (tmp_path / "a").iterdir()} == set(Neighbours.FILES)
    for name in Neighbours.FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
    again = Neighbours.load(tmp_path / "b")
    assert np.array_equal(again.shares(MANY[7], 64, 0.03), among_many.shares(MANY[7], 64, 0.03))
