"""Danger told by what happened: each family with what it must see, and its everyday neighbours, which it must not."""

from __future__ import annotations

import pytest

from bot.safety import happenings
from bot.safety.screen import RULES, rules_see

SAID = {
    # --- done by somebody
    "body_broken": ["he bust ma nose", "ma brother cracked two of my ribs", "wife kicked ma knee oot", "she broke his fingers", "my husband he burn my arm"],
    "hit_by_one_near": ["my brother chib me in the leg", "my husband choke me last night", "he put my head through the wall", "mother in law slap me", "ma stepdad gies me a dig if a talk", "he knocks lumps oot us", "flung doon the stairs by ma man", "beaten wi a belt by ma da", "takes it oot on ma face", "i get punched for it"],
    "gripped": ["she had me by the throat", "he drags me by the hair", "his haun roon ma neck"],
    "thrown_at_me": ["he launches mugs at me", "she lobs plates at my head", "my partner hurled the kettle at us"],
    "things_taken": ["she nabbed ma card and pin so am skint", "partner deleted ma sim and blocked ma sister", "gran's nephew is emptying her bank account", "he took the sim oot ma phone", "husband keep all my wages", "she's got ma bank card an ma pin", "he willny gie me ma keys back", "ma son takes ma pension aff me", "she ripped up ma letters"],
    "kept_in": ["he shuts me in the cupboard", "he'll no let us past the door", "she locks me in when she goes oot", "my man not allow me talk to my mother", "he chained the gate so a canny go", "boyfriend has the door locked and wont let me out"],
    "watched": ["he times me to the shops", "he counts ma steps", "she checks everything on ma phone", "he has cameras in the bedroom", "he stands outside my work every night", "she says im her property"],
    "punished": ["he says be home by six or else", "if a moan i get it", "she said im next", "forty minutes or the cat gets it", "she says she'll take the wean if a leave"],
    "bruises_hidden": ["got a keeker to cover up", "what to wear, i have bruises to hide", "lost a tooth to his fist", "there's belt marks on the wean's back"],
    "fear_at_home": ["weans go quiet when his key's in the door", "a sleep wi a chair against the door", "ran away from him wi the weans", "the wee yin is terrified of her da", "its no safe at hame wi him"],
    "sexual_by_one_near": ["dad comes into my room at night", "boyfriend filmed me and says he'll post it", "my stepbrother comes in my bed", "ma uncle did things tae me", "he wis at me when a wis a wean", "her grandad touches her", "husband says a wife canny say no", "he gets on top of me anyway"],
    "made_to_work": ["my cousin make me sleep in the garage and take my wage", "i owe the dealer so i work for him in bed", "they keep my papers and i work for no pay", "boss say i owe him so i sleep with men", "she make me marry, i not want"],
    "one_near_hurts_another": ["he chokes ma mum", "ma neighbour hits his wean", "his stepda put him through a door", "my brother pushes gran"],
    "harm_to_come": ["gonnae plunge the grass", "am at his house wi a bat", "burn his motor wi him in it"],
    # --- the body in danger
    "all_of_it_taken": ["necked the whole packet", "swallied every wan of them", "took a full box", "drank something oot the shed and ma throat's burnin", "took a heap of stuff seeing double"],
    "no_answer": ["granda's slumped an no answering", "he hit his head an he'll no come roon", "she stop breath", "pal has gone all cold and floppy", "he cannae be woke", "fell aff the roof an no talkin"],
    "seized": ["her eyes rolled and she went stiff", "canny stop fitting", "takin fit after fit", "frothing at the mouth", "convulsed in the kitchen", "he shake all body"],
    "swelling_throat": ["ma eyes swelled shut and i canny swallow", "stung by a wasp, throat closin", "ma tongue is swelling", "throat swell after the bee sting", "the swelling has went to his throat", "lips are huge i ate nuts"],
    "dry_and_seeing": ["off the bottle two days and the curtains are moving", "three days dry an seein rats", "no drink since friday and shaking bad with sweat pouring", "there's spiders on the wall, stopped the vodka", "i stop alcohol, now i shake and scream"],
    "blood_and_blades": ["blood under the bathroom door", "a guy got stabbed on our stair", "it comes out like water, the blood", "ma shirt's soaked in blood", "he stuck him wi a screwdriver", "she cut her wrists and is still bleeding"],
    "on_the_line": ["lassie standing on the rail line at croy", "a boy's lyin on the tracks", "she's climbing over the railing", "he went through the ice", "the wean went in the canal an no come up", "someone has run onto the motorway", "he's hanging off the balcony"],
    "crash_and_fire": ["ma hair's on fire", "our flat's on fire", "ma tent is on fire", "the close is full of smoke", "van crashed and the boys are trapped", "a car ploughed into folk", "he got hit by a lorry"],
    "heart_and_head": ["heart feels like its stopping", "ma heart wont stop racing", "she took a funny turn and can't speak", "can't breathe and the inhaler does nothing", "sugars are 1 and seeing double", "gas smell and my wife has passed out"],
    # --- meaning to die
    "dead_by": ["nobody will pay it when i'm dead on monday", "put me down as deceased", "a'll be in the cemetery by then", "dead men dont need hours", "ye'll find me in a box"],
    "ended_before": ["i'll have ended it by then", "endin it afore the hours are done", "gonna be finishing me", "cancel the class, the hours an me", "time is finished by my own hand"],
    "last_words": ["writing my goodbyes", "need to send my last messages", "you're the last one i'll talk to", "ta ra forever then", "goodbye now properly", "who gets to read ma last words"],
    "not_there_for_it": ["happy new year, a'll no see it", "not gonna be here for my birthday, dont want one", "i wont be breathing by then", "no planning on seeing the summer", "am no stayin in this world"],
    "water_and_height": ["away tae find a high roof", "walk into the sea", "wrong side of the barrier", "a'll be at the bottom of the canal", "walkin tae the bridge an no comin back", "lay down on the rails"],
    "all_set": ["i've the rope and the beam", "i'm going to the tracks", "i have tablets and i will use them", "i've chosen how and when", "ma plan's set and i'm calm", "the day i picked tae go", "everything laid out in front of me to do it", "i've got a plan. told nobody"],
    "join_the_dead": ["i intend to follow my wife", "goin the same way ma da did", "time i joined my maw", "away up the road to heaven", "rather be in the ground with him"],
    "off_life": ["want aff life", "naw to life", "fell oot wi living", "stopping the clock on me", "not worth the air", "want the lights out for good", "i no longer wish to continue living"],
    "body_cut": ["i'm cutting right now", "the knife's at ma wrist", "scratching ma wrists wi a pin", "hate my body so i cut it", "up all night wi a razor", "locked the door and cut", "cut too deep"],
}
NOT_SAID = [
    # one word away from a rule
    "my mum reads my letters to me cos i canny read", "she took my bag up the stair for me", "my son took my pills to the chemist", "no drink for two days, seeing the benefits", "walking on the canal path",
    "chosen when to come", "going after my dad's appointment", "made my will at the money class", "my uncle did stuff with me at the allotment", "can you finish me early friday", "i was hit by a van in 1998",
    "ma dug bit ma hand at the park", "brother hit me up for a tenner", "follow my wife to spain on friday", "stop the clock, i did my hours", "cut down to three cans", "gonna plunge the sink", "this is me away home",
    "will hep c kill me", "what can I do when life on the order gets on top of me", "i don't want to live in a hostel", "heart stopping stuff at hampden", "get rid of me out your system", "nobody takes my money off me",
    # football, games, telly
    "the keeper broke my heart on saturday", "celtic kicked lumps out of them at the game", "got stabbed in gta and had to start again", "shot twice on fortnite", "the killer got stabbed in that show",
    "burst ma lip at the fitba", "broke ma wrist when i fell aff ma bike in 2015", "my dad broke his arm at work", "she broke her ankle on the ice", "got a black belt in karate",
    # fishing, gardening, the weather
    "the line went in the canal and no come up with a fish", "walking to the bridge to meet the squad", "fishing off the pier at the river", "there's spiders on the wall in the hall toilet", "the dug went through the ice bucket",
    "cut my hand on the brambles", "the trench is full of water", "the hall is full of smoke free signs", "the tongue of my boot is split", "three dry days in a row, great for painting",
    # phones, keys and money, from people who are kind
    "my mum keeps ma spare keys", "the bank took my money", "took ma phone to get fixed", "my son has ma car the day so a need a lift", "can you take my number off the list", "jobcentre keeps stopping my money", "lost my keys and locked out",
    "he lets me out early on fridays", "the gaffer wont let me use the strimmer", "she times the race", "my wife checks the lottery",
    # plans and days
    "got a plan for the garden", "i've picked the day for my class", "everything laid out for the barbecue", "dinner's all planned", "not gonna be here next week, away to spain", "last text from me before the match",
    "see you at new year", "i wont be there on friday", "cancel the class", "can you finish my hours early", "are my hours ended before christmas", "goodbye now",
    "follow the signs to the hall", "time i joined a gym", "i want out of the group chat", "lights out in the hall", "the shop is off the high street",
    # illness that is small, and food
    "choking for a pint", "gasping for a fag", "my throat is sore and my glands are swollen", "took two paracetamol for a sore head", "necked the whole pint", "took a box to the dump", "ate the whole packet of biscuits", "i ate nuts at the party",
    "swallied the lot, best soup ever", "no drink since friday and feeling brand new", "three weeks dry and sleeping great", "stopped drinking and seeing my kids again", "my heart wont stop singing",
    "unalived ma cactus", "bills are strangling me", "that would leave me dead in the water", "you sound like you are being held hostage", "band called overdose playing saturday", "suicide by boredom this class",
    "get on like a house on fire", "he was foaming at the mouth when we lost", "how to hang a door", "my bleeding phone is broke", "not a danger to myself", "wont wake up in time for 7",
]  # fmt: skip


def test_every_family_has_its_examples():
    assert set(SAID) == {rule.name for rule in happenings.RULES}
    assert {rule.name for rule in happenings.RULES} <= {rule.name for rule in RULES}


@pytest.mark.parametrize("family", SAID)
def test_it_is_seen(family):
    assert [line for line in SAID[family] if rules_see(line) is None] == []


@pytest.mark.parametrize("line", NOT_SAID)
def test_its_neighbours_are_not(line):
    assert rules_see(line) is None


@pytest.mark.parametrize(
    "line",
    ["he bust ma nose", "his haun roon ma neck", "necked the whole packet", "canny stop fitting", "ma tongue is swelling", "a boy's lyin on the tracks", "our flat's on fire", "i'll have ended it by then"],
)
def test_the_plain_ones_alarm(line):
    assert rules_see(line).strength == "strong"


@pytest.mark.parametrize("line", [line for lines in SAID.values() for line in lines])
def test_capitals_and_small_talk_change_nothing(line):
    assert rules_see(line.upper() + "!!") is not None
    assert rules_see("hiya. " + line + ". thanks") is not None
