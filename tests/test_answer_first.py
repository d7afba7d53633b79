"""An answer at the head of a text that goes on is told apart from what comes behind it."""

from __future__ import annotations

import pytest

from bot import answer_first


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("aye. whit bus dae i get fae easterhouse", ("aye", "whit bus dae i get fae easterhouse")),
        ("Yes please. And is it far to walk?", ("Yes please", "is it far to walk?")),
        ("ye buk it. wot bus do i get fae partick", ("ye buk it", "wot bus do i get fae partick")),
        ("ye book it. btw u dont grass if a smoke b4 it na", ("ye book it", "u dont grass if a smoke b4 it na")),
        ("aye tk me aff. am a in the money wan?", ("aye tk me aff", "am a in the money wan?")),
        ("aye ask them. wits the womens wan called", ("aye ask them", "wits the womens wan called")),
        ("ok book me on that n whit dae a bring", ("ok book me on that", "whit dae a bring")),
        ("yes. i have a bad back", ("yes", "i have a bad back")),
        ("aye but how do i get there", None),
        ("yes, but is it far to walk?", None),
        ("aye. naw wait", None),
        ("ye. the ither wan", None),
        ("yes. the money one", None),
        ("yes. the tuesday one", None),
        ("ok. what is naloxone", None),
        ("Great, book him on that. Will reminders come to my phone?", None),
        ("no. what else is on", None),
        ('aye. /choose{"option": "confirm"} is it on?', None),
        ("aye", None),
        ("aye. " + "word " * answer_first.LONGEST, None),
    ],
)
def test_a_yes_with_more_behind_it(text, said):
    assert answer_first.yes(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the money 1. how do a get tae easterhoose", ("the money 1", "how do a get tae easterhoose")),
        ("aye the furst wan. is she gonnae be there", ("aye the furst wan", "is she gonnae be there")),
        ("thersday wan. is it stil on", ("thersday wan", "is it stil on")),
        ("put me doon for the walk. ma wee yin's only 3", ("put me doon for the walk", "ma wee yin's only 3")),
        ("the drink wan n is there food", ("the drink wan", "is there food")),
        ("no no that wan. the wan a wis at last week", None),
        ("the drink wan n cancel the ither wan", None),
        ("the drink wan", None),
        ("naw, the ither wan, in Partick", None),
        ("the drink wan. in govan", None),
        ("is the drink wan on", None),
    ],
)
def test_one_of_a_list_with_more_behind_it(text, said):
    assert answer_first.pick(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Leave the booking. Get me a member of staff", ("Leave the booking", "Get me a member of staff")),
        ("naw forget it. whats on for men", ("naw forget it", "whats on for men")),
        ("leave it", None),
        ("i leave the house at 9. is it near", None),
    ],
)
def test_the_way_out_with_more_behind_it(text, said):
    assert answer_first.leaves(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cos its too early. book the money one", ("cos its too early", "book the money one")),
        ("ma wean's no well. put me on the friday one", ("ma wean's no well", "put me on the friday one")),
        ("ma wean's no well. he was up all night", None),
        ("book the money one", None),
    ],
)
def test_a_reason_with_a_wish_behind_it(text, said):
    assert answer_first.reason(text) == said


def test_what_says_yes_and_nothing_else():
    assert all(map(answer_first.is_yes, ["ye buk it", "aye tk me aff", "yes please", "aye go on then", "do it"]))
    assert not any(map(answer_first.is_yes, ["ok", "great", "aye right whats that", "book him on it", "naw book it"]))


@pytest.mark.parametrize(
    ("text", "says_yes"),
    [
        ("aye but dont phone a never answer numbers a dont know", True), ("yes but no calls please", True),
        ("a said aye ask the worker", True), ("aye but no the wan in govan", False), ("yes phone me", False),
    ],
)
def test_a_yes_and_how_they_are_to_be_reached(text, says_yes):
    assert answer_first.is_yes(text) is says_yes


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("that's no what I asked. menopause", "menopause"),
        ("naw thats not what i meant, the drink class", "the drink class"),
        ("that's no what a asked", None), ("that's what i asked. menopause", None),
    ],
)
def test_what_was_meant_behind_a_correction(text, meant):
    assert answer_first.put_right(text) == meant
