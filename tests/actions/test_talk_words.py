"""What asks for nothing we have is told from questions, and from everything else that begins alike."""

from __future__ import annotations

import pytest

from actions.meant import feeling
from actions.talk_words import follows, kind_of, stopped


@pytest.mark.parametrize(
    "words, kind",
    [
        ("u r shite", "angry"),
        ("you're useless", "angry"),
        ("this is pure shite man", "angry"),
        ("i hate you stupid robot", "angry"),
        ("stupid fuckin bot", None),
        ("stupid bot", "angry"),
        ("ffs", "angry"),
        ("for fuck sake man", "angry"),
        ("yer a fuckin idiot", "angry"),
        ("fuck off then", "go_away"),
        ("get tae fuck ya dick", "go_away"),
        ("just leave me alone", "go_away"),
        ("fuck sake that's no what a asked", "not_that"),
        ("thats not what i meant", "not_that"),
        ("no the other one", "not_that"),
        ("naw the wrong one", "not_that"),
        ("naw, no that wan", "not_that"),
        ("you got it wrong", "not_that"),
        ("that's wrong, my doctor said different", "doubted"),
        ("ma doctor telt me the opposite", "doubted"),
        ("dont know", "dont_know"),
        ("dunno", "dont_know"),
        ("a dinnae ken", "dont_know"),
        ("im no sure tbh", "dont_know"),
        ("i don’t know what to say", "dont_know"),
        ("tell me a joke", "joke"),
        ("gonnae tell us another joke pal", None),
        ("do you love me", "fond"),
        ("i love you", "fond"),
        ("are you single", "fond"),
        ("will you be my friend", "fond"),
        ("yer a diamond", "kind_words"),
        ("you're brilliant so ye are", "kind_words"),
        ("LOL", "laugh"),
        ("haha good one", "laugh"),
        ("🙂", "laugh"),
        ("a already telt ye twice ffs", "told_you"),
        ("i told you already", "told_you"),
        ("naw a just said that", "told_you"),
        ("i told you already am no drinkin", None),
        ("i told you he hits me", None),
        ("merry christmas", "season"),
        ("im bored oot ma nut", "bored"),
        ("im steaming", "drunk"),
        ("been sober 40 days and proud", "well_done"),
        ("sorry for swearing earlier", "sorry_said"),
        ("sorry i was drunk last night", "sorry_said"),
        ("ok thanks but that doesnt help me", "no_help"),
        ("that was nae help at all", "no_help"),
        ("you're not listening", "not_that"),
        ("dzien dobry, boli mnie glowa, jaki lek", "english"),
        ("bonjour je suis malade", "english"),
        ("you speak romana?", "english"),
        ("Romanian please. limba romana", "english"),
        ("Czy możesz pisać po polsku?", "english"),
        ("can you text me in arabic", "english"),
        ("do you have this in other language", "english"),
        ("مرحبا كيف حالك", "english"),
        ("мені потрібен лікар", "english"),
        ("buna ziua ma doare capul", "english"),
    ],
)
def test_what_it_is(words, kind):
    assert kind_of(words) == kind


@pytest.mark.parametrize(
    "words",
    [
        "is it bad for my liver",
        "does that help with a hangover",
        "it was a help, thanks",
        "is it wrong to be drunk",
        "im pished and i fell doon the stairs",
        "how long till im sober",
        "sorry to bother you, what is naloxone",
        "i dont know if im pregnant",
        "dont know what to do about my debts",
        "my doctor said i have high blood pressure what can i eat",
        "the gaffer is a prick, he called me names",
        "this is the wrong number",
        "no",
        "book me on the other one",
        "aye that wan",
        "nice one",
        "naw the tuesday wan",
        "i like the walking group",
        "can you help me",
        "i hate my life",
        "i hate myself",
        "this is hopeless, whats the point",
        "fuck off he said and then he hit me",
        "salam, can i book a class please",
        "they have translate person in sandyford?",
        "ma pal is polish and needs a doctor",
        "german shepherd bit me",
        "is there a class in polish",
        "where is the clinic",
        "you are kind of right, what about hash",
        "leave me alone is what i telt him",
        "",
    ],
)
def test_none_of_them(words):
    assert kind_of(words) is None


@pytest.mark.parametrize(
    "words",
    ["its been stopped", "my money's been stopped", "they've cut ma money aff", "ma script's been stopped",
     "they stopped my pip", "its been suspended"],
)  # fmt: skip
def test_something_was_stopped(words):
    assert stopped(words)


@pytest.mark.parametrize(
    "words",
    ["my texts have been stopped", "a stopped it by mistake", "stop", "your messages were cut off",
     "i've stopped drinking"],
)  # fmt: skip
def test_our_texts_or_their_own_doing(words):
    assert not stopped(words)


@pytest.mark.parametrize(
    "words",
    [
        "am shitting it about court tomorrow",
        "am panicking about the test results",
        "shaking and sweating havent had a drink since yesterday am a going to die",
        "feart to go to the doctor",
        "a cannae cope wi the debt",
        "im so worried about ma liver",
        "greetin ma eyes oot here",
    ],
)
def test_a_worry(words):
    assert feeling(words) == "worried"


@pytest.mark.parametrize("words", ["what is naloxone", "are blues safe", "how do i come aff vallies", "no worries"])
def test_no_worry(words):
    assert feeling(words) is None


@pytest.mark.parametrize(
    "words", ["a feel like a failure", "ma heid's mince the day", "feeling really low", "am so lonely"]
)
def test_low(words):
    assert feeling(words) == "low"


def test_half_a_question():
    assert follows("what about heroin") and follows("and if i smoke hash") and not follows("whats heroin")
