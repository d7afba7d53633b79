"""What is said or asked while an emergency goes on, by the sentence of data/wording/crisis.yml that answers it."""

from __future__ import annotations

import re

from actions import ill_one
from bot import safety

#: Help has been called, or is here. "I did it" and "they are here" may be anything, and are not in it.
_HELP_COMES = re.compile(
    r"\b(?:(?:done|did) (?:that|it)(?: and| n)? (?:they|they're|theyre)(?: are| r| will be)? "
    r"(?:comin|coming|on (?:(?:the|their) )?way)|"
    r"(?:phoned|rang|called|fonin|phonin|phoning) (?:them|thaim|thim|999|(?:an |the )?ambulance)|"
    r"(?:they|999|the ambulance)(?: \w+){0,2} (?:said|says?|be|here in)(?: (?:about|aboot|like|"
    r"another))? \d+ ?(?:mins?|minutes)|"
    r"(?:the )?(?:ambulance|paramedics?)(?: are| is| r| will be|'?s)? "
    r"(?:comin|coming|on (?:(?:the|their|its) )?way|here|arrived))\b",
    re.IGNORECASE,
)
#: They are awake again, or help is to be sent away for it.
_AWAKE = re.compile(
    r"\b(?:she|he|they|(?:my|ma) \w+)(?:'?s| is| has|'?re| are)? (?:(?:just|jist|now|finally|awake|up) )*"
    r"(?:woke|woken|waken|wakened|awake|(?:came|come) (?:round|roon|to|tae)(?! (?:the|my|ma|our|oor|me|see|get|a)\b)|"
    r"s[ai]t+(?:in|ing)? up|(?:opened|opening|openin) (?:his|her|their) eyes|groggy|"
    r"(?:breathing|breathin) (?:again|fine|ok|okay|normal|now|noo))\b|"
    r"\b(?:cancel|don'?t need|dont need|dinnae need|send (?:away|back)) (?:the |an )?ambulance\b",
    re.IGNORECASE,
)
_NOT_AWAKE = re.compile(
    r"\b(?:not|no|nae|isn'?t|isnae|won'?t|hasn'?t|hasnae|can'?t|cannae|never|if|when|till|until)\b", re.IGNORECASE
)
_MEANWHILE = re.compile(
    r"\b(?:(?:what|whit|wit|wot) (?:do|dae|should|shud|can|else can) (?:i|a|ah|we)\b|"
    r"(?:til|till|until|while|whiles) (?:they|it|help|the ambulance|a wait|i wait)|"
    r"how (?:do|dae) (?:i|a|ah|ye|you) (?:use|gie|give|dae|do|put))",
    re.IGNORECASE,
)
_GOING = re.compile(
    r"\b(?:taxi|uber|lift|bus|walk\w*|drivin\w*|taken|takin me|away|goin|going|gaun|headin\w*|on (?:my|ma) way) "
    r"(?:up |over |down |doon |straight )?(?:to|tae) (?:the )?"
    r"(?:royal|hospital|hospitul|a ?(?:&|and|n) ?e|qe|qeuh|queen elizabeth|casualty|infirmary|gri)\b",
    re.IGNORECASE,
)
_BLAME = re.compile(
    r"\b(?:(?:my|ma|mah) fault|blame (?:myself|masel\w*|me)|feel (?:so |that |dead )?guilty|"
    r"shouldn'?(?:t|ae) (?:have |huv |'?ve )?(?:gied|gave|given|gien) (?:him|her|them|it))\b",
    re.IGNORECASE,
)
_WAIT = re.compile(
    r"\b(?:(?:can|could|kin|cud|will|should|shud) (?:i|a|ah|it|we) (?:no |not |just |jist )*(?:wait|leave it)|"
    r"wait (?:and|n|an) see|wait (?:til|till|until|tae|to)|sleep it off|"
    r"(?:i|a|ah) feel (?:fine|ok|okay|alright|awright|grand)|"
    r"(?:no|not|nae) (?:goin|going|gaun|gonnae go) (?:to|tae) (?:the )?(?:hospital|a&e|royal)|"
    r"(?:don'?t|dinnae|dinny|no) (?:want|need|wantin) (?:an |the |nae )?(?:ambulance|hospital|999|polis|police)|"
    r"nae (?:ambulance|hospital|polis))\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:i'?m|am|a'?m|i am|ah'?m) (?:no|not|nae|never) (?:goin|going|gaun|gon|gonnae go|gonna go|"
    r"wantin tae go|phoning?|callin?g?|ringing?|(?:gonnae|gonna|gonny) (?:phone|ring|call))\b|"
    r"\b(?:i|a|ah) (?:won'?t|willnae|willny|will not|wullnae|cannae|can'?t) (?:phone|ring|call|be phonin)\b",
    re.IGNORECASE,
)
_NO_CHANGE = re.compile(
    r"\b(?:nothin\w*|nuthin\w*|no change|nae change|nae better|no better|hasn'?t worked|hasnae worked|"
    r"no workin\w*) ?(?:yet|at all)?\b|"
    r"\b(?:he|she|they)(?:'?s| is|s)? (?:still )?(?:no|not|nae) (?:woke|wakin|waking|awake|wakened|up|movin|"
    r"moving)\b",
    re.IGNORECASE,
)
_POLICE = re.compile(
    r"\b(?:polis|police|polls|cops|feds|lift(?:ed|it)? (?:us|me|him)|get (?:the )?(?:jail|lifted|jailed)|(?:get|"
    r"be) in (?:bother|trouble))\b",
    re.IGNORECASE,
)
_SEEN_TO = re.compile(
    r"\b(?:ambulance|paramedics?)(?:'?s| has| have)? (?:been|came|come|went|took|takin|taking)\b|"
    r"\b(?:they|they've|theyve|they have)(?: have)? (?:took|taken|take|takin|taking) (?:him|her|them) (?:in|"
    r"away|tae|to|aff|off)?|"
    r"\b(?:he|she)(?:'?s| is|s) (?:in|at) (?:the )?(?:hospital|royal|qe|a&e)\b|"
    r"\b(?:he|she)(?:'?ll| will|'?s gonnae) be (?:awrite|alright|ok|okay|fine),? (?:they|the (?:doctor|crew|"
    r"paramedics?)) (?:said|say|telt)\b",
    re.IGNORECASE,
)
_FEARS = re.compile(
    r"\b(?:feart|scared|worried|afraid|frightened)\b.{0,20}\b(?:he|she|they)(?:'?ll| will)? (?:does|do|dae|"
    r"takes|take|uses|ods|goes) (?:it|them|that|ower|over)\b.{0,10}"
    r"\b(?:again|the night|tonight)\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:what|whit|wit|wot) (?:wid|would|will|wull|wud|do|dae|can) (?:they|thay|the hospital|a&e|"
    r"a doctor) (?:even |actually )?(?:do|dae|gie|give)\b(?! at the (?:class|session|group))|"
    r"\b(?:will|wull|wid) they (?:gie|give) me\b",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"\b(?:which|whit|what|nearest|where(?:'?s| is)?|whaur(?:'?s| is)?) (?:wan |one |is |the |nearest |"
    r"a )*(?:hospital|a ?& ?e|a and e|casualty)\b", re.IGNORECASE
)
_WORSE = re.compile(
    r"\b(?:feel|feelin|feeling|am|i'?m)(?: \w+){0,3} (?:sick|seek|dizzy|sleepy|drowsy|faint|worse|boakin|boak|"
    r"floaty|woozy|spac(?:ed|ey)|numb|clammy|heavy)\b|"
    r"\b(?:bein|being|been|was) (?:sick|seek)\b|"
    r"\b(?:boakin|vomitin\w*|puk(?:ed|in\w*)|sair belly|sore (?:belly|stomach))\b",
    re.IGNORECASE,
)
_STOP_AND_WAIT = re.compile(r"\bstop(?:ped)? (?:takin\w*|taking) (?:them|it|thaim)\b", re.IGNORECASE)
#: "Naw its fine, its just the tiredness": they make light of it.
_LIGHT = re.compile(
    r"\b(?:it'?s|that'?s|its|thats|i'?m|am|a'?m)(?: \w+)? (?:fine|grand|ok|okay|alright|awright|nothin\w*)\b|"
    r"\b(?:it'?s|its|that'?s|thats) (?:just|jist|only|prob(?:ably|ly|s)?|maybe|mibbe) (?:the |a |ma |my |me )?\w+",
    re.IGNORECASE,
)
#: So few words that nothing else is told in them.
_FEW = 10
#: Whoever has been seen to is told nothing of waiting.
_SEEN = re.compile(
    r"\b(?:doctor|nurse|paramedics?|hospital) (?:says?|said|telt|told|checked|let me)|"
    r"\b(?:discharged|home fae|home from)\b",
    re.IGNORECASE,
)
#: A longer text tells a story.
_MOST = 30


