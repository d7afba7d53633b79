"""Tablets that somebody took by mistake, who uses no drugs: naloxone is not what is needed, and nobody meant to die."""

from __future__ import annotations

import re

_BY_MISTAKE = re.compile(r" (?:by (?:mistake|accident)|accidentally|in error|mixed (?:them|it|her|his) (?:[a-z]+ )?up|dementia|alzheimers|forgot (?:she|he)|thought (?:they were|it was)) ")
_OPIOIDS = re.compile(r" (?:methadone|heroin|gear|smack|codeine|cocodamol|tramadol|morphine|oxy[a-z]*|fentanyl|nitazenes?|dihydro[a-z]*|dfs|subutex|buvidal) ")


def by_mistake(plain: str) -> bool:
    """Were tablets taken by mistake, and none that naloxone helps against, by a text in plain spelling?"""
    return bool(_BY_MISTAKE.search(plain)) and not _OPIOIDS.search(plain)
