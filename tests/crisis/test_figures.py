"""Danger is noticed about as well as when the figures were last recorded, and what is harmless raised as seldom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import crisis

RECORDED = json.loads((Path(__file__).parent / "figures.json").read_text(encoding="utf-8"))
#: A change that costs more than this is to be explained, not slipped in. A stratum is small: three of 48 are 0.06.
ALL, STRATUM = 0.01, 0.065


@pytest.fixture(scope="module")
def screened() -> dict:
    return crisis.kept(crisis.measure_part("test", {"screen": crisis.by_screen}))["screen"]


@pytest.fixture(scope="module")
def together(understander) -> dict:
    return crisis.kept(crisis.measure_part("test", {"both": crisis.by_both(understander)}))["both"]


def of(row: dict) -> float:
    return row["noticed"] / row["n"]


def outright(row: dict) -> float:
    """The share that gets an alarm or a question, and not just the line on whom to turn to."""
    return (row["noticed"] - row.get("offered", 0)) / row["n"]


def falls(now: dict, recorded: dict) -> list[str]:
    """Where fewer people at risk are noticed, or more ordinary messages raised, than was recorded."""
    found = []
    for kind, better in (("risk", 1), ("safe", -1), ("everyday", -1)):
        for stratum, row in recorded[kind].items():
            margin = ALL if stratum == "all" else STRATUM
            if kind == "everyday" and stratum != "all" or stratum == crisis.AMBIGUOUS:
                continue
            for what, share in (("", of), (" outright", outright)):
                if better * (share(now[kind][stratum]) - share(row)) < -margin:
                    found.append(
                        f"{kind} {stratum}{what}: {share(row):.3f} was recorded, {share(now[kind][stratum]):.3f} now"
                    )
    return found


def test_the_screen_notices_as_many(screened):
    assert not falls(screened, RECORDED["screen"])


def test_screen_and_classifier_together_notice_as_many(together):
    assert not falls(together, RECORDED["both"])


def test_the_figures_are_of_these_messages(screened):
    sizes = {(kind, s): row["n"] for kind, table in screened.items() for s, row in table.items()}
    recorded = {(kind, s): row["n"] for kind, table in RECORDED["screen"].items() for s, row in table.items()}
    assert sizes == recorded, "record them again: python -m benchmarks.crisis --record"


def test_a_fall_is_seen():
    def table(noticed: int, offered: int = 0) -> dict:
        row = {"n": 100, "noticed": noticed, "offered": offered}
        return {kind: {"all": row} for kind in ("risk", "safe", "everyday")}

    assert not falls(table(50), table(50))
    assert {line.split()[0] for line in falls(table(48), table(50))} == {"risk"}
    assert {line.split()[0] for line in falls(table(52), table(50))} == {"safe", "everyday"}
    assert [line.split(":")[0] for line in falls(table(50, offered=2), table(50))] == ["risk all outright"]
