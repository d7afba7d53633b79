"""Of the sessions that were listed the one is meant that a message picks, in whatever week; of two that fit, none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

import pytest

from actions import session_picked
from actions.search import Search


@dataclass
class View:
    id: int
    title: str
    topic: str
    area: str
    starts_at: datetime


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=timezone.utc)


LISTED = [View(1, "Drink and you", "alcohol", "Govan", at(1, 14)),
          View(2, "Sleep well", "mental_health", "Maryhill", at(2, 10)),
          View(3, "Money worries", "financial_health", "Easterhouse", at(3, 13)),
          View(4, "Drink and you", "alcohol", "Partick", at(8, 14))]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the wed one", 2),
        ("the thursday wan", 3),
        ("that sleep class please", 2),
        ("the govan one", 1),
        ("the second yin", 2),
        ("the last one", 4),
        ("naw the last one", 4),
        ("thurs", 3),
        ("the second drink one", 4),
        ("the drink wan", None),
        ("the tuesday one", None),
    ],
)
def test_which_is_meant(text, number):
    said = Search(area=next((s.area for s in LISTED if s.area.lower() in text), None))
    found = session_picked.meant(text, said, LISTED)
    assert (found.id if found else None) == number


@pytest.mark.parametrize("text", ["the wed one", "naw the last one", "the thurs", "wed", "that one please"])
def test_a_message_that_picks(text):
    assert session_picked._PICKS.match(text)


@pytest.mark.parametrize("text", ["whit about wednesday", "whats the govan one like", "how do i stop", "sunburn"])
def test_a_message_that_asks(text):
    assert not session_picked._PICKS.match(text)
