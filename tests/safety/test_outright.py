"""The families of what is said outright: each alarms at what it must see, and leaves its everyday neighbours alone."""

from __future__ import annotations

import pytest

from bot.safety import outright, screen
from bot.safety.screen import RULES, rules_see, spelt

SAID = {
    "under_wheels": ["im going under a train the day", "gonnae step in front of a bus tonight"],
    "off_a_height": ["am gaun aff the high flats the night", "off the balcony i go"],
    "on_the_line": ["lying on the train tracks", "i am standing on the railway line"],
    "rope_tied": ["tied the rope to the banister", "the noose is ready", "i have tied rope for my neck"],
    "brains_out": ["gonny blow ma brains oot", "a bullet through my own head"],
    "body_found": ["they'll find me hanging", "youll find my body", "ill be deid by friday"],
    "drink_poison": ["gonna drink the antifreeze", "i drink bleech now"],
    "taken_to_die": ["i take these tablets for to die", "a hotshot on purpose"],
    "end_of_life_made": ["i want make end of my life", "decided to put an end to myself"],
    "locked_in_with": ["my son has locked himself in the bathroom with a blade and wont answer", "she's barricaded hersel in the room wi a load of pills"],
    "voices_bid": ["the voices are saying kill yourself"],
    "to_the_dead": ["going to be with my mum in heaven tonight"],
    "ends_me": ["tonight i make end of me", "going to die by my own hand", "i have decided not to live", "ma heid in the oven, am gonnae put my head in the oven"],
    "into_a_wall": ["gonnae drive ma motor intae a wall", "im going to crash the van into a lorry"],
    "cutting_now": ["i'm in the bathroom cutting my thighs", "just sliced my arm open", "im banging my heid until it bleeds now"],
    "lies_and_does_not_wake": ["my friend he take too much gear and not wake"],
    "telegram": ["he no breathe", "baby fit", "heart attack ma da"],
    "child_took": ["the toddler's eaten granny's tablets", "ma wean drank bleach"],
    "no_answer_to_naloxone": ["nyxoid's in, nothing happening", "two naloxone and still blue"],
    "run_through": ["a chisel through his palm", "nail right through my foot"],
    "goes_down": ["a man's dropped at the bus stop", "the lad beside me's fitting"],
    "fell_far": ["a boy fell through the ice", "my son has fallen from the window"],
    "breathing_goes": ["my breathing is going", "the inhaler isnt touching it"],
    "blow_to_my": ["he kicked my ribs again", "she smashed me in the face"],
    "out_of_me": ["he battered fuck oot me", "dad knocks the shit out of us"],
    "says_hell_kill": ["he sed hes gna kill me wen he gets in", "her ex told her he'll stab her"],
    "means_to_kill_me": ["hes gonna kill me, hes got a hammer", "he says ill be leaving here in a box", "she came at me with a kitchen knife"],
    "blows_now": ["hes smashing the place up and hitting me", "he strangle me yesterday"],
    "back_to_finish": ["they jumped me and they're coming back to finish me off"],
    "hurts_my_body": ["daddy hurts my bum", "ma uncle touches ma bits"],
    "held_by_neck": ["ma felly goat us by the throat cause a smiled at the barman", "my da has me by the throat", "held against my will"],
    "beats_another": ["the man next door is battering his wife"],
    "not_the_month": ["no buyin a bus pass, a'll no be livin the full month", "i wont be alive the weekend"],
    "counted_and_taken": ["is tramadol bad for you, i had 20 of them the now", "see diazepam how many is too many ive just took thirty of them"],
    "dry_days_and_worse": ["second day sober bad tremors and the walls are moving", "three days aff the drink n am seein spiders crawlin", "48 hours without a drink, shaking violently", "stopped the vodka friday for the wean. now im sweatin n i keep seein things movin on the wall"],
    "by_the_hand": ["my pal jist phoned, says hes takin his ain life the night", "the boy says he will make himself dead", "he'll be away by his own hand", "she's killing her shelf the night"],
    "dead_by_then": ["ma son's texted goodbye n he'll be deid afore a get there", "he plans to be dead by friday", "be dead by mornin x"],
    "no_morning": ["they took my boy the day. am no seein the morning", "al no see the morning ive decided"],
    "round_the_neck": ["MY BROTHER IN LAW HAS A ROPE ROUND HIS NECK", "ive got the belt roon ma neck"],
    "taken_on_purpose": ["swallied everythin in the cabinet on purpose", "he's jagged a massive hit on purpose", "injectin enough the nite that a winny come back"],
    "trying_not_to": ["called you because am tryin not to kill masel"],
    "into_traffic": ["walkin ontae the motorway so a lorry hits me", "standing on the train line now", "im on the train tracks waiting for the next one to hit me"],
    "about_to_let_go": ["up the multi storey about to let go"],
    "fire_on_self": ["he say he burn himself, he buy petrol already", "gonna set myself on fire"],
    "jump_now": ["get me somebody on the phone now or a jump am at the top of the multi storey", "i go jump on train rails", "oan the ledge jumpin noo", "jump now. goodbye"],
    "so_i_die": ["makin sure a die the day", "gonna crash the van at 90 so i die and the wean gets the insurance", "took the hale box so id be deid by ten", "under a train themorra"],
    "commits": ["am committing suicide at dinner time, polite notice", "sober as anything an still set on suicide", "wan last drink then suicide"],
    "kicks_the_chair": ["gony kick the chair away the night so nobody finds me", "im stringing up when they bang us up the night", "the only one left for me to shoot is me. guns loaded", "off to be with my Jeannie in heaven, gas is on and the windows shut"],
    "checking_out": ["checkin out for good big man"],
    "cannot_keep_safe": ["she doesn't feel able to keep herself alive tonight", "i cant keep myself safe"],
    "overdosed_on": ["od'd on ma sertraline feel funny"],
    "blood_spurts": ["its spurting blood", "wrist is spurtin everywhere"],
    "soaks_the_pads": ["miscarryin, soaking a pad every ten mins"],
    "scalded": ["kettle all over ma legs", "boiling water on my arm, the skin has come off"],
    "in_the_eye": ["bleach in ma eyes", "got cement in my eyes and cant see"],
    "left_behind": ["ma boy has left his phone and wallet and a note and took the car up to loch lomond", "Found a rope and a letter under my husband's side of the bed"],
    "used_and_snores": ["ma pal's had the kit and hes snoring mad and clammy", "he took a bag of gear and noo hes blue"],
    "baby_lies_still": ["34 weeks and baby has not moved since yesterday but i dont want make trouble", "cannae feel the baby movin since last night"],
    "coffee_grounds": ["been bringing up stuff like coffee grounds aw mornin"],
    "cord_out": ["waters went and the cord is hingin oot", "baby's coming right now"],
    "fits_on_and_off": ["fittin on n aff", "my chest is stopping"],
    "sepsis": ["i think its sepsis", "shes mottled and confused, help"],
    "hand_down": ["he put his hand doon ma trousers", "he does things to me i dont want", "gets in the shower with me and touches me"],
    "sold": ["guys are payin tae go in tae her", "he sells me to his pals"],
    "tied_up": ["am tied tae a chair in a flat", "he tied me up and left me"],
    "kept_to_work": ["boss no pay, no let leave", "they took our passports and we cant leave"],
    "sharpens_it": ["him sharpening an axe saying it's for me"],
    "murders_next_door": ["nextdoor is murderin his wife, a can hear her screamin"],
    "kin_hits": ["ma big sister batters me", "my foster carer hits the wee ones"],
}  # fmt: skip
NOT_SAID = [
    "signing out of the class early", "the saddle hurts my bum", "my boots hurt my feet", "insulin finished, chemist gave me more, im fine", "tapping out of the darts", "i crashed the van into a wall at work", "putting the shelf into the wall", "he beat me in the chess", "she hammered me at uno",
    "going on the train at nine", "im going off the bus at the bridge", "going over the bridge to govan", "sitting on the train to ayr", "tied the rope to the van",
    "blow my mind, that class", "you'll find me at the front door", "dead tired by friday", "how much bleach for the mould", "took the bus to the dentist", "put an end to that noise",
    "is the voice class on", "i finish tonight at six", "cutting my hours down", "cut my hair myself", "baby fits the pram fine",
    "my wean takes his medicine fine", "is naloxone free", "a nail in the wall", "my pal dropped in at the hall", "fell out with my sister", "inhaler prescription please",
    "he broke my phone", "rangers battered us three nil", "my mum kicked me out", "he beat me at darts", "my brother beat me at pool", "or she'll kill me",
    "coming back to finish my hours", "they've got me by the hand", "beating the traffic", "the group hits the gym on friday", "leave it in a box at the door", "a bag of nails",
    "are ibuprofen ok, i took two of them for my back", "they gave me paracetamol and i had 30 of them over the month", "three days sober and feeling great", "day two no drink, sleeping better",
    "playin uno wi ma gran n shes murderin me", "gonna batter ma brother at darts the night", "watching a documentary where the guy had a seizure", "ma boy is choking to get to the fitba",
    "playin that fortnite, i was shot ten times in a minute", "he never touches me, we just argue about the telly",
    "checking out of the hostel for good on friday", "my phone will be dead by tonight", "ill see you tomorrow morning", "i wont see the morning class", "a lead round the dog's neck",
    "took the wrong bus on purpose", "trying not to kill myself laughing", "walking on the road to the class", "standing on the train to ayr", "up on the roof about to fix the slates",
    "cant keep myself busy", "the kettle is all over the kitchen", "lime in my drink", "baby is coming in june", "these shoes are fitting now", "is sepsis bad", "my hands are in my trouser pockets",
    "guys are paying for the bus", "he sells me tobacco", "tied up at work the now", "no pay this week and i cant go out", "he has a knife to cut the cake", "the midges are murdering me", "hand me down jeans",
    "about 2 kms away", "im about 2 kms from the hall", "i ran 2 kms", "hang the cord out the window", "blood donor session", "an idea is pumping in my head",
    "he left his keys and a note for the gas man at the office", "baby isnt moving in with us yet", "can't feel it moving in the wind", "had the kit on for the fitba, he snores at night",
    "jump on the train to ayr", "jumped off the bus at the bridge", "so i die of boredom", "is the gas on and working", "suicide prevention class at dinner time", "stringing up the fairy lights", "kicked the chair by accident",
    "make sure i dont miss it", "set on doing the course", "the xbox gun is loaded on the game", "drop off at the multi storey", "she doesnt keep herself fit", "is the hand book in my top drawer", "he cant keep himself out of trouble",
]  # fmt: skip


