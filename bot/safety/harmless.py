"""What must not raise the alarm: idioms, the programme's own words, questions for information, bereavement.

Idioms are taken out of the text before the rules look at it, so that "this shift is killing me and I want to die"
still says the second thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safety.grammar import Rule, cues, expand

_ORDER = (
    "order|shift|shifts|hours|course|session|sessions|day|week|month|year|contract|subscription|placement|call|tenancy|probation|"
    "cpo|sentence|treatment|training|class|classes|work|unpaid work|community payback|payback|job|chat|conversation|lease|term|"
    "programme|program|appointment|booking|stint|form|break|tea|lunch|dinner|pint|relationship|marriage|membership"
)
_PART = "arm|leg|hand|finger|fingers|wrist|thumb|foot|knee|arms|legs|hands|toe|chin|lip|shin|elbow|ear"

IDIOMS: tuple[str, ...] = (
    # what somebody else believes, and nobody does
    rf"(?:thinks?|believes?|convinced|reckons?|imagines|swears|paranoid) (?:that )?(?:people|folk|everybody|everyone|someone|somebody|they|theyre|(?:the |his |her |their )?(?:neighbours?|police|government|council|doctors?|social workers?|postman|spies|aliens|devil|telly|radio|cameras?)|mi5) (?:[a-z]+ ){0,3}?(?:watching|watch|spying|spies|following|follow|listening|after|out to get|poisoning|poison|recording|bugging|bugged|reading|talking about|laughing at|trying to (?:kill|poison|hurt|get|harm)|want to (?:kill|poison|hurt|get|harm)|gonna (?:kill|poison|hurt|get|harm))(?: (?:him|her|them)(?:self)?| (?:his|her|their) [a-z]+)",
    r"(?:beat|beats|beating|beaten|battered|batters|hammered|murdered|killed|slaughtered|destroyed|thrashed|skelped) (?:me|us|him|her|them) (?:[a-z]+ )?(?:at|in|on|playing) (?:the |a )?(?:chess|pool|darts|snooker|cards|dominoes|draughts|fifa|football|fives|table tennis|ping pong|tennis|badminton|golf|bowling|bowls|monopoly|scrabble|uno|quiz|pub quiz|game|race|final|raffle|auction|arm wrestle|karaoke|bingo|poker|playstation|xbox)",
    # a game between people who like each other, and what was on the telly
    r"(?:play|plays|playing|played|game|games|match) (?:of )?(?:wee )?(?:{game}) (?:[a-z0-9]+ ){0,9}(?:beat|beats|beating|batter|batters|battering|hammer|hammering|murder|murdering|kill|kills|killing|slaughtering|destroying|leathering|pumping|skelping|gubbing) (?:me|us|him|her|them)|"
    r"(?:batter|hammer|beat|kill|murder|destroy|leather|pump|skelp|gub|slaughter|annihilate) (?:you|me|us|him|her|them|(?:my|the) [a-z]+) (?:at|in|on) (?:the )?(?:{game})".replace("{game}", "chess|pool|darts|snooker|cards|dominoes|draughts|fifa|football|fives|tennis|badminton|golf|bowling|bowls|monopoly|scrabble|uno|quiz|poker|bingo|playstation|xbox|mario kart|call of duty|cod|fortnite|tekken|street fighter|arm wrestling"),
    r"(?:watch|watching|watched) (?:casualty|holby|eastenders|corrie|coronation street|emmerdale|river city|hollyoaks|greys anatomy|call the midwife|(?:the |on )?(?:telly|tv|netflix)|(?:a|an|that|this|the) (?:[a-z]+ )?(?:film|movie|programme|documentary|drama|soap|show|episode)) (?:[a-z0-9]+ ){0,5}(?:guy|man|woman|boy|girl|lassie|lad|patient|character|person|wean|nurse|one|somebody|someone) (?:[a-z]+ ){0,3}(?:fit|seizure|stroke|heart attack|overdose|overdosed|collapsed|choking|choked|fitting)",
    r"(?:called|calls|calling|cried|told|tells|said|says) (?:me |us |him |her |im |i was |hes |shes )*(?:just |pure |such |nothing but )?(?:a |an )?(?:fucking |total |pure |lazy |complete |absolute )*waste of (?:space|oxygen|air|skin|time)",
    r"(?:up|awake|scrolling|gaming|reading|working|on my phone|bed) (?:till|until|all night|at) (?:[a-z0-9]+ ){0,7}cant get up|(?:have|has|had|got|with|for) (?:the |a |my )?high blood(?: pressure)?",
    r"(?:half|defence|team|keeper|midfield|interview|date|season|hair|outfit|budget|kitchen|spelling) (?:is|was|are|were) (?:just )?(?:a |an )?(?:pure |absolute |total )?car crash|(?:was|were|been|got) told (?:by the doctor )?(?:i|id|i would|he|hed|she|shed) (?:would |will )?be dead by",
    r"(?:choking|gasping|dying) (?:for it to (?:be|start|finish|end)|to (?:get|go|got|see|know|try|hear|start|meet|be|come|play))",
    r"(?:hit|hits|hitting) up (?:all |on |by )*(?:myself|himself|herself)|(?:stabbed|killed|shot|murdered|voted out) (?:[a-z]+ )?(?:on|in|playing) among us|(?:get|gets|getting|got|keeps) (?:my|the|your) blood pumping|heart (?:is )?pumping (?:the )?blood|(?:fortnite|cod|call of duty|warzone|xbox|playstation|paintball|laser tag|minecraft) (?:[a-z0-9]+ ){0,5}(?:was|got|been|get|getting|keep getting|were) (?:shot|killed|stabbed|blown up|murdered|battered)",
    r"(?:drowning|drowned) in (?:homework|work|paperwork|debts?|bills|washing|emails|texts|forms|ironing|nappies|dishes|leaves|admin)",
    # tablets that somebody was given for something, and what is feared of a test
    r"(?:hep [abc]|hepatitis(?: [abc])?|infection|thrush|chlamydia|the clap|gout|ulcer|asthma|blood pressure|antibiotics?) (?:[a-z]+ ){0,5}(?:got|given|had|took|finished) (?:the |my |some )?(?:tablets|pills)(?! (?:out|in front|beside|lined|here|ready))",
    r"(?:terrified|scared|afraid|frightened|nervous) of (?:having |getting |going for )?(?:the |her|his|my|a|an)(?: next| first)? ?(?:smear|smears|needle|needles|injection|injections|jag|jags|dentist|blood test|scan|result|results|test|coil|operation)(?: test)?",
    # money that goes to somebody, and who died of drink
    r"(?:it|money|payments?|benefits?|wages|giro|that|this|letters?|texts?) (?:all |just |straight )*(?:go|goes|went|going) (?:all |just |straight )*(?:to|with) (?:him|her|them)",
    r"(?:drank|drunk|smoked|worked|ate|drinking|smoking|working) (?:himself|herself|themself|themselves) to death",
    r"(?:no one|nobody) (?:can|could) (?:say|tell)s?|would (?:i|you|we) (?:notice|know|see|be able to tell) if (?:he|she|they)",
    # who passed by somebody
    r"(?:will|would|could|can|might|do|gonna|going to) (?:they|you|the doctor|a doctor) (?:lock|locking|section|put|cart) me (?:up|away|in)",
    r"(?:you|u|ye) (?:are )?(?:asking|saying|meaning|think|mean) (?:me )?(?:if |whether )?(?:im|i am|am i) suicidal",
    r"(?:(?:my|the) )?(?:wife|missus|girlfriend|bird|husband|man|partner|mum|dad|gaffer|boss|supervisor|he|she|hes|shes) (?:is |was )?(?:just |pure |fair |dead )*raging (?:at|with) me(?! and (?:hit|threw|grabbed|punched|kicked))",
    r"(?:hes|shes|theyre|he is|she is|im|he has|nobody|nobodys) (?:no|not|never) (?:collapsed|unconscious|passed out|keeled over|overdosed)(?: or (?:nothing|anything|that))?(?! (?:yet|but|anymore|now|breath))",
    r"(?:man|woman|guy|lassie|lad|boy|girl|somebody|someone|stranger|person) (?:[a-z]+ ){0,4}(?:at|on|by) the (?:clyde|bridge|river|canal) (?:[a-z]+ ){0,9}(?:i|we) (?:just |only )?(?:walked|drove|cycled|went) (?:by|past)",
    r"(?:and |but )?i (?:just |only )?(?:walked|drove|cycled) (?:by|past)(?! (?:the (?:edge|barrier|rail)))",
    # a supervisor who shouts: a complaint, and not what a partner does
    r"(?:(?:he|she|they) )?(?:(?:shout|shouts|shouting|roars|roaring|screams|screaming|swears) at (?:me|us)|(?:calls?|calling) (?:me|us) (?:a )?[a-z]+)(?= (?:[a-z]+ ){0,15}(?:breach|squad|van|unpaid work))",
    # what a session or its papers told of
    r"(?:case study|scenario|role play|video|film|slides?|exercise|section|part|bit|chapter|module|handout|leaflet|poster) (?:of|about|on|where|with) (?:the |a |an |that |this )?(?:(?:warning )?signs (?:that |of )?(?:someone|people|a person|they|somebody) (?:may |might |could |is |are |was )*(?:be )?(?:planning|thinking of|thinking about|wanting|going|about|gonna)(?: to)? (?:end(?:ing)? (?:it|their (?:own )?life)|tak(?:e|ing) their (?:own )?life|kill(?:ing)? themself|suicide|die)|(?:[a-z]+ )?(?:overdose|overdosed|overdosing)(?: in the [a-z]+)?|suicidal (?:man|woman|person|friend)|suicide)",
    r"(?:choke|choked|choking) (?:on|over) (?:your|all that|those) (?:[a-z]+ )?(?:words|jargon)|only (?:chest pain|heart attack|seizure|fit|overdose|danger|emergency) (?:is|i get is|was|here is|ive had is)",
    r"(?:my|his|her|their|your) (?:cooking|curry|soup|stew|tea|coffee|chips|baking|lasagne|mince) (?:is|was|are|were) (?:(?:such|pure|rank|total) ){0,2}(?:poison|poisonous)",
    r"(?:asks? (?:for|about)|what (?:are|is)|name|list|spot|learn|learnt|taught) (?:the |some |three |two |[0-9] )?(?:warning )?signs (?:that |of )?(?:a person|someone|somebody|people|anyone|they|folk) (?:may|might|could|is|are) (?:be )?(?:thinking (?:of|about)|planning|considering|feeling) (?:a )?(?:suicide|suicidal|ending (?:it|their life))",
    r"choking (?:me|us) with (?:this|that|his|her|the|a|their) (?:[a-z]+ ){0,3}(?:freshener|spray|perfume|aftershave|smoke|fags|vape|deodorant|paint|dust|bleach|incense|farts?)",
    # what staff do with what somebody says: nobody has said it
    r"if (?:somebody|someone|anybody|anyone|a person|people) (?:tells?|told|says?|said|texts?) (?:to )?(?:you |yous )?(?:that )?(?:theyre|they are|they feel|they were|he is|she is) (?:feeling )?(?:suicidal|self harming|in danger|being abused|being hurt)(?= (?:\| )?(?:do|would|will|can|does|what do) (?:you|yous|they|it|that) )",
    # a body that is sore, cold or on its period, a house that is left, a letter that says no
    r"(?:not |no )?in (?:a |any |no )?fit state|(?:fingers|hands|toes|feet) (?:[a-z]+ ){0,2}blue (?:by|with the cold|from the cold|in the cold|on the litter)|everything (?:went|goes|looks|turned|was) blue|baby blues?(?! (?:lips|and (?:limp|floppy|cold)))",
    r"(?:boxing|gym|weights|press ups|pulled|strained|shoulder|digging|shovel|shovelling|lifting|wheelbarrow) (?:[a-z]+ ){0,12}(?:cant|can hardly|cannot) lift (?:my|the) arms?|(?:nurse|nurses|doctor|doctors|judge|worker|boss|lawyer) (?:[a-z]+ ){0,12}(?:his|her|their|the) face fell",
    r"los(?:e|es|ing) (?:[a-z]+ ){0,3}blood every (?:time|month|period)|knocked (?:me|him|her|us|them|(?:my|the) [a-z]+) back(?! (?:against|into|over|onto|on|down|to|and))|left to walk home|(?:must|do|should|will) i (?:have to |need to )?be (?:gone|out) by|dead and buried (?:before|by the time)",
    r"(?:went|was|caught|goes) on fire (?:[a-z0-9]+ ){0,3}(?:days?|weeks?|months?|years?) ago|(?:went|gone|drove|ran|bumped|crashed) into the back of (?:me|us|him|her|(?:my|the) (?:car|motor|van|taxi))",
    r"(?:no|not|wont|dont|without|never) (?:phone|phoning|call|calling) the police|(?:just|you can) phone 999 and (?:go|leave|stay silent|say nothing|hang up)|if (?:someone|somebody|they|theyve|people|folk|a person) (?:has |have |have just )?(?:taken|took|takes|take) too much",
    r"cant get (?:him|her|them) to the (?:van|squad|bus|class|appointment|doctors?|school|work|shift)|in case they (?:lock|section) me|never (?:once )?(?:lifts|lifted|raises|raised|laid|lays) (?:a |his |her )?(?:hands?|finger) (?:to|on|at) (?:me|us)(?! (?:before|until|till))",
    r"(?:convinced|thinks|believes|reckons|swears) (?:that )?(?:hes|shes|theyre|he is|she is|they are) being (?:followed|watched|filmed|bugged|listened to|spied on)|(?:finish|stop|end) (?:it|them|these) (?:[a-z]+ )?all at once",
    r"takes? (?:fits|seizures)(?= (?:[a-z|]+ ){0,12}(?:if|when|in case) (?:he|she|they|(?:my|the) [a-z]+) (?:has|have|takes|take) (?:one|another|a))|do withdrawal (?:seizures|fits)(?: need 999)?",
    # killing and being killed
    r"kill me now (?:[a-z]+ ){0,9}(?:lol|lmao|haha|hahaha)(?= )|kill me now (?:man |pal |please )?(?:this|that|the|its) (?:[a-z]+ )?(?:litter|squad|pick|class|job|weather|rain|shift|queue|bus|hangover|weeding|weeds|painting|heat|meeting)",
    r"killing (?:time|it|an hour|two birds|the vibe|the mood|the buzz|weeds|the weeds|germs|bacteria|the grass|an afternoon|the battery)",
    r"kill (?:the |some |a few |off |a bit of )?(?:weeds|time|lights|engine|bill|moss|germs|bacteria|virus|wasps|bugs|infection|hour|hours|buzz|vibe|mood|music|power|spiders|slugs|rats|mice|ants|nettles|battery|grass|plants|pain|calories)",
    r"(?:could |would |id |make a |dressed to |going in for the |gonna |in for the |make the )?kill for (?:a|some|my|the) ?",
    r"(?:is|are|s|was|were|been|fair|pure|really|absolutely|its|that|this|thats|back|feet|foot|knees|knee|head|legs|leg|tooth|teeth|suspense|heat|shift|shoes|boots|hangover|still|just|stomach|neck|shoulder|hip|hand|hands|arm|arms|shoulders|toe|throat|ear|wait|waiting|job|gym|diet|bills|work|youre|you) (?:[a-z]+ )?killing (?:me|us|my (?:back|feet|knees|legs|head))(?! (?:slowly|inside))",
    r"killed (?:me|us|it|the (?:mood|vibe|battery|time))(?= )(?! (?:self|off))",
    r"(?<!says )(?<!said )(?<!but )(?<!they )(?:boss|gaffer|supervisor|mum|dad|wife|husband|missus|gran|worker|teacher|girlfriend|boyfriend|partner|bird|manager|sister|brother|mother|man|mates?|pals?|youll|you|itll|it|this|that|shift|one|hill|stairs|heat|gym|heels|bills) (?:will |is gonna |gonna |will fucking |would |are gonna |might |going to |nearly |near |fair |pure |almost )?kill me(?! (?:if i (?:leave|tell|phone|go to the police|try|speak)|one day|tonight|this time|if he|if she sees|when he gets out|when he comes|when he is drunk|i think|and))(?= (?:if|for|when|haha|lol|\||$|over|honestly))",
    r"(?<!says )(?<!said )(?<!but )(?:she|he|they|shell|hell|theyll) (?:will |is gonna |gonna |would |are gonna |might |going to |nearly |near |pure )?kill me(?! (?:if i (?:leave|tell|phone|go to the police|try|speak)|when he gets out|when he comes|when he is drunk))(?= (?:if|for|when|haha|lol|over|honestly))",
    r"(?:if looks could kill|kill joy|killjoy|killer (?:queen|heels|app|sudoku|headache|workout|session)|painkiller|weed killer|kill two birds|kill switch|serial killer|curiosity killed|over my dead body|video killed|killed in action|the killers|kill bill|to kill a mockingbird)",
    r"killing (?:myself|himself|herself|themself|yourself) (?:laughing|at (?:work|this|the gym|it)|to get|trying to|with (?:this|the|these) (?:diet|shifts?|hours|overtime|course|gym)|for (?:this|a|the|minimum|nothing)|working|in the gym|over this|with laughter)|kill (?:myself|yourself) (?:laughing|at (?:work|this|the gym)|to get|for (?:this|a|the|minimum)|trying to)",
    # dying and being dead
    r"(?:to die for(?= (?:\||$|and|honestly))|dying for|died for|would die for a|die for a|(?:dying|die|died|dies) (?:to (?:see|know|get|hear|try|find out|go|meet|tell|ask|start|have|eat|watch|read|use|pee|piss|come)|laughing|of (?:laughter|embarrassment|boredom|shame|cringe|hunger|thirst|heat|the heat|starvation|the cold|cold|a riddy|excitement|curiosity|the shame|old age|natural causes)|with (?:laughter|embarrassment|the cold|a hangover|shame)|hard|here|in this heat|on me|out here|from (?:embarrassment|laughing|boredom|the heat|cringe)|inside (?:haha|lol)|with this (?:cold|flu|hangover|heat|toothache)))",
    r"to die for(?= (?:\||$|and|honestly))|do or die|never say die|live and let die|ride or die|dye|die hard|dead (?:line|chuffed|good|easy|tired|on my feet|heat|end|busy|nice|funny|quiet|boring|weight|wood|brilliant|simple|cheap|sure|serious|proud|set|late|ringer|slow|long|hard|interesting|happy|helpful|handy|centre|keen|certain|excited|pleased|sore|sound|cool|weird|bad|beat|grass|leg|arm|man walking|ends|wrong|cold|hot|lift|lifts|skin|zone|hungry|short|tight|straight|right|sexy|calm|cute|gallus|decent|lucky|clever|friendly|pan|air|plants|leaves|trees|flowers|hedge)|drop dead gorgeous|(?:knock|knocked) (?:em|them) dead|dead and buried|wouldnt be seen dead|(?:play|playing) dead|back from the dead|walking dead|red dead|grateful dead|half dead|evil dead|dead or alive|dead to me|dead man",
    r"(?:phone|battery|phones|car|laptop|charger|tablet|engine|line|mobile|controller|vape|signal|internet|wifi|remote|watch|website|link|app|plant|plants|grass|hedge|flowers|flower|trees|leaves|tree|roses|fish|goldfish|hamster|night|party|pub|town|place|craic|shop|banter|chat|group) (?:is |s |are |was |has |just |about to |gonna |going to |pure |totally |about |nearly |keeps )*(?:dead|dying|die|died|dies)",
    r"(?:im|am|i am|pure|absolutely|fucking|well|so) dead (?:haha|lol|lmao|hahaha|man haha|tired|after)|(?:literally|actually) (?:dead|died|dying)(?= (?:laughing|haha|lol|lmao|at|\||$))|i died (?:laughing|when|at|inside|haha|lol)|\A im dead ?\|? ?\Z|i(?:ll| will| would)? die (?:if (?:i have|she|he|they|it)|of|laughing|when)|nearly died (?:when|laughing|of)|nearly (?:had a|took a) (?:heart attack|stroke|fit|canary)|gave me a (?:heart attack|fright|stroke)|heart attack when|have a heart attack (?:when|if)",
    # out of the service's own books: a request to be forgotten. The next text may be glued to its last word
    r"(?:(?:i )?(?:just )?(?:want|wish|id like|need|like) (?:i could |to )?)?(?:[a-z]+ly )?(?:disappear|vanish|be gone|fade away) (?:[a-z]+ )?(?:from|off|out of|out) (?:of )?(?:all )?(?:of )?(?:your|the|this|that|these|those) (?:<1>)(?:system|record|list|data|file|books|computer|phone|text|messages|contacts|app|chat|bot|programme|service|register)[a-z0-9]*(?: (?:for good|forever|completely|altogether))?(?! (?:and|of (?:life|the living)))",
    # ends and beginnings, hours and orders
    rf"(?:end|ending|ends|ended|finish|finishing|finished|end of) (?:my|of|the|this|of the|of my|of this|off the|up|in|at|on|with|with a|our|your|date|dates|soon|early|that|his|her) <1>(?:{_ORDER})|end (?:date|dates|of|up|result)(?! (?:my (?:life|rope|tether|days)|the (?:line|road)|it|me(?= (?:\||tonight|now|today|soon))))",
    rf"(?:done|finished|through|fed up|tired|sick|had enough|scunnered|bored) (?:with|of|on) <2>(?:{_ORDER}|supervisor|squad|weather|rain|smoking|drinking|the drink|drink|hangovers|dating|dates|him|her|job|car|bus|buses|texts|forms|questions|benefits office|jobcentre|painting|litter|weeding)(?! (?:of life|of living))",
    r"end(?:ing)? it with (?:my|her|him|the|this)|(?:end|ending) (?:things|it) with (?:my|her|him|the|this)|break ?up with",
    r"(?:no|any|whats the|what is the|see the|the|is there a|is there any) point (?:in |of |to |me |us )*(?:coming|me coming|going|turning up|booking|phoning|asking|applying|doing|texting|signing|paying|attending|reading|getting a (?:bus|taxi)|me (?:coming|going|turning)|talking to|complaining|changing|buying|these|this (?:course|class|order|work|group|session)|the (?:course|class|order|unpaid work|session)|unpaid work|community payback|cpo|order|having|quitting|washing|cutting|painting|starting|sending|replying|arguing|waiting)",
    r"(?:better|boiling|starting|selling|meeting|vantage|decimal|plus|bullet|power|melting|freezing|pressure) points?|point(?:s)? (?:out|of contact|of view|me|taken|blank)",
    # cutting, shooting, hanging, jumping, hitting, beating
    r"cut(?:ting)? (?:down|back|grass|the grass|hedges|the hedge|hedge|my hours|my hair|my nails|nails|it out|it fine|out (?:the|drinking|smoking|sugar|salt|fags|alcohol|drink|booze|crisps|bread|carbs)|corners|costs|the crap|hair|lawns|lawn|weeds|brambles|branches|trees|on my drinking|on (?:drink|drinking|smoking|fags|sugar|salt)|benefits|my benefits|off (?:my gas|the gas|the electric|my phone|my benefits)|ties|to the chase|class|price|wood|logs|short|the cake|bread)",
    rf"(?:cut|burnt|burned|hurt|sliced|skint|scratched|grazed|hit|banged|slashed|injured) (?:my|his|her|myself on|myself) ?(?:{_PART})? ?(?:a bit |quite bad |badly |open )?(?:on (?:a|the|my|some|glass|broken|wire|barbed|metal|a bit|an)|at (?:work|placement|the gym|football|unpaid work|the project|five asides)|while (?:working|cooking|shaving|cutting|painting|gardening|peeling)|with (?:a|the) (?:saw|strimmer|spade|shears|mower|drill|grinder|tin|can|kettle|chisel|stanley knife|secateurs|iron|hammer)|shaving|opening|making|cooking|doing the|falling|playing|gardening|peeling|chopping|working|slicing|strimming|ironing|lifting)",
    r"(?:cut|nicked|sliced) (?:myself|my [a-z]+) (?:[a-z]+ ){0,5}(?:shaving|cooking|chopping|peeling)",
    r"(?:shoot|shot|shooting|send|fire|drop|ping) (?:me|us|you|him|her|them) (?:a|an|over|your|the|through|some|back)|shooting (?:pool|hoops|the breeze|stars)|shoot some (?:pool|hoops)|flu shot|jab or shot|shot of (?:the|vodka|whisky|your|my|it|her|his|tequila)|(?:photo|head|screen|mug|long|big|good|cheap|best) ?shots?|shot myself in the foot|shoot (?:myself|yourself|himself) in the foot|shoot off|get shot of|got shot of",
    r"(?<!cant )(?<!cant just )(?<!to )(?<!cord is )(?<!cord )hang(?:ing)? (?:on|in there|out|about|around|up|tight|baskets|back|the washing|pictures|wallpaper|tree|of it|over)|get the hang|got the hang|(?<!find me )(?<!found him )(?<!found her )(?<!cord is )(?<!cord )hanging(?= (?:today|man|the day|after|\||$|so|this|out|badly|with))(?! from (?:a|the) (?:rope|tree|ceiling|door|beam))|hang ?over|hungover|hung over|well hung|hung (?:about|up|out|around)",
    r"(?:jump|jumped|jumping|hop|get|got|getting) (?:on|off|in|into|out of|out|the|on the|up) (?:at |on |in |into )?(?:the |a |my |that |this )?(?:[a-z0-9]+ )?(?:bus|train|subway|queue|taxi|car|shower|pool|bath|van|tram|fence|barrier|barriers|gun|lights|bandwagon|red light|minibus|ship|underground)(?! (?:in front|driver and hit|rails?|tracks?|line))|jump(?:ing)? (?:to conclusions|for joy|jacks|rope|start|leads|through hoops|at the chance|ship|around)|bungee|parachute jump|charity (?:jump|abseil)",
    r"hit(?:ting|s)? (?:the (?:gym|road|shops|pub|roof|town|sack|hay|nail|wall|books|spot|target|bottle|drink|buffers|jackpot|headlines|weights)|me up|a wall|me (?:like|that|hard|how|when i realised)|my target|and miss|rewind|send|home)|hit me (?:up|back|with (?:it|a|the|your|dates))|beat(?:s|ing)? (?:the (?:traffic|queue|rush|system|habit|record|cravings|clock|crowds|bookies|heat|odds)|me to it|around the bush|boredom|addiction|the addiction)|it beats me(?= \||$)|no beating|hard to beat|cant beat|battered (?:sausage|fish|haddock|mars bar|pizza|king rib)|batter(?:ed|ing)? (?:through|into|on|my way|the books)",
    r"(?:could|would|id|i could|can) (?:[a-z]+ )?murder (?:a|an|some|the|my) [a-z]+|murder(?:ed)? (?:mystery|on the dance floor|that song|the song|a song)|(?:its|was|pure|absolute|traffic is|been) murder",
    r"black and blue(?! (?:from|cos|because|off|again|after))|feel(?:s|ing)? like (?:death(?= )|shit|crap|a zombie)(?! (?:is|would))|blue (?:pills|vallies|tablets|ones|valium)",
    r"(?:bath|photo|sex|smoke|stink|da|cherry|time|f) ?bombs?|bomb ?(?:scare|shell)",
    # games, names and figures of speech that borrow a wound or a death
    r"(?:got |been |was |were |gets |getting |keep getting )?(?:shot|stabbed|killed|slashed|battered|murdered|blown up|knifed) (?:[a-z0-9]+ ){0,4}(?:on|in|at|playing) (?:fortnite|cod|call of duty|gta|warzone|xbox|playstation|the playstation|fifa|paintball|laser quest|laser tag|minecraft|the game|that (?:show|film|series|programme|drama|game)|the (?:show|film|series|soaps?|drama)|eastenders|corrie|river city)",
    r"(?:band|song|album|tune|film|book|track|show|gig|dog|dug|cat) (?:is |was |thats )?(?:called|named) [a-z]+",
    r"suicide (?:by (?:boredom|paperwork|bus)|defending|defendin|number|numbers|protocol|policy|figures|stats|statistics|pass|back ?pass)|(?:pure|absolute|total|absolutely) suicide(?= (?:defending|that|this|to|by|\||$))",
    r"(?:choking|gasping|dying) for (?:one|some|it)(?= (?:\||\Z))|throw(?:ing)? (?:myself|yourself) under (?:a|the|my) (?:duvet|covers?|blankets?|shower|quilt)",
    r"(?:choking|gasping|dying|choked) for (?:a|an|some|my|the|wan|one) (?!breathe|breath|air|ambulance)(?:[a-z]+ ){0,1}[a-z]+",
    r"(?:sound|look|feel|looks|sounds|feels|like) (?:[a-z]+ ){0,5}held hostage|dead in the water|(?:bills|debts?|rent|prices|tie|collar|paperwork|red tape|fees) (?:[a-z]+ ){0,2}strangling me|strangled by (?:my|the|a) (?:own )?(?:necktie|tie|scarf|collar|seatbelt|red tape)",
    rf"(?:gonna|will|ill|could|might|about to) (?:fucking |actually )?(?:kill|murder|batter|strangle|throttle) (?:him|her|them|(?:my|the|that|our) (?:wee |big )?(?:{expand('{kin}')})) (?:for |because |if )?(?:he |she |they |hes |shes |theyve )?(?:just )?(?:ate|eaten|eating|drank my|finished the|spilled|spilling|forgot|forgetting|hid|hiding|borrowed|nicked|snored|snoring|sings|singing|left the|used my|used all|lost the|scratched my)",
    r"(?:mum|gran|granny|missus|wife|boss|gaffer|sister|teacher) (?:will|is gonna|gonna) (?:strangle|murder|batter|throttle|skin|crucify|slaughter|lynch) me (?:if i (?:dont|forget|miss|lose|break)|for (?:being|forgetting|losing|missing))|(?:wanted|wished) the (?:ground|floor|earth) (?:to |would )?(?:swallow me|open up|swallow me up) (?:when|after)|(?:wean|wee one|wee man|toddler|baby|year old) (?:just )?(?:keeps |kept |is )?(?:hits|hitting|bites|biting|kicks|kicking|bit) me",
    r"stick a fork in me (?:im )?done(?= \|)|bleed(?:s|ing)? (?:us|me|them|folk|people|everybody) dry|stab(?:bing)? (?:myself|my eyes?) (?:in the eye |out )?with a (?:rusty )?(?:pen|pencil|fork|spoon|biro)|(?:choke|choked|choking) on (?:my|a|the|that) (?:vape|tea|coffee|words|own words|spit|dust)",
    r"last (?:text|message) (?:from me |i send |ill send )?(?:before|till|until|for) (?:the|my|i go to (?:work|bed)|kick off|we|it starts|signal|bed|work|a while|now)",
    r"(?:unalive|unalived) (?:my|the|a|his|her) (?:[a-z]+ )?(?:cactus|plants?|phone|laptop|spider|flowers?|basil|tomatoes|wasp|goldfish|succulent|lawn|sourdough|car|telly)",
    r"(?:foaming|frothing) at the mouth (?:when|because|cos|about|over|with rage|that|if|at)|(?:on|get on|got on|getting on|gets on) like a (?:house|hoose) on fire|full of smoke free|how to hang (?:a|the|up|my) (?:door|picture|pictures|curtain|curtains|blind|mirror|shelf|washing|coat|wallpaper|telly)",
    r"(?:wont|cant|not|never|no) (?:wake|waking|get) up (?:in time|early enough|on time|at (?:6|7|5|six|seven|that))|bleeding (?:phone|bus|thing|app|link|printer|door|website|weather|laptop|kettle|form|nuisance|cheek|car|train|great)|(?:not|no|never|isnt|wasnt) (?:a |any |in )?(?:danger|risk) to (?:myself|himself|herself)|do (?:your |my |the )?lips go blue|(?:can|will|would) they take my (?:passport|licence)|(?:keeps?|has|got) my spare (?:keys?|set)|(?:seeing|see) the (?:benefits?|difference|results?)|reads? my (?:letters|mail|texts) (?:to|for|out to) me|took my (?:pills|tablets|meds|prescription|script) to the (?:chemist|pharmacy|doctor)|(?:walking|walk|running|run|cycling|cycle) (?:on|along|by) the (?:canal|river|clyde|loch) (?:path|walkway|bank|towpath)|hit by a (?:van|car|bus|lorry|motor|bike) (?:in (?:19|20)[0-9][0-9]|when (?:i|he|she) was (?:[0-9]+|wee|young|a))|finish me early",
    r"(?:seeing|see) (?:my|the|his|her) (?:kids|weans|wean|son|daughter|family|mum|pals|doctor|nurse|worker|counsellor|results?|benefits?|difference|grandkids) (?:[a-z]+ )?(?:again|more|now|every|at|on|next|properly|tomorrow|for)",
    # overdose and other words turned to play
    r"(?:overdose|overdosed|overdosing|od) (?:of|on) (?:(?:texts|messages|emails) (?:from|of|off) (?:you|work|them)|adverts|telly|bingo|caramel [a-z]+|sun|sunshine|chocolate|sugar|netflix|coffee|caffeine|love|information|cake|telly|sweets|biscuits|vitamin [a-z]|carbs|christmas|easter eggs|football|turkey|crisps|cheese|memes)",
    r"if (?:i|you|he|she|they|someone|my [a-z]+|somebody|a pal|a mate|anyone) (?:ever |has |have |was to |were to |took an |takes an |take an |did |might )*(?:overdose|overdosed|overdoses|od|overdosing)",
    r"(?:lose|lost|losing) (?:my|the) (?:will to live) (?:in|at|with|waiting|on hold|over|after|listening)",
    r"(?:ran|run|running|walked|cycle|cycled|jogged|did|walk|(?<!im )(?<!i am )about|only|under|over|(?<!about )(?<!gonna )(?<!going )(?<!want )(?<!need )(?<!ready )(?<!dying )[0-9]+|few|couple of|five|ten|three|six) (?:[0-9]+ )?kms",
    r"(?:suicide squad|suicidal tendencies|suicide squeeze|career suicide|political suicide|commercial suicide|social suicide|suicide burns?|suicide wing(?:s)?|suicide runs?|suicide door(?:s)?|suicide blonde)",
    r"blue (?:badge|light|card|bus|bin|tick|eyes|top|jumper|jacket|door|car|van|screen|tooth|box|one|team|gloves|paint)|(?:feeling|feel|feels|bit|tickled|out of the|once in a|true|in|dark|light|royal|the) blue(?! (?:lips|face))|blue monday|blue in the face",
    r"(?:stroke of (?:luck|genius|midnight)|breast ?stroke|different strokes|stroke the|(?:his|her|my) face (?:dropped|fell) when|face like)|(?:keep|get|getting|keeping|stay|staying|be|am i|im|signed|declared|found|dead|pure|was|not|no|physically|well|feel|feeling|hes|shes|is) fit(?:ter)?(?! (?:and|now) (?:hes|shes|not))|(?<! a )fit (?:in|into)|(?<=had )a (?:[a-z]+ )?fit (?:in|at) (?:the |my |a )?(?:[a-z]+ )?(?:when|because|over|about|that|at)|fit (?:for|note|enough|bit|and (?:well|healthy|able|ready|proper|active|strong)|to (?:work|drive|drop))|fits (?:in|into|me|you|my|with|the|better|round|around)|(?:had|have|having|throw|threw|took) a (?:hissy|wee) fit|fit of (?:rage|laughter|the giggles|giggles)|outfit|fitted",
    r"(?:give|giving|donate|donating|take|taking|took|have|get|getting|high|low|my|check|bad|young|new|cold|full|own|do|had|got) blood (?:test|tests|pressure|donor|sugar|donation|results|type|clot|group|work|taken|count|thinners|brothers|sample|samples|sugars)|(?:blood test|blood tests|bloods|blood pressure|give blood|giving blood|donate blood|in my blood|blood sugar|blood borne)|bleeding (?:heck|obvious|hell|gums|love|edge|idiot|radiators?)|bleed(?:ing)? the radiators?|nose ?bleed",
    r"(?:weight|load) off my chest|get (?:it|this|that|things|something|stuff) off my chest|chest (?:of drawers|press|infection|day|freezer|x ?ray|clinic|hair|workout|tattoo)|broken? heart",
    r"(?:catch my breathe|breathe) (?:after (?:the|that|running|climbing|laughing)|from laughing|with laughing)|(?:room|space|cant) (?:to )?breathe for (?:laughing|laughs|people|work|bills)|(?:cant|couldnt) breathe (?:for )?(?:laughing|haha|lol|lmao)|breathing (?:exercise|exercises|techniques?|space|group|class|room|down my neck)",
    r"(?:you(?:re)?|team|he|they|rangers|celtic|scotland|shes|hes|im|i|were|is|are|was) (?:pure |absolutely |fucking )?on fire (?:the day|today|tonight|lately|with|at|this|in|man|haha|lol|just now)|fire (?:door|exit|drill|alarm test|alarm tests|pit|stick|brigade job|engine|safety|works|extinguisher|sale|me|it over|away|up|fighter|risk|blanket|stopper|station|warden|training|marshal|man sam)|fired|camp ?fire|bon ?fire|fireworks|fire emojifire|emojifire emojifire|(?:that|this|song|tune|banger|looks|food|trainers|fit|is) emojifire",
    r"(?:when|what if|what happens when|what happens if|only if|why) (?:should|do|would|to|can|could)? ?(?:i|you|we|someone|people)? ?(?:call|phone|ring|dial|text|need to call|need) (?:an ambulance|999|111|for an ambulance|112)|call 999 or|999 or 111|111 or 999|(?:difference between|should i (?:use|try)) (?:999|111)",
    r"(?:community )?pay ?back|crisis (?:loan|grant|team number|payment|fund)|dead ?line|(?:gun|rope|knife) (?:swing|crime|course|ladder|access|bridge|skipping)|skipping rope|rope (?:swing|access|course|ladder)|tied (?:the|a) rope (?:to|on|onto|round|around) (?:the |a |my )(?:van|boat|trailer|load|tent|dog|dug|swing|fence|gate|roof rack|post|bike)|glue gun|nail gun|staple gun|spray gun|heat gun|knife and fork|bread knife|stanley knife for|butter knife|paint gun|water gun|top gun|jumped the gun|arsenal gunners?|son of a gun|massage gun",
    r"(?:off|on) (?:the|a) edge of my seat|cutting edge|edge of (?:town|the city)|bridge (?:loan|street|of weir|cafe|project|roll|rolls|end|ton|work)|(?:walk|walking|cross|crossing|meet|meeting|over|under|at|near|by|past|cleaning|painting|sign|litter pick) (?:[a-z]+ )?(?:the|a) (?:[a-z]+ )?bridge(?= (?:\||to|for|at|$|in|station|and (?:turn|go|left|right)))",
    r"(?:(?:my|his|her|their|the|wee|our) |(?<=\A )|(?<=\| ))(?:dog|dug|cat|rabbit|hamster|horse|budgie) (?:[a-z]+ ){0,4}(?:died|dead|dying|bit me|put down|put to sleep|attacked|choked|collapsed|seizure|fit|got hit|was hit|run over|ran over)",
    r"(?:film|movie|book|song|game|programme|show|series|episode|documentary|netflix|telly|tv|character|boss|zombie|zombies|level|xbox|playstation|fifa|cod|fortnite|gta|minecraft) (?:[a-z0-9]+ ){0,6}(?:kill|killed|killing|died|dies|dead|shoot|shooting|stabbed|murder|suicide|overdose|rape|raped|strangled|bomb)|(?:kill|killed|killing|shoot|died|beat|stab|stabbed) (?:[a-z0-9]+ ){0,4}(?:on|in|playing|at) (?:the game|a game|fifa|cod|xbox|playstation|fortnite|gta|call of duty|minecraft|the film|the movie|warzone|eastenders|corrie|the book)",
    r"(?:not|no|isnt|wont|doesnt|dont|never|stopped|keeps not) (?:responding|answering|waking|moving)? ?(?:to (?:my|texts|messages|emails|calls)|(?:app|site|website|link|phone|page|screen) (?:is )?(?:not|isnt) (?:responding|working|loading))|(?:app|site|website|link|phone|page|screen|laptop|computer) (?:is |has )?(?:not |isnt |un)(?:responding|responsive|waking up)",
    r"sleep(?:ing)? (?:pills|tablets) (?:safe|bad|work|work with|ok)|passed out (?:drunk|on the couch last)|no alcohol",
    r"laugh(?:ed|ing)? (?:[a-z]+ ){0,3}(?:till|til|until) (?:i|we|he|she) (?:[a-z]+ ){0,4}(?:breathe|died|burst|choked|collapsed)|(?:phone|laptop|printer|telly|tv|mower|strimmer|computer|app|radio|kettle|boiler|wifi|engine) (?:[a-z]+ )?(?:took|taken|had|has|having|taking) an? (?:[a-z]+ )?(?:seizure|stroke|fit|heart attack|nervous breakdown)",
    r"(?:hangover|boss|gaffer|supervisor|tutor|body|stomach|cat|knees?|back) wants me dead|(?:drowning|fall|falls|fire|accident|burns?|knife crime) prevention(?= (?:class|course|talk|one|session|group|training|workshop))",
    r"(?:gun|guns|knife|dagger|axe|sword|noose|rope) tattoos?|finish(?:ing)? (?:myself|yourself) off (?:a|an|the|some|this) (?:wee |nice |big )?(?!rope|knife|bridge|roof)[a-z]+",
    # things that are slashed, dropped, smelt or set off without anybody being hurt
    r"(?:payment|payments|benefit|benefits|money|hours|prices?|wages|budget|pip|uc|funding|fares?) (?:[a-z]+ ){0,3}(?:slashed|cut|hit)|(?:account|wages|bank|pay|money) (?:[a-z]+ ){0,3}hit by",
    r"(?:smell|smelling|smelt|take|took|taking|wash|washing|brush|dust|wipe|get) (?:[a-z]+ ){1,3}off (?:myself|himself|herself|themself)|dropped at [0-9]+",
    r"(?:not|cant|wont|dont|never|stopped|isnt) (?:[a-z]+ )?(?:come|coming) to (?=[a-z])",
    r"had enough (?:of|to) (?:eat|drink|this (?:course|class|weather|order|place|job|shift|rain)|the (?:course|class|weather|rain|bus|shift|food))|give(?:n)? up (?:drinking|smoking|the (?:drink|fags|booze|smokes|weed)|drink|fags|alcohol|weed|sugar|meat|chocolate|gambling|for lent|drugs|vaping|vapes|coke)|giving up (?:drinking|smoking|the (?:drink|fags|booze|smokes|weed)|drink|fags|alcohol|weed|sugar|meat|gambling|for lent|drugs|vaping|vapes|coke)",
)

_IDIOMS = [(cues(e) or frozenset(), re.compile(rf"(?<= )(?:{e})(?![a-z0-9])")) for e in map(expand, IDIOMS)]
_ALWAYS = [n for n, (words, _) in enumerate(_IDIOMS) if not words]
_BY_WORD: dict[str, list[int]] = {}
for _n, (_words, _) in enumerate(_IDIOMS):
    for _word in _words:
        _BY_WORD.setdefault(_word, []).append(_n)

#: Training and services about suicide, overdose or abuse, and naming a class in order to book it.
PROGRAMME = re.compile(
    r"(?:suicide|suicidal|selfharm|overdose|naloxone|domestic abuse|domestic violence|domestic|abuse|rape|sexual assault|"
    r"mental health|stroke|samaritans|first aid|seizure|chest pain|withdrawal|bereavement|child protection|harm)"
    r"(?: [a-z]+)?(?: [a-z]+)? (?:session|sessions|class|classes|course|courses|training|workshop|talk|group|groups|one|ones|thing|wan|event|"
    r"awareness|prevention|leaflet|leaflets|kit|kits|information|info|stigma|charity|poster|service|services|statistics|"
    r"stats|rates|rate|booklet|website|day|walk|policy|line|helpline|clinic|event|module|quiz|programme|support group|strategy|first aid)"
    r"|(?:session|sessions|class|course|training|workshop|talk|group|leaflet|information|info|learn|awareness|advice|"
    r"lesson|read|article|programme|documentary|film|presentation|teach|booklet|podcast|stigma|interested in|questions?) "
    r"(?:[a-z]+ ){0,3}(?:suicide|selfharm|overdose|overdoses|naloxone|domestic abuse|domestic violence|abuse|sexual assault|rape)"
)
#: A class called by its subject: "the suicide one".
NAMED_CLASS = re.compile(r" (?:suicide|overdose|selfharm|abuse) (?:awareness |prevention )?(?:one|wan|thing|class|classes|session|sessions|course|talk|training|workshop|awareness|prevention)(?! is (?:over|too))")
#: Asking somebody about suicide, or about people in general, is what the programme teaches.
GENERAL = re.compile(
    r" (?:ask|asking|asked|talk|talking|speak|speaking|chat|question|subject of|bring up|discuss|mention|raise|raising|say|word|words|"
    r"put the idea|secrets?|secrecy|confidential|confidence|stigma|myths?|before|causes?|risk of|about male|men and) (?:[a-z]+ ){0,6}"
    r"(?:suicide|selfharm|suicidal)|(?:suicide|suicidal|selfharm) (?:people|folk|person|men|rates|worry|wording|support|help|question|risk|signs)|(?:make|making) (?:someone|them|him|her) suicidal"
    r"|(?:what if|if|when|that|who|how|think|know|spot|help|tell) (?:[a-z]+ ){0,4}(?:someone|people|somebody|a person|they|folk) (?:[a-z]+ ){0,4}(?:suicidal|suicide|want to die|wants to die|end(?:ing)? (?:their|it)|selfharm|hurt themself)"
)
#: Somebody has died: grief, not a crisis.
BEREAVED = re.compile(
    r"(?:died|dead|lost|death|passed|passed away|gone|bereaved|bereavement|funeral|loss|grief|grieving|survivors|buried|anniversary) "
    r"(?:[a-z0-9]+ ){0,5}(?:by|to|through|from|of|after|cos|because of|in|by his own) (?:a |an |his |her |their )?(?:[a-z]+ )?"
    r"(?:suicide|overdose|own hand|drugs|heroin|heart attack|stroke|seizure|withdrawal|fire|stabbed|stabbing)"
    r"|(?:suicide|overdose|overdosed|stroke|heart attack|seizure|fit) (?:[a-z0-9]+ ){0,5}(?:and died|died|killed (?:him|her)|funeral|bereaved|loss|took (?:him|her))"
    r"|(?:{they}|{kin}|who|that|he|she|they|cousin|people|neighbour|someone) (?:[a-z]+ ){0,2}(?:killed|hung|hanged|shot|drowned|topped|unalived) (?:himself|herself|themself)"
    r"|(?:{they}|{kin}|who|he|she|they) (?:[a-z]+ ){0,2}(?:took|ended|taken) (?:his|her|their) (?:own )?(?:life|lives)"
    r"|{kin} (?:has |have |had )?(?:made|did|done|(?:make|do|commit)(?= (?:[a-z]+ ){0,3}(?:ago|last|in|when|before))) (?:a |the )?suicide(?! (?:attempt|note|plan|tonight|now|today|yesterday))"
    r"|(?:took|ended|taken) (?:his|her|their) (?:own )?(?:life|lives)|(?:committed|completed|died by|died of|died from|death by|after|lost to) suicide"
    .replace("{they}", "(?:" + expand("{they}")[3:-1] + ")").replace("{kin}", expand("{kin}"))
)
JUST_NOW = re.compile(r" (?:(?:hes|shes|theyre|is) (?:not|no|barely|hardly)|cut (?:him|her) down|just|now|tonight|today|minutes|found|this morning|help|ambulance|still|right) ")

#: No way of asking is made of two others here: "i wanted to" read as one and as two would take for ever to be read at length.
_ASKING = (
    r"(?:can you |could you |will you |please |pls |hi |hello |hiya |hey |ok |okay |so |and |but |just |um |eh |right |wondering |"
    r"was wondering |quick question |question |id like to |would like to |want to |wanted to |need to |do you know |does anyone know |"
    r"anyone know |any idea |can i |could i |may i |how do i |how can i |where can i |where do i |im doing |im |i |got |have you |ive )*"
)
#: How a sentence that only wants to know something begins.
QUESTION = re.compile(
    rf"(?:\A|\|) {_ASKING}(?:what (?:is|are|does|do|happens|would|should|to do|can|kind|causes|if|counts|helps|age|time|the|about|s|services|"
    r"signs|medicines|symptoms|percentage|makes|did|types?|number|day|was|drugs?)|whats|what s|how (?:do (?:i|you|we) (?:spot|know|tell|recognise|help|use|give|treat|"
    r"avoid|prevent|stop|get|book|talk|ask|support|deal|handle|react|respond|learn|report|find|store|carry|make sure|check)|to (?:spot|know|tell|recognise|help|use|"
    r"give|treat|avoid|prevent|stop|talk|ask|support|deal|handle|respond|report|cope|get|reduce)|can (?:i|you|we) (?:spot|tell|help|recognise|support|prevent|stop|avoid|get|talk|learn|use|treat|know)|common|does|long|is|often|likely|soon|dangerous|bad|serious|much (?:does|is|alcohol)|are)|"
    r"when (?:is|are|does|should|do|s|can|will)|whens|where (?:is|are|can|do|s|does|would|could)|wheres|why (?:is|are|do|does|would|did)|who (?:do|can|should|runs|is|does|would|has|to)|"
    r"is (?:it|there|that|this|the|chest|a|my|an|naloxone|suicide|self|selfharm|overdose|withdrawal|alcohol|depression|shaking|bleeding|anxiety|being|drinking|having|heavy|stress|blood|cutting|panic|dizziness|someone|hitting|controlling)|"
    r"are (?:there|chest|you|panic|seizures|suicide|the|withdrawal|blackouts|these|overdoses|fits|nightmares|all|any|people)|"
    r"can (?:young (?:people|folk)|(?:you|i|ye) (?:get|die|have|overdose|tell|take|give|explain|send|still|catch|mix)|anxiety|stress|panic|drinking|stopping|a|withdrawal|cocaine|drugs|naloxone|it|alcohol|someone|people|cannabis|heavy|chest|depression|vaping|smoking|periods|antidepressants|missing|too)|"
    r"does (?:anxiety|stress|drinking|naloxone|it|a|the|my|stopping|withdrawal|coke|cocaine|alcohol|cannabis|depression|anyone|talking|methadone|having|smoking|self|selfharm|being|hitting|everyone|someone|chest|heartburn)|"
    r"do (?:you (?:do|have|run|offer|know|get|need|give|teach|cover|sell|provide)|they|we (?:get|have|do|learn|need)|people|i (?:need a|have to (?:do|go)|get|qualify)|antidepressants|chest|panic|seizures|heart|all)|"
    r"tell me (?:about|more|what|how|when|the)|(?:more )?(?:info|information|advice|details|facts|guidance|leaflets?|help|support|anything|something|stuff) (?:on|about|with|for|regarding|after)|"
    r"book|sign me|sign up|put me|add me|enrol|register|cancel|change|move|reschedule|learn|find out|know (?:about|what|how|the|if|more|when|where)|"
    r"explain|define|definition|meaning|signs of|symptoms of|difference between|which|should (?:you|people|we|someone)|could (?:anxiety|i (?:die|get|have)|you|it be anxiety|stress|a)|"
    r"ask (?:about|you about|a question about|for)|carry naloxone|get (?:a )?(?:naloxone|training|trained)|questions? (?:about|on)|would (?:naloxone|it)|got (?:any|a) (?:info|leaflet|leaflets|advice|session|class)|interested in|talk (?:about|to someone about)|read about|my (?:supervisor|worker) (?:said|told me) (?:to )?(?:ask|book|do) )(?![a-z])"
)
#: A question asked about the writer's own danger is not for information: "how many pills to kill myself".
OWN = re.compile(
    r" (?:ive (?:just |already )?(?:taken|took|swallowed|cut|stopped|got|been|hit)|i (?:just |already |have )?(?:took|swallowed|feel suicidal|want to die|hit|cut)|"
    r"i (?:feel|keep|cant stop|want to (?:die|kill|end|hurt))|im (?:feeling|bleeding|being|gonna|scared|suicidal|getting|cutting|hurting)|"
    r"been (?:stabbed|shot|attacked|raped|jumped)|my (?:arm|(?:partner|husband|wife|boyfriend|girlfriend|man|ex|pal|mate|brother|sister|mum|dad|son|daughter|wean|baby|kid|friend|cousin|bird|uncle|auntie|gran|flatmate|neighbour) (?:is|says|said|has|wants|keeps|just|wont|cant|isnt|hits|hit|took|tried|feels|seems|might|batters))|"
    r"(?:wean|weans|baby|toddler|bairn|child|kid|son|daughter|boy|girl) (?:is |has |just )*(?:swallowed|drank|drunk|eaten|choking|choked|fitting|limp|floppy|blue|unconscious|collapsed)|"
    r"(?:hes|shes) (?:going (?:blue|limp|grey|cold)|gone (?:blue|limp|grey|stiff)|collapsed|choking|fitting|unconscious|bleeding|not|stopped|taken|having|blue|turned|talking|saying|cutting|gonna|no|being|threatening)|help me|right now|kill myself|myself) "
)
NEGATED = re.compile(
    r"(?:not|no|dont|never|wont|wouldnt|isnt|wasnt|didnt|havent|aint|doesnt|hasnt|arent|couldnt|without) "
    r"(?:(?!(?:i|im|ive|id|ill|just|but|and|so|cos|because|then|now|he|she|they|hes|shes) )[a-z]+ ){0,4}\Z"
)
PAST = re.compile(
    r" (?:the last time|years ago|year ago|years before|many years|when we were (?:wee|kids|young|weans)|in my youth|two years|in (?:january|february|march|april|june|july|august|september|october|november|december)|last (?:month|summer|winter|christmas)|months ago|a while ago|long time ago|long ago|ages ago|back then|last year|when i was (?:younger|young|a (?:kid|teen|teenager|wean|child|boy|girl|lad|lassie)|in (?:prison|jail|school|care|the army|my)|at school|wee|[0-9]+|little|growing up|using|on the)|used to|in the past|"
    r"in (?:19|20)[0-9][0-9]|as a (?:kid|child|teenager|wean|teen|boy|girl|wee boy|wee girl)|once before|before (?:but|and)|growing up|at school|in my (?:teens|twenties|20s|30s)|"
    r"in prison|in jail|years back|weeks ago|couple of years|few years|way back|over now|im (?:good|fine|ok|okay|better|alright|well|much better|doing (?:well|better|good)) now|doing (?:better|well|good) now|all good now|behind me|that was then|don[e ]*that now|not anymore|history of) "
)


#: Words that say it is happening now, or that somebody is calling for help: nothing softens these.
NOW = re.compile(
    r" (?:now|right now|(?:hes|shes|is) going (?:limp|blue|grey|cold|floppy)|tonight|this minute|just (?:now|took|taken|found|done|been|had)|ive just|hes just|shes just|help|please|hurry|quick|urgent|999|ambulance|minutes|mins|still(?! have)|keeps?|(?:hes|shes|theyre|im|is|are) (?:[a-z]+ )?(?:having|taking|fitting|turned|turning|gone|collapsed|overdosed|choking|bleeding|hitting|battering|hurting|kicking|unconscious)) "
)
#: A case thought of, not a case: "if he takes a fit", "when somebody has too much", "is it 999 if".
CONDITIONAL = re.compile(r" (?<!know )(?<!sure )(?<!tell )(?<!see )(?<!think )(?<!say )(?:if|when|whenever|should|in case|what if|or if|do you|does|how do you|before|till you|until|to) (?:[a-z0-9]+ ){0,8}\Z")
#: The subject of a lesson, a leaflet or a law, not an event.
TOPIC = re.compile(
    r" (?:first aid|(?:what )?signs? (?:of|someone|an?|that|youre|you are|your|ur|im)|how you (?:know|tell)|symptoms?|risks? of|causes? of|meaning|mean|means|define|definition|explain|what does|difference between|step by step|what (?:not|no) to do|"
    r"what (?:should|do|must) (?:staff|we|one|those|anyone|others)|correct|what is (?:it|that|the)|policy|law|prove|jail for|support groups?|groups? for|who works with|who treats|place for (?:people|someone)|noticeboard|antidote|helpline|"
    r"options|entitled|do you (?:lie|get)|can you get|aye or (?:naw|no)|worth a check|how many|why do|store|training new|apps?|chats?|service for|possible|first aider|before i|reliving|fireworks) "
)
#: It was, and is over for now: asked about or told afterwards.
OVER = re.compile(
    r" (?:last (?:night|week|time|weekend|saturday|sunday|friday|monday|tuesday|wednesday|thursday)|yesterday|the other (?:night|day|week)|once|settled|at the weekend|before|went away|goes away|turned out|"
    r"(?:had|was|were|took|been) (?:[a-z0-9]+ ){0,8}(?:since|afterwards|after that)|hes home now|in hospital|happened to me|next time|hospital said|ever again|again happen|ages after) "
)
_LAST_DRINK = re.compile(
    r"(?<= )(?:yesterday|(?:last|the other|other) (?:night|day|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|"
    r"at the weekend|since)(?= )"
)
_LASTS = re.compile(r"(?<= )(?:been (?:[a-z]+ ){0,3})?since (?:this morning|last night|yesterday|breakfast|dinner|lunch|i woke|i got up|about|[0-9]+)(?= )")
#: Asked of a doctor's or adviser's desk, not called out: the answer is wanted, and the numbers with it.
ASKED = re.compile(
    r" (?:is (?:that|it|this)(?: [a-z]+)? (?:common|normal|abuse|ok|wrong|right|yes|serious|dangerous|bad|rape|coercive|panic|stress|999|his)|is that$|is that (?=\|)|why(?:s| is) (?:that|it)|how (?:dangerous|dodgy|bad|serious|common)|"
    r"should (?:i|we|he|she) (?:see|worry|be worried|still|pay|comment|tell|respond|hold|be)|see a doctor|do i still|surgery|panic|anxiety|anxious|stress|nerves|does (?:that|it|this) (?:count|mean)|count as|same thing|how (?:do|can|could|should|would|to)|"
    r"can (?:i|we|you|residents|the baby|a find|ye)|could (?:i|we)|may (?:i|we)|am i (?:allowed|entitled)|where (?:can|do|i can|could)|what (?:remedies|rights|help|would|will)|who (?:can|do|pays|should|to)|which help|council|tenancy|rehoused|recourse|lawyer|court|legal|"
    r"is there|are there|are my|does she|will (?:there|they|it)|would the|wondering|any advice|advice|helpline|what next|whats wrong with) "
)
_EFFORT = re.compile(r" (?:effort|exertion|exertional|walking up|climb|climbing|climbs|stairs|stair|hill|hills|brae|digging|dig|lifting|running|pitch|at rest|settles|anxious|panic|worried|off the vape) ")
#: Somebody else's danger is at hand, not only feared.
AT_HAND = re.compile(
    r" (?:tonight|now|right now|just|today|bridge|roof|rope|noose|knife|blade|pills|tablets|overdose|hanging|jump|note|goodbye|gonna|trying to|about to|locked|missing|gone|wont answer|not answering|standing|on the edge|999|help me|please|threatening|planning|tried to|attempted to|last night|wont let me in|in the (?:toilet|bathroom|bath|shower)) "
)
#: People, posts and strangers: talk of suicide without anybody in it.
GENERIC = re.compile(
    r" (?:people|(?<!need )(?<!want )someone|everyone|women|men|guys|girls|lads|boys|person|anyone|others|strangers?|posts?|posting|posted|stuff|online|insta|instagram|facebook|algorithm|story|volunteer|drama|shame) "
)
ASKS = re.compile(r"\A (?:(?:and|but|so|eh|ok|hi|hello) )*(?:how|why|what|can|do|does|are|is|should|which|who|when|could|would|will|has|if|red flags|supporting|whats|where) ")
MYSELF = re.compile(r" (?:i|im|ive|id|ill|my|me|myself|am|we|us) ")


def over_or_asked(kind: str, safety: str, about: str, before: str, sentence: str, text: str) -> bool:
    """Is a danger told of as past, as a case or as a question, so that asking is better than sounding the alarm?"""
    taken = kind in ("overdose", "poisoning") and about == "self"
    if safety == "emergency" and CONDITIONAL.search(before) and not taken or TOPIC.search(text):
        return not NOW.search(sentence)
    if NOW.search(text):
        return False
    if safety == "abuse":
        return bool(ASKED.search(text)) and kind not in ("harm_to_others", "threatened")
    if kind in ("overdose", "poisoning", "bleeding") and about == "self":
        return False
    if kind == "chest_pain" and _EFFORT.search(text):
        return True
    if kind == "chest_pain":  # "been since this morning" goes on
        text = _LASTS.sub(" ", text)
    if kind == "withdrawal":  # the day of the last drink, not the day on which it was over
        text = _LAST_DRINK.sub(" ", text)
    return bool(OVER.search(text)) and kind not in ("head_injury", "stroke") or kind in ("chest_pain", "breathing", "fit", "withdrawal", "call_for_help") and bool(ASKED.search(text))


#: Nobody is touched; whoever is behind a door may not answer, and what they have with them says what it is.
_NOT_TOUCHED = re.compile(r" (?:never|doesnt|didnt|hasnt|wouldnt) (?:ever |even |once )?touch")
_BEHIND_A_DOOR = re.compile(r" (?:locked|barricaded|shut) (?:himself|herself|themself) in ")


_PERIOD = re.compile(r" (?:period|periods|menopause|smear|coil|every month|a month) ")
_TOO_MUCH_BLOOD = re.compile(r" (?:faint|fainted|dizzy|pregnant|wont stop|pouring|soaking|collapsed|passed out) ")
_ON_AND_OFF = re.compile(
    r" (?:sometimes|now and then|occasionally|every time|whenever|goes away|went away|last week|gets|off the vape|when (?:i|im|he|she|it)|after an argument|comes and goes|always|worked up) "
)
_NOT_HIT = re.compile(r" (?:doesnt|never|hasnt|didnt|not|isnt|wouldnt) ")
_NO_AMBULANCE = re.compile(r" (?:dont|not|no need to) (?:be )?\Z")


def is_none(rule: Rule, said: str, text: str) -> bool:
    """Is what `rule` found (`said`) none of it in this `text`?"""
    if rule.kind == "bleeding" and _PERIOD.search(text):
        return not _TOO_MUCH_BLOOD.search(text)
    touch, door = rule.name == "sexual_assault", rule.name == "down"
    return bool(touch and _NOT_TOUCHED.search(f" {said}") or door and _BEHIND_A_DOOR.search(text))


_FROM_A_COUGH = re.compile(r" (?:from|with|after) (?:all )?(?:the |my )?(?:cough|coughing|hacking|hackin) | only when i cough(?:ing)? | when i cough(?:ing)? only ")
_FEARED = re.compile(r" (?:scared|feart|worried|afraid|frightened|terrified|in case) (?:that )?\Z")


def rather_asked(rule: Rule, said: str, before: str, text: str) -> bool:
    """Is what `rule` found (`said`) something to ask about: a pain that comes and goes, a blow that does not fall?"""
    if rule.kind == "chest_pain":
        return bool(_ON_AND_OFF.search(text) or _FROM_A_COUGH.search(text))
    if rule.name == "overdosed" and _FEARED.search(before):  # it has not happened
        return re.fullmatch(r"(?:i|he|she|they) overdose", said) is not None
    if rule.name == "call_ambulance":  # whoever wants none may need one
        return bool(_NO_AMBULANCE.search(before))
    return rule.name == "partner_hits" and bool(_NOT_HIT.search(f" {said} "))


def without_idioms(text: str) -> str:
    """The text with everyday sayings replaced by a word that means nothing."""
    sentences = text.split("|")
    for place, sentence in enumerate(sentences):
        for n in sorted({*_ALWAYS, *(n for word in set(sentence.split()) for n in _BY_WORD.get(word, ()))}):
            # the mark is put back for sayings that must end the sentence
            sentence = _IDIOMS[n][1].sub("x", sentence + "|").removesuffix("|")
        sentences[place] = sentence
    return "|".join(sentences)


#: "Can I change to Thursday, and the wean swallowed ...": what was asked is over, and something that happened is told.
_TELLER = rf"(?:i|ive|im|he|she|hes|shes|they|(?:my|the|our|a) (?:[a-z]+ )?(?:{expand('{kin}')}|{expand('{young}')})|{expand('{young}')})"
_GOES_ON = re.compile(
    rf" (?:(?:and|but|anyway|also) (?:(?:just|now|sorry) )*(?:{_TELLER} )?|(?:because|since|as) {_TELLER} )(?:has |have |is |just )*\Z"
)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds a match begins and ends."""
    first = text.rfind("|", 0, start)
    last = text.find("|", end)
    return (first if first >= 0 else 0), (last if last >= 0 else len(text))


