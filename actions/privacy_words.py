"""What somebody asks about who sees this: whom they name, or what, and whether it is of us or of a doctor. Pure."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE
_MY = r"(?:my|ma|mah|our|oor)"
_KIN = (
    r"(?:mum|maw|ma|mammy|da|dad|wife|husband|partner|missus|girlfriend|boyfriend|family|faimly|parents|mates?|"
    r"pals?|ex|"
    r"kids?|son|daughter|burd|man|sister|brother|neighbours?|flatmate)"
)
_CHILD = (
    r"(?:weans?|kids?|child(?:ren)?|boys?|girls?|bab(?:y|ies)|son|daughter|lassie|wee (?:yin|one|wan|man)s?|bairns?)"
)
#: Whom, or what, somebody asks about → a sentence of data/wording/privacy.yml. The first that fits counts.
_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(said, _FLAGS))
    for kind, said in (
        (
            "child",
            rf"\b{_CHILD}\b.{{0,12}}\bat risk\b|\b(?:take|taken|taking|tak|takin|lose|losing|remove[ds]?)\b.{{0,25}}"
            rf"\b{_CHILD}\b|\b(?:will|wull|would|can|could|gonna|gonnae|going to) \w+ (?:take|tak) (?:her|him|them) "
            rf"(?:off|aff|away|awa)\b|\b(?:{_MY}|got|have|huv|two|three|2|3) {_CHILD}\b.{{0,30}}\b(?:social|taken)\b|"
            rf"\bsocial\b.{{0,60}}\b{_MY} {_CHILD}\b",
        ),
        (
            "list",
            r"\b(?:names?)\b.{0,20}\b(?:list|sheet|register)\b|"
            r"\b(?:class(?:es)?|sessions?|groups?|courses?)\b.{0,25}\b(?:file|records?|notes)\b|"
            r"\b(?:if|whether|that) (?:he|she|they|i|a|somebody|someone|my client)(?:'ve| have)? "
            r"(?:attend\w*|come|comes|came|go|goes|went|turn\w* up|show\w* up)\b",
        ),
        (
            "records",
            r"\b(?:can|do|dae|are|r|have|huv) (?:you|ye|yous|u) (?:see|read|look|get|have|huv|got|linked)\b.{0,25}"
            r"\b(?:records?|notes|files?|history)\b",
        ),
        (
            "drugs",
            r"\b(?:drugs?|coke|gear|smack|heroin|blues|vall?ies|weed|hash|green|usin|using|used|slipped up|relapsed|"
            r"drink|drinkin|drinking|drank|bevvy|taking (?:stuff|something))\b",
        ),
        (
            "police",
            r"\b(?:police|polis|polls|cops?|bizzies|court|sheriff|judge|fiscal|parole|grass|grassed|grassing)\b",
        ),
        ("file", r"\b(?:files?|records?|notes)\b"),
        (
            "supervisor",
            r"\b(?:supervisors?|gaffers?|gaffa|ganger|squad (?:boss|leader|man|guy)|boss (?:of|ae|o) (?:the|ma|"
            r"my) squad|"
            r"(?:the )?squad)\b",
        ),
        (
            "social_worker",
            r"\b(?:social ?work(?:ers?)?|socal worker|the social|case ?manag\w*|(?:my|ma|mah) workers?|probation|"
            r"breach\w*)\b",
        ),
        (
            "boss",  # their own, and not that of somebody they complain of
            r"(?<!her )(?<!his )(?<!their )\b(?:boss|employers?|work|job ?centre|dwp|landlord|housing|school|uni|"
            r"college)\b",
        ),
        ("how_long", r"\bhow long\b"),
        ("family", rf"\b{_MY} {_KIN}\b"),
        ("kept", r"\b(?:save[ds]?|saving|kept|keep|keeping|store[ds]?|recorded|recording|logged)\b"),
        (
            "whom",
            r"\bwh?o (?:would|wid|wud|will|wull|do|dae|does|can|could|else (?:do|dae|would|wid)) (?:you|ye|yous|u)\b",
        ),
    )
)
#: Done by somebody who is neither we nor a worker of ours.
_OTHERS = (
    r"(?:doctors?|dr|gps?|nurses?|chemists?|pharmac\w+|clinics?|sandyford|hospital|helplines?|samaritans|"
    r"breathing space|"
    r"counsellors?|test(?:s|ed|ing)?|results?|hep ?c|hiv|bloods?)"
)
_BY_OTHERS = re.compile(rf"\b{_OTHERS}\b", _FLAGS)
_YOU = re.compile(r"\b(?:you|yous|youse|u|ye|yees|this|here|texts?|bot)\b", _FLAGS)
_THEY = re.compile(r"\b(?:they|them|it|he|she)\b", _FLAGS)
#: Somebody gets to know.
_TOLD = re.compile(
    r"\b(?:tell|tells|telt|told|see|sees|know|knows|ken|knowing?|find(?:s|in|ing)? (?:out|oot)|send|sends|sent|"
    r"share[ds]?|"
    r"report\w*|pass(?:ed)? (?:it )?on|get (?:told|the results?)|(?:goes?|go) (?:to|tae|on|oan)|private|"
    r"confidential)\b",
    _FLAGS,
)
#: They told it themselves, or would see somebody: "I tell supervisor he say carry on", "who do i see".
_OWN_TELLING = re.compile(
    r"\b(?:i|a|ah|we|i'?ve|av|ave)(?: just| already| have| huv)? (?:tell|telt|told|sent|send|see|saw|seen)\b", _FLAGS
)
_WHO_ELSE = re.compile(
    r"\b(?:social ?work\w*|the social|case ?manag\w*|(?:my|ma) (?:worker|supervisor|gaffer|order|record|file)|"
    r"supervisor|"
    rf"gaffer|police|polis|court|{_MY} {_KIN}|anybody|anyone|family|work|boss|record|file)\b",
    _FLAGS,
)
#: A yes or no is wanted, and a no is the good answer.
_WHETHER = re.compile(
    r"(?:^|[.,;:!?]|\band|\bso|\bor|\bbut)\s*(?:and |so |but |ok |hi |hiya |please |wait )*"
    r"(?:do|dae|does|dis|did|will|wull|would|wid|wud|can|kin|could|is|are|r|am|u|you|yous|youse|yees)\b"
    r"(?!.*\b(?:private|confidential|secret|safe|anonymous|just (?:you|between)|keep it)\b)",
    _FLAGS,
)
_WHAT = re.compile(r"^\W*(?:wh?[ai]t|wit|who|whae|how|where|why)\b(?! (?:if|aboot if|about if)\b)", _FLAGS)
#: "Wit does that mean", of the limit just told; and who "others" are.
_MEANS = re.compile(
    r"\b(?:mean(?:s|in|ing)?|counts? as|at risk|badly hurt|whit kind|what kind|like (?:what|whit)|such as|"
    r"example)\b", _FLAGS
)
_WHO_ARE_THEY = re.compile(r"\b(?:who|whae|whit|what|wit|which)\b.{0,12}\bothers?\b", _FLAGS)
#: "Are ye sure", "is it tho".
_IS_IT_SO = re.compile(
    r"\W*(?:(?:but|aye|and|so|ok|right)\W+)*(?:(?:are|r|ur) (?:you|ye|u|yous) (?:sure|certain)|"
    r"(?:is it|does it|do they|do you)(?: (?:tho|though|really|aye))?|really|honest(?:ly)?|promise(?: me)?|swear|"
    r"for (?:sure|definite|real))"
    r"(?: (?:tho|though|aye|then|about that|aboot that))?\W*",
    _FLAGS,
)
#: What the words mean, and not what to do about a child that is.
_MEANING = re.compile(
    r"\b(?:mean(?:s|in|ing)?|counts? as|class(?:ed)? as|(?:you|yous|ye|u) (?:mean|say|cry|call))\b", _FLAGS
)
_AT_RISK = re.compile(rf"\b(?:{_CHILD}|wean) (?:is |being |bein )?at risk\b", _FLAGS)
_GOES_TO_SOCIAL = re.compile(
    r"\b(?:you|ye|yous|youse|u|this|it)\b.{0,12}\b(?:goin|going|gonna|gonnae|go|goes|tell|telling|tellin|phone|phoning|"
    r"report\w*|send\w*|linked|in wi)\b.{0,20}\b(?:social ?work\w*|the social|case ?manag\w*)\b|"
    rf"\b(?:you|ye|yous|youse|u|they|social ?work|the social)\b.{{0,25}}\b(?:take|tak|takin|"
    rf"taking)\b.{{0,8}}\b{_MY} {_CHILD}\b|"
    r"\b(?:they|social ?work|the social)\b.{0,12}\b(?:take|tak|takin|taking) (?:her|him|them) "
    r"(?:(?:away|awa) )?(?:off|aff|fae|from) (?:me|us)\b",
    _FLAGS,
)
_QUESTION = re.compile(
    r"\?|\b(?:will|wull|would|wid|can|kin|do|dae|does|dis|is|are|if|what|whit|wit|who)\b", _FLAGS
)
#: More words than this ask nothing on.
_FEW = 16


def kind_of(text: str) -> str | None:
    """Whom, or what, is asked about; None where nothing is named."""
    said = text.replace("’", "'")
    return next((kind for kind, pattern in _ASKED if pattern.search(said)), None)


def of_others(text: str, after_health: bool) -> bool:
    """Whether it is asked what a doctor, a clinic or a helpline tells; with a bare "they" only `after_health` talk."""
    if _YOU.search(text) or not _TOLD.search(_OWN_TELLING.sub(" ", text)):
        return False
    return _BY_OTHERS.search(text) is not None or (after_health and _THEY.search(text) is not None)


def of_whoever(text: str) -> bool:
    """Whether it is not said who would tell: "does ma worker find oot", which may be of us or of a test."""
    return _YOU.search(text) is None and _TOLD.search(text) is not None


def results_to_others(text: str, after_health: bool) -> bool:
    """The same, where it is said who might be told: "dae they send it tae the social work", of a test."""
    return _WHO_ELSE.search(text) is not None and of_others(text, after_health)


def asks_whether(text: str) -> bool:
    """Whether a no is an answer, and the one that is hoped for: "wid the squad boss find oot"."""
    return _WHAT.match(text) is None and _WHETHER.search(text) is not None


def surely(text: str) -> bool:
    """Whether nothing else can be meant, whatever was said before: "wit does that mean a child at risk"."""
    if _QUESTION.search(text) is None:
        return False
    of_the_words = _AT_RISK.search(text) is not None and _MEANING.search(text) is not None
    return of_the_words or _GOES_TO_SOCIAL.search(text) is not None


def asks_on(text: str) -> str | None:
    """What a few words ask of what was just told on who sees this: "means", "others", or a kind; None for none."""
    if len(text.split()) > _FEW:
        return None
    if _WHO_ARE_THEY.search(text):
        return "others"
    if _IS_IT_SO.fullmatch(text):
        return "sure"
    kind = kind_of(text)
    if kind is None and _MEANS.search(text):
        return "means"
    return kind if _YOU.search(text) or _TOLD.search(text) else None  # "will a get breached" is of the order
