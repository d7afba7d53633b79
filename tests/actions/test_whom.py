"""Who a question is about: somebody else only where that is plain."""

from __future__ import annotations

import pytest

from actions.whom import lead_for, same_for, whom


@pytest.mark.parametrize(
    "words, who",
    [
        ("ma boy is taking blues every night what do a dae", "your son"),
        ("asking for a client: can she drink on antibiotics", "your client"),
        ("support worker here, service user using heroin again after prison, what should i tell him", "your client"),
        ("what about ma maw shes 70 and on the voddy every day", "your mum"),
        ("can my wife breastfeed if she has a glass of wine", "your wife"),
        ("my girlfriend missed her pill two days running what should she do", "your partner"),
        ("client on buvidal wants to drink at a wedding, advice?", "your client"),
        ("my brother's been off heroin 3 weeks, what if he uses again", "your brother"),
        ("ma da is yellow and bloated fae the drink is he dying", "your dad"),
        ("mate has been on a bender 4 days and wants to stop", "your friend"),
        ("how do i help my sister with panic attacks", "your sister"),
        ("i'm worried sick about my boy, he takes spice", "your son"),
        ("not for me, its my cousin, can you die from ket", "your cousin"),
        ("is it ok if my wife takes co codamol wi a drink", "your wife"),
        ("hi im a support worker. client says she has missed 3 days of methadone", "your client"),
        ("a pal of mine is on spice, what does it do to her", "your friend"),
        ("asking for a friend how long does coke stay in your system", "your friend"),
        ("i work with a man who gambles all his wages. what can he do", "them"),
        ("a service user of mine is asking about hiv prep", "your client"),
        ("can she take it while breastfeeding", "them"),
        ("should i be worried, my son has been sniffing glue", "your son"),
        ("My mother is seventy-one and takes blood thinners. May she have a sherry?", "your mum"),
        ("is it ok for my 15 year old daughter to get the pill", "your child"),
        ("my pal's a diabetic can he drink", "your friend"),
        ("ma wean's got a cough 3 weeks", "your child"),
        ("caught ma wee boy smoking hash, what do i do", "your son"),
        ("been told my son is using heroin, how do i help him", "your son"),
        ("my son he smoke too much hashish, is dangerous?", "your son"),
        ("the service user I support has stopped his antidepressants", "your client"),
    ],
)
def test_somebody_else(words, who):
    assert whom(words) == who


@pytest.mark.parametrize(
    "words",
    [
        "my boyfriend gave me chlamydia is it curable",
        "oot barlinnie tuesday n ma cousin's got a bag, same size hit as before aye",
        "used the other boys razor in the hostel then heard he's got hep, can ye get it aff a shave",
        "my partner says i drink too much",
        "ma da drinks and i think i do too, am i drinking too much",
        "my doctor said i have high blood pressure what can i eat",
        "my ex stopped me seeing the kids",
        "can i drink on antibiotics",
        "ma da died and i cant sleep",
        "ma da died, whit helps wi grief",
        "my wife hits me",
        "ma liver's sore fae the drink",
        "a cannae sleep since ma wife left",
        "me and my pal took ket, is it bad",
        "is it safe for us to have sex if he has hiv",
        "my partner has hep c can you catch it off cups",
        "a took ma da's tablets",
        "my son's school phoned me, am a in trouble",
        "i need to stop drinking for my kids",
        "ma kids are aw a've got, how do i get aff it",
        "what can you take for a sore head",
        "how long does weed stay in your system",
        "a boy in ma squad takes blues, is that bad for ma shift",
        "my ex is on the gear again",
        "does my da's drinking mean i will drink",
        "am worried about my drinking, my wife is too",
        "",
        "hrt is that safe, my auntie had the breast cancer",
        "what age do they check you, my da died of it",
    ],
)
def test_themselves_or_not_plain(words):
    assert whom(words) is None


PLAIN = "Have you had some? See your GP."


def test_the_answer_is_said_to_the_other():
    assert lead_for("your mum", "alcohol", "Can I drink on tablets?", PLAIN) == ("Here's what I'd say to your mum:")


def test_a_child_is_no_small_adult():
    for words in ("ma wean's got a sore head, how many paracetamol", "my 9 year old son has a bad cough"):
        assert "for adults" in lead_for(whom(words), "physical_health", "How many painkillers can I take?", PLAIN)


@pytest.mark.parametrize(
    "topic, question, text",
    [
        ("alcohol", "Somebody in my family drinks too much, where can I get help?", PLAIN),
        ("drugs", "What do I do if someone overdoses?", PLAIN),
        ("suicide_prevention", "What do I say?", PLAIN),
        ("womens_health", "Is it abuse?", "You can call 0800 027 1234."),
        ("physical_health", "My baby has colic and won't stop crying. What helps?", PLAIN),
        ("alcohol", "What's a unit?", "A unit is 10ml of pure alcohol."),
    ],
)
def test_an_answer_to_a_helper_needs_no_such_words(topic, question, text):
    assert lead_for("your mum", topic, question, text) is None


def test_partners_share_a_question_about_sex():
    assert lead_for("your partner", "sexual_health", "Chlamydia?", PLAIN) is None
    assert lead_for("your son", "sexual_health", "Chlamydia?", PLAIN)


@pytest.mark.parametrize(
    "words, who",
    [
        ("what about if its ma maw", "your mum"),
        ("wit about if its my brother", "your brother"),
        ("and my wee brother?", None),
        ("whit aboot ma pal", "your friend"),
        ("and for my da", "your dad"),
        ("what about my client", "your client"),
        ("what about ma maw shes 70 and on the voddy every day", None),
        ("what about the wean", "your child"),
        ("and what about if its her mum", "them"),
        ("what about thursday", None),
    ],
)
def test_the_same_for_somebody_else(words, who):
    said = same_for(words, "alcohol")
    assert said is None if who is None else f"goes for {who} too" in said


def test_a_parent_asks_for_themselves_about_money_for_a_child():
    who = whom("ma wee boy needs school shoes is there a clothing grant")
    assert lead_for(who, "financial_health", "Can I get help with uniform?", PLAIN) is None
    assert whom("ma youngest boy needs a coat") == "your child"
    assert whom("my son is 23 and back at school, can he get a grant") == "your son"


def test_the_mum_of_somebody_is_not_theirs():
    assert whom("mum of a newborn I support needs formula") == "them"
    assert lead_for("them", "financial_health", "What is Best Start Foods?", PLAIN) is None
