"""Scots and text-speak, respelt for the encoder; what means something else is left alone."""

import pytest

from bot.nlu.normaliser import FILE, corrected, normalise, plain


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("A cannae dae it", "i cannot do it"),
        ("whit wan", "what one"),
        ("aff tae the toon", "off to the town"),
        ("naw aye", "no yes"),
        ("u ok 2nite?", "you ok tonight?"),
        ("want 2 go", "want to go"),
        ("is it 4 me", "is it for me"),
        ("2 pints and 4 cans", "2 pints and 4 cans"),
        ("CANNAE", "cannot"),
        ("don’t", "do not"),
        ("heeeelp", "help"),
        ("cafe\u0301", "cafe"),
        ("", ""),
    ],
)
def test_normalise(text, spelt):
    assert normalise(text) == spelt


def test_plain_keeps_the_words():
    assert plain("  Cannae   DAE ") == "cannae dae"


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("whaur's the clinic", "where is the clinic"),
        ("kin ah spik tae sumbdy", "can i speak to somebody"),
        ("a need a pint", "i need a pint"),
        ("the weans an an hour", "the children and a hour"),
        ("drink an drugs", "drink and drugs"),
        ("ill be late", "i will be late"),
        ("im ill an cant come", "i am ill and cannot come"),
        ("hep c test", "hepatitis c test"),
        ("c u at 2", "see you at 2"),
        ("cud b better", "could be better"),
        ("im feart tae go intae ma hoose", "i am afraid to go into my house"),
        ("ma wean's heid's burstin", "my child's head's bursting"),
        ("a'll be bookin wan the morn", "i will be booking one the morning"),
        ("sotp txtin me", "stop texting me"),
        ("chinge ma bookin", "change my booking"),
        ("cansel tusday", "cancel tuesday"),
        ("wurk wi sumwan else", "work with someone else"),
        ("the cabin in dublin", "the cabin in dublin"),
        ("hep jag", "hep injection"),
    ],
)
def test_corrected(text, spelt):
    assert corrected(text) == spelt


def test_every_spelling_is_respelt_once():
    lines = FILE.read_text(encoding="utf-8").splitlines()
    said = [line.split(" = ")[0] for line in lines]
    assert said == sorted(set(said))
    for line in lines:
        word, meant = line.split(" = ")
        assert plain(word) == word and plain(meant) == meant and word != meant
        assert meant not in said, f"{word}: {meant} is itself respelt"
