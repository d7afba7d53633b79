"""A leave-taking as people end a chat on the phone: "cheers pal that's me away, see ye". So is a "call me tonight".

Every word must fit. Whoever says goodbye to people or for good, asks for something to be told or minded, or is sorry, says more.
"""

from __future__ import annotations

import re

_FOR_WHAT = (
    r"(?:that|this|now|it|getting back(?: to me)?|helping(?: me)?(?: out)?|listening|the (?:[a-z]+ )?(?:help|info|information|chat|answer|answers|number|numbers|text|texts|advice|tip|link|address|times?)|"
    r"(?:all )?(?:your|the|of your) (?:[a-z]+ )?(?:help|time|advice|patience|info))"
)
_THANKS = rf"(?:thanks|thank you|thankyou|thanx|ta|cheers|much appreciated|appreciate it|appreciated|magic|brilliant|brill|great|nice one|sound|lovely|perfect|cool|no bother|good one)(?: (?:so much|very much|a lot|a million|again|loads|big time|you|for {_FOR_WHAT}))*"
_TO = r"(?:to|for|tae) (?:my |the |a |some )?(?:bed|bed now|work|shops?|messages|pub|gym|football|fitba|bus|train|shift|class|group|session|jobcentre|chemist|doctors?|bookies|school|tea|dinner|lunch|breakfast|smoke|fag|walk|sleep|kip|night|day|game|nursery|weans|house|hoose)"
_OFF = rf"(?:(?:im|thats me|i am|am|ill be|i will be|that will be me|thatll be me|thats us|best be|better be|need to be|must be|gonna be|ive got to be) )?(?:away|off|offski|out|heading|heading off|home)(?: (?:now|then|home|hame|out|on|the noo|just now|{_TO}))*"
_ME = r"(?:thats|that will be|thatll be) (?:me|us|all|everything|it (?:from me|for (?:now|today|the day)))(?: (?:then|now|sorted|from me|for (?:now|today|tonight|the (?:day|night))|i (?:need|needed|wanted)(?: to know)?))*"
_WHEN = r"(?:now|then|later|laters|soon|after|efter|tomorrow|the morra|next (?:week|time|month)|again|around|about|for now|just now|tonight|today|the night|in the (?:morning|afternoon)|on (?:[a-z]+day)|at (?:the|my|your) (?:[a-z]+ )?(?:class|session|group|shift|gym)|there)"
_BYE = rf"(?:goodbye|bye|byee+|bye bye|ta ta|ta ra|tara|cheerio|cheery bye|laters?|see you|seeya|cya|catch you|catch up|speak|speak to you|talk|talk to you|text you|until|til|so long|peace|peace out|night night|night|good night|goodnight|nighty night|nighty|good morning|adios|ciao)(?: {_WHEN})*"
_WISH = r"(?:(?:you )?(?:take care|take it easy|mind yourself|look after yourself)(?: of yourself)?|all the best|have a (?:good|nice|great|lovely|brilliant|cracking) (?:day|night|one|weekend|evening|week)|god bless|you too|same to you|be good)"
_FILLER = r"(?:ok|okay|right|so|well|aye|yes|yep|anyway|anyways|oh|and|then|now|just|alright|pal|mate|hen|big man|wee man|man|my friend|friend|buddy|doll|bud|bot|robot|sir|darling|love|x+|haha|lol|\|)"
#: Turned down in so many words: "no thanks", "i would prefer not to". Nothing else may stand beside it.
_REFUSE = r"(?:(?:not|no) (?:for me|interested|today|tonight|just now|right now|this time|really)|(?:(?:id|i would|would) )?(?:really |much |kindly )?(?:rather|prefer|sooner) not(?: to)?(?: (?:say|do that|do it|answer|answer that|go|come|just now))?|(?:ill|i will) (?:pass|leave it|skip it|skip that)|leave it|skip it|maybe later|another time|no|nope|nah)"
#: Asked to be rung, and at a time: said of itself it is no cry for help, as "call me now" may be.
_CALL = r"(?:(?:can|could|will|would|gonna) (?:(?:you|someone|somebody) )?)?(?:please )?(?:just )?(?:call|phone|ring|text) me (?:back )?(?:tonight|the night|later on|later|laters|tomorrow|the morra|(?:after|efter) (?:work|dinner|tea|lunch|[0-9]+|one|two|three|four|five|six|seven|eight)|in the (?:morning|afternoon|evening)|at (?:[0-9]+|dinner time|lunch|tea time)|on [a-z]+day|when (?:your|youre|you are|you get) (?:free|a minute|a chance|able))(?: please)?"
_PIECE = rf"(?:{_REFUSE}|{_CALL}|{_ME}|{_OFF}|{_BYE}|{_THANKS}|{_WISH}|{_FILLER})"


def _all_of(piece: str) -> re.Pattern:
    """A pattern for a text that is pieces and nothing else. A piece that was read is never read in another way: "bye bye
    bye" has more readings than there is time for.
    """
    return re.compile(rf"\A (?:(?=({piece} ))\1)+\Z")


_PARTING = _all_of(_PIECE)
#: Said by people who are pleased, and by people who will not be back.
_ALL = (
    r"(?:thanks|thank you|ta|cheers)(?: (?:so much|very much|a lot|again))? for (?:everything|all (?:that )?(?:you|youve|yous|yousve|you have)(?: all)?(?: (?:done|did|do))?(?: for me)?|all of it|being there(?: for me)?|trying|everything (?:you|youve|you have)(?: (?:done|did))?(?: for me)?)|"
    r"(?:thats me|im|am|i am|all) (?:done|finished)(?: (?:now|then|for (?:today|the day|now)))?"
)
_LARGER = _all_of(rf"(?:{_ALL}|{_PIECE})")


def is_only_that(plain: str) -> bool:
    """Is a text in plain spelling nothing but an everyday goodbye or thanks?"""
    return bool(_PARTING.match(plain))


def may_be_more(plain: str) -> bool:
    """Is it a goodbye or thanks with "for everything" or "I'm done" in it, and nothing else that could mean more?"""
    return bool(_LARGER.match(plain)) and not is_only_that(plain)
