"""The families of saying it outright: each with what it must see, and its everyday neighbours, which it must not."""

from __future__ import annotations

import pytest

from bot.safety import explicit
from bot.safety.screen import RULES, rules_see

SAID = {
    "wish_no_life": ["i want stop live", "want to be deid", "nae mair of this life for me"],
    "hates_living": ["i hate bein alive", "tired to be alive", "why must i live", "cant see the point in livin"],
    "cannot_live": ["i cant do this life", "cannae live wi what a did", "life have no meaning"],
    "life_is_end": ["my life is finish", "life is finished for me", "gonnae pit an end tae it"],
    "already_dead": ["im already deid", "if im not alive by then", "i wont live to see it"],
    "not_see_day": ["i dont want to see morning", "no wantin tae see the mornin", "want to sleep for good", "dead is what i want", "i want it over wi"],
    "decided": ["i make plan for die", "i have taken decision to finish it", "a've a notion tae finish it"],
    "to_suicide": ["i want do suicide", "i think to make suicide", "going to suicide myself"],
    "to_oneself": ["scared of what i might do to myself", "gonnae lob masel aff the bridge", "dae masel a mischief"],
    "depends": ["see you tuesday or not, depends if i jump", "if im still here then"],
    "in_the_water": ["gonny jump in the clyde", "am goin in the clyde the night", "gonnae droon masel"],
    "knife_in_me": ["im gonny put a knife through masel", "want to stick a blade in my neck"],
    "kill_me_myself": ["i will kill me", "put me in the ground", "i want to be 6ft under", "want to be with my dead son"],
    "rope_or_note": ["gonna rope", "sui tonight", "goin thru wi it the night", "ive written the note and im ready", "wish i had never woken up"],
    "rope_out": ["got a rope in the boot", "ah hud the rope oot last night"],
    "pills_out": ["ive got the pills", "sat here with the pills and crying", "had the tablets out again last night"],
    "would_it_hold": ["the ceiling hook would it hold 13 stone", "will that beam hold ma weight"],
    "meant_to_die": ["i meant to die on saturday", "in hospital after an overdose on purpose"],
    "been_cutting": ["ive been cutting", "she found out im cutting", "broke a glass to cut with"],
    "cut_limb": ["cut ma arms last night", "my legs are covered in cuts", "burnt myself on purpose"],
    "harms_self": ["self harming every day now"],
}
NOT_SAID = [
    "going in the clyde tunnel at nine", "jump in the river for a swim", "drowning myself in work", "cut my hand, knife went in my finger",
    "put me in the monday class", "want to be with my son on saturday", "going to rope in a pal", "left the note at reception", "going through with the order", "a walk in the kelvin walkway",
    "i live with my mum and i hate it here", "my life insurance ended in june", "put an end to the noise please", "the van is dead already",
    "made up my mind to finish the course", "is there a suicide class on friday", "did something to my back", "see you tuesday or not, depends if i get paid",
    "got the rope for the tent from the shop", "got the tablets for my da from the chemist", "meant to die my hair red", "been cutting the grass every week", "cut my hours last month",
    "cutting down on fags", "starting again on monday", "when do we finish it", "i have a plan to finish my hours", "is still life painting on", "cut my hair last night",
]  # fmt: skip


def test_every_family_has_its_examples():
    assert set(SAID) == {rule.name for rule in explicit.RULES}
    assert {rule.name for rule in explicit.RULES} <= {rule.name for rule in RULES}


@pytest.mark.parametrize("family", SAID)
def test_it_is_seen(family):
    missed = [line for line in SAID[family] if (seen := rules_see(line)) is None or seen.safety != "suicide"]
    assert missed == []


@pytest.mark.parametrize("line", NOT_SAID)
def test_its_neighbours_are_not(line):
    assert rules_see(line) is None


@pytest.mark.parametrize("line", [line for lines in SAID.values() for line in lines])
def test_capitals_and_full_stops_change_nothing(line):
    assert rules_see(line.upper() + "!!") is not None
    assert rules_see("hiya. " + line + ". thanks") is not None
