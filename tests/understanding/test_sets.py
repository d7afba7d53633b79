"""The development and test messages are apart from the training messages, and their labels exist."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from benchmarks.understanding import Labelled, read
from bot import yamlfile
from bot.nlu.bank import messages

ROOT = Path(__file__).resolve().parents[2]
#: A longer message that shares this much of its words with a training message has been seen.
OVERLAP, SHORT = 0.6, 3


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9']+", text.lower().replace("’", "'")))


def seen(new: list[str], known: list[str]) -> list[str]:
    """Those of `new` that are too near to one of `known`."""
    sets = [words(t) for t in [*new, *known]]
    column = {w: i for i, w in enumerate(sorted(set().union(*sets)))}
    lengths = np.array([len(s) for s in sets])
    rows = np.repeat(np.arange(len(sets)), lengths)
    columns = np.array([column[w] for s in sets for w in sorted(s)])
    matrix = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(sets), len(column)))
    ours, theirs = matrix[: len(new)], matrix[len(new) :].T.tocsr()
    found = []
    for start in range(0, len(new), 200):
        shared = (ours[start : start + 200] @ theirs).tocoo()
        mine, other = shared.row + start, shared.col + len(new)
        near = shared.data / (lengths[mine] + lengths[other] - shared.data) >= OVERLAP
        found += [new[i] for i in sorted(set(mine[near])) if lengths[i] > SHORT]
    return found


@pytest.fixture(scope="module")
def sets() -> dict[str, list[Labelled]]:
    return {part: read(part) for part in ("dev", "valid", "test")}


def test_there_are_enough(sets):
    assert len(sets["test"]) >= 1200 and len(sets["dev"]) >= 500
    assert sum(m.intent == "out_of_scope" for m in sets["test"]) >= 100


def test_nothing_was_trained_on(sets):
    found = set(seen([m.text for rows in sets.values() for m in rows], [text for text, _ in messages(ROOT)]))
    near = {part: sum(m.text in found for m in rows) for part, rows in sets.items()}
    # Counted and not shown: whoever writes training messages must not read them here.
    assert sum(near.values()) == 0, f"so many of each are too near to training messages: {near}"


def test_the_check_sees_a_near_copy():
    assert seen(["can i get a naloxone kit today please"], ["can i get a naloxone kit please"])
    assert not seen(["what does a drink cost yer liver"], ["can i get a naloxone kit please"])
    assert not seen(["thanks pal"], ["thanks pal"]), "short ones are anybody's"


def test_no_message_is_in_two_places(sets):
    every = [m.text.lower().strip() for rows in sets.values() for m in rows]
    assert len(every) == len(set(every))


def test_every_label_exists(sets):
    domain = yamlfile.read(ROOT / "domain.yml")
    intents = {i if isinstance(i, str) else next(iter(i)) for i in domain["intents"]}
    keys = {
        f"{bank['topic']}/{answer['key']}"
        for path in sorted((ROOT / "data" / "answers").glob("*.yml"))
        for bank in [yamlfile.read(path)]
        for answer in bank["answers"]
    }
    for rows in sets.values():
        assert {m.intent for m in rows} <= intents
        assert {m.answer for m in rows if m.answer} <= keys
        assert all(m.answer.split("/")[0] == m.intent.removeprefix("ask_") for m in rows if m.answer)
