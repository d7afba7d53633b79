"""Whoever puts us right after danger was heard where there is none is believed, and what else they say is what they want."""

from __future__ import annotations

import pytest

from bot.safety import misheard


@pytest.mark.parametrize(
    "said, rest",
    [
        ("eh? naw am no suicidal its ma back. am a guy", "its ma back. am a guy"),
        ("I am safe. Nobody hurt me. I speak about my job and HIV", "I speak about my job and HIV"),
        ("what? nobody's in danger. I said money is tight", "I said money is tight"),
        ("nobody's died. I mean kinship money, for looking after him", "I mean kinship money, for looking after him"),
        ("naw nothin like that its jist the drink", "its jist the drink"),
        ("naw am no suicidal. jist wanted the class. the 17th", "wanted the class. the 17th"),
        ("I dont need 999. I was asking about my phone. how do I stop it showing up", "I was asking about my phone. how do I stop it showing up"),
        ("am no in danjer. ma chist is bad wi the fags coffin awe nite", "ma chist is bad wi the fags coffin awe nite"),
        ("im fine thanks, when is the class", "when is the class"),
        ("you got me wrong pal, whats on thursday", "whats on thursday"),
        ("wit?? naw naw. ah never said that. who did u tell", "who did u tell"),
        ("naw thats no whit a meant", ""),
        ("Nobody hurts me!", ""),
    ],
)  # fmt: skip
def test_what_stands_beside_a_denial(said, rest):
    assert misheard.beside(said) == rest


@pytest.mark.parametrize(
    "said",
    [
        "am no safe", "im not ok", "naw am fine", "yes im safe", "nobodys hurt me yet", "im safe for now", "am safe the now", "he hits me", "aye", "naw",
        "what is on on thursday", "i never said anything to him", "im not fine", "nobody would notice", "its not that i want to die",
    ],
)  # fmt: skip
def test_what_denies_nothing(said):
    assert misheard.beside(said) is None