def only_asking(text: str, start: int, end: int) -> bool:
    """Is the match part of a question for information, or of the name of a class or leaflet?"""
    first, last = sentence_around(text, start, end)
    sentence = text[first:last] + " "
    if any(m.start() < start - first < m.end() or m.start() <= end - first - 1 < m.end() for m in NAMED_CLASS.finditer(sentence)):
        return True
    if PROGRAMME.search(sentence):
        return not OWN.search(sentence)
    if re.search(r" (?:what is it|what is that|whats that|what does (?:it|that) mean|meaning|definition|step by step|explained|what should staff do(?: next time)?|what is the correct first aid|how do you stop it|going to explain (?:it|them)|gonna explain (?:it|them)) \Z", sentence):
        return True
    if _GOES_ON.search(sentence[: start - first]) and not CONDITIONAL.search(sentence[: start - first]):
        return False
    return bool(QUESTION.match(sentence if first else text[:last] + " ")) and not OWN.search(sentence)


#: Words looked at together; the longest thing a rule can match is half of it.
_STRETCH = 48


def stretches(text: str) -> Iterator[tuple[int, int, set[str]]]:
    """Sentences, and long ones in overlapping parts, so that the work grows with the length and no faster."""
    start = 0
    while start < len(text):
        stop = text.find("|", start)
        stop = len(text) if stop < 0 else stop + 1
        words = list(re.finditer(r"[a-z0-9]+", text[start:stop]))
        if len(words) <= _STRETCH:
            yield start, min(stop + 1, len(text)), {w[0] for w in words}
        else:
            for i in range(0, len(words), _STRETCH // 2):
                part = words[i : i + _STRETCH]
                last = part[-1].end() + start if i + _STRETCH < len(words) else min(stop + 1, len(text))
                yield part[0].start() + start, last, {w[0] for w in part}
                if i + _STRETCH >= len(words):
                    break
        start = stop
