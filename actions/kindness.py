"""Something hard that is said in passing, beside a request: one short human sentence comes before the answer."""

from __future__ import annotations

import re

from bot import wording

#: How people call those close to them → how we do.
PEOPLE: dict[str, str] = {
    "da|dad|daddy|father|faither|auld man|old man": "dad",
    "ma|mum|mam|maw|mammy|mother|mither|auld dear": "mum",
    "granda|grandad|grandda|grandpa|grandfather|papa": "grandad",
    "gran|granny|grannie|grandma|grandmother|nan|nana": "gran",
    "brother|bro|brer|wee bro|big bro": "brother",
    "sister|sis": "sister",
    "son|boy|laddie": "son",
    "daughter|lassie": "daughter",
    "girl": "girl",
    "wean|child|kid|bairn|wee yin|wee one": "child",
    "weans|children|kids|bairns": "children",
    "baby|babby": "baby",
    "wife|wifey|missus": "wife",
    "husband|hubby": "husband",
    "partner|girlfriend|gf|burd|boyfriend|bf|fella|fiance|fiancee|ex": "partner",
    "pal|mate|mucker|friend|best pal|best mate|best friend|china|flatmate": "friend",
    "uncle": "uncle",
    "auntie|aunty|aunt": "aunt",
    "cousin|cuz": "cousin",
    "nephew": "nephew",
    "niece": "niece",
    "dug|dog": "dog",
    "family|faimly": "family",
}
_WHO = "|".join(sorted((name for names in PEOPLE for name in names.split("|")), key=len, reverse=True))
_OF = {name: ours for names, ours in PEOPLE.items() for name in names.split("|")}
_MINE = rf"\b(?:my|ma|mah|oor|our)(?: (?:wee|big|auld|old|best|wan|youngest|oldest|only|poor))* (?P<who>{_WHO})"
#: Without the "my", at the beginning of a message: "mum died".
_PARENTS = "da|dad|daddy|faither|father|mum|mam|maw|mother|granda|grandad|papa|gran|granny|nan|nana|brother|sister"
#: What somebody else's loss is said of: "my client's father".
_HERS = rf"\b(?:(?:his|her|hur|their|the)|\w+'?s)(?: (?:wee|big|own))* (?:{_WHO})"
_IS = r"(?:'?s)?(?: (?:has|is|wis|was|just|jist|only|recently|sadly|there|suddenly|away|got|an))*"
_DIED = (
    r"(?:died|deid|dead|(?:passed|past) (?:away|over)|(?:passed|past) (?:on )?(?=last|yesterday|this|sunday|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|\Z)|killed|murdered|took (?:his|her|their) (?:ain |own )?life)"
    r"(?! (?:funny|guid|good|great|nice|brilliant|happy|laughin|of laugh|of embarr|proud|against|keen|set|drunk|"
    r"chuffed))"
)
_ILL = (
    r"(?:(?:got|has|had|have|diagnosed wi(?:th)?) (?:\w+ )?(?:cancer|dementia|a stroke|a heart attack)|"
    r"(?:in|intae|into|tae|to) (?:the )?(?:hospital|hospice|intensive care|icu)|(?:dying|deein|dyin|terminal)\b|"
    r"(?:has|have|got) (?:a )?fever|"
    r"(?:got|been|wis|was) (?:beat(?:en)? up|battered|stabbed|jumped|run over|sectioned)\b)"
)
_LOST = r"\b(?:lost|loast|buried|burying|buryin|burrying)"
#: My dad died; my dad's funeral; lost my dad; my dad has cancer.
_ABOUT = tuple(
    re.compile(said, re.IGNORECASE)
    for said in (
        rf"{_MINE}{_IS} {_DIED}",
        rf"^\W*(?:sorry |hi |hiya )?(?P<who>{_PARENTS}){_IS} {_DIED}",
        rf"{_MINE}'?s? (?:funeral|wake|cremation|burial)",
        rf"(?:death|loss|funeral) (?:of|ae|o) {_MINE}",
        rf"{_LOST} {_MINE}\b(?!'?s? (?:number|phone|keys?|coat|jacket|ticket|letter|job|bus|pass))",
        rf"{_MINE}{_IS} {_ILL}",
        rf"{_MINE}(?:'?s| is| are| wis| was| has been)(?: \w+)? "
        r"(?:ill|unwell|sick(?! of)|(?:no|not|nae) (?:keepin )?well)\b",
    )
)
_SOMEBODYS = tuple(
    re.compile(said, re.IGNORECASE)
    for said in (
        rf"{_HERS}{_IS} {_DIED}",
        rf"{_HERS}'?s? (?:funeral|wake|cremation|burial)",
        rf"{_LOST} (?:his|her|hur|their)(?: \w+)? (?:{_WHO})\b(?!'?s? (?:number|phone))",
        r"\b(?:bereave\w*|miscarr\w+|stillb\w+|cot death)\b|\bfuneral\b(?! (?:cost|payment|support|help|grant|home))",
        r"\b(?:death|deaths) in (?:the|my|ma|our|oor) (?:family|faimly)\b",
        r"\b(?:someone|somebody|sumdy) (?:close|dear|i (?:love|loved)|a (?:love|loved))\b.{0,20}\bdied\b",
        r"\b(?:i|i've|ive|a've|ah've|av) (?:just )?(?:got|been diagnosed wi(?:th)?|have) (?:\w+ )?cancer\b",
    )
)
#: What is hard though nobody has died. It goes before what was asked for, never before an answer to it.
_HARD = re.compile(
    r"\b(?:lost|loast|losing|loosin|losin) (?:my|ma|oor|our|the) (?:\w+ )?(?:job|hoose|house|flat|home|tenancy|"
    r"kids|weans|children|licen[cs]e)\b|"
    r"\b(?:made|noo|now|am|i'm|im) homeless\b|\bevict(?:ed|in|ing)\b|\b"
    r"(?:kicked|chucked|flung|thrown) (?:me )?(?:out|oot)\b|"
    r"\b(?:letters?|text|email)\b.{0,20}\bbreach\w*|\bbreach letter\b|\b(?:been|gett\w+|got|am|i'm) breached\b|"
    r"\b(?:cannae|canny|can'?t|cannot) (?:go|dae|do) (?:back )?(?:(?:to|tae|in|into|intae) )?(?:the )?"
    r"(?:jail|jile|prison)\b|"
    r"\b(?:am|i'?m|going|gonna|gonnae|gaun) (?:\w+ )?(?:back )?(?:to|tae) (?:get (?:the )?)?(?:jail|jile|prison)\b|"
    r"\bsl(?:eep(?:ing|in)|ept) (?:rough|in (?:the|ma|my) (?:car|close))\b|\bpaid aff\b|\bmade redundant\b|"
    r"\b(?:am|i'm|im|and|so) (?:hungry|starvin\w*)\b|"
    r"\b(?:social work|they|social) (?:took|taken|huv took|have taken) (?:my|ma) (?:weans?|kids?|children|baby)\b|"
    r"\b(?:wife|husband|missus|partner|burd|bird|girlfriend|boyfriend|he|she)(?:'?s| has)? (?:just )?"
    r"(?:left|dumped|chucked) me\b|"
    r"\b(?:cannae|can't|cant) (?:pay|afford) (?:my |ma |the )?(?:rent|food|bills|leccy|gas|electric)\b|"
    r"\b(?:had|having|huvin) (?:a|some|an awful|a really|a pure) (?:terrible|awful|horrible|rough|hard|bad|shite?) "
    r"(?:time|day|week|month|year)\b|\b(?:relapsed|fell aff the wagon|fell off the wagon)\b",
    re.IGNORECASE,
)


