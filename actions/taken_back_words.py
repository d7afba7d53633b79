"""How people take back what they asked staff for, and ask how it stands: a complaint, or that data is deleted. Pure."""

from __future__ import annotations

import re

_NOT = r"(?:do not|don'?t|dinnae|dinny|dinna|not (?:to|tae)|no (?:to|tae)|never)"
_COMPLAINT = r"(?:complain\w*|complian\w*|complent|complaynt)"
_UNDO = (
    r"(?:tak(?:e|in|en|ing)? (?:it |that |this |everything )?(?:aw |all )?(?:back|away)|withdr[ae]w\w*|"
    r"cancel\w*|scrap\w*|"
    r"drop\w*|forget|scrub|scratch|bin|undo|call (?:it|that) (?:off|aff)|get rid|pull (?:it|that)|"
    rf"{_NOT} (?:want|wan|wish|need|send|pass|gie|give|put|mak|make|do|dae|file)\w*|changed (?:my|ma) mind|leave)"
)
_NO_FURTHER = r"(?:(?:to |tae )?(?:go|goin|going|gaun|taken?|tak\w*) (?:any|nae|ony|no) ?(?:further|farther|where))"
_FILLING = r"(?:please|pls|i|a|ah|want|wanna|to|tae|can|you|ye|u|just|jist|naw|no|it|that)"
#: It is named; then it may be said any time later. "I want to leave a complaint" and "my complaint is that they
#: cancelled" make one.
_COMPLAINT_BACK = re.compile(
    rf"\b{_UNDO}\b(?: (?:to|tae|it|that|about|aboot|on|in|any ?more|of|ae|make|mak|making|makin))* "
    rf"(?:the|this|my|ma|that) {_COMPLAINT}|"
    rf"\b{_NOT} (?:want|wan|wish|need)\w*(?: (?:to|tae|a|make|mak|put|in|my|ma|the|that|any ?more))* {_COMPLAINT}|"
    rf"\b(?:the|my|ma|that) {_COMPLAINT}(?:\W+{_FILLING})*\W+"
    r"(?:tak(?:e|in) it (?:back|away)|withdraw|(?:cancel|scrap|drop|forget|bin|leave) (?:it|that)\b(?! (?:in|"
    r"with|wi)))",
    re.IGNORECASE,
)
#: Before it: what others did, or that it is not to be forgotten.
_BY_OTHERS = re.compile(
    r"\b(?:he|she|they|staff|gaffer|supervisor|did|have|has|why|don'?t|dinnae|dinny|never|not|no|cannae|can'?t|if|will)"
    r"\b(?: \w+){0,2}\W*$",
    re.IGNORECASE,
)
#: These may mean no more than that they are done talking: asked, not taken for it.
_FAINT = re.compile(
    r"^\W*(?:(?:och|aw|ok|no|naw|just|jist|aye)\W+)*(?:never ?mind|leave it)(?:\W+(?:then|please|pls|pal|mate))*\W*$",
    re.IGNORECASE,
)
_OF_SESSIONS = re.compile(r"\b(?:session|class|group|booking|place|shift|squad)", re.IGNORECASE)
_LEAD = (
    r"(?:(?:actually|och|aw|oh|wait|sorry|thing is|hing is|no|naw|nah|nope|hold on|haud oan|please|pls|but|just|"
    r"jist|ok|"
    r"well|can (?:you|ye|u|i|a|we)|could (?:you|ye|u)|gonnae|gonny|i|a|ah|i'?d|want|wanna|to|tae|you|ye|u|see|"
    r"that|it)\W+)*"
)
_IT = r"(?: (?:it|that|this|aw|all|anything|anyhin|the message|ma message|my message))*"
_TAIL = (
    r"(?:\W+(?:then|sorry|pal|mate|please|pls|actually|on|oan|back|any ?more|now|noo|to anybody|staff|to|"
    r"tae|them|her|him|forward|a|mind|ma|my|changed|forget it|leave it|take it back|just|jist))*"
)
#: All that is said, right after it.
_BACK = re.compile(
    rf"^\W*{_LEAD}(?:{_UNDO}{_IT}|i tak(?:e)? it back|never ?mind(?: (?:it|that|aboot it|about it))?)"
    rf"{_TAIL}\W*$",
    re.IGNORECASE,
)
_WAS_IT = re.compile(
    r"\b(?:did|have|has|huv|is|wis|was|so)\b.{0,14}\b(?:tak(?:e|en)|took|withdr\w+|cancel\w*|scrapp?\w*|dropp?\w*)\b"
    r".{0,14}(?:\bback\b|\baway\b|\bit\b|\bor no\b|complain\w*|\?|$)",
    re.IGNORECASE,
)
#: More than that is said, and this by itself is plain: "i take it back dont want trouble".
_BACK_FIRST = re.compile(
    rf"^\W*{_LEAD}(?:(?:i|a|ah)(?:'?ll|'?m| am| want (?:to|tae)| wanna)? )?(?:tak(?:e|in|ing|en)|withdraw\w*) "
    r"(?:it|that|the complaint|ma complaint|my complaint)(?: aw| all)?(?: back)?\b|"
    rf"^\W*{_LEAD}{_NOT} (?:want|wan|wish) (?:it|this|that|the complaint|ma complaint|my complaint) {_NO_FURTHER}\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[.!?;,\n]+|\b(?:but|because|cos|cause)\b", re.IGNORECASE)
