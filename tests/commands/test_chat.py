"""Replies in the terminal look as the channel would show them."""

from __future__ import annotations

from bot.commands.chat import shown


def test_sms_has_numbered_lines_and_counts_parts():
    assert shown({"text": "Which one?", "choices": ["Govan", "Partick"]}, "sms") == (
        "  Which one?\n  1 Govan\n  2 Partick\n  (1 part)"
    )
    assert shown({"text": "x" * 161, "choices": []}, "sms").endswith("(2 parts)")


def test_numbers_that_the_gateway_wrote_are_not_written_twice():
    assert shown({"text": "Which?\n1 Govan", "choices": ["Govan"]}, "sms").count("1 Govan") == 1


def test_telegram_has_buttons():
    assert shown({"text": "Which?", "choices": [{"label": "Govan"}]}, "telegram") == "  Which?\n  [Govan]"
