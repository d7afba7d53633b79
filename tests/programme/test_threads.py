"""A few words are read by what the same person said before them; what stands by itself is left alone."""

from __future__ import annotations

import pytest

from bot.programme import threads

PREGNANT = ["am 12 weeks pregnant", "hi im pregnant n on unpaid work"]


def name(text, own=(), given=None, **more):
    found = threads.found(text, list(own), given, **more)
    return found and found.name


@pytest.mark.parametrize("before", ["hi am 12 weeks pregnant", "I'm 5 months pregnant and scared", "pregnant, 3 months",
    "ma baby's due in march", "hiya am pregnant n they've got me liftin slabs"])  # fmt: skip
@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("an can a still huv a wee drink at the weekend? jist a wee bit", "pregnant_drink"),
        ("is a glass of wine ok", "pregnant_drink"),
        ("whit can a take fur bein sick in the mornins", "pregnant_sick"),
        ("cannae stop boakin", "pregnant_sick"),
        ("a still smoke a few a day. is it too late to stop", "pregnant_smoke"),
        ("can they make me dae it? whit are ma rights", "pregnant_lifting"),
        ("can i take ibuprofen", "pregnant_tablets"),
        ("is a joint ok", "pregnant_drugs"),
        ("cannae stop drinkin every day", "pregnant_drink_help"),
    ],
)
def test_who_is_pregnant_stays_so(before, text, row):
    assert name(text, (), ever=[before]) == row


@pytest.mark.parametrize("before", ["am i pregnant", "ma burd is pregnant", "i think i might be pregnant",
    "a had a miscarriage", "do you get free milk if you are pregnant", "hi", "she's 12 weeks pregnant",
    "can i still drink"])  # fmt: skip
def test_who_is_not(before):
    assert name("can a still huv a wee drink at the weekend", [before], ever=[before]) is None


def test_it_is_not_asked_for_another():
    assert name("can he still drink", PREGNANT, for_another=True) is None
    assert name("am sick cannae make ma shift the day", PREGNANT) is None


