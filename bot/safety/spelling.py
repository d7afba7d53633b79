"""How people write the words that matter: Scots, text-speak, phonetic and slang spellings, and slang names.

`SPELLING` maps a word as typed (lower case, no apostrophes) to the words the rules use. `PHRASES` does the same for
wording of several words, after every word has been respelt.
"""

from __future__ import annotations

_TABLE = """
tight: tite tyte
on purpose: onpurpose onpurpos
i want: iwant
ive taken: avtaken ivtaken ivetaken
on fire: onfire
house is: houseis
everywhere: everywer everywere evrywhere evrywer
next: nxt
back: bak
drown: drwn droon
myself: mysl mysel masel masell maself mysell meself mysef myslf myslef mysefl mesel meslf msyelf mself myselfs masels masle mslf
living: lvng livin livn
keep: kp
onto: ontae
lorry: lory lorrie
asthma: askma asma azma
breathe: bref breethe brethe breeth breathe breathe braethe breath breeve breave brthe brth
motorway: motorwey motorwy
poison: poyson poisen
purpose: purpuss
tomorrow: themorra themorn 2moro tomoro 2morrow tmrw tomoz 2moz themorra morra tmoz
tracks: traks trax
smoke: smok
murdering: murdrin
round: roon aroon aroond
planning: planin plannin
stuck in: stuckin
done: dun
screaming: screamin screemin
broken: brok
i: ah
im: ahm am'm aam iam
ive: iv ave av ahve uv ive'
ill: ahll al
id: ahd
my: ma mah mi mine
himself: himsel hissel hisself himslef himselfs himsell hmslf hmself
herself: hersel herslef hursel hurself hersell hrslf hrself
themself: themsel thersel thairsel thursel theirself theirselves themselfs themselves thumsels themsels
yourself: yersel yersell urself yourself yoursel yurself
kill: kil kll kiil kyll kiill klil kell merk murk
killing: killn kilin
die: dye diee dei dy dee
dying: dyin deein
enough: enuf enuff eneuch enugh
drowning: droonin drownin drounin
dead: ded deid deed daed deadd
life: lyf lief lfie lyfe lfe lif
live: liv
want: wnt waant whant wint wantit
want to: wanna wonna wona wantae wantty wanty wannae wana waantae wantaw wanto
wants to: wantstae
trying to: tryna tryin tryna
gonna: gonnae gonny gony gunna gonae gaunny gaunnae gaunna gonni guna goona gannae gaun gontae gaunae gna gnna
going to: goingto
to: tae tay ti tu tao
tonight: 2nite tonite tnite 2night thenight tonicht tngt tnght tnyt tonyt
today: 2day theday 2dae thaday
too: tooo
dont: dinnae dinny dinna dnt donut dinni doan dohnt donnae
cant: cnt cannae canny canna cannot cnt cannea cani cannie cann
wont: wilny wilnie winnae wullnae willnae wilnae wullny willny winny
isnt: isnae isny isna aint
arent: arenae areny arnt
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
not: nut nt
nobody: naebody naebdy nobdy noone naeone naebudy nobudy nae-body nbdy
nothing: nuthin nothin nuthing nowt hee-haw heehaw nuhin nothn nuttin naething naethin
anything: anyhin anythin anyhing anyhin anyfing onyhin onythin anyhin
everything: everyhin everythin everyhing evrything evryhin everyhings evryfing evryfings evrythin
everybody: everybdy evrybody
thing: hing
things: hings
think: hink fink thnk
thinking: hinkin thinkin hinking finkin thinkn
on: oan
off: aff
own: ain
all: aw awl aa
with: wi wae wif wiv wih
through: thru throu
without: withoot wioot withoout widout
from: fae frae frm frae
of: ae ay ov
out: oot owt
down: doon
head: heid hed
home: hame
house: hoose
more: mair
anymore: nemore anymair nomore nomair nemair anymor anymoar
over: ower ovr
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
people: ppl folk folks peple peeple
please: pls plz
give: gie gi
giving: giein geein givin
given: gien
doing: daein dain doin
just: jist juss jst
like: lik lyk lk
last: lest
look: luk
answer: answr
answering: answerin
crying: greetin greeting
coming: comin
standing: staunin standin
hanging: hingin
world: wrld wurld
bad: bd
gave: gied
going: goin gawn
know: knaw kno ken
says: sez
sleep: slep sleap
woke: wokin
wake: wakey weyk
waking: wakin wakening waken wakn wakin waknin wakenin
breathing: breathin breethin breethin brethin breathn breatin brething breading breeving breving breaving brthing brthin brthng
pills: pils pillz pilz peels plls
tablets: tabs tabz tablits tablet's tablits tabletz tblts tabletts
paracetamol: paracetomol parcetamol paracetemol paracetimol parasetamol paras pcm panadol
valium: vallies vallys vallium valies vali vally 
xanax: xanny xans xannies xanex
heroin: smack skag
cocaine: coke
methadone: meth'done methodone methadon
drink: bevvy bevy swally drnk drenk
drinking: bevvyin swallyin drinkin drnkin drnkng
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
brother: bro brer bruv brovver bruver bruvver
mum: maw mam mammy mither
dad: da faither dah
wean: wain waen
weans: wains weens
girlfriend: gf burd girlfreind
boyfriend: bf boyfreind
partner: prtner pardner prtnr partnr
batters: btrs battrs baters batturs
battered: batterd
hit: hut hti
hits: huts hitz
stabbed: stabd chibbed chibd plunged shanked jooked stbd stabt
seizure: seezure siezure seizur
seizures: siezures seezures
swallowed: swallied swollowd swallowd swolowed swallad
vomiting: bowkin boakin spewin spewing puking pukin
vomited: bowked boaked spewed puked
unconscious: unconshus unconchus unconshious unconcious unconsious uncontious sparko
collapsed: collapst
bleeding: bleedn bleedin bleadin
blood: bluid blud
chest: chist
pain: payn pane
scared: skared feart feert frightened terrified skeered scaird
goodbye: gudbye goodby cheerio
sorry: soz
kidding: kiddin kiddn
joking: jokin
hurt: hurtin
hurting: hurtn
anyone: anybody anybdy
someone: somebody sumbdy somebdy sum1 some1 sumone sumwan somewan sumwun
everyone: every1 evry1 evryone
was: wis wiz
were: wur wer
cut: kut
stepdad: stepda stepfaither stepfather
cutting: cuttin kuttin cutin
wrists: rists
arms: airms airm
arm: erm
leg: leig
wish: wsih wis'h
child: wee'un
children: childer
threatening: threatnin threatenin threatning thrtnin thretnin thretening
raped: r8ped graped
rape: r8pe
strangled: throttled
strangling: throttling throttlin
fuck: fuk fck
fucking: fuckin fkn fkin fukin fckin effing effin fn
i dont know: idk dunno
in front: infront
a lot: alot
as well: aswell
at all: atall
my life: malife
right now: rightnow
what: whit wot wut
whats: whits wots wuts
hows: hoos
do: dae
how: hoo
where: whaur
dont know: dunno
kids: kidz
jump: jup jmp jumpp
does: dus
many: meny
choking: chokeing chokin
fit: fitt
stopping: stoping stoppin stopin
move: moov
bleach: bleech bleatch
when: wen whin
said: sed seid
away: awa awae
close: closie
that: tht thatt
shaking: shakn shaikin shakng shakeing
sweating: swetin sweatin swettin swtng sweetin
throat: thrt throte throaght
finish: fnsh finsh
punched: pnchd puncht punchd
locked: lockt lokd lckd
threatened: thrtnd thretend thretnd threatend
harm: hrm
self: slf
violence: vilence violance violense vialence
domestic: domestik domestick
hospital: hosp hsptl ospital hospitle
mates: m8s
heart: hart haert
miscarriage: misscarage miscarage miscariage
abuse: abyoos abuce
right: rite
into: intae intay
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

PHRASES: tuple[tuple[str, str], ...] = (
    (r"(?:my|me|ma) (?:self|sel|selves|cell)", "myself"),
    (r"(?:his|him) (?:self|sel)", "himself"),
    (r"her (?:self|sel)", "herself"),
    (r"o(?= (?:my|him|her|the|this|it|living|life|pills|they|tablets))", "of"),
    (r"(?:no|any) (?:more|longer)|no anymore", "anymore"),
    (r"no (?:one|body)", "nobody"),
    (r"(?:any|some) (?:one|body)", "someone"),
    (r"every (?:one|body)", "everyone"),
    (r"every thing", "everything"),
    (r"(?:over|ova) (?:dose|doze|dosed|dosing)", "overdose"),
    (r"the (?:night|nite|nicht)(?! (?:bus|buses|shift|shifts|staff|nurse|nurses|porter|before|school|service|train))", "tonight"),
    (r"tonights tonight", "tonight is tonight"),
    (r"tonight(?:s| is) tonight", "tonight is the one"),
    (r"the day", "today"),
    (r"the morra", "tomorrow"),
    (r"the now", "now"),
    (r"(?:want|wan|wnt) (?:a|2|t|to|too|tu|tay)(?= (?:die|kill|end|be|go|hurt|cut|jump|hang))", "want to"),
    (r"seek(?= (?:of|to death))", "sick"),
    (r"(?:do|does|did|is|would|could|have|has|was) (?:not|no)(?= (?:want|wish|think|feel|be|going|gonna|waking))", "dont"),
    (r"can not|can no", "cant"),
    (r"(?:sewer|sue|sui|sooey) (?:slide|side|cide|sidal|cidal)", "suicide"),
    (r"un alive", "unalive"),
    (r"(?:mesen|misen|my sen|me sen)", "myself"),
    (r"2 ?nt", "tonight"),
    (r"(?:chess|chist|chesst|cheest) (?:pain|pains|pane|panes|payn)", "chest pain"),
    (r"self (?:harm|harming|harmed|harms)|selfharming|selfharmed|selfharms", "selfharm"),
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
    (r"il(?= (?:b|be|do|kill|end|jump|hang|no) )", "ill"),
    (r"b(?= (?:dead|gone|alive|here|away))", "be"),
    (r"hag(?= (?:myself|himself|herself))", "hang"),
    (r"out(?:a|ta|tae)", "out of"),
    (r"to(?= (?:many|much) (?:[a-z]+ )?(?:pills|tablets|meds|gear|drugs|valium|paracetamol|heroin|methadone))", "too"),
    (r"(?<=(?: ive| hes|shes|just| has|have) )odd(?= (?:on|and|cant|help|\||in|at|again))", "overdosed"),
    (r"ill(?= (?:myself|himself|herself)(?! a| up| with))", "kill"),
    (r"too(?= (?:die|live|end|kill|be|do|go|hurt))", "to"),
    (r"1(?= (?:want|feel|wish|hate|cant|need|think|just|will|have|dont|am|took|ive|thought|tried|self))", "i"),
    (r"thing(?= (?:myself|himself|herself|themself))", "hang"),
    (r"(?:(?<=dont )|(?<=not ))wont(?= (?:to )?(?:die|be|live|kill|end|go|hurt))", "want"),
    (r"sui(?= (?:thoughts|ideation|plan))", "suicide"),
    (
        r"a(?= (?:was|wasnt|want|would|will|cant|dont|had|have|just|need|think|feel|hope|wish|took|swear|hate|know|could|should|"
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