#: Taken back, and wanted again.
_ON_AGAIN = re.compile(
    rf"\b(?:put|pit|stick|want|need|send)\b.{{0,8}}\b(?:it|that|the {_COMPLAINT}|(?:my|ma) {_COMPLAINT})\b.{{0,12}}"
    rf"\b(?:back|in again|on again|after all)\b|\b{_NOT} (?:tak(?:e|in) it back|withdraw|cancel|drop)\b|"
    rf"\b(?:do|dae) (?:want|wan|wish)(?: (?:to|tae|it|in))* {_COMPLAINT}|"
    rf"\b(?:keep|leave) (?:it|the {_COMPLAINT}|(?:my|ma) {_COMPLAINT}) (?:in|on|oan|up)\b|"
    rf"\b(?:go|gaun|going) (?:on|ahead|aheid) (?:with|wi) (?:it|the {_COMPLAINT}|(?:my|ma) {_COMPLAINT})\b",
    re.IGNORECASE,
)
_BY_SOMEBODY = re.compile(r"\b(?:she|he|they|her|him|it'?s|gaffer|supervisor|staff)\b", re.IGNORECASE)
#: What it may bring upon the one who complains.
_TROUBLE = re.compile(
    r"\b(?:breach\w*|bother|trouble|(?:things|it|life) worse|backfire|held? against|come back (?:on|oan) me|"
    r"against (?:me|us)|court|sheriff|jail|warning|punish\w*|sent? back|"
    r"(?:on|oan|in|affect|change|harm|hurt) (?:my|ma|the) (?:order|file|record|cpo|hours))\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\?|(?:^|[.!?;,\n])\W*(?:(?:so|and|but|aye|ok|right|naw|no|then|see if|if)\W+)*"
    r"(?:will|wull|wid|would|can|could|is|are|am|does|do|dae|dis|what|whit|wit|might)\b|\b(?:worried|feart|scared|case)\b",
    re.IGNORECASE,
)
#: Who reads a complaint, and whether the one it is about hears of it.
_WHO_READS = re.compile(
    r"\b(?:who(?:'?s| is| are|se| reads| sees| gets| will)?|whae)\b.{0,15}\b(?:staff|read\w*|see\w*|get\w*|"
    r"look\w*|that)\b|\b(?:is it|does it go (?:to|tae)|will) (?:her|his|their) (?:boss|manager|gaffer)\b|"
    r"\b(?:her|his|their) (?:pals?|mates?|friends?)\b|\b(?:find|fun|found|finds) (?:oot|out)\b|"
    r"\b(?:will|wull|does|did|can|is|are|wid|would) (?:the |my |ma )?(?!(?:you|ye|u|yous|i|a|ah|we|it|this|that)\b)\w+"
    r"\b.{0,20}\b(?:know|ken|see|read|told|hear|find)\b|"
    r"\b(?:is|has|did|wis|was) (?:it|that|this|ma complaint|my complaint)\b.{0,12}\b(?:in|sent|gone|go|went|"
    r"through|away|"
    r"received|logged)\b|\bgone in\b|\b(?:don'?t|dinnae|dinny) (?:tell|show|let) (?:her|him|them|any(?:body|"
    r"one)|the|my|ma)\b|\banonymous\w*|\bma name\b|\bmy name\b",
    re.IGNORECASE,
)