@pytest.mark.parametrize(
    ("text", "own", "given", "row"),
    [
        ("3. morning sickness", [], None, "morning_sickness"),
        ("but ma nose keeps bleedin", ["ching at the weekend"], None, "nose_after_coke"),
        ("how do a stop ma nose bleedin", [], "sexual_health/sharing_notes_straws", "nose_after_coke"),
        ("how do i stop a nosebleed", [], None, "nose"),
        ("ma hearts goin like the clappers on a sunday efter it. is that normal", ["coke maist weekends"], None,
         "heart_after_coke"),
        ("ma heart was racin aw day sunday", [], "drugs/get_off_cocaine", "heart_after_coke"),
        ("so is it normal aye or naw", [], "drugs/cocaine_and_heart", "is_that_normal"),
        ("the NHS one. whats the number", ["I drink every day"], None, "alcohol_number"),
        ("I want the alcohol folk fae the NHS, the phone number", [], None, "alcohol_number"),
        ("Glasgow Council on Alcohol then, number?", [], None, "alcohol_number"),
        ("number fur the alcohol and drug recovery team", [], None, "alcohol_number"),
        ("is it an alcohol service ye have, phone number", [], None, "alcohol_number"),
        ("Who can I see near Shettleston", [], "alcohol/help_in_glasgow", "alcohol_near"),
        ("letter aff sheriff officers the day… whits that mean", [], None, "charge_for_payment"),
        ("its a DEBT letter… charge fur payment", [], None, "charge_for_payment"),
        ("is there a number a can ring fur free? av nae credit", [], "financial_health/debt_where_start",
         "free_debt_number"),
        ("thats aboot 3 months ago noo", [], "financial_health/pip_challenge", "pip_late"),
        ("ma pip got stoped an av a payday loan", [], None, "pip_and_payday"),
        ("the bettin. how dae a stop it", [], None, "gambling_stop"),
        ("is there a number a can ring", [], "financial_health/gambling_help", "gambling_number"),
        ("which group, mens or womens", ["im trans"], None, "trans_group"),
        ("do i go in with the women", ["im trans"], None, "trans_group"),
        ("can i go to the first one tho, im a man", ["i am a trans man"], None, "trans_group"),
        ("i am a trans man, registered male at my gp. will i get invited", [], "womens_health/smear_when",
         "trans_smear_letter"),
        ("will my gp find out", [], "womens_health/smear_scared", "smear_private"),
        ("It cost money?", [], "physical_health/nhs_interpreter", "interpreter_cost"),
        ("how say in english when i call?", ["tooth pain"], "physical_health/nhs_interpreter", "say_tooth"),
        ("how i say in english", [], "physical_health/nhs_interpreter", "say_interpreter"),
        ("What tablet from shop for tooth pain", [], None, "tooth_tablet"),
        ("and ibuprofen? together ok?", ["tooth pain"], None, "tooth_tablet"),
        ("pharmacy can help me? I have no doctor", [], None, "chemist_without_gp"),
        ("I am 5 month after baby. dentist free for me?", [], None, "dentist_after_baby"),
        ("scared to go", ["got a letter for the breast check"], "womens_health/smear_scared", "breast_pain"),
        ("No that's the smear. I meant the breast one", [], "womens_health/smear_scared", "breast_pain"),
        ("my mum had breast cancer", [], "womens_health/hrt", "hrt_family"),
        ("is it pills or patches", [], "womens_health/hrt", "hrt_kinds"),
        ("is it free hrt", [], None, "hrt_kinds"),
        ("up 4 times a night with it", [], "womens_health/hot_flushes", "flushes_at_night"),
        ("a canny face phonin a doctor", ["a hear voices"], None, "voices_no_phone"),
        ("is there sumwhere a can text or walk in", [], "mental_health/hearing_voices", "voices_no_phone"),
        ("someone could sit with her for an afternoon", [], None, "carers"),
        ("respite for carers", [], None, "carers"),
        ("is there a carers centre I can phone", [], None, "carers"),
        ("my mum has dementia. I am just worn out", [], None, "carers_worn"),
        ("awrite just got oot the bar-l on tuesday", [], None, "just_out"),
        ("any jobs fur boys wi a record", [], None, "jobs_with_a_record"),
        ("can the chemist dae it", [], "sexual_health/hep_c_test", "hep_c_place"),
        ("needles exchange or chemist up here naw?", ["hep c test springburn"], None, "hep_c_place"),
        ("whits sleepio", [], None, "sleepio"),
        ("a lie there tae 4 in the mornin so a dae", [], None, "awake"),
        ("ma heid jist keeps gaun roon n roon at night", [], None, "awake"),
        ("aye nane wi 1. whit else for sleep no apps", [], "mental_health/cannot_sleep", "sleep_no_apps"),
        ("sleep app. ma brothers deid an u gie me an app", [], None, "app_after_a_death"),
        ("is there like a group. men that lost sumdy", [], None, "grief_group_asked"),
        ("naw in person. near govan", [], "mental_health/grief", "grief_group"),
        ("when u say cruse is phone only aye", [], "mental_health/grief", "grief_group"),
        ("am the da. no the maw. its colic they say", [], "womens_health/postnatal_low",
         "the_dad_of_a_baby_with_colic"),
        ("am the da no the maw", [], "womens_health/postnatal_low", "the_dad"),
        ("a group for dads... near parkheid", [], None, "dads_group"),
        ("anythin for me tho. like for the temper. dads", [], "mental_health/anger", "dads_group"),
        ("which hospital is near pollok", [], None, "nearest_ae"),
    ],
)
def test_what_belongs_to_a_thread(text, own, given, row):
    assert name(text, own, given) == row


@pytest.mark.parametrize(
    ("text", "own", "given"),
    [
        ("whats the number", [], "financial_health/uc_sanction"),
        ("is it sore", [], "sexual_health/what_happens_at_test"),
        ("do patches work", ["a smoke 20 a day"], "physical_health/nicotine_replacement"),
        ("sheriff officers want to take ma telly", [], None), ("can a drink on antibiotics", [], None),
        ("a got a nosebleed efter a punch", [], None), ("ma heart is broken", ["a take coke"], None),
        ("got oot the jail a week ago n canny sleep", [], None), ("is there a women's group", [], None),
        ("what happens at hospital for paracetamol", [], None), ("do you have to say at the interview", [], None),
        ("found a lump in ma breast am scared", [], None), ("is the session on near govan", [], None),
        ("i want to book the mens group", [], None), ("what's else on", ["sleep class"], None),
        ("ma da drinks too much", [], "mental_health/anger"),
        ("whats the number for aa", ["a drink"], "alcohol/cut_down"),
    ],
)  # fmt: skip
def test_what_stands_by_itself(text, own, given):
    assert name(text, own, given) is None


def test_every_thread_says_one_thing():
    for thread in threads.THREADS:
        assert (thread.answer is None) != (thread.sentence is None), thread.name
