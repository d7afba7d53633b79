"""What a question on the order is about, where more can be said than that the case manager knows. Pure."""

from __future__ import annotations

import re

#: Court, breach, warnings: for a solicitor and the case manager, and nothing else is said of them.
_LAW = re.compile(
    r"\b(?:breach\w*|court|sheriff|warnings?|jail|prison|solicitor|lawyer|appeal\w*|legal|law|fiscal|tag|tagged|curfew|"
    r"revok\w+|sentence\w*|convict\w*|polis|police|report|sacked|kicked aff|kicked off)\b",
    re.IGNORECASE,
)
_DRINK = re.compile(
    r"\b(?:drunk|pished|pissed|steamin\w*|hungover|hung ?over|hangover|drinking|drinkin|a drink|the drink|"
    r"bevvy|bevvied|pints?|breathalys\w+|over the limit|smell\w* (?:(?:of|ae|a) )?(?:drink|alcohol|booze))\b",
    re.IGNORECASE,
)
_PREGNANT = re.compile(
    r"\b(?:pregnan\w+|preggers|expectin|expecting (?:a|my|ma|twins)|(?:weeks?|wks?|months?|mths?) (?:gone|pregnan\w+)|"
    r"(?:havin|having) (?:a|ma|my) (?:baby|wean|bairn)|(?:with|wi) child|up the duff)\b",
    re.IGNORECASE,
)
#: Then he asks for time off, and lifts as before.
_HER = re.compile(r"\b(?:ma|my|his) (?:\w+ )?(?:burd|bird|girlfriend|wife|partner|missus|daughter|sister|ex)\b", re.I)
_LATE = re.compile(
    r"\b(?:(?:be|am|i'm|im|running|runnin|gonna be|gonnae be|bit|wee bit|mins?|minutes|an hour|hour|so) late|"
    r"late (?:the day|today|for (?:it|ma|my|the|work|squad|unpaid))|slept in|"
    r"missed (?:the|ma|my) (?:van|bus|train|pick ?up|lift)|"
    r"(?:bus|train|van|lift) (?:is|was|'s|wis|hasn'?t|hisnae|never) (?:late|cancelled|come|came|turned up|shown))\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:wh?[ai]t time|when|wh?[ai]t days?|which days?|how many days|breaks?|lunch|dinner ?time|holidays?|christmas|"
    r"xmas|new year|hogmanay|easter|snow\w*|rain\w*|weather|start|finish|knock aff|knock off|boots|gloves|hi ?vis|"
    r"waterproofs|overalls|toilets?|music|radio|headphones|smoke|vape|fags?|weekends?|saturdays?|sundays?|nights?|"
    r"where (?:do|dae) (?:i|a|ah) (?:go|meet)|picked up|pick ?up)\b",
    re.IGNORECASE,
)
#: A day that was missed, or may be, whatever the reason.
_MISSED = re.compile(
    r"\b(?:miss(?:ed|ing|in)?|missin|didn'?t (?:go|turn up|make it)|didnae (?:go|turn up|make it)|"
    r"couldn'?t (?:go|make it)|"
    r"couldnae (?:go|make it)|don'?t turn up|dinnae turn up|can'?t (?:go|make it)|cannae (?:go|make it)|no show|"
    r"no turn up|not turn up|never (?:went|turned up|made it)|(?:day|shift|time) aff|(?:day|shift|time) off|funeral|"
    r"hospital|(?:bus|train|van|lift) (?:never|didn'?t|didnae))\b",
    re.IGNORECASE,
)
_ILL = re.compile(
    r"\b(?:sick ?(?:line|note|lines|notes)?|fit ?note|doctor'?s (?:line|note)|line (?:fae|from|aff) (?:the|ma|my)|ill|"
    r"no well|not well|unwell|nae well|flu|covid|bug|vomiting|boak\w*|bad back|sore|sair|injur\w+|"
    r"broke(?:n)? (?:my|ma)|"
    r"operation|lifting|back(?:'?s| is| still)? (?:still )?(?:bad|sore|sair|done|killing|killin|out|oot))\b",
    re.IGNORECASE,
)
#: What becomes of it: trouble, a warning, hours that go.
_TROUBLE = re.compile(
    r"\b(?:trouble|bother|warnings?|breach\w*|sanction\w*|(?:come|comes|coming|taken?|took) (?:aff|off) (?:me|ma|my)|"
    r"(?:lose|loose|losing|loss) (?:the|ma|my|ony|any|aw|all)? ?(?:\w+ )?(?:hours?|day|time)|count(?:s|ed)? against|"
    r"held against|get done|excuse|in shit|get the jail|strike)\b",
    re.IGNORECASE,
)
_WARNING = re.compile(r"\b(?:warnings?|breach\w*|trouble|bother|count(?:s|ed)? against|report|excuse)\b", re.IGNORECASE)
_COURT = re.compile(
    r"\b(?:court|sheriff|jail|jile|prison|solicitor|lawyer|appeal\w*|legal|law|fiscal|tag|tagged|curfew|revok\w+|"
    r"sentence\w*|convict\w*|letter|polis|police)\b",
    re.IGNORECASE,
)
_LATENESS = re.compile(r"\b(?:late|slept in|overslept)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|when|whenever|lose|loose|count\w*|trouble|warning|breach\w*|allowed)\b", re.IGNORECASE)
_JOB = re.compile(
    r"\b(?:(?:new|got (?:a|us a)|started (?:a|ma|my)|start(?:ing)? (?:a|ma|my)) (?:new )?(?:job|work)|(?:my|"
    r"ma) (?:job|work) "
    r"(?:clash|hours|shifts?|rota)|clash\w*|(?:swap|change|switch|move) (?:my|ma|the) (?:day|days|shift|hours))\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:(?:change|changed|new|different) (?:my |ma |of )?(?:address|number|phone)|mov(?:e|ed|in|"
    r"ing) (?:hoose|house|flat|"
    r"address|away|in wi))\b",
    re.IGNORECASE,
)
_CLOTHES = re.compile(
    r"\b(?:wear|claes|clothes|clothing|boots|shoes|trainers|gloves|hi ?vis|waterproofs|overalls|jacket|"
    r"jaiket)\b", re.IGNORECASE
)
_TRAVEL = re.compile(
    r"\b(?:bus|train|travel\w*|subway|taxi) ?(?:fares?|money|pass|tickets?|costs?)\b|\b(?:fares?|petrol|"
    r"travel)\b|\b(?:pay|pays|paid|payin|paying)\b.{0,20}\b(?:bus|buses|train|subway|taxi)\b", re.IGNORECASE
)
#: The work is too much for them: "can a get lighter work", "he say carry on lifting".
_LIGHTER = re.compile(
    r"\b(?:lighter|light|easier|indoors?|inside|different|other) (?:work|duties|jobs?|tasks?|placement|squad)\b|"
    r"\b(?:carry on|keep|still|too|made? me|makin\w* me|got me|has me) (?:on )?"
    r"(?:lift\w*|diggin\w*|digging|carryin\w*)\b|"
    r"\btoo (?:heavy|hard|much) for (?:me|my|ma)\b|\bheavy (?:work|liftin\w*|lifting)\b|"
    r"\bout (?:of )?(?:that |the )?(?:outdoor|outside) work\b",
    re.IGNORECASE,
)
#: What they are to put their name to: "whit is it am signin", "they gied me a form at the induction".
_PAPER = re.compile(
    r"\b(?:sign|signs|signin|signing|signed)\b(?! (?:on|oan|in|up|me|us|off|aff|posted)\b)|"
    r"\b(?:form|forms|paperwork|contract|agreement)\b", re.IGNORECASE
)
_MANAGER = re.compile(
    r"\b(?:who|whae|whos|who's|number|phone|call|ring|contact|find|reach|get hold)\b.{0,30}\bcase ?man\w*|"
    r"\bcase ?man\w*.{0,30}\b(?:number|phone|call|ring|contact|is who|who)\b",
    re.IGNORECASE,
)
#: Somebody's own keeping away from their shift, for which staff may be told.
ABSENT = frozenset({"missed", "ill"})