#: When it happened, and of what: no wish for a session on that day.
_WHEN = re.compile(
    r"(?: (?:fae|from|of|wi|with|in|tae|to) \w+){0,2}(?: (?:on|oan|last|this|the|other|ither|a|few|couple|of|just|"
    r"there|two|three|2|3|yesterday|weeks?|nights?|days?|months?|ago|mornin\w*|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day))*",
    re.IGNORECASE,
)


def without(text: str) -> str:
    """`text` without the death or illness that is told in it, so that its day is not taken for a wish."""
    for about in (*_ABOUT, *_SOMEBODYS, _HARD):
        if found := about.search(text):
            return text[: found.start()] + text[_WHEN.match(text, found.end()).end() :]
    return text


def sorry_for(text: str, *, only_loss: bool = False) -> str | None:
    """The sentence for a death, an illness of somebody close or another hard thing in `text`; None if there is none.

    `only_loss` leaves out what is hard but about things, where the answer that follows is an answer to that.
    """
    said = text.replace("’", "'")
    for about in _ABOUT:
        if found := about.search(said):
            return wording.say("kindness.about", who=_OF[found["who"].lower()])
    if any(of.search(said) for of in _SOMEBODYS):
        return wording.say("kindness.that")
    return None if only_loss or not _HARD.search(said) else wording.say("kindness.hard")
