"""What people do, played against the real thing. The files are in the folders beside this; README.md explains them."""

from __future__ import annotations

import pytest

from bot import yamlfile
from bot.settings import ROOT
from tests.conversations import script
from tests.conversations.player import Player
from tests.conversations.roads import ROADS

#: The first of them waits for training and for both servers.
pytestmark = pytest.mark.timeout(900)
SCRIPTS = script.every()
#: The phone of the demo page plays every fourth of them as well: the same talk, and the same end.
BY_SIMULATOR = [s for s in SCRIPTS if set(s.channels) == set(script.CHANNELS)][::4]
PLAYS = [(s, road) for s in SCRIPTS for road in s.channels] + [(s, "simulator") for s in BY_SIMULATOR]
#: Never said by a person: picked, or what Rasa calls a message that is none of the others.
_NOT_SAID = {"choose", "nlu_fallback", "accept_offer", "decline_offer", "confirm_coming"}


#: (script, road) → what came of it, once it has been played.
OUTCOMES: dict[tuple[str, str], tuple] = {}


def outcome(world, played, road):
    """What comes of a script on a road."""
    if (played.name, road) not in OUTCOMES:
        player = Player(world, played, road)
        player.play()
        OUTCOMES[played.name, road] = player.outcome()
    return OUTCOMES[played.name, road]


@pytest.mark.parametrize(("played", "road"), PLAYS, ids=[f"{s.name}[{road}]" for s, road in PLAYS])
def test_conversation(world, played, road):
    outcome(world, played, road)


@pytest.mark.parametrize("played", BY_SIMULATOR, ids=[s.name for s in BY_SIMULATOR])
def test_the_words_and_the_rows_are_the_same_by_sms_telegram_and_the_demo_phone(world, played):
    by_sms, by_telegram, by_simulator = (outcome(world, played, road) for road in ROADS)
    assert by_sms == by_telegram == by_simulator


def test_at_least_forty_are_played_by_all_three():
    assert len(BY_SIMULATOR) >= 40


def test_every_intent_is_said_somewhere():
    intents = yamlfile.read(ROOT / "domain.yml")["intents"]
    names = {next(iter(i)) if isinstance(i, dict) else i for i in intents}
    said = {step.means for s in SCRIPTS for step in s.talk if step.means}
    assert names - said - _NOT_SAID == set()
    assert said <= names


def test_nobody_does_the_same_thing_twice():
    does = [s.does for s in SCRIPTS]
    assert sorted(set(does)) == sorted(does)
