"""Who a question is about: "can she drink on antibiotics", asked for a client, is not answered as if it were their own.

Pure. Where it is not plain that somebody else is meant, nobody is: an answer said to the one who writes is the rule,
and a wrong "your son" is worse than none.
"""

from __future__ import annotations

import re

from actions.kindness import PEOPLE, sorry_for
from actions.whose_child import is_small
from bot import wording

#: Somebody else, and nothing says who.
THEM = "them"
#: Those whom people ask for at work, or live beside → how we call them. Those close to them are `kindness.PEOPLE`.
_OTHERS: dict[str, str] = {
    "client|clients": "client",
    "service user|service users": "client",
    "neighbour|neighbor|neebur": "neighbour",
    "workmate|colleague|co-worker": "workmate",
    "tenant|lodger|resident": "tenant",
    "grandson|granddaughter|grandchild|grandwean": "grandchild",
    "teenager|teen": "teenager",
}
#: Nobody to say an answer to; an ex is no partner.
_NOT_TOLD = frozenset({"dog", "dug", "family", "faimly", "ex"})
_CALLED = {
    name: ours for names, ours in {**PEOPLE, **_OTHERS}.items() for name in names.split("|") if name not in _NOT_TOLD
}
#: What is right for a grown-up may not be for them.
_CHILDREN = frozenset({"child", "children", "baby", "grandchild"})
_YOUNG = re.compile(r"\b(?:[0-9]|1[0-5])[ -]?(?:yr|year|month|week|mth)s?[ -]?(?:old|auld)\b", re.IGNORECASE)
_WHO = "|".join(sorted(map(re.escape, _CALLED), key=len, reverse=True))
_OLDER = (
    r"(?: (?:wee|big|auld|old|older|younger|best|good|wan|youngest|oldest|eldest|only|poor|teenage|pregnant|"
    r"\d+ ?(?:yr|year)s? ?old|\d+))*"
)
_NAMED = re.compile(
    rf"\b(?:(?:my|ma|mah|oor|our|(?:wan|one) (?:of|ae|o) (?:my|ma|our|oor)){_OLDER} (?P<who>{_WHO})s?|"
    r"(?:a|the|for|fur) (?P<other>client|service user|tenant|resident|neighbour|workmate|colleague)|"
    rf"a{_OLDER} (?P<pal>pal|mate|friend))\b(?!'?s (?:house|hoose|bit|place|flat))",
    re.IGNORECASE,
)
#: A worker, or a pal, without a "my": "service user on methadone", "mate has been on a bender".
_BARE = re.compile(
    r"(?:^|[,.:;!?]) *(?:(?:support |social |key)?worker here[,.:;]? *)?(?:asking for |re )?"
    r"(?P<who>client|service user|mate|pal|brother|sister|son|daughter|maw|da|dad|mum)\b"
    r"(?= |[:,])(?! (?:of|ae|o|tae|to) )",
    re.IGNORECASE,
)
#: Somebody whom only the frame of the question shows.
_SOMEONE = re.compile(
    r"\b(?:asking (?:this )?(?:for|fur) (?:someone|somebody|sumdy)|(?:no|not) (?:for|fur) (?:me|masel|myself)|"
    r"(?:a|the) (?:man|woman|wumman|guy|lad|lassie|young person|person|boy|girl) (?:that |who |whom )?(?:i|a|ah|we) "
    r"(?:work wi(?:th)?|support|look after|care for|know|see)|"
    r"i (?:work with|support|look after|care for) (?:a|an|someone|somebody)|"
    r"(?:mum|mother|dad|father|parents?|carer|(?:young )?(?:man|woman|lad|lassie|guy|person)|someone|somebody)"
    r"(?: (?:of|ae|o|tae|to|wi|with|who|in|on|a|an|the|is|has|\w+)){0,5} (?:i|we) (?:support|work with|"
    r"look after|care for))\b",
    re.IGNORECASE,
)
_THIRD = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself|hissel|hersel)\b", re.IGNORECASE)

