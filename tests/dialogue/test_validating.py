"""What an action answers is checked as Rasa would check it, and an error quotes none of it."""

from __future__ import annotations

import pytest
from jsonschema import ValidationError

from bot.dialogue import validating

SAID = {"text": "Samaritans are on 116 123", "buttons": []}


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "topic", "value": "alcohol", "timestamp": None}], "responses": [SAID]},
        {"events": [{"event": "followup", "name": "action_more", "timestamp": None}], "responses": []},
    ],
)
def test_what_is_as_it_should_be(answer):
    assert validating.check(answer)


@pytest.mark.parametrize(
    "answer",
    [
        {"events": "i took the lot", "responses": []},
        {"events": [{"event": "slot", "value": "i took the lot"}], "responses": []},
        {"events": [], "responses": ["i took the lot"]},
        "i took the lot",
    ],
)
def test_what_is_not(answer):
    with pytest.raises(ValidationError) as caught:
        validating.check(answer)
    assert "lot" not in str(caught.value)


def test_rasa_checks_by_it(monkeypatch):
    from rasa.core.actions.action import RemoteAction

    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    validating.check_once()
    with pytest.raises(ValidationError, match="an action's answer is not as it should be"):
        RemoteAction("action_more", None)._validate_action_result({"events": "none"})
