"""Which words a slip of the thumb is mended towards, and which ordinary words are never touched."""

from __future__ import annotations

#: Words worth mending one slip in ("paracetmol", "mysefl"): they carry danger, and are long enough to be told apart.
MEND: frozenset[str] = frozenset("""
suicide suicidal tablets tablet paracetamol overdose overdosed overdosing breathing breathe unconscious unresponsive collapsed
seizure seizures bleeding stabbed slashed strangled strangling strangles threatening threatened threatens raped myself himself herself
themself anymore tonight tomorrow goodbye nobody burden hopeless worthless pointless jumping bridge wrists wrist cutting killing
methadone heroin valium diazepam samaritans ambulance drinking stopped shaking hallucinating hallucinations withdrawal withdrawals
hurting violent abusive abused assaulted assault attacked attacking knife machete partner boyfriend girlfriend husband swallowed
pills living ending dying alive disappear without everything nothing thoughts thinking feeling wanted choking choked chest heart
attack waking suffering existing exist kill batters battered beating punched drowning hanging hanged hospital medication
antidepressants codeine tramadol everyone someone friend brother sister mother father daughter samaritan vomiting paralysed drooping
numb existence unalive selfharm harming burning razor blade noose rope stockpiled stockpiling emergency sexually forced molested groped
dead want hates scared raping leave controlling controls stalking following wish things better point tired nothing weans boyfriend tonight taking trying heroin phone night world
worth reason longer again always messages thinking fucking weapon threaten happier family another
""".split())

#: Ordinary words one slip from one of those, or that fall apart into rule words: never "corrected".
LEAVE: frozenset[str] = frozenset("""
choke
abby abel acre acres afterlife aground alain alice alike aline alter alto amir amused amusing angles anna arching
ardent ares argent arise arises arose arts attach attached backed baird bangs banking banning barley batted battled
battles beaming bearing bears beasts bedside below beta bets betting bitter bjorn blake blank blaze blending blocked
blowing blurted boating boats boeing booking booming boone boost boosted borne bowen bowling boyd braking breadth
breast breeding brest bride bridges bridget bridle brody brook brooke brothel burdens buren burying butter buys cain
calming canine caring casting chant chase cheat checkpoint chocking chord christ chuckled clapping clare clash
clashes clause clauses cleansing clearer clearing clicking coast coasts coking coli collapses colt contact content
contrast convent cooke cooked cooking cooling coroner count coupe coveted crashed craving creation crest crouch
curving dade dani dante dared dated dazed deadline derive dion diving domes dona doping doses downing draft drafting
dread dried dripped driven drone dropping drugged drying dyeing east editing emergence endless eras erase exciting
exited exiting exits expenditures exploring external failing fantasies fare farther faust feast feather feeding
fellows fibre fiend flit flits flitted flitting filing filling filming finance finnish fist fists flaming flavour fleet fleeting fleming flight
float floats flood flour flying force forged formed forming framing freed freeing fried fright gaping garbage gassed goran
graceful granada grasped grasping groan groin grouped grunted gust hades hadn halted handed handel handing hanger
harding hari harsh haste hater hatred haute haven hayes healing heard hearst hearth heated heating heaving heroic
heroine heron herring hiking hinged hints holden homeless honesty hopped hopping horse huang hunters hunting hunts
hurling hurst ieee infected injection justine kinds knicks lacking lands lansing latter launch laying leading leads
leaking leaning leaping lease leasing leaver lending lest licking lifelong lifetime liking linger lining linked
listing livingstone lobbied lodging logan longed looming loose looting loving maine mari marker marking massage
mastering masters meade medal mediation meditation melting meta metre milne moaning moist monkey moore mourning
munster muttering neighbor nights norse norte noting odin odor ounce owen owner owning packers packing painted
palace palls panting patting pausing paying pearce pearson phones piles pinched piper pitching placing plaid plain
plains planted planting plush pockets pointe points polling polls polo posing pots practiced practicing primate
prince print printed printing prone property propped protect pulsing raced raged raiding railing raising raked rams
range ranges ranging rani rapid rasped rated rating raving rbis reaching redding regal relying renal ropes roping
ruining sacked sacred scaled scaling scare scares scent score scored scoring scouting searing seating seats seeking
seeming selling seoul settling sewing sexes shack shame shane shaping shave shaved sheen shelf shifting shipped
shipping shoes shopping shore shout shoving sing singing sipped sipping skipped skipping slack slaking slave slick
slide sliding slight smelled snack snake snaking snapping sneaking sneered soaking soared soaring somber soothing
spared spelled spelling spent splash splashed splits splitting spoon sporting spotting spurred stack stacked stadion
staging stake staking stalled stared starred starring starting startled stated stating stays stealing steered
stemming stepped steven stinging stomped strand stray streaming stripped stronger stuart sued swapped swaying
swearing sweat sweeping tabled tables tapped testing thanking thin thinks thirsty thorough though threads thrust
tide tiled timed tipping tires token torches towns tracing trading trailing trapping treating treats tribes tripped
trough tsar tubes tunes tuning turing tying valleys veil viii vince violet waist waited waiter walter walters
wandering washing wasted wasting weaken weakening wears weaving welding wheat wheeling widows width windy witches
worlds worthy writhing xiii
""".split())