#: What the one who writes does as the one who asks, cares or helps: taken out before we look whether it is about them.
_I = r"(?:i|a|ah|we)"
_AM = r"(?:im|am|ah'm|a'm|i'm|i am|we are|we're)"
_ASKING = re.compile(
    r"\b(?:"
    rf"(?:wh?[ai]t|wit|how|where|whaur|who|when|why) (?:can|kin|could|do|dae|does|should|shud|would|wid|wull|will) {_I}"
    r"(?: (?:do|dae|even|best|tell|say|help|get|stop|talk|speak|ask|support|go|be|know|ken))*|"
    r"wh?[ai]t (?:tae|to) (?:do|dae|say|tell)|"
    rf"(?:can|kin|could|should|shud|do|dae) {_I} (?:be worried|worry|phone|call|ring|tell|help|get|give|gie|take|make|"
    r"ask|let|leave|stop|need tae|need to)|"
    rf"{_I} (?:think|hink|know|ken|found|find|wonder|wondered|need (?:to|tae) know|want (?:to|tae) (?:know|help)|"
    r"hear|heard|saw|seen|noticed|support|work wi(?:th)?|look after|care for|live wi(?:th)?|have|huv|got)|"
    rf"{_AM} (?:(?:dead|really|so|pure|a bit|just|jist) )*(?:worried(?: sick)?|feart|scared|asking|askin|concerned|"
    r"(?:no|not) sure|wondering|wonderin)|"
    rf"{_AM} (?=(?:a|his|her) (?:support|key|social|mum|maw|dad|da|carer|worker))|"
    r"(?:at )?(?:my|ma) wit'?s'? end|(?:no|not) (?:for|fur) (?:me|masel|myself)|tell me|of mine|"
    r"(?:ask(?:ed|ing|in|s)?|tells|told|advise|let) me"
    r")\b",
    re.IGNORECASE,
)
#: Any other word of themselves, and "we": then it is about the one who writes, or about both.
_SELF = re.compile(
    r"\b(?:i|i'm|im|i've|ive|i'd|i'll|ah|ah'm|ahm|ave|av|a've|a'm|am|me|us|we|we're|my|ma|mine|masel|myself|maself|our|"
    r"oor)\b|"
    r"\ba (?:hink|dae|did|didnae|cannae|cant|can't|can|kin|need|want|wan|wanna|take|took|tak|tuik|tried|drink|drank|"
    r"smoke|use|have|huv|hiv|had|get|git|got|feel|felt|wis|was|should|could|would|will|wull|went|just|jist|don't|"
    r"dinnae|dont)\b",
    re.IGNORECASE,
)
#: "Wi a drink" is no "I drink".
_NOUN = re.compile(
    r"\b(?:wi|with|has|had|have|having|takes?|taking|for|fur|of|ae|like|wants?|needs?|fancies|gets?|got|on|and|"
    r"without) a (?:drink|smoke|use|feel|need)\b",
    re.IGNORECASE,
)
#: Said, asked or done by the other, or what they went through: about the one who writes, though no word says so
#: ("boyfriend says too much", "is hrt safe, my auntie had breast cancer").
_BY_THEM = re.compile(
    rf"\b(?:{_WHO})(?:'?s| is| was)? (?:just |only |keeps? |always )?"
    r"(?:(?:says?|said|sayin'?g?|sez)(?! (?:he|she|they)\b)|thinks|hinks|reckons?|"
    r"(?:got|selling|sellin'?|offering|offered) (?:(?:a|an|some|wan|us|me|the|two|a few) )?(?:wee )?"
    r"(?:bag|bit|gear|stuff|tenner|score|wrap|blues|vallies|pills|patches|spare)|"
    r"gave|gied|gies|hits?|hit|slapped|batters?|left|dumped|controls|follows|won't let|wont let|stole)\b|"
    # what it was like for them, told after what is asked
    rf"\?\W+(?:my|ma|mah) (?:{_WHO}) (?:stopped|tried|used|was on|got|did|chucked|quit|swears?|had|took|packed)\b|"
    rf"\b(?:{_WHO}) (?:died|passed away|(?:had|has had) (?:the |a )?(?:\w+ )?cancer)\b|"
    r"\b(?:catch|contagious|infectious|pass(?:es|ed)? it|(?:off|aff) (?:him|her|them)|"
    r"safe (?:to|tae) (?:kiss|share))\b",
    re.IGNORECASE,
)
#: Begun with what was done and no word of who: the writer did it ("used the other boy's razor, he has hep").
_DROPPED = re.compile(
    r"^\W*(?:just |jist |only )?"
    r"(?:used|took|been|tried|slept|shared|drank|ate|spilt|missed|ran|woke|oot|out|shagged|bought|lost)\b"
    rf"(?! (?:him|her|them|told|telt|asked|worried|(?:my|ma|oor|our|a){_OLDER} (?:{_WHO})\b))"
    r"(?!.*\bhelp (?:him|her|them)\b)",
    re.IGNORECASE,
)
#: Partners share what is asked about sex.
_BOTH = frozenset({"partner", "wife", "husband"})
#: Never said on: danger at home, and worry about a life, which is answered to the one who is there.
_NEVER = frozenset({"suicide_prevention"})
_YOU = re.compile(r"\byou(?:r|'re|'ve|'ll|'d)?\b", re.IGNORECASE)
#: An answer that names this number is about danger at home.
_HELPLINE = "domestic_abuse"
#: These answers already speak to the one who helps.
_TO_A_HELPER = re.compile(
    r"\b(?:someone|somebody|my (?:pal|mate|friend|partner|child|baby|son|daughter|family|kids?)|a pal|a mate|"
    r"i look after|others?|the kids|naloxone)\b",
    re.IGNORECASE,
)
#: "What about if it's my mum": the same question, for somebody else.
_SAME = re.compile(
    r"^\W*(?:(?:(?:and|so|ok|aye|but) )*(?:wh?[ai]t|wit|how) (?:about|aboot|if)"
    r"(?: (?:if|when|it'?s|it is|it wis|it was|for|fur|wi|with))*|"
    r"(?:and|so|is (?:it|that) the same|same) (?:for|fur|wi|with))"
    rf" (?P<whose>my|ma|oor|our|the|a|her|his|their){_OLDER} (?P<who>{_WHO})\W*(?:then|tho|though|pal)?\W*$",
    re.IGNORECASE,
)


