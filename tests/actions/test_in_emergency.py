"""What is said while an emergency goes on, and which sentence answers it."""

import pytest

from actions import emergency_words


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