def test_every_family_has_its_examples():
    assert set(SAID) == {rule.name for rule in outright.RULES}
    assert {rule.name for rule in outright.RULES} <= {rule.name for rule in RULES}


@pytest.mark.parametrize("family", SAID)
def test_it_alarms(family):
    quiet = [line for line in SAID[family] if (seen := screen(line)) is None or seen.strength != "strong"]
    assert quiet == []


@pytest.mark.parametrize("family", [rule.name for rule in outright.RULES])
def test_each_is_what_sees_its_own_line(family):
    rule = next(rule for rule in outright.RULES if rule.name == family)
    assert any(rule.regex.search(spelt(line)) for line in SAID[family])


@pytest.mark.parametrize("line", NOT_SAID)
def test_its_neighbours_sound_no_alarm(line):
    seen = rules_see(line)
    assert seen is None or seen.strength == "weak"


@pytest.mark.parametrize(
    "line",
    [
        "can i change to thursday, the wean has swallowed bleach and hes going limp",
        "is the gym still on at two and also how do i get there because my sister has just swallowed two boxes of paracetamol",
        "got the letter about my hours, the painting squad was alright, but honestly i am going to hang myself when i get in tonight",
        "took 40 paracetamol at teatime been feeling fine ever since do i need to worry",
        "he hanged himself, i cut him down but hes not breathing",
        "ma maw is lying on the floor and shes no breathin",
    ],
)
def test_other_business_beside_it_makes_it_no_smaller(line):
    assert screen(line).strength == "strong"


@pytest.mark.parametrize(
    "line",
    [
        "she held a knife to me once, i left the next day", "my gran took a stroke in the summer, she's talking again", "he broke my arm once but he's been in barlinnie 3 years",
        "i was strangled by my ex and now i do talks about it", "the man who raped me got nine years", "i was gonna end my life in the jail, glad i never",
        "i havent cut myself in years", "i wasnt saying i want to kill anybody", "they had us doing cpr on a dummy that wasnt breathing", "i've not taken too many, i took one",
        "mum was battered by my da her whole life, he passed away", "my son was a fitting baby, had a bad seizure as a baby",
    ],
)  # fmt: skip
def test_what_is_over_denied_or_a_lesson_is_asked_about(line):
    seen = screen(line)
    assert seen is None or seen.strength == "weak"


@pytest.mark.parametrize("line", ["he used to be fine but now he is hitting me", "we split but hes outside my door with a knife", "hes never hit me in front of the weans, only when im alone and hes choking me now"])
def test_what_is_not_over_still_alarms(line):
    assert screen(line).strength == "strong"
