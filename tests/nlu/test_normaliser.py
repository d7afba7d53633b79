"""Scots and text-speak, respelt for the encoder; what means something else is left alone."""

import pytest

from bot.nlu.normaliser import normalise, plain


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("A cannae dae it", "a cannot do it"),
        ("whit wan", "what one"),
        ("aff tae the toon", "off to the town"),
        ("naw aye", "no yes"),
        ("u ok 2nite?", "you ok tonight?"),
        ("want 2 go", "want to go"),
        ("is it 4 me", "is it for me"),
        ("2 pints and 4 cans", "2 pints and 4 cans"),
        ("CANNAE", "cannot"),
        ("don’t", "don't"),
        ("heeeelp", "heelp"),
        ("cafe\u0301", "cafe"),
        ("", ""),
    ],
)
def test_normalise(text, spelt):
    assert normalise(text) == spelt


def test_plain_keeps_the_words():
    assert plain("  Cannae   DAE ") == "cannae dae"
