"""How people write the words that matter: Scots, text-speak, phonetic and slang spellings, and slang names.

`SPELLING` maps a word as typed (lower case, no apostrophes) to the words the rules use. `PHRASES` does the same for
wording of several words, after every word has been respelt.
"""

from __future__ import annotations

import re

_TABLE = """
i: ah
im: ahm am'm aam iam
ive: iv ave av ahve uv ive'
ill: ahll al
id: ahd
my: ma mah mi mine
myself: mysel masel masell maself mysell meself mysef myslf myslef mysefl mesel meslf msyelf mself myselfs masels masle
himself: himsel hissel hisself himslef himselfs himsell
herself: hersel herslef hursel hurself hersell
themself: themsel thersel thairsel thursel theirself theirselves themselfs themselves thumsels themsels
yourself: yersel yersell urself yourself yoursel yurself
kill: kil kll kiil kyll kiill klil kell
killing: killn kilin
die: dye diee dei dy
dead: ded deid deed daed deadd
life: lyf lief lfie lyfe
live: liv
want: wnt waant whant wint wantit
want to: wanna wantae wantty wanty wannae wana waantae wantaw wanto
wants to: wantstae
trying to: tryna tryin tryna
gonna: gonnae gonny gony gunna gonae gaunny gaunnae gaunna gonni guna goona gannae gaun gontae gaunae
going to: goingto
to: tae tay ti tu tao
tonight: 2nite tonite tnite 2night thenight tonicht
today: 2day theday 2dae thaday
tomorrow: 2moro tomoro 2morrow tmrw tomoz 2moz themorra morra tmoz
too: tooo
dont: dinnae dinny dinna dnt donut dinni doan dohnt donnae
cant: cannae canny canna cannot cnt cannea cani cannie cann
wont: winnae wullnae willnae wilnae wullny willny winny
isnt: isnae isny isna aint
arent: arenae areny
wasnt: wisnae wasnae wisny wasny
didnt: didnae didny didna
havent: havnae hivnae huvnae havent havny huvny hivny havenae
hasnt: hasnae hasny
wouldnt: widnae wouldnae wudnae widny wouldny
couldnt: couldnae cudnae couldny
shouldnt: shouldnae shouldny
doesnt: doesnae disnae doesny dusnae
have: hae hiv hav huv huvin
having: havin hivin hivvin huvvin
would: wid wud wuld wld
could: cud cld
should: shid shud
no: nae nay naw noa
not: nut
nobody: naebody naebdy nobdy noone naeone naebudy nobudy nae-body
nothing: nuthin nothin nuthing nowt hee-haw heehaw nuhin nothn nuttin naething naethin
anything: anyhin anythin anyhing anyhin
everything: everyhin everythin everyhing evrything evryhin everyhings
everybody: everybdy evrybody
thing: hing
things: hings
think: hink fink thnk
thinking: hinkin thinkin hinking finkin thinkn
on: oan
off: aff
all: aw awl aa
with: wi wae wif wiv wih
without: withoot wioot withoout widout
from: fae frae frm
of: ae ay ov
out: oot owt
down: doon
head: heid hed
home: hame
house: hoose
more: mair
anymore: anymair nomore nomair nemair anymor anymoar
over: ower
about: aboot abt bout
now: noo nw rn
never: nivver nevr nevar
any: ony
taken: taen tane tooken takin tken takn tekken
took: tuk tooked tak
take: tk tek
taking: takkin
had: hud
are: ur r
you: u ye yi yous
your: yer yur
for: fur fir 4 fer
before: b4
because: cos cuz coz bc cause becos becuz
and: n nd
people: ppl folk folks
please: pls plz
give: gie gi
gave: gied
going: goin gawn
know: knaw kno ken
says: sez
sleep: slep sleap
woke: wokin
wake: wakey weyk
waking: wakin wakening waken wakn wakin waknin wakenin
breathe: breethe brethe breeth breathe breathe braethe breath
breathing: breathin breethin breethin brethin breathn breatin brething
pills: pils pillz pilz peels
tablets: tabs tabz tablits tablet's tablits tabletz
paracetamol: paracetomol parcetamol paracetemol paracetimol parasetamol paras pcm panadol
valium: vallies vallys vallium valies vali vally 
xanax: xanny xans xannies xanex
heroin: smack skag
cocaine: coke
methadone: meth'done methodone methadon
drink: bevvy bevy swally
drinking: bevvyin swallyin drinkin
alcohol: alchohol alcahol alchol
vodka: voddy vody
tonic: buckie bucky buckfast
overdose: overdoes ovadose oberdose ovrdose od
overdosed: oded overdost
overdosing: oding
suicide: sewerslide sewerside sewercide sooside suislide sucide
suicidal: suicidle
unalive: unaliv unaliving unalived
kms: kmself kmslf
ctb: ctbing
samaritans: samaritan samaratins sammaritans samartians
ambulance: ambulence amblance amberlance ambo ambulanz
police: polis
pal: mucker
mate: m8
brother: bro brer bruv
mum: maw mam mammy mither
dad: da faither dah
wean: wain waen
weans: wains weens
girlfriend: gf burd girlfreind
boyfriend: bf boyfreind
partner: prtner pardner
batters: battrs baters batturs
battered: batterd
hit: hut
hits: huts
stabbed: stabd chibbed chibd plunged
seizure: seezure siezure seizur
seizures: siezures seezures
vomiting: bowkin boakin spewin spewing puking pukin
vomited: bowked boaked spewed puked
unconscious: unconcious unconsious uncontious sparko
collapsed: collapst
bleeding: bleedn bleedin bleadin
blood: bluid blud
chest: chist
pain: payn
scared: feart feert frightened terrified skeered scaird
goodbye: gudbye goodby cheerio
sorry: soz
hurt: hurtin
hurting: hurtn
anyone: anybody anybdy
someone: somebody sumbdy somebdy sum1 some1 sumone
everyone: every1 evry1 evryone
was: wis wiz
were: wur wer
cut: kut
cutting: cuttin kuttin cutin
wrists: rists
arms: airms airm
arm: erm
leg: leig
wish: wsih wis'h
child: wee'un
children: childer
threatening: threatnin threatenin threatning
raped: r8ped graped
rape: r8pe
strangled: throttled
strangling: throttling throttlin
fucking: fuckin fkn fkin fukin fckin effing effin fn
i dont know: idk dunno
in front: infront
a lot: alot
as well: aswell
at all: atall
my life: malife
right now: rightnow
what: whit wot wut
do: dae dee
how: hoo
where: whaur
dont know: dunno
kids: kidz
close: closie
"""


