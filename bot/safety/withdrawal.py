"""Withdrawal told in two sentences, or in two texts: the drink is stopped in one, and what is seen since stands in another."""

from __future__ import annotations

import re

_DRY = re.compile(
    r" (?:stopped|quit|gave up|gied up|packed in|chucked|came off|coming off|not had|havent had|without|off|last|no) (?:[a-z]+ ){0,2}(?:drink|drinking|voddy|vodka|alcohol|bevvy|booze|whisky|wine|beer|cans|cider|buckie|vallies|valium|benzos) |"
    r" (?:day|days) (?:sober|dry|[1-7]) "
)
_SEES = re.compile(
    r" (?:things|stuff|shapes|shadows|faces|spiders|beasties|insects|rats|walls?|wallpaper|people) (?:[a-z]+ ){0,2}(?:moving|crawling|running|creeping|climbing|melting|on the wall|on the walls|that arent there|in the corner) |"
    r" (?:seeing|hearing) (?:things|voices|stuff|spiders|beasties|people) "
)
#: Said of a day on which the drink was stopped, and in no other talk: a cat that is long dead, a wall that speaks.
_NOT_THERE = re.compile(
    r" (?:see|seen|saw|seeing|hear|heard|hearing) (?:[a-z]+ ){1,6}(?:thats|that is|thats was|that was|that are|that arent|that isnt|whos|who is|isnt|wasnt|and (?:its|it|they|there) (?:is|was|are)?) ?(?:no|not|never|nobody|nothing)?(?: even| really)? ?there |"
    r" (?:see|seen|saw|seeing|hear|heard|hearing) (?:my |the )(?:[a-z]+ ){1,6}(?:and |but )?(?:hes |shes |its |theyre |they are |been )+(?:[a-z]+ )?dead |"
    r" (?:cat|dog|dug|wall|walls|telly|lamp|chair|curtain|curtains|carpet|teddy|photo|picture|floor|mirror) (?:is|was|are|were|started|keeps|kept) (?:[a-z]+ )?(?:talking|speaking|laughing|whispering|moving|breathing|looking|staring|shouting) |"
    r" (?:men|man|woman|weans|kids|somebody|someone|people|faces|face|spiders|snakes|rats|things) (?:is |are |was |were )?(?:on|in|at|up|coming (?:out|through)) (?:of )?(?:the |my )(?:walls?|ceiling|curtains|corner|bed|wardrobe|telly|window) "
)


def stopped_and_sees(plain: str) -> bool:
    """Does a text in plain spelling tell of drink or benzos stopped, and of things seen or heard that are not there?"""
    return bool(_DRY.search(plain) and _SEES.search(plain))


def stopped(plain: str) -> bool:
    """Does a text in plain spelling tell of drink or benzos stopped?"""
    return bool(_DRY.search(plain))


def sees_what_is_not_there(plain: str) -> bool:
    """Does a text in plain spelling, of one who has stopped, tell of what is seen or heard and is not there?"""
    return bool(_SEES.search(plain) or _NOT_THERE.search(plain))


#: What the body does within days of the last drink; two of these together are more than a hangover.
_SIGNS = tuple(
    re.compile(sign)
    for sign in (
        r" (?:shak|trembl)[a-z]* | shakes ", r" sweat[a-z]* | drenched | soaked ", r" (?:boak|vomit|puk)[a-z]* | being sick | throwing up ",
        r" heart (?:is )?(?:racing|pounding|going|hammering)[a-z]* ", r" (?:confused|dont know where i am|seeing double|jumpy|twitch[a-z]*) ",
    )
)
_LONG_AGO = re.compile(r" (?:years?|months?|weeks?) (?:[a-z]+ )?(?:ago|sober|dry|clean) ")


def two_signs(plain: str) -> bool:
    """Does a text in plain spelling tell of two signs of withdrawal, and of no time that is long over?"""
    return sum(sign.search(plain) is not None for sign in _SIGNS) >= 2 and not _LONG_AGO.search(plain)
