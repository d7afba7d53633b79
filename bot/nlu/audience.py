"""Requests for women only, or for men only."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WOMEN = r"(?:wom[ae]n|wum+[ai]n|wummin|wimmin|females?|ladies|lassies|lasses|girls)"
_MEN = r"(?:men|man|males?|guys|fellas|boys|lads)"


def _patterns(these: str, those: str) -> re.Pattern:
    ways = (
        rf"{these}(?:'?s)?[ -]?only",
        rf"(?:only|just) (?:fur |for )?{these}",
        rf"{these}(?:'?s)? (?:group|class|session|wan|one|space|worker|doctor|day|clinic|service)s?",
        rf"all[ -](?:{these})",
        rf"(?:no|nae|without|wi ?oot) (?:any |ony )?{those}",
        rf"(?:other|ither) {these} (?:there|only)",
        rf"(?:somewhere|place|service|support|help|session|group|class|wan|one|something|anything)s? "
        rf"(?:just )?(?:fur|for) {these}",
    )
    return re.compile(rf"(?<![\w'])(?:{'|'.join(ways)})(?![\w'])")


_WOMEN_ONLY, _MEN_ONLY = _patterns(_WOMEN, _MEN), _patterns(_MEN, _WOMEN)
#: "is it women only?" asks; "not women only" and "disnae need tae be women only" do not ask for it.
_NOT = re.compile(
    r"\b(?:not|no|isn't|isnae|doesn't need to be|disnae need tae be|don't want|dinnae want)(?: (?:a|the))? $"
)


@dataclass(frozen=True)
class Audience:
    """Who a session or service should be for: "women" or "men", and where in the message it says so."""

    start: int
    end: int
    who: str


def audience(text: str) -> Audience | None:
    """The audience that `text` asks for, or None."""
    text = text.lower().replace("’", "'")
    for who, pattern in (("women", _WOMEN_ONLY), ("men", _MEN_ONLY)):
        for match in pattern.finditer(text):
            if not _NOT.search(text[: match.start()]):
                return Audience(match.start(), match.end(), who)
    return None