def whom(text: str) -> str | None:
    """Whom a question is about, as we call them ("your son", "your client", "them"); None if it may be the writer."""
    said = text.replace("’", "'")
    if sorry_for(said, only_loss=True) is not None or _BY_THEM.search(said) or _DROPPED.match(said):
        return None
    said = _NOUN.sub(" ", said)
    named = _NAMED.search(said) or _BARE.search(said)
    rest = _SOMEONE.sub(" ", _ASKING.sub(" ", _NAMED.sub(" ", said)))
    if _SELF.search(rest):
        return None
    if (named is not None or _THIRD.search(said)) and _YOUNG.search(said):
        return "your child"
    if named is not None:
        called = _CALLED[next(name for name in named.groupdict().values() if name).lower()]
        return "your child" if is_small(called, said) else f"your {called}"
    if _SOMEONE.search(said) or _THIRD.search(said):
        return THEM
    return None


def lead_for(who: str | None, topic: str, question: str, text: str) -> str | None:
    """The words over an answer that was asked for `who`; None where it is said to whoever wrote.

    `question` and `text` are the answer's: one that already speaks to a helper, or is about danger at home, has none.
    """
    if who is None or topic in _NEVER or wording.crisis_numbers()[_HELPLINE] in text or _TO_A_HELPER.search(question):
        return None
    ours = who.removeprefix("your ")
    if topic == "financial_health":
        return None if who == THEM or ours in _CHILDREN else wording.say("for_another.lead", who=who)
    if ours in _CHILDREN:
        return wording.say("for_another.child")
    if (topic == "sexual_health" and ours in _BOTH) or not _YOU.search(text):
        return None
    return wording.say("for_another.lead", who=who)


def same_for(typed: str, topic: str) -> str | None:
    """What to say to "what about if it's my mum", after an answer in `topic`; None if that is not what was asked."""
    found = _SAME.search(typed.replace("’", "'"))
    if found is None or topic in _NEVER:
        return None
    theirs = found["whose"].lower() in ("her", "his", "their")
    who = THEM if theirs else f"your {_CALLED[found['who'].lower()]}"
    return wording.say("for_another.same_money" if topic == "financial_health" else "for_another.same", who=who)