def kind_of(text: str) -> str | None:
    """What a question on the order is about: a sentence of data/wording/order.yml, or one of "manager" (who that is,
    the number), "pregnant" or "drink" (at unpaid work), "late" (now: staff can be told) and "day" (times, breaks); None
    for the rest.
    """
    if _MANAGER.search(text):
        return "manager"
    if _PREGNANT.search(text) and not _HER.search(text) and not _LAW.search(text):
        return "pregnant"
    if _LATENESS.search(text) and _IF.search(text):
        return "late_if"
    if _LATE.search(text):
        return "late_if" if _LAW.search(text) else "late"
    if _LIGHTER.search(text):
        return "lighter"
    if _COURT.search(text):
        return "court"
    if _DRINK.search(text):
        return "warning" if _LAW.search(text) else "drink"
    for kind, said in _KINDS:
        if said.search(text):
            return kind
    return "day" if _DAY.search(text) else None


_KINDS = (
    ("ill", _ILL), ("job", _JOB), ("address", _ADDRESS), ("missed", _MISSED), ("warning", _WARNING),
    ("travel", _TRAVEL), ("clothes", _CLOTHES), ("paper", _PAPER),
)  # fmt: skip


def fears_for_it(text: str) -> bool:
    """Whether it is asked what becomes of it for the order: "back still bad. i get trouble?"."""
    return _TROUBLE.search(text) is not None
