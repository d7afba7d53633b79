"""What is told as over, or said not to be so. Then whoever would sound the alarm asks instead, the rules and the
classifier alike. It never makes a text harmless: people deny, and things come back.

The texts are as `normalise` leaves them.
"""

from __future__ import annotations

import re

_LATER = "(?:now|since|noo|these days|today)"
_AGE = (
    r"(?:1[2-9]|[2-9][0-9]|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?: (?:one|two|three|four|five|six|seven|eight|nine))?)"
    r"(?! (?:weeks?|months?|days?|hours?|minutes?|mins?|past|to|percent|mg|miles|pounds|quid|mph|o))"
)
_THEN = r"(?:was|were|did|had|took|tried|got|cut|put|hit|overdose|suicide|slit|burnt|held|drank|shot|stood|broke|hung|fell|threw|beat|choked|[a-z]+ed)"
#: What people become: said of now, it says that the danger is not.
_TRADE = (
    r"(?:pastor|barber|nurse|teacher|joiner|chef|cook|driver|coach|mum|mother|dad|father|gran|granny|grandad|granda|papa|youth worker|support worker|social worker|worker|student|tutor|plumber|spark|electrician|counsellor|"
    r"priest|minister|imam|manager|volunteer|mentor|speaker|writer|artist|trainer|carer|fireman|paramedic|doctor|lawyer|baker|gardener|singer|pensioner)"
)
#: Told as over: a year, a long time since, a life that has gone on, somebody who is long dead, something that was read.
_LONG_OVER = re.compile(
    r" (?:(?:19|20)[0-9][0-9]|(?<=in )(?:[5-9][0-9]|0[0-9])(?! (?:minutes|mins|hours|days|seconds|percent|degree|degrees|pounds|quid|mph|miles))|(?:in )?(?:the )?(?:19|20)?[0-9]0 ?s|(?:years?|yrs?) (?:since|ago|back|before|clean|sober|free)|(?:winters?|summers?|autumns?|christmases|season|seasons) (?:ago|back|since|past)|(?:my|the|our) first year|(?:steady|grand|great|fine|well|rare|good|clean|sober|doing [a-z]+) ever since|(?:stent|stents|pacemaker) in|(?:no|not a|not any) problem (?:for me )?now|all finish(?:ed)?|(?:chest pain|heart attack|stroke|seizure|overdose|fit) at [2-9][0-9]|year (?:since|ago|back|clean)|years and years|a long time|long time (?:ago|back|past)|long (?:ago|back)|ages ago|back in|back when|way back|used to|"
    r"in the (?:war|fifties|sixties|seventies|eighties|nineties|noughties|jail in|paper|papers|news|film|book|programme|documentary)|on the (?:news|telly|radio)|in a film|in (?:my|his|her) (?:own )?(?:teens|twenties|thirties|youth|day)|as an? (?:[a-z]+ )?(?:kid|child|teenager|wean|young|student|apprentice|cadet|boy|girl|lad|lassie|soldier)|"
    r"when (?:i|he|she|we|they|(?:the|my|our) (?:weans|kids|boys|girls|children|boy|girl|lad|lassie|son|daughter|wean)) (?:was|were|wis) (?:a |an |just |only )?(?:[0-9]+|young|younger|wee|small|kid|kids|child|boy|lad|girl|lassie|daft|teenagers?|teens|students?|lads|lassies|boys|girls|weans|children|at school|at primary|in primary)|at primary|"
    r"when (?:i|we|he|she|they) first (?:came|moved|arrived|got) (?:to|here|over|in)|(?:this|that|it|all that|those days|them days) (?:is|are|was|are all|is all|s all) (?:in the past|the past|past (?=now|\||thank|and now))|(?:once|wance) upon a time|in those days|last time (?:i|he|she) (?:[a-z]+ ){1,4}(?:was|were)(?! (?:yesterday|today|tonight|this|on|at the|an|last (?:night|week|month|mon|tues|wed|thurs|fri|sat|sun)))|(?:violent|abusive) (?:ex|husband|man|partner|boyfriend|father|dad) (?:who |has |is |now )*(?:died|dead|passed|gone)|(?:third|second) life|laugh(?:ing|s)? (?:about|at) it(?: all)? now|happy as larry|free as a bird|(?:silver|golden|ruby|[0-9]+ th) (?:wedding )?anniversary|i retrained|been an? (?:[a-z]+ ){1,3}for (?:[0-9]+|[a-z]+) years|[0-9]+ years? (?:in|with|at|on) the (?:choir|band|club|job|buses|church|bowls|team|same)|every year since|in the ground since|recovered for|(?:before|afore) (?:i|we) (?:was|found|met|got|had)|(?:once|wance) tried to|(?:was|am) an? (?:[a-z]+ ){1,2}then|life story|my memoirs?|distant memory|scans? (?:was |were |is |are |came back )?(?:all )?clear|before i was|old me|auld me|behind (?:me|us)|over it|got (?:help|through it|away)|my late|late (?:husband|wife|father|mother|brother|sister|partner|granda|grandad|grandfather|granny|gran|uncle|auntie|aunt|cousin|dad|mum|son|daughter|friend|stepdad)|was born|first time round|at peace with it|"
    rf"(?:good|grand|great|fine|sound|happy|happily|married|clean|sober|ok|okay|alright|better|safe|healed|settled|sorted|teetotal|well|brand new) (?:again )?{_LATER}|{_LATER} (?:im|hes|shes|i am|i have|have) (?:[a-z]+ )?(?:good|grand|great|fine|sound|happy|married|clean|sober|ok|okay|alright|better|safe|well|new)|doing (?:great|well|good|fine|brilliant)|glad to be here|"
    # it turned out well: who it happened to is well again, or was only drunk
    rf"(?:talking|walking|eating|smiling|laughing|working|training|driving|playing|himself|herself|his feet|her feet|right as rain) again|(?:hes|shes|theyre|im|is|was|are) (?:[a-z]+ )?(?:fine|ok|okay|alright|stable|home|discharged|recovered|recovering)(?: (?:and|now|at) (?:home|fine|well|ok|okay|resting|doing|happy))|(?<!not )(?<!isnt )(?<!no )(?<!dont think hes )breathing (?:fine|ok|okay|normal|normally|alright)|(?:was|were|turned out) (?:only|just) (?:drunk|steaming|asleep|sleeping|kidding|playing|dancing|winded|resting|messing)|(?:ambulance|paramedics?) (?:attended|came and went|checked (?:him|her|me))|(?:out of|home from) the hospital|cleared to|been cleared|back on (?:his|her|my) (?:meds|medication|feet)|(?:hes|shes) out (?:and (?:working|home|doing|well)|working)|a new (?:woman|man|person)(?= (?:\||now|\Z))|new lease of life|well shot of|happier (?:now|than ever)|"
    # who suffered it, or did it, is dead: grief
    rf"(?:drank|drunk) (?:himself|herself|themself) to death|passed away|(?:was|were|got|did|[a-z]+ed) (?:[a-z]+ ){{0,6}}(?:his|her|my|our|their) whole (?:life|childhood|marriage)|"
    # when life was another
    rf"when (?:i|he|she|we|they) (?:was|were) (?:still )?(?:drinking|using|inside|homeless|married|on the (?:drink|drugs|gear|streets|bottle|smack|heroin)|with (?:him|her|my ex|that))|(?:not|no) anymore|in the (?:summer|winter|spring|autumn)|(?:(?:three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|[2-9]|[1-9][0-9]) (?:years|months)|life) (?:inside|in (?:jail|prison|barlinnie))|(?:in|inside) (?:jail|prison|barlinnie) (?:[0-9]+|three|four|five|six|two|ten) (?:years|months)|years of (?:it|him|her|that)|"
    # a lesson or a tale: a dummy, a speaker
    r"(?:on|with) (?:a|the|wee|that) (?:dummy|doll|manikin|orange)|dummy that|role play|(?:essay|homework|assignment|dissertation|poster|pub quiz|crossword|podcast|documentary|storyline) (?:on|about|is|for|said|says|saying|asks|with|where|clue|question)|off (?:pat|by heart)|amazing speaker|(?:told|telling) us (?:how|about|of)|guest speaker|(?:her|his|their) (?:talk|story|testimony) (?:was|is)|"
    # a life that has gone on
    rf"(?:an?|the|our|my|his|her|hes|shes|im) (?:[a-z]+ )?{_TRADE} (?:[a-z]+ ){{0,3}}{_LATER}|(?:coaching|teaching|working|training|studying|volunteering|retired|living|at (?:nursery|school|primary|uni|university|college)|in (?:recovery|poland|spain|england)) {_LATER}|"
    rf"(?:lovely|nice|good|kind|new|different|changed|better|old|grown) (?:guy|man|woman|lassie|fella|girl|boy|person|partner|life) {_LATER}|(?:now|since) (?:a|an) (?:[a-z]+ )?{_TRADE}|(?:im|hes|shes|i am|aged) {_AGE} {_LATER}|"
    r"remarried|rehoused|in recovery|fully recovered|(?:made a )?(?:full|good|great|complete) recovery|sober since|clean since|all healed|(?:have|has) been (?:sober|clean|safe|well|happy)|(?:give|gives|giving|does|doing|do) (?:[a-z]+ )?talks|peer (?:supporter|support)|"
    r"survived (?:and|it)|(?:came|come|pulled|made it|been) through it|outgrew|outgrown|(?:got|gets) (?:out|away|free) (?:in the end|eventually|of it)|left (?:him|her|that man|the same night)|never looked back|owe (?:him|her|them|that [a-z]+) my life|(?:changed|turned|saved) (?:my|his|her) life|"
    rf"(?:hes|shes|im) an? (?:[a-z]+ )?{_TRADE} (?=\||\Z)|(?:i|we|he|she|they) (?:teach|teaches|coach|coaches|volunteer|volunteers|mentor|mentors|run a|started a|set up a)|my new (?:man|fella|partner|husband|wife|girlfriend|boyfriend|life)|(?:was|is) the end of (?:him|her|it|that)|"
    r"(?:ive|have|has|hes|shes) (?:moved|a new life)|never went back|out of hospital|home from hospital|(?:police|cops) (?:caught|got|arrested|lifted|took)|then i (?:met|joined|moved|got (?:a|the|my) (?:flat|job|cat|dog|help|house|diagnosis|place))|the other end|"
    r"made me (?:change|grow|stop|who)|opened my eyes|(?:have|got) my own (?:[a-z]+ )?(?:flat|house|place|door|key|keys)|thank god i (?:failed|didnt|never|lived|survived)|glad i (?:failed|stayed|didnt|lived|never|survived)|lucky to be alive|and (?:lived|survived)|(?:hes|shes|theyre|im|is) back (?:at|on|to|in|serving|playing|driving|with|working|\\|)|(?:hes|shes|works|working) half days|(?:hes|shes|is|are) (?:[0-9]+|[a-z]+ty) (?:on|in|this|next|now)|widow(?:er)?|(?:vet|doctors?|nurses?|paramedics?|policeman|police|stranger|surgeon|lifeguard|somebody|someone) (?:[a-z]+ )?(?:saved|talked|pulled|brought) (?:me|him|her|it|us|them)|beat cancer|"
    r"(?:had|got|ive had|has had) (?:[a-z]+ )?(?:therapy|counselling|compensation|rehab)|"
    # whoever did it is gone, or was dealt with
    r"(?:he|she|they|hes|shes|theyve) (?:[a-z]+ )?(?:made it(?= (?:\||\Z|and))|pulled through|lived to tell)|(?:was|were|got) (?:[a-z]+ ){0,3}to death|vigil|memorial|inquest|new (?:girlfriend|boyfriend|fella|partner|wife|husband) and|leaves me (?:be|alone)|(?:sorted|got|helped|pulled|saved) me (?:out|through)|(?:covering|standing in|filling in) for|(?:got|gave (?:him|her|them)) (?:life|(?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:years|months))|"
    r"left (?:the next|that|the very next|the same) (?:day|night|week|morning)|stopped (?:[a-z]+ ){0,3}(?:when|once|after|because) (?:i|we|he|she|my)|as an? (?:baby|infant|toddler|bairn|laddie)|when (?:i|he|she|we) (?:was|were) in (?:care|jail|prison|the army|the home|foster|hospital|school|a home|the young team|a gang|the gang)|(?:when|since) (?:we|they) (?:split|broke) up?|for a (?:dare|bet)|as a (?:joke|dare)|never again(?= (?:\||\Z|would|will))|"
    rf"{_THEN} (?:[a-z]+ ){{0,7}}once (?=\||never|i left|and never|\Z)|(?:not|havent|hasnt|never|didnt) (?:[a-z]+ )?(?:cut|cutting|hurt|harmed|hit|touched|overdosed|selfharm|used) (?:[a-z]+ )?(?:in|for) (?:[a-z0-9]+ )?(?:years|months)|(?:was|were|got) (?:stabbed|shot|attacked|slashed|beaten|raped|strangled|mugged) (?:[a-z]+ ){{0,10}}thats why (?:i|he|she)|(?:broke|hit|kicked|knocked|smashed|dropped) (?:[a-z]+ ){{0,5}}(?:by (?:accident|mistake)|accidentally)|"
    r"long dead|dead and gone|pushing up daisies|good riddance|(?:did|done|doing|served|serving) (?:his|her|their) time|(?:got|went to) (?:the )?jail(?:ed)? for|first (?:husband|wife|man|marriage)|"
    r"gave evidence|won (?:his|her|my|the|their) case|not guilty|found guilty|sentenced|convicted|in (?:barlinnie|bar l|prison|jail) (?:till|until|for (?:[0-9]+|life|[a-z]+) (?:years|months)?)|(?:that|thon|the) (?:footballer|actor|actress|singer|rapper|comedian|presenter|player|poet|boxer|celebrity)|"
    # a time of life, a place left behind, once
    rf"{_THEN} (?:[a-z]+ ){{0,5}}(?:at|aged|age) {_AGE}|(?:i|he|she|we|they) (?:was|were) {_AGE}|{_THEN} (?:[a-z]+ ){{0,6}}(?:in (?:january|february|march|april|may|june|july|august|september|october|november|december)|at (?:christmas|easter|new year|hogmanay))|all over the news|{_THEN} (?:[a-z]+ ){{0,6}}in the (?:jail|army|navy|war|children is home)|previously|formerly|at one (?:time|point|stage)|in the past|gone (?:a )?long time|(?:a lot|lots|some|most|many) of us|all through (?:uni|university|college|school|high school|my [a-z]+)|(?:during|in|before) (?:lockdown|covid|the pandemic)|last (?:bonfire night|halloween|easter|hogmanay|new year|spring|autumn|winter|summer|christmas|season|term)|"
    r"(?:i|he|she|we) (?:once|wance) (?:[a-z]+ed|stood|took|had|was|got|put|cut|tried|fell|lost)|(?:[a-z]+ed|breathing|throat|poison|fit|seizure|overdose|stroke|heart attack|himself|herself|myself) (?:once|wance)(?= (?:\||they|the|at|in|when|during|drunk|on|by|and (?:they|the|he|she|survived|got)))) "
)
_HARM = (
    r"(?:suicidal|emergency|suicide|selfharm|self harm|harm|harming|hurt|hurting|hurts|danger|abuse|abusing|abused|violent|violence|overdose|overdosed|overdosing|fits?|shakes|seizures?|chest pain|bleeding|deid|dead|die|dying|depressed|thoughts|kill|killing|ending|end|"
    r"hits?|hitting|shouts at|touch|touched|threatened|threatening|unsafe|scared|raging|unconscious|drowning|choking|stabbed|raped|attacked|suicidally|carbon monoxide|gas leak|leak|rash|fever|stiff neck|breathlessness|tablets|pills|cut|cutting|beat|beaten|beating|batter|battered|battering|strangled|swallowed)(?: (?:my|his|her) (?:own )?(?:life|wrists?|arms?|legs?|throat)| (?:myself|himself|herself|me|us|anyone|anybody))?(?! (?:in front|bad enough|badly|till|until|where|that hard|for (?:a|two|three|[0-9]+) (?:week|day|weeks|days)))(?! (?:me|myself|him|her) (?:in front|bad enough|till|until|where|that hard))"
)
_GAP = r"(?:(?!(?:i|im|ive|just|but|and|so|he|she|they|hes|shes|theyre) )[a-z]+ )"
_NO = r"(?:no|nope|nah|naw|never|not)"
#: Said to be not so; what else a text says is heard.
_DENIED = re.compile(
    rf" (?:(?:neither|no|not|nor) (?:a |an |any |the )?(?:plans?|wish|wishes|intentions?|desire|thoughts?) (?:[a-z]+ ){{0,5}}(?:harm|die|suicide|that kind|that sort|hurt)|"
    rf"(?:not|no|never|isnt|aint|wasnt|dont|didnt|havent|hasnt|nobody is|nobody was|nobody|nobody (?:i|we) (?:know|live with|met) (?:is|was|has)|none of us|without) {_GAP}{{0,3}}{_HARM}|dont (?:phone|call|send|get) (?:for )?(?:an |the )?ambulance (?:\| )?(?:(?:there is|theres|there was) (?:nothing|nobody)|im|hes|shes|its|it was) (?:[a-z]+ )?(?:ok|okay|fine|alright|grand|wee|wrong)|if i (?:wanted|was gonna|was going) to (?:[a-z]+ ){{1,4}}(?:id|i would) (?:hardly|not|never|no)|not once (?:did )?(?:he|she|they) {_HARM}|"
    rf"(?:wont|(?:aint|not|never|no) (?:gonna|going to)) (?:[a-z]+ ){{0,2}}(?:jump|top|hang|do anything)|(?:wouldnt|would never|hardly) {_GAP}{{0,3}}(?:kill|hurt|harm|hang|top|jump|end|killing|hurting|harming|hanging|ending) (?:myself|anyone|anybody|him|her|in|off|over|it)|"
    rf"(?:never|didnt|not|wasnt|isnt|dont|didny) (?:mean|said|say|saying) (?:that )?(?:i|id|im|he|hes|she|shes|they) (?:was |were )?(?:want|wanted|wanting|would|gonna|going|hits?|hit|beats|batters)(?: (?!(?:but|i|im) )[a-z]+){{0,4}}|(?:asked|asking|ask|asks) (?:me )?(?:if|am|whether|do|did|have) (?:[a-z]+ ){{1,10}}(?:\| )?(?:[a-z]+ ){{0,2}}{_NO}|"
    rf"by no means (?:[a-z]+ ){{0,4}}{_HARM}|(?:not|no|never|nae) (?:any )?(?:thoughts?|plans?|intentions?|wish) (?:of|to|for) (?:[a-z]+ ){{1,2}}(?:my|own) life|(?:end(?:ing)? it|die|dying|kill myself|harm myself|hurt myself) \| as if|(?:question|item) (?:[a-z0-9]+ ){{1,10}}(?:put|ticked|scored|answered) (?:0|zero|none|never)|(?:questions?|form|checklist) (?:[a-z]+ ){{1,14}}(?:said|put|ticked|answered) no(?= )|(?:{_HARM}|kill myself|hang myself|hurt myself) {_NO}(?= \|)|(?:{_HARM}|kill myself|hang myself|hurt myself)(?: (?:at|in|of|with) [a-z]+)? \| (?:me \| )?(?:{_NO}(?! (?:its|it is) me)|dont be daft)|(?:not|no|never|havent|didnt) (?:took|take|taken|taking|had) (?:anything|nothing|any|too many|too much|them all|an overdose)) "
)
#: Taken back whole: a button pressed by mistake, a manner of speaking, a lie that somebody told.
_TAKEN_BACK = re.compile(
    r" (?:(?:please )?(?:dont|do not) (?:be (?:concerned|worried|alarmed)|worry) (?:by|about|at) (?:my|that|the) (?:last |earlier |previous )?(?:message|text)|wrong (?:button|box|number|one|person|chat)|(?:pressed|ticked|hit|clicked|sent|pocket) (?:[a-z0-9]+ ){0,3}(?:by (?:accident|mistake)|send|wrong|that)|false alarm|panic over|came out wrong|sorry for the (?:panic|worry|fright|scare)|"
    r"didnt mean (?:it|that|to say)|(?:not|no|didnt mean it|mean that) literally|figure of speech|turn of phrase|manner of speaking|just (?:a )?(?:joke|joking|kidding|a saying|messing|banter)|only (?:joking|kidding|a joke)|was (?:joking|kidding|a joke)|its a joke|a joke about|jokes|"
    # what came through was half of it, or about something else
    r"(?:i was|what i was) (?:only |just )?(?:saying|trying to say|meaning|typing)|(?:was|is) (?:meant|supposed) (?:to (?:say|read|be)|for (?:the|my|a|her|him))|test message|this is (?:only |just )?a test|to see (?:the|what) reply|(?:when|what) i said (?:[a-z0-9]+ ){1,9}(?:i meant|was)|should (?:have )?(?:say|said|read)|"
    r"(?:message|text|phone|battery|signal|last one) (?:[a-z]+ ){0,3}(?:cut off|cut out|got cut|half sent|sent (?:itself|early|too soon)|(?:was|is) (?:only |just |all )?(?:about|a quotation|a quote|for|from))|(?:it was|its) (?:only |just )?the (?:dog|cat|hamster|budgie|parrot|wind|telly)|"
    r"(?:only|just|its|is|was) (?:a |my |the |for a )?(?:story|quotation|quote|song|poem|hymn|homework|script|advert|dream)|as a quotation|nothing (?:like that|of the sort|to worry about)|misheard|misread|mistyped|typo|wrong word|bad english|sorry my english|"
    r"lyrics?|quoting|describing an? (?:play|film|scene|book|programme|dream)|was on the telly|autocorrect|autocrct|autocorect|predictive text|sarcastic|sarcasm|(?:is|are|was|were) lying(?! (?:on|in|there|at|down|under|face|still|here|outside|unconscious|next|beside|by))|is a lie|(?:told|telling) lies) "
)
#: What is happening now, or will: it is neither over nor denied.
_STILL = re.compile(
    r" (?:tonight|right now|(?<!whether it is )(?<!whether its )still(?! (?:to (?:do|go|finish|serve|come)|left|owe|due|on|open|running|available|gies me|gives me|itches|itchy|aches|got the scars?|have the scars?|have a scar|got a scar) )|(?<!talking )(?<!walking )(?<!eating )(?<!smiling )(?<!laughing )(?<!working )(?<!himself )(?<!herself )(?<!feet )(?<!happen )(?<!never )(?<!lost )(?<!late )(?<!won )again|(?<!not )(?<!no )anymore|this time|keeps?(?! (?:going on about|on about|(?:that|the|this|my|your|our) (?:form|letter|file|data|forms?|records?|info|information|answers|notes|texts?|score|paper)))|help me|hurry|999|ambulance(?! (?:driver|man|service|lads|crew was|attended|came and (?:it|they|said|that|he|she) |came and went|checked|took (?:him|her) (?:last|on)))|cant (?:stop|cope|go on)|but (?:i|im|ive|ill|id|a|now|its|it|he(?! leaves (?:us|me) (?:out|in|to|standing))|hes|she|they|if)(?! (?:only|got a new|(?:been )?in (?:jail|prison|barlinnie)|inside|dead|long|fine|ok|okay|alright|well|better|good|happy|clean|sober|home|recovered|moved|passed away))|im (?:going|away|off) (?:after|to be|with|to join)|just want (?:someone|somebody|him|them|her|it) to|today|yesterday|just (?:took|taken|done)|last night|this (?:morning|week|one|year)|(?<!was )(?<!were )gonna|(?<!was )(?<!were )going to|"
    r"(?:hours?|days?|minutes?) ago|(?:come|came|coming|is|its) back(?! to (?:work|school|class|normal|life|help))|(?<!used to )(?<!made me )want to (?:die|be dead|end it|end my|kill myself)|im (?:ending|finishing|jumping|killing|hanging)|"
    r"(?:hits|beats|batters|punches|kicks|slaps|chokes|strangles) (?:me|us|her|him) now|now (?:he|she|they|hes|shes) (?:[a-z]+ ){0,2}(?:me|us)|(?:standing|hes|shes|theyre|is) (?:at|outside) (?:my|the|our) (?:[a-z]+ )?(?:door|window|house|flat|work)|found me|(?:hes|shes|theyre) (?:[a-z]+ )?(?:battering|hitting|beating|kicking|punching|choking|strangling|raping|threatening|hurting|in the|at the|at my)|(?:got|have|having|taking) (?:[a-z]+ ){0,2}(?:pills|tablets|them|it|one|rope|knife) now|im (?:on|at) the (?:bridge|roof|ledge|edge|tracks|platform)) "
)


