"""What people ask about coming to a session, by how they ask it. Pure."""

from __future__ import annotations

import re

from actions.for_others import PAL

_CHILD = (
    r"(?:weans?|kids?|child(?:ren)?|bab(?:y|ies)|babby|bairns?|toddlers?|son|daughter|"
    r"wee (?:yin|one|man|boy|girl|lassie))"
)
_BRING = r"\b(?:bring|brings|bringing|bringin|brang|take|tak|taking|fetch|huv|have)\b"
#: What is asked → how; a sentence of data/wording/practical.yml each. The first that fits counts.
ASKED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(said, re.IGNORECASE))
    for kind, said in (
        (
            "child",
            rf"{_BRING} (?:\w+ ){{0,3}}{_CHILD}\b|\b(?:child ?care|cr[eè]che|baby ?sit\w*)\b|"
            r"\b(?:nae ?body|no ?body|no one|no-one|nae ?wan|anybody|any ?one|somebody|someone|sumdy)(?: there)? "
            rf"(?:(?:tae|to|can|will) )?(?:mind|watch|look (?:after|efter)) (?:\w+ ){{0,3}}(?:him|her|them|{_CHILD})\b|"
            rf"\b(?:can|could|kin) (?:he|she|they|{_CHILD}|(?:ma|my) (?:\w+ )?{_CHILD}) (?:come|go|sit in)\b(?! along)|"
            rf"\b{_CHILD} (?:be |get |ever )?(?:allowed|alloud|welcome)\b|"
            rf"\ballowed (?:to |tae )?(?:bring|take|tak|have|huv) (?:\w+ ){{0,2}}{_CHILD}\b",
        ),
        (
            "what",
            r"\b(?:what|whit|wit|wot|wat)\b.{0,20}\b(?:bring|wear|take wi me|take with me)\b|"
            r"\b(?:bring|wear|take) (?:anything|anyhin|owt)\b|\bbring something\b|"
            r"\b(?:what|whit|wot) (?:clothes|claes|gear) (?:(?:do|dae|should|will) )?(?:i|a|we) (?:need|wear|bring)\b|"
            r"\bbring (?:my |ma |any |a )?(?:id|passport|papers)\b|"
            r"\b(?:what|whit|wit|wot|special|need|right|proper|ma|my) (?:kind (?:of|ae) )?"
            r"(?:shoes|trainers|boots|jaicket|jacket|waterproofs|wellies)\b",
        ),
        (
            "runs",
            r"\bwho(?:'?s| is| wid be| will be)? (?:runs?|running|runnin|taking|takin|teach\w*|in charge)\b|"
            r"\b(?:will|is) (?:it |there )?(?:be )?(?:a )?(?:woman|wumman|man|lassie|guy) (?:be )?"
            r"(?:running|runnin|taking|doing)\b",
        ),
        (
            "weather",
            r"\bif (?:it'?s |its |it |there'?s )?(?:rain(?:s|ing|in)?|pour(?:s|ing|in)?|pishin|"
            r"pissin|sn[oa]w(?:s|ing|in)?|wet|windy|frosty|icy)\b|"
            r"\b(?:on|oan|goin|going|go) (?:ahead )?in the (?:rain|snow|snaw)\b",
        ),
        ("parking", r"\b(?:parking|parkin|car ?park|park (?:my|ma|the|a) (?:car|van|motor|bike))\b"),
        (
            "more_than_one",
            r"\bcan\b.{0,20}\b(?:more than (?:one|wan|1)|"
            r"(?:two|twa|2|three|3|both|all) (?:sessions|classes))\b",
        ),
        (
            "who_for",
            r"\bis (?:it|this|that|they|the \w+) (?:aw )?(?:just|jist|only) (?:(?:for|fur) )?"
            r"(?:\w+ )?(?:boys|men|guys|lads|women|lassies|girls)\b|"
            r"\bis (?:it|this|that) (?:a )?(?:mixed|(?:wo)?men only)\b|"
            r"\b(?:is|are|will) there (?:be )?(?:any |ony |other )?(?:guys|men|boys|lads|women|lassies)\b|"
            r"\bcan (?:\w+ )?(?:lassies|women|men|boys|lads|girls|guys|anybody|anyone) (?:go|come)\b",
        ),
        (
            "by_staff",
            r"\bcan (?:my|ma) (?:supervisor|worker|gaffer|case manager|social worker) "
            r"(?:book|put) me\b",
        ),
        (
            "opening",
            r"\b(?:when|wh?[ai]t (?:time|hours?)) (?:are|r) (?:yous|youse|you|ye|u|yees) "
            r"(?:aw )?(?:open|in|there|aboot|about)\b|\b(?:your|yer) (?:opening )?(?:hours|times)\b",
        ),
        (
            "reminders",
            r"\b(?:how|do|dae|does|dis|will|wull|when|can|could|get|gets|git|send|sends)\b.{0,30}"
            r"\b(?:reminders?|remind(?:ed|s)?)\b(?! me (?:of|about|whit|what|how|where|when)\b)",
        ),
        (
            "their_details",
            r"\b(?:what|whit|wit|wot|wat)\b.{0,25}\b(?:need|want|require|ask for)\b.{0,12}"
            r"\b(?:from|fae|off|about|aboot|of) (?:me|us|him|her|them)\b|"
            r"^\W*(?:do (?:you|they|yous) need |is it )?(?:his|her|their) "
            r"(?:name|details|dob|date of birth|address|number)\W*\?",
        ),
        (
            "our_number",
            r"\b(?:what|whit|wit|wot|wat)(?:'?s| is)? (?:your|yer|ur|yr|youse'?s|this) (?:phone )?"
            r"(?:number|num|nummer)\b|"
            r"\b(?:what|whit|wit|which) (?:number|num) (?:do|dae|does|dis|can|should|will) "
            r"(?:he|she|they|(?:my|ma) \w+) (?:text|txt|message|use)\b",
        ),
        (
            "waiting_list",
            r"\b(?:is|are|have|huv|got|do|dae)\b.{0,20}\bwait(?:in|ing|en)?[ -]?lists?\b",
        ),
        (
            "reading",
            r"\b(?:cannae|canny|can't|cant|don't|dinnae|struggle (?:to|tae|wi)|no good at|nae good at|bad at) (?:\w+ )?"
            r"(?:read|write|spell|readin\w*|writin\w*)\b(?! (?:this|that|it|the|your|yer|ur|these|texts?)\b)|"
            r"\bdyslexi\w+",
        ),
        (
            "others",
            r"\b(?:who|polis|police|supervisors?|gaffers?|"
            r"same (?:folk|people|ones|wans))\b.{0,25}\b(?:there|go|goes|be at|comes?)\b|"
            r"\b(?:is|will|wull) (?:he|she) (?:(?:gonnae|gonny|gonna|going to|gaun tae) )?(?:be )?"
            r"(?:there|at it|in it)\b",
        ),
        (
            "for_another",
            r"\b(?:book|sign up) (?:her|him|them|ma (?!self)\w+|my (?!self)\w+)\W*$|"
            r"\b(?:ma|my) (?:maw|mum|mam|ma|da|dad|sister|brother|wife|man|partner|burd|girlfriend|boyfriend|pal|mate|"
            r"friend|daughter|son) (?:wants?|wid like|would like|needs?) (?:to |tae )"
            r"(?:go|come|book|sign up|get booked)\b|"
            r"\b(?:book|put|sign|get) (?:a|the|one of my|my|ma|our) (?:client|service user|lad|resident|patient)s? "
            r"(?:on|in|down|up|a place|for)|"
            r"\b(?:refer(?:ring)? (?:him|her|them|some\w+|a \w+|my|ma|our)|my (?:clients?|service users?)|"
            r"(?:put|book|sign|get) (?:him|her|them|john|ma \w+|my (?!self|name|place)\w+) "
            r"(?:down|in|up|on|oan|a place|on tae)|"
            r"(?:his|her|their) (?:session|booking|place|class)|"
            r"(?:place|spot|space) for (?:him|her|them|some(?:one|body)|ma (?!self)\w+|my (?!self)\w+))\b",
        ),
        (
            "company",
            rf"{_BRING} (?:\w+ ){{0,3}}(?:pal|mate|friend|partner|wife|husband|girlfriend|boyfriend|burd|someone|"
            r"somebody|sumdy|any(?:one|body)|mum|maw|da|dad|brother|sister|dug|dog|carer|support worker|plus one)\b|"
            r"\b(?:can|could|kin|may) (?:he|she|they) (?:bring|take|tak) (?:me|us)\b|"
            rf"\b(?:can|could|kin|may|is) (?:ma|my|a|the|his|her) (?:\w+ )?{PAL} (?:\w+ )?"
            r"(?:come|go|sit in|be there|tag|join|allowed)\b|"
            r"\b(?:can|could|kin|may|should) (?:i|a|ah|we|some\w+) (?:come|go|sit in|be there) (?:\w+ )?(?:wi|with) "
            r"(?:him|her|them)\b",
        ),
        (
            "access",
            r"\b(?:wheel ?chairs?|step ?-?free|stairs|ramps?|disabled (?:access|toilet)|crutches|zimmer|"
            r"hearing loop)\b",
        ),
        (
            "company",
            r"\b(?:can|could|kin|may) (?:i|a|ah|we) (?:come|go|attend|be) (?:\w+ ){0,2}(?:wi|with|along with) "
            r"(?:my|ma|a|the) (?:\w+ )?"
            r"(?:pal|mate|friend|partner|wife|husband|girlfriend|boyfriend|burd|mum|maw|da|dad|brother|sister)\b",
        ),
        ("online", r"\b(?:zoom|online|on ?line|video ?call|ms teams|virtual(?:ly)?|fae (?:the hoose|hame))\b"),
        (
            "fares",
            r"\b(?:bus|train|travel\w*|taxi|subway) ?(?:fares?|money|costs?|expenses?|pass|tickets?)\b|"
            r"\b(?:expenses|fares)\b|\bpay (?:for )?(?:my|ma|the|oor|our) (?:bus|train|taxi|travel\w*|fares?)\b",
        ),
        (
            "pay",
            r"(?s:^(?!.*\b(?:bank(?! holiday)|accounts?)\b).*)\b(?:get|git|gettin|getting|be|you|ye|yous|we) "
            r"(?:paid|pay us|pay me|wages)\b",
        ),
        (
            "food",
            r"\b(?:any|is there|free|get|git|do|dae|a|(?:will|wull|does|dis) (?:there|it|they) (?:be|have|huv)) "
            r"(?:\w+ )?(?:food|lunch|grub|scran|tea|coffee|biscuits|"
            r"a piece|feed)\b|\bfed at\b|"
            r"\b(?:give|gies?|get|serve) (?:\w+ ){0,2}(?:lunch|food|dinner)\b|\bhalal\b",
        ),
        (
            "cost",
            r"\b(?:(?:do|dae|does|will|wull|must|hae|have|huv) (?:i |a |ah |we |you |ye )?(?:have |hae |huv |need )?"
            r"(?:to |tae )?pay(?! (?:the|my|ma|a|it|them|back|off))|free or pay|pay for it|"
            r"is (?:it|that|this|they) (?:a' |all )?free|how much|whit dis it cost|(?:what|whit).* cost)\b",
        ),
        (
            "language",
            r"\b(?:interpret\w*|translat\w*|sign(?:ing)? language|sign lang\w*|signer|bsl)\b|"
            r"\b(?:(?:is|are|am|i'?m|a'?m|she'?s|he'?s) (?:\w+ ){0,2}deaf|deaf (?:people|folk|person)|hard of hearing|"
            r"(?:canny|cannae|can'?t|cant) hear (?:well|right|much))\b|"
            r"\b(?:in|speaks?|speaking) (?:polish|arabic|urdu|punjabi|romanian|farsi|chinese|mandarin|cantonese|french|"
            r"spanish|ukrainian|russian|slovak|romani|tigrinya|somali)\b",
        ),
    )
)