def kind_of(text: str) -> str | None:
    """Which sentence answers `text`; None where none does."""
    if len(text.split()) > _MOST:
        return None
    drugs = safety.drugs_named(text)
    if _REFUSES.search(text) and not _awake(text):
        return "refuses"
    if _awake(text):
        return "awake"
    if _SEEN_TO.search(text) and not _NO_CHANGE.search(text):
        return "seen_to"
    if _POLICE.search(text):
        return "police_no_change" if _NO_CHANGE.search(text) else "police"
    if _NO_CHANGE.search(text):
        return "no_change"
    if ill_one.SIGNS.search(text):
        return "again.overdose"
    if ill_one.REFUSES.search(text) and not _SEEN.search(text):
        return "they_refuse"
    if ill_one.WATCH.search(text):
        return "watch"
    if ill_one.ALONE.search(text) and len(text.split()) <= _FEW:
        return "alone"
    if ill_one.HOW_MUCH.search(text) and "?" not in text:
        return "how_much"
    if _FEARS.search(text):
        return "again_tonight"
    if _BLAME.search(text):
        return "not_to_blame"
    if _MEANWHILE.search(text) and (_HELP_COMES.search(text) or drugs):
        return "meanwhile"
    if _WHICH.search(text):
        return "which_hospital"
    if _GOING.search(text):
        return "going"
    if _THERE.search(text):
        return "at_hospital"
    if _HELP_COMES.search(text):
        return "help_comes"
    waits = _WAIT.search(text) or _STOP_AND_WAIT.search(text)
    if (waits or _WORSE.search(text)) and not _SEEN.search(text):
        return "again.overdose" if drugs else "again.emergency"
    if _LIGHT.search(text) and len(text.split()) <= _FEW and not _SEEN.search(text) and "?" not in text:
        return "refuses"
    return None


def _awake(text: str) -> bool:
    found = _AWAKE.search(text)
    return found is not None and not _NOT_AWAKE.search(text[: found.end()].split(".")[-1])
