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
        ("its not that, what time is the class", "what time is the class"),
        ("am no in danjer. ma chist is bad wi the fags coffin awe nite", "ma chist is bad wi the fags coffin awe nite"),
        ("im fine thanks, when is the class", "when is the class"),
        ("you got me wrong pal, whats on thursday", "whats on thursday"),
        ("wit?? naw naw. ah never said that. who did u tell", "who did u tell"),
        ("naw thats no whit a meant", ""),
        ("am no gonnae dae anyhin masel am just no sleepin", "am just no sleepin"),
        ("ffs a just telt ye naw. its ma brother no me", ""),
        ("u asking if am suicidal? am no. just miss him", "miss him"), ("fuck sake. a said am NO suicidal", ""),
        ("Goodness no, I'm only tired. Is there someone could sit with her", "I'm only tired. Is there someone could sit with her"),
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
        "im not suicidal, yet", "nobody hurt me but myself", "im not suicidal lol jk i am", "you think im not suicidal",
        "nobody hurts me if i behave", "im not at risk my daughter is", "im fine but my wee boy isnt",
        "im not going to hurt myself. someone else will", "its ma brother no me", "am no gonnae dae anyhin the night", "its not that its worse", "im not suicidal at the minute",
    ],
)  # fmt: skip
def test_what_denies_nothing(said):
    assert misheard.beside(said) is None
