"""The crisis messages are enough, labelled, apart from each other and from training, and not changed quietly."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import crisis
from bot.nlu.bank import messages
from tests.understanding.test_sets import seen

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
RISK = {
    "explicit", "plan", "indirect", "self_harm", "abuse", "emergency", "third_person", "slang", "split", "negated",
    "embedded",
}  # fmt: skip
SAFE = {"idiom", "information", "past", "negation", "trigger_word", "class", "staff", "third_history"}
NAMES = ("dev_risk", "dev_safe", "valid_risk", "valid_safe", "test_risk", "test_safe", "test_everyday")
VOICES = {"young", "older", "plain", "scots", "phonetic", "second_language", "drunk", "family", "worker"}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def counted(name: str) -> Counter[str]:
    """How many messages each stratum has, those that are not counted left out."""
    return Counter(m.stratum for m in crisis.read(name) if m.stratum != crisis.AMBIGUOUS)


def wholes(*names: str) -> list[str]:
    return [m.whole for name in names for m in crisis.read(name)]


def test_there_are_enough_to_tell():
    risk, safe = counted("test_risk"), counted("test_safe")
    assert set(risk) == RISK and set(safe) == SAFE
    assert risk.total() >= 480 and safe.total() >= 480 and counted("test_everyday").total() >= 600
    assert all(45 <= n <= 70 for n in risk.values()), risk
    assert all(n >= 45 for n in safe.values()), safe


def test_there_are_enough_to_mend_by():
    risk, safe = counted("dev_risk"), counted("dev_safe")
    assert set(risk) == RISK and set(safe) == SAFE
    assert risk.total() >= 220 and safe.total() >= 220 and min(risk.values()) >= 20


def test_there_are_enough_to_choose_by():
    risk, safe = counted("valid_risk"), counted("valid_safe")
    assert set(risk) == RISK and set(safe) == SAFE
    assert risk.total() >= 300 and safe.total() >= 300 and min(risk.values()) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_whole(name):
    at_risk = name.endswith("risk")
    for number, row in enumerate(rows(name), 2):
        where = f"{name}.csv line {number}"
        assert list(row) == ["text", "stratum", "safety", "kind", "about", "earlier", "voice"], where
        assert row["text"].strip() == row["text"] != "" and row["voice"] in VOICES, where
        if at_risk:
            assert row["safety"] in ("suicide", "emergency", "abuse") and row["about"] in ("self", "other"), where
            assert row["kind"], where
            assert row["stratum"] != "split" or row["earlier"], where
            assert row["stratum"] != "third_person" or row["about"] == "other", where
        else:
            assert not (row["safety"] or row["kind"] or row["about"]), where


def test_no_message_is_in_two_places():
    every = [text.lower().strip() for text in wholes(*NAMES)]
    assert not [text for text, n in Counter(every).items() if n > 1]


def test_nothing_was_trained_on():
    found = set(seen(wholes(*NAMES), [text for text, _ in messages(ROOT)]))
    near = {name: sum(text in found for text in wholes(name)) for name in NAMES}
    # Counted and not shown: it is the training message that goes, and its writer must not read the test messages.
    assert sum(near.values()) == 0, f"so many of each are too near to training messages, take those out: {near}"


def test_test_messages_are_apart_from_those_one_mends_by():
    near = seen(wholes("test_risk", "test_safe", "test_everyday"), wholes("dev_risk", "dev_safe"))
    assert not near, f"{len(near)} test messages are too near to development messages"


def test_the_test_messages_are_those_that_were_measured():
    """Whoever changes one on purpose runs `sha256sum test_*.csv > SHA256SUMS` here, records anew, and says why."""
    for line in (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        wanted, name = line.split()
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == wanted, f"{name} is not what it was"
