"""Settings: what is wrong is said in a sentence each, and a new .env is private and complete."""

from __future__ import annotations

import stat

import pytest

from bot import settings
from bot.settings import SettingsError, load

LONG = "s" * 32
GOOD = {"WELLBEING_SECRET_KEYS": LONG, "WELLBEING_INTERNAL_SECRET": LONG}
SMS = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "SMS_FROM": "+447700900000",
       "WELLBEING_PUBLIC_URL": "https://example.org"}  # fmt: skip

KANNEL = {"SMS_PROVIDER": "kannel", "KANNEL_URL": "http://127.0.0.1:13013/cgi-bin/sendsms", "KANNEL_USERNAME": "us",
          "KANNEL_PASSWORD": "p", "KANNEL_SECRET": LONG, "SMS_FROM": "60006",
          "WELLBEING_PUBLIC_URL": "https://example.org"}  # fmt: skip


def read(tmp_path, **environ):
    return load(tmp_path / "none.env", {"WELLBEING_VAR": str(tmp_path), **environ})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"WELLBEING_SECRET_KEYS": ""}, "WELLBEING_SECRET_KEYS is missing"),
        ({"WELLBEING_SECRET_KEYS": "short"}, "WELLBEING_SECRET_KEYS must each have 32"),
        ({"WELLBEING_SECRET_KEYS": f"{LONG},short"}, "WELLBEING_SECRET_KEYS must each have 32"),
        ({"WELLBEING_INTERNAL_SECRET": ""}, "WELLBEING_INTERNAL_SECRET must have 32"),
        ({"WELLBEING_INTERNAL_SECRET": "short"}, "WELLBEING_INTERNAL_SECRET must have 32"),
        ({"WELLBEING_DEMO": "maybe"}, "WELLBEING_DEMO must be 1 or 0"),
        ({"WELLBEING_RASA_PORT": "many"}, "WELLBEING_RASA_PORT must be a number"),
        ({"WELLBEING_RASA_PORT": "70000"}, "WELLBEING_RASA_PORT is out of range"),
        ({"WELLBEING_TURN_BUDGET": "0"}, "WELLBEING_TURN_BUDGET is out of range"),
        ({"WELLBEING_DEMO": "1", **SMS}, "WELLBEING_DEMO cannot be on together"),
        ({"WELLBEING_DEMO": "1", "TELEGRAM_TOKEN": "1:x"}, "WELLBEING_DEMO cannot be on together"),
        ({**SMS, "TWILIO_AUTH_TOKEN": ""}, "SMS needs TWILIO_AUTH_TOKEN"),
        ({**SMS, "SMS_FROM": ""}, "SMS needs TWILIO_AUTH_TOKEN"),
        ({**SMS, "WELLBEING_PUBLIC_URL": ""}, "SMS needs TWILIO_AUTH_TOKEN"),
        ({**SMS, "SMS_PROVIDER": "pigeon"}, "SMS_PROVIDER must be twilio or kannel"),
        ({**KANNEL, "KANNEL_URL": ""}, "SMS by Kannel needs KANNEL_URL"),
        ({**KANNEL, "KANNEL_PASSWORD": ""}, "SMS by Kannel needs KANNEL_URL"),
        ({**KANNEL, "KANNEL_SECRET": "short"}, "KANNEL_SECRET must have 32"),
        ({**KANNEL, "SMS_REDACT": "1"}, "SMS_REDACT is for Twilio"),
        ({**KANNEL, "KANNEL_STYLE": "pigeon"}, "KANNEL_STYLE must be"),
        ({"WELLBEING_DEMO": "1", **KANNEL}, "WELLBEING_DEMO cannot be on together"),
        ({"TELEGRAM_TOKEN": "1:x", "WELLBEING_PUBLIC_URL": "https://example.org"}, "TELEGRAM_WEBHOOK_SECRET must have"),
        ({"WELLBEING_PENCE_A_SEGMENT": "4p"}, "WELLBEING_PENCE_A_SEGMENT must be a number"),
        ({"WELLBEING_PENCE_A_SEGMENT": "nan"}, "WELLBEING_PENCE_A_SEGMENT is out of range"),
        ({"WELLBEING_PENCE_A_SEGMENT": "inf"}, "WELLBEING_PENCE_A_SEGMENT is out of range"),
    ],
)
def test_a_mistake_is_a_sentence(tmp_path, changes, sentence):
    with pytest.raises(SettingsError, match=sentence):
        read(tmp_path, **{**GOOD, **changes})


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"WELLBEING_DEMO": "1"},
        SMS,
        {"TELEGRAM_TOKEN": "1:x"},
        {"TELEGRAM_TOKEN": "1:x", "WELLBEING_PUBLIC_URL": "https://example.org", "TELEGRAM_WEBHOOK_SECRET": LONG},
        {**SMS, "TELEGRAM_TOKEN": "1:x", "TELEGRAM_WEBHOOK_SECRET": LONG},
        {"WELLBEING_SECRET_KEYS": f"{LONG}, {LONG}2"},
    ],
)
def test_what_is_right_starts(tmp_path, more):
    assert read(tmp_path, **{**GOOD, **more}).internal_secret == LONG


def test_every_mistake_is_told_at_once(tmp_path):
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, WELLBEING_DEMO="perhaps", WELLBEING_GATEWAY_PORT="x")
    assert len(str(caught.value).splitlines()) == 4


def test_secrets_are_not_in_the_representation(tmp_path):
    found = read(tmp_path, **{**GOOD, **SMS, "TELEGRAM_TOKEN": "1:canary", "TWILIO_AUTH_TOKEN": "canary",
                              "TELEGRAM_WEBHOOK_SECRET": "canary" * 6})  # fmt: skip
    assert "canary" not in repr(found) and LONG not in repr(found)


def test_the_environment_outranks_the_file(tmp_path):
    file = tmp_path / ".env"
    file.write_text(f"# a comment\nWELLBEING_SECRET_KEYS='{LONG}'\nWELLBEING_INTERNAL_SECRET={LONG}\nSMS_FROM=file\n")
    assert load(file, {"SMS_FROM": "environment"}).sms_from == "environment"
    assert load(file, {}).sms_from == "file"


def test_a_new_env_file_is_private_complete_and_never_written_twice(tmp_path):
    file = tmp_path / ".env"
    assert settings.ensure_env_file(file) is True
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first = load(file, {})
    assert first.demo and len(first.secret_keys[0]) >= 64 and first.internal_secret != first.secret_keys[0]
    assert settings.ensure_env_file(file) is False
    assert load(file, {}) == first


def test_two_installations_have_different_secrets(tmp_path):
    files = [tmp_path / "a", tmp_path / "b"]
    for file in files:
        settings.ensure_env_file(file)
    assert load(files[0], {}).secret_keys != load(files[1], {}).secret_keys
