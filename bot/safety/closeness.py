"""Somebody who speaks of ending their life: do they tell how, where or when? Then it is close, and the words are others.

This decides no alarm. It is asked only about what was taken for danger already, so the words may be everyday ones.
"""

from __future__ import annotations

import re

_TABLETS = (
    r"(?:pills|tablets|meds|medication|paracetamols?|insulin|sleepers|painkillers|antidepressants|valium|methadone|"
    r"(?:bottle|box|boxes|packet|packets|strips?|load|pile|stash|handful) of (?:[a-z]+ ){0,2}[a-z]+)"
)
_MEANS = rf"(?:{_TABLETS}|rope|noose|razors?|razor blades?|blades?|knife|knives|gun|belt|cord|bleach|petrol|packets?|emojipill|emojirope|emojigun|emojiknife|emojiblade)"
_MY = r"(?:the |my |a |an |this |that |these |all |some |enough |his |her |their |our |[a-z]+s )"
#: Held, or within arm's reach.
_REACH = (
    r"(?:in (?:front of me|my (?:hands?|pockets?|bag|room|lap|mouth)|the (?:drawer|cupboard|cabinet|loft|shed|bath|car|room|van|garage|house|flat|kitchen|wardrobe|bedroom)|in my (?:van|car|house|flat|kitchen|wardrobe|bedroom|garage|loft|shed|cupboard|drawer))|beside me|next to me|with me|on me|here|"
    r"(?:to|at|on|against|round|around) my (?:wrists?|throat|neck|arms?|head|leg|chest)|on the (?:table|bed|floor|side|couch)|(?:is|are|all|got|have) (?:[a-z]+ )?(?:ready|out|waiting))"
)
_HAVE = r"(?:got|have|ive|holding|bought|found|saved|saving|stashed|hoarding|hoarded|collected|counted|counting|emptied|looking at|looked at|staring at|stared at|sitting with|sat with|here with|tied|practising with|practised with|picked up)"
_WHERE = (
    r"(?:bridge|ledge|roof|cliff|platform|tracks|railway|motorway|multistorey|balcony|viaduct|parapet|clyde|river|canal|loch|quay|high flats|edge|woods)"
)
_DO = r"(?:do|doing|done|end|ending|finish|finishing|kill|killing|jump|jumping|hang|hanging|go through with|happening|die|dying|dead|gone|over|over with)"
_WHEN = r"(?:tonight|today|the night|right now|this (?:morning|afternoon|evening|weekend|week)|tomorrow|(?:on |by |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|when (?:[a-z]+ ){1,5}(?:out|asleep|sleep|sleeping|bed|gone|away|work|school|leaves|leave|goes|go))"

_CLOSE = re.compile(
    # with what: in reach, or come by
    rf" (?:{_MEANS} (?:[a-z]+ ){{0,5}}{_REACH}|{_REACH} (?:[a-z]+ ){{0,3}}with {_MY}{{0,3}}{_MEANS}|{_HAVE} (?:[a-z]+ ){{0,2}}{_MY}{{0,3}}{_MEANS}|"
    rf"(?:im|am|sitting|sat|lying|standing|here|alone|home|bath|woods|garage) (?:[a-z]+ ){{0,4}}with {_MY}{{0,3}}{_MEANS}|"
    rf"{_MEANS} (?:is |are |all |been |just )*(?:counted|lined up|laid out|ready|tied|loaded|out|waiting|sitting)|(?:everything|all|what) (?:that )?i need (?:is )?(?:to do it|beside|here|ready|with)|tied (?:it|one|a knot)|"
    # where
    r"in front of (?:the |a |an )?(?:[a-z0-9]+ ){0,3}(?:train|trains|bus|lorry|traffic|subway|underground)|"
    rf"(?:on|at|up|in|by|off|over|to|gonna|near|under) (?:the |a |that |my |this )?(?:[a-z]+ ){{0,2}}{_WHERE}|(?:gonna|about to|ready to|ill|going to|will|want to) jump|going in the (?:water|river|clyde|canal)|"
    # when
    rf"(?:gonna|ill|im|will|going to|plan to|planning to|decided to|its|be|ready to|about to|want to) (?:[a-z]+ ){{0,3}}{_DO} (?:[a-z]+ ){{0,3}}{_WHEN}|{_WHEN} (?:im|ill|i will|it|is when|i) (?:[a-z]+ ){{0,3}}{_DO}|"
    rf"(?:it will be|itll be|its|it is) (?:all )?(?:[a-z]+ )?(?:tonight|today)|tonights? (?:is )?the night|tonight is the (?:one|night)|"
    # decided
    r"(?:have|got|ive|made|making) (?:[a-z]+ )?(?:a |my |the )(?:[a-z]+ )?plan|(?:planned|sorted|arranged|worked) (?:it|everything)(?: all)? ?(?:out)?|(?:got|have) it (?:all )?(?:planned|sorted)|"
    r"(?:everything|it|all|things) (?:is |are |s )?(?:all )?(?:in place|set|set up|sorted|planned|ready)|got everything (?:ready|sorted|planned|set)|(?:know|knows|decided|picked|chosen|worked out) (?:[a-z]+ ){0,2}(?:how|when|where)|"
    r"(?:picked|chosen|decided on) tonight|(?:picked|chosen|set|decided on|got) (?:a|the|my) (?:day|date|night|time|place|spot|tree|bridge|way|method)|made (?:up my mind|my mind up)|(?:nobody|no one|none of you|you) (?:can|will|could|is gonna) stop me|"
    r"(?:get|getting|got|pluck|plucking|need|just need) (?:up )?the (?:courage|guts|nerve|balls)|(?:gonna|ill|about to|ready to|going to) (?:just )?(?:do it|go through with it)(?= (?:\||now|soon|\Z))|(?:going|go) through with it|im ready(?= (?:\||to (?:go|die)|\Z))|"
    # word left for others
    r"(?:wrote|written|writing|write|left|leaving) (?:[a-z]+ ){0,3}(?:notes?|letters?|goodbyes?)|(?:notes?|letters?) (?:is |are |all )*(?:wrote|written|done)|said (?:[a-z]+ ){0,2}goodbyes?) "
)
#: What somebody has in their own hands is their own danger, whoever it belongs to ("ma da's pills").
_MINE = re.compile(
    rf" (?:i|im|ive|got|have|holding|with) (?:[a-z]+ ){{0,2}}{_MY}{{0,3}}{_MEANS} (?:[a-z]+ ){{0,3}}(?:(?:in|to|at|on|against) my|beside me|in front of me|with me|on me|next to me) "
)


def is_close(plain: str) -> bool:
    """Does a text in plain spelling tell of a means at hand, a place, a time, or that it is decided?"""
    return bool(_CLOSE.search(plain))


def in_own_hands(plain: str) -> bool:
    """Does the writer hold the means?"""
    return bool(_MINE.search(plain))