def _read(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in table.strip().splitlines():
        plain, typed = line.split(":", 1)
        for word in typed.replace("'", "").split():
            if word != plain:
                found[word.replace("-", "")] = plain
    return found


SPELLING: dict[str, str] = _read(_TABLE)

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
abby abel acre acres afterlife aground alain alice alike aline alter alto amir amused amusing angles anna arching
ardent ares argent arise arises arose arts attach attached backed baird banking banning barley batted battled
beaming bearing bears beasts bedside below beta bets betting bitter bjorn blake blank blaze blending blocked blowing
blurted boating boats boeing booking booming boone boost boosted borne bowen bowling boyd braking breadth breast
breeding brest bride bridges bridget bridle brody brook brooke brothel burdens buren burying butter buys cain
calming canine caring casting chant chase cheat checkpoint chocking chord christ chuckled clapping clare clash
clashes clause clauses cleansing clearer clearing clicking coast coasts coking coli collapses colt contact content
contrast convent cooke cooked cooking cooling coroner count coupe coveted crashed craving creation crest crouch
curving dade dante dared dated dazed deadline derive diving domes dona doping doses downing draft drafting dread
dried dripped driven drone dropping drugged drying dyeing east editing emergence endless eras erase exciting exited
exiting exits expenditures external failing fantasies fare farther faust feast feather feeding fellows fibre fiend
filing filling finance finnish fist fists flaming flavour fleet fleeting fleming flight float floats flood flour
flying force forged formed forming framing freed freeing fried fright gaping garbage goran graceful granada grasped
grasping groan groin grouped gust hades hadn halted handed handel handing hanger harding hari harsh haste hater
hatred haute haven hayes healing heard hearst hearth heated heating heaving heroic heroine heron herring hiking
hinged hints holden homeless honesty hopped hopping horse huang hunters hunting hunts hurling hurst ieee infected
injection justine kinds knicks lacking lands lansing latter launch laying leading leads leaking leaning leaping
lease leasing leaver lending lest licking lifelong lifetime liking linger lining linked listing livingstone lobbied
lodging logan longed looming loose looting loving maine mari marker marking massage mastering masters meade medal
mediation meditation melting meta metre milne moaning moist monkey moore mourning munster muttering neighbor nights
norse norte noting odin odor ounce owen owner owning packers packing painted palace palls panting patting pausing
paying pearce pearson phones piles pinched piper pitching placing plaid plain plains planted planting plush pockets
pointe points polling polls polo posing pots primate prince print printed printing prone property propped protect
pulsing raced raged raked rams range ranges ranging rani rapid rasped rated rating raving rbis reaching redding
regal renal ropes roping ruining sacked sacred scaled scaling scare scares score scored scoring scouting searing
seating seats seeking seeming selling seoul settling sewing sexes shack shame shane shaping shave shaved sheen shelf
shifting shipped shipping shoes shopping shore shout shoving sing singing sipped sipping skipped skipping slack
slaking slave slick slide sliding slight smelled snack snake snaking snapping sneaking sneered soaking soared
soaring somber soothing spared spelled spelling splash splashed splits splitting spoon sporting spotting spurred
stack stacked stadion staging stake staking stalled stared starred starring starting startled stated stating stays
stealing steered stemming stepped steven stinging stomped strand stray streaming stripped stronger stuart sued
swapped swaying swearing sweat sweeping tabled tables tapped testing thanking thin thinks thirsty thorough though
threads thrust tide tiled timed tipping tires token torches towns tracing trading trailing trapping treating treats
tribes tripped trough tsar tubes tunes tuning turing tying valleys veil viii violet waist waited waiter walter
walters wandering washing wasted wasting weaken weakening wears weaving welding wheat wheeling widows width windy
witches worlds worthy writhing xiii
""".split())

PHRASES: list[tuple[re.Pattern[str], str]] = [
    (re.compile(rf"(?<![a-z0-9])(?:{typed})(?![a-z0-9])"), plain)
    for typed, plain in (
        (r"(?:my|me|ma) (?:self|sel|selves|cell)", "myself"),
        (r"(?:his|him) (?:self|sel)", "himself"),
        (r"her (?:self|sel)", "herself"),
        (r"(?:no|any) (?:more|longer)|no anymore", "anymore"),
        (r"no (?:one|body)", "nobody"),
        (r"(?:any|some) (?:one|body)", "someone"),
        (r"every (?:one|body)", "everyone"),
        (r"every thing", "everything"),
        (r"(?:over|ova) (?:dose|doze|dosed|dosing)", "overdose"),
        (r"the (?:night|nite|nicht)", "tonight"),
        (r"tonights tonight", "tonight is tonight"),
        (r"tonight(?:s| is) tonight", "tonight is the one"),
        (r"the day", "today"),
        (r"the morra", "tomorrow"),
        (r"the now", "now"),
        (r"want (?:a|2|t|too|tu|tay)(?= (?:die|kill|end|be|go|hurt|cut|jump|hang))", "want to"),
        (r"(?:do|does|did|is|would|could|have|has|was) (?:not|no)(?= (?:want|wish|think|feel|be|going|gonna|waking))", "dont"),
        (r"can not|can no", "cant"),
        (r"(?:sewer|sue|sui|sooey) (?:slide|side|cide|sidal|cidal)", "suicide"),
        (r"un alive", "unalive"),
        (r"self (?:harm|harming|harmed|harms)|selfharm(?:ing|ed|s)?", "selfharm"),
        (r"(?:got|get|getting) (?:to|tae)", "got to"),
        (r"i am|a am|am are", "im"),
        (r"(?<! i )am(?! i )(?! (?:to|early|sharp))", "im"),
        (r"i have", "ive"),
        (r"i will", "ill"),
        (r"i would", "id"),
        (r"he is|he has|hes been", "hes"),
        (r"she is|she has|shes been", "shes"),
        (r"they are|they have", "theyre"),
        (r"going to", "gonna"),
        (r"parasuicide", "suicide"),
        (r"to to", "to"),
        (r"too(?= (?:die|live|end|kill|be|do|go|hurt))", "to"),
        (r"1(?= (?:want|feel|wish|hate|cant|need|think|just|will|have|dont|am|took|ive|thought|tried|self))", "i"),
        (r"thing(?= (?:myself|himself|herself|themself))", "hang"),
        (r"sui(?= (?:thoughts|ideation|plan))", "suicide"),
        (
            r"a(?= (?:was|want|would|will|cant|dont|had|have|just|need|think|feel|hope|wish|took|swear|hate|know|could|should|"
            r"might|never|didnt|wouldnt|keep|still|wont|got|only|really|wanted|thought|tried|hear|cut|stopped|love)(?![a-z]))",
            "i",
        ),
        (
            r"(kitchen|house|flat|throat|chest|gran|mum|dad|pal|mate|brother|sister|son|daughter|mouth|heart|wean|boyfriend|"
            r"girlfriend|partner|husband|wife|cousin|uncle)s(?= (?:on|not|no|in a|just|taken|took|talking|been|gonna|said|"
            r"saying|having|swelling|swollen|tight|hurting|collapsed|stopped|turned|going|slumped|overdosed|cutting|suicidal|"
            r"threatening|drooping|trying|got|passed|lying|choking|fitting|unconscious|blue|hanging|closing|hit|gone)(?![a-z]))",
            r"\1 is",
        ),
    )
]
