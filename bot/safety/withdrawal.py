"""Withdrawal told in two sentences: the drink is stopped in one, and what is seen since stands in the next."""

from __future__ import annotations

import re

_DRY = re.compile(
    r" (?:stopped|quit|gave up|gied up|packed in|chucked|came off|coming off|not had|havent had|without|off|last|no) (?:[a-z]+ ){0,2}(?:drink|drinking|voddy|vodka|alcohol|bevvy|booze|whisky|wine|beer|cans|cider|buckie|vallies|valium|benzos) |"
    r" (?:day|days) (?:sober|dry|[1-7]) "
)
_SEES = re.compile(
    r" (?:things|stuff|shapes|shadows|faces|spiders|beasties|insects|rats|walls?|wallpaper|people) (?:[a-z]+ ){0,2}(?:moving|crawling|melting|on the wall|on the walls|that arent there|in the corner) |"
    r" (?:seeing|hearing) (?:things|voices|stuff|spiders|beasties|people) "
)


def stopped_and_sees(plain: str) -> bool:
    """Does a text in plain spelling tell of drink or benzos stopped, and of things seen or heard that are not there?"""
    return bool(_DRY.search(plain) and _SEES.search(plain))
