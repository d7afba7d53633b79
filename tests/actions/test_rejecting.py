"""What a session is not to be about."""

from __future__ import annotations

from datetime import date

import pytest

from actions import rejecting
from actions.turn import Turn
from bot import when_clock
from bot.nlu.entities import entities


def _turn(text: str) -> Turn:
    found = entities(text, date(2026, 12, 1))
    return Turn("c", 1, text, "list_sessions", 0.9, parse={"entities": found})


@pytest.mark.parametrize(
    ("text", "topic", "subject", "wanted"),
    [
        ("Sexual health?? no I meant your classes", "sexual_health", None, None),
        ("FFS not sexual health. ANY class", "sexual_health", None, None),
        ("a never asked about drugs. the money wan", "drugs", None, "financial_health"),
        ("naw no naloxone. the drink wan", None, "naloxone", "alcohol"),
        ("the wensday wan. no the naloxone", None, "naloxone", None),
        ("instead of the drink wan can a dae money", "alcohol", None, "financial_health"),
        # What they want, or have, or have not, is not refused.
        ("no the drink wan", None, None, "alcohol"),
        ("naw, the drink wan", None, None, "alcohol"),
        ("is there no drink class", None, None, "alcohol"),
        ("a've nae money any classes", None, None, "financial_health"),
        ("i dont drink anymore any classes", None, None, "alcohol"),
        ("anything about drugs? no bother if not", None, None, "drugs"),
    ],
)
def test_what_is_refused_is_no_wish(text, topic, subject, wanted):
    turn, not_topic, not_subject = rejecting.without(_turn(text))
    assert (not_topic, not_subject, turn.entity("topic")) == (topic, subject, wanted)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("is there one at night", None),
        ("got wan in the evening", None),
        ("can a come at one in the afternoon", "at 1pm"),
        ("the one o'clock class", "at 1pm"),
        ("half one", "at 1:30pm"),
    ],
)
def test_one_is_an_hour_only_where_it_is_said_as_one(text, said):
    found = when_clock.read(text)
    assert (found.words if found else None) == said