_DELETE = r"(?:delet\w*|eras\w*|wip(?:e|ed|in|ing)\b|remov\w*|get\w* rid|bin)"
_KEEP = re.compile(
    r"\b(?:do not|don'?t|dinnae|dinny|dinna|not (?:to|tae)|no (?:to|tae))(?: (?:want|need|be|the|my|ma|it|that|tae|to|"
    r"any ?more|you|ye|them|aw|all)){0,4} (?:delete|erase|wipe|remove|get rid|bin)\b(?! that\?)|"
    r"\bstop (?:deletin\w*|the delet\w*)|\bcancel (?:the|that|my|ma) delet\w*|"
    r"(?<!you )(?<!ye )(?<!yous )(?<!they )(?<!to )(?<!tae )\bkeep (?:(?:all|aw|everything|on|of|ae) )*"
    r"(?:my|ma|it|everything)(?: (?:stuff|data|info\w*|details|texts|messages|record\w*|history|things|hings))?\b",
    re.IGNORECASE,
)
_KEEPS = r"(?:leave it|keep (?:it|(?:ma|my) (?:stuff|data)|everything))"
_KEEP_SHORT = re.compile(
    rf"^\W*{_LEAD}(?:(?:cancel|forget|leave) (?:it|that)|changed (?:my|ma) mind|call (?:it|that) (?:off|aff)|"
    rf"{_NOT} (?:want|do|dae)(?: (?:it|that))?|(?:said|say|telt (?:you|ye)) {_NOT}|{_NOT}|{_KEEPS})"
    rf"(?:\W+(?:{_KEEPS}|{_NOT}|as it is|alane|alone|changed (?:ma|my) mind))*{_TAIL}\W*$",
    re.IGNORECASE,
)
_ASKS_HOW = re.compile(r"\b(?:how long|why|what|whit|who|where|when)\b|\?", re.IGNORECASE)
_BEING_DELETED = re.compile(
    rf"\b(?:is|are|am|will|wull|has|huv|have|did|when|so|does)\b.{{0,30}}\b{_DELETE}", re.IGNORECASE
)
_DELETES = re.compile(rf"\b{_DELETE}", re.IGNORECASE)


def is_a_complaint_named(text: str) -> bool:
    """Whether a complaint is spoken of."""
    return re.search(_COMPLAINT, text, re.IGNORECASE) is not None


def names_it(text: str) -> bool:
    """Whether a message says by name that a complaint is not wanted any more."""
    found = _COMPLAINT_BACK.search(text)
    return found is not None and _BY_OTHERS.search(re.split(r"[.!?,;]", text[: found.start()])[-1]) is None


def takes_it_back(text: str) -> bool:
    """Whether it is said that it is not wanted, and at most why: right after it, that is a complaint."""
    if _BACK.match(text) is not None:
        return not may_take_it_back(text)
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    return "?" not in text and any(_BACK_FIRST.match(clause) for clause in clauses)


def may_take_it_back(text: str) -> bool:
    """The same in words that may mean no more than that they are done talking."""
    if _FAINT.match(text) is not None:
        return True
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    faint = len(clauses) > 1 and any(_BACK.match(clause) or _FAINT.match(clause) for clause in clauses)
    return faint and "?" not in text and not any(_BACK_FIRST.match(clause) for clause in clauses)


def puts_it_back(text: str) -> bool:
    """Whether a complaint that was taken back is wanted after all."""
    return _ON_AGAIN.search(text) is not None and "?" not in text


def tells_more(text: str) -> bool:
    """Whether a message tells what somebody did, beside that."""
    clauses = [clause for clause in _CLAUSES.split(text) if not _ON_AGAIN.search(clause)]
    return any(_BY_SOMEBODY.search(clause) and len(clause.split()) > 2 for clause in clauses)


def fears_trouble(text: str) -> bool:
    """Whether it is asked what a complaint may bring upon the one who makes it."""
    return _TROUBLE.search(text) is not None and _ASKING.search(text) is not None


def asks_if_it_was(text: str) -> bool:
    """Whether it is asked if something was taken back."""
    return _WAS_IT.search(text) is not None and _OF_SESSIONS.search(text) is None


def asks_who_reads_it(text: str) -> bool:
    """Whether it is asked who reads it, whether it went in, or whether somebody hears of it."""
    return _WHO_READS.search(text) is not None


def keeps_it(text: str, *, just_now: bool) -> bool:
    """Whether what we hold is not to be deleted; `just_now`: they have just spoken of deletion."""
    if _KEEP.search(text) and not _ASKS_HOW.search(text) and (just_now or _DELETES.search(text)):
        return True
    return just_now and _KEEP_SHORT.match(text) is not None


def asks_if_deleted(text: str) -> bool:
    """Whether it is asked if what we hold is being deleted."""
    return _BEING_DELETED.search(text) is not None
