"""Refusals: a closed list of codes, each with words for the person."""

import re
from pathlib import Path

import pytest

from bot import yamlfile
from bot.programme.refusals import CODES, Refused

ROOT = Path(__file__).resolve().parents[2]


def test_a_refusal_carries_one_of_the_codes():
    assert Refused("full").code == "full"
    with pytest.raises(ValueError, match="no such refusal"):
        Refused("because")


def test_every_code_raised_is_in_the_list():
    raised = set()
    for path in (ROOT / "bot" / "programme").rglob("*.py"):
        raised |= set(re.findall(r'Refused\("([a-z_]+)"\)', path.read_text()))
    assert raised and raised <= set(CODES)


def test_every_code_has_words():
    responses = yamlfile.read(ROOT / "domain.yml")["responses"]
    assert [c for c in CODES if f"utter_refused_{c}" not in responses] == []
