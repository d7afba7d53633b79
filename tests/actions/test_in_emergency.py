"""What is said while an emergency goes on, and which sentence answers it."""

import pytest

from actions import emergency_words, ill_one


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("done that they are comin", "help_comes"), ("phoned them", "help_comes"), ("ambulance is here", "help_comes"),
        ("i did it", None), ("ive done it", None), ("they are here", None), ("aye", None), ("👍", None),
        ("ok thanks", None),
        ("they're coming", None), ("he's not breathing", None), ("they are not comin", None),
        ("ok phoned them. oh she's woke up!!", "awake"), ("oh she's woke up!! sittin up talkin", "awake"),
        ("he came roon", "awake"), ("she's sayin cancel the ambulance", "awake"), ("she's still no awake", "no_change"),
        ("what if he came round", None), ("he came to ma door", None),
        ("a phoned them. whit dae a dae til they come, a huv that naloxone spray", "meanwhile"),
        ("how do i gie him the naloxone", "meanwhile"), ("whit dae a wear tae the class", None),
        ("am gettin a taxi tae the royal", "going"), ("takin the bus tae the class", None),
        ("felt like it wis ma fault", "not_to_blame"), ("its ma fault a gied him it", "not_to_blame"),
        ("but a feel fine. could a no just wait til the morra", "again.emergency"),
        ("naw nae ambulance he'll be ok, hes just gouchin", "again.overdose"),
        ("the doctor says it can wait till monday", None),
        ("naw its fine its just the tiredness", "refuses"), ("its only a wee shake", "refuses"),
        ("is it just the tiredness?", None),
        ("am no gaun tae hospital for a sare back. a feel fine", "refuses"),
        ("a said am NO gaun. u no listenin", "refuses"),
        ("whit happens if a just stop takin them an wait", "again.emergency"),
        ("whit wid they even dae at hospital", "at_hospital"), ("which hospital is near pollok", "which_hospital"),
        ("right a feel a bit sick noo. but that could be the back", "again.emergency"),
        ("done it. nothin yet. will polis come an lift us tho", "police_no_change"),
        ("a said will the polis come. hes no woke up yet", "police_no_change"),
        ("hes opened his eyes. groggy. kin a let him sleep it aff noo", "awake"),
        ("ambulance been. theyve took him. he'll be awrite they said", "seen_to"),
        ("am feart he does it again the night", "again_tonight"), ("whit time is the class", None),
        ("can a bring ma wean", None), ("whit dae they dae at the class", None),
    ],
)  # fmt: skip
def test_which_sentence_answers(text, said):
    assert emergency_words.kind_of(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("snoring loud", "again.overdose"), ("hes awfy sleepy", "again.overdose"),
        ("lips are a bit blue", "again.overdose"),
        ("his breathing is dead slow", "again.overdose"), ("he says hes fine leave him", "they_refuse"),
        ("she disnae want an ambulance", "they_refuse"), ("she seems ok", "they_refuse"),
        ("do i need to keep watch all night", "watch"), ("can a leave him tae sleep noo", "watch"),
        ("about a litre ae vodka a day", "how_much"), ("how much is too much a day?", None),
        ("naw am no phonin an ambulance they treat ye like shite", "refuses"), ("ok hes sat up now, bit sick", "awake"),
        ("ma da says the class is fine", None), ("whit time dae a need tae leave", None),
    ],
)  # fmt: skip
def test_what_is_said_of_the_one_who_is_ill(text, said):
    assert emergency_words.kind_of(text) == said


@pytest.mark.parametrize("text", ["nah am only kiddin", "a wis just jokin man", "only havin a laugh he's sound"])
def test_a_joke_is_told(text):
    assert ill_one.is_kidding(text)


@pytest.mark.parametrize(
    "text", ["am no jokin", "you kidding me", "he was joking about it when he hit me and then he did it again"]
)
def test_no_joke_is_told(text):
    assert not ill_one.is_kidding(text)
