"""What is said while an emergency goes on, and which sentence answers it."""

import pytest

from actions import in_emergency


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("done that they are comin", "help_comes"), ("phoned them", "help_comes"), ("ambulance is here", "help_comes"),
        ("i did it", None), ("ive done it", None), ("they are here", None), ("aye", None), ("👍", None),
        ("ok thanks", None),
        ("they're coming", None), ("he's not breathing", None), ("they are not comin", None),
        ("ok phoned them. oh she's woke up!!", "awake"), ("oh she's woke up!! sittin up talkin", "awake"),
        ("he came roon", "awake"), ("she's sayin cancel the ambulance", "awake"), ("she's still no awake", None),
        ("what if he came round", None), ("he came to ma door", None),
        ("a phoned them. whit dae a dae til they come, a huv that naloxone spray", "meanwhile"),
        ("how do i gie him the naloxone", "meanwhile"), ("whit dae a wear tae the class", None),
        ("am gettin a taxi tae the royal", "going"), ("takin the bus tae the class", None),
        ("felt like it wis ma fault", "not_to_blame"), ("its ma fault a gied him it", "not_to_blame"),
        ("but a feel fine. could a no just wait til the morra", "again.emergency"),
        ("naw nae ambulance he'll be ok, hes just gouchin", "again.overdose"),
        ("the doctor says it can wait till monday", None),
    ],
)  # fmt: skip
def test_which_sentence_answers(text, said):
    assert in_emergency._said(text) == said