#: What no story of long ago says of the present: a body that fails, a step being taken, somebody at hand.
_GOES_ON = re.compile(
    r" (?:(?:im|hes|shes|is|are|whole body|hand is|throat is|tongue is) (?:[a-z]+ )?(?:fitting|convulsing|choking|bleeding|swelling|closing up|shaking|numb|turning blue|gurgling|raving|standing on (?:the|a)|lying on (?:the|a)|face down|unconscious|hitting me|seeing (?:spiders|snakes|things|rats|faces|people))|"
    r"(?:found|see) (?:him|her) now|cant wake (?:him|her)|(?:not|no|isnt) responding|face down|crushing pain|(?:now|since) (?:[a-z]+ ){0,3}(?:i take too much|cant stand|crushing)|(?:took|taken|swallowed) (?:double|both|all|it all|the whole|too much)(?= (?:[a-z]+ ){0,8}(?:and|help|im|half an hour|just|minutes))|"
    r"(?:hes|shes) just (?:told|swallowed|taken|had|stopped)|just (?:told me|swallowed|had another)|need help now|do need help|sat here about to|about to (?:do|end|kill|hang|jump|top)|wont be alive|goodbye notes?|away to (?:end|do|kill)|(?:in front of me|ready|all i need) (?:to end it|to do it)|by (?:my|his|her) own hand|"
    r"got a knife|a knife (?:at|on|in)|shut in|locked in|laid into|pushed my head|be back in [a-z0-9]+ minutes|hours? later (?:seeing|shaking|not)|no drink since (?:yesterday|last night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:[0-9]+|two|three|four|five) days? (?:off the|dry|no drink)) "
)
#: It was long ago, and it is back.
AND_NOW = re.compile(r" (?:tonight|last night|yesterday|right now|this morning|(?:and|but) now (?:i|im|he|hes|she|shes|they)(?! (?:need (?:the|an?|your) (?:address|number|name|form|letter|place|copy|date|time)|want to (?:book|know|ask|come|join|try)|am|good|fine|ok|happy|well|great|clean|sober|(?:do|does|give|gives) (?:talks|the talks|voluntary|peer)|(?:teach|teaches|volunteer|volunteers|mentor|mentors|coach|coaches|fish)(?![a-z])|(?:run|runs|help|helps) (?:a|the|out|at)))|do(?:ing)? it again) ")
#: A time that is now or nearly: what happens then is not made small for being said quietly.
AT_THIS_TIME = re.compile(r" (?:now|tonight|today|yesterday|last night|this (?:morning|afternoon|evening|week)|just (?:took|taken|had|found)|days? ago|hours? ago|999|ambulance|help me) ")


def told_as_over(plain: str) -> bool:
    """Is what a text speaks of told as long over, or taken back, with nothing in it that is happening now?"""
    return bool(_LONG_OVER.search(plain) or _TAKEN_BACK.search(plain)) and not happening(plain)


def without_denials(plain: str) -> str | None:
    """What is left of a text when what it says not to be so is taken out; None where nothing is denied, or where
    something is happening now.
    """
    rest = _DENIED.sub(" x ", plain)
    return None if rest == plain or happening(plain) else rest


def happening(plain: str) -> bool:
    """Does a text speak of what goes on now or is to come, its denials left aside?"""
    rest = _DENIED.sub(" x ", plain)
    return bool(_STILL.search(rest) or AND_NOW.search(rest) or _GOES_ON.search(rest))
