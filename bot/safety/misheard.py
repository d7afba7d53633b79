"""Words that put us right after danger was heard where there is none: "naw am no suicidal its ma back".

Said in answer to the words about danger, a denial is believed, and what stands beside it is what they wanted to say. Only
what is denied in so many words is taken out; whether the rest is danger is for the screen to say (`bot.safety.manner`).
"""

from __future__ import annotations

import re

_I = r"(?:i'?m|i am|am|ah'?m|a'?m|ah am|a am|we'?re|we are|i|a|ah)"
_NOT = r"(?:not|no|nae|never|nor)"
_DO_NOT = r"(?:don'?t|do not|dinny|dinnae|doan'?t|didn'?t|did not|didny|didnae|never|not)"
_REALLY = r"(?:(?:really|even|actually|at all|honestly|quite|perfectly|totally|aw|all|just|jist|feeling|feelin) )*"
_NOBODY = r"(?:nobody|no[ -]?one|naebody|nae ?buddy|noone|nobdy)"
#: What makes a denial none: "nobody's hurt me yet", "am safe the now".
_YET = (
    r"(?![\s,.;-]*(?:yet|for now|the ?now|now|right now|just now|tonight|the night|today|the day|lately|any ?more|at the "
    r"(?:moment|minute)|most days|some ?times|till|until|unless|when|if|but (?:me|myself|masel|soon)|except|apart|"
    r"but (?:i|a|ah|he|she) (?:will|might|may|could)))"
)
#: Words beside which nothing is taken for a denial.
_TAKEN_BACK = re.compile(
    r"\b(?:jk|joking|only kidding|(?:you|ye|u|they|he|she) (?:think|thinks|reckon|reckons)|am i not|if you say so|too late|worse|"
    r"(?:some(?:one|body)|he|she|they) (?:else )?(?:will|wull)|(?:just|jist|only) thought it|myself|masel|i am$|a am$)\b",
    re.IGNORECASE,
)
#: What is denied of the writer's own hands takes nothing back.
_OWN_HANDS = re.compile(rf"\b{_NOT} (?:gonn(?:ae?|y)|gonna|going to) (?:\w+ ){{1,3}}(?:masel\w*|mysel\w*)\b", re.IGNORECASE)
#: What is left is about somebody else and leans on the denial: "my daughter is", "but my wee boy isnt".
_ANOTHER = re.compile(
    r"\A(?:but |and |just )*(?:(?:my|ma|our|oor|the|his|her) )?(?:[\w']+ ){0,3}(?:is|are|isn'?t|isnae|isny|aren'?t|will|wull|does|has)\Z",
    re.IGNORECASE,
)
#: One word more that says nothing.
_FILLING = frozenset("thanks thank ta pal mate hen lol haha ok okay sorry honest honestly man son".split())
_DENIALS = (
    rf"{_I} {_NOT} {_REALLY}(?:suicidal|thinking (?:about|of|on) (?:suicide|that|anything like that|it)|thinkin (?:aboot|about|of) (?:suicide|that|it)|"
    r"in (?:any |nae |no )?(?:danger|danjer|trouble)|at risk|(?:being )?(?:hurt|abused|hit)|going to (?:hurt|kill|harm) myself|gonnae? (?:hurt|kill|harm) (?:myself|masel))",
    r"(?:there(?:'s| is) |its |it'?s |it is )?(?:nothing|nuthin|nothin|nowt|nuttin) (?:like|lik) (?:that|tha)(?: at all)?",
    r"(?:its |it'?s |it is |naw |no )(?:not|no|nae) (?:that|like that|lik that)(?! (?:i|a|ah|he|she|they|we|you|my|ma|bad)\b)",
    rf"{_NOBODY}(?:'?s| is| has)? (?:ever )?(?:hurt(?:s|ing|in)?|hit(?:s|ting|tin)?|touch(?:ed|es)|harm(?:s|ed|ing)?|controls?|threaten(?:s|ed|ing)?|bothers?) (?:me|us|anybody|anyone|any1)",
    rf"{_NOBODY}(?:'?s| is|s)? (?:in (?:any )?danger|died|dead|deid|dying|deein|hurt(?! (?:me|us)\b)|suicidal|hurting anyone)",
    rf"(?:i|a|ah) {_DO_NOT} (?:say|said|mean|meant|ment|want to say|sae) (?:that|anything like that|it like that|it that way|i was|a wis)",
    r"(?:that'?s|thats|that is|its|it'?s) (?:not|no|nae) (?:whit|what|wit|wot) (?:i|a|ah)(?:'?m| am| was| wis)? (?:said|say|saying|sayin|ment|meant|mean|asked|askin|asking|talking about|wanted)",
    r"(?:you|u|ye|yous)(?:'?ve| have)? (?:got|took|taken|read|picked|misunderstood) (?:me|it|that|us)?(?: up)? ?(?:wrong|aw wrong|all wrong)",
    rf"{_I} {_NOT} (?:gonn(?:ae?|y)|gonna|going to) (?:dae|do|try) (?:anythin[g]?|anyhin|anyhing|nothin|nuthin|nothing)(?: (?:daft|stupid|silly|like that|(?:to |tae )?(?:masel\w*|mysel\w*)))?",
    r"(?:i|a|ah)(?:'?ve| have)? (?:just |jist |already )?(?:telt|told) (?:ye|you|u|yous) (?:naw|no|nah|already|that)"
    r"(?:[ .,!]+(?:its |it'?s |it is )?(?:about |aboot )?(?:my|ma|mah) (?:wee |big )?[a-z]+ (?:no|not|naw) me)?",
    rf"(?:are )?(?:you|u|ye) (?:asking|askin|saying|sayin) (?:me )?(?:if )?{_I} suicidal[ ?.,!]*(?:naw|no|nah)?[ ,.]*{_I} {_NOT}(?: suicidal)?",
    r"(?:goodness|god|heavens|lord|christ|away|good grief) (?:no|naw|nah)(?=[ ,.!]|\Z)",
    r"calm (?:down|doon|doun)|(?:i|a|ah) (?:just|jist|only) (?:mean|meant|ment)(?! (?:to|tae|it)\b)",
    r"(?:you|u|ye) (?:misunderstood|misunderstand)(?: me| that)?|wrong end of the stick",
    # Not "i dont want the police": whoever was hurt says so too.
    rf"(?:i|a|ah) {_DO_NOT} (?:need (?:the )?(?:police|polis)|(?:need|want) (?:samaritans|a helpline|that number|(?:your|they|them|those|these) numbers?))",
)
#: That they are well: to "are you safe?" an answer, and no denial by itself.
_WELL = (
    rf"(?<!no )(?<!not )(?<!nae )(?:i'?m|i am|am|ah'?m|a'?m|we'?re|we are|every(?:one|body)'?s?(?: is)?) {_REALLY}(?:safe|fine|ok|okay|awright|alright|a'?right|grand|sound)(?: (?:where i am|thanks|thank you|ta|honest|pal|hen))*"
)
#: "A said am no suicidal": it is said again, and that undoes nothing.
_SAID_IT = r"(?:(?:i|a|ah)(?:'?ve)? (?:just |jist |already )?(?:said|telt (?:ye|you)|told (?:ye|you))[ ,:]+)?"
_DENIED = re.compile(rf"(?<![a-z']){_SAID_IT}(?:{'|'.join(_DENIALS)}|(?P<well>{_WELL}))(?![a-z']){_YET}", re.IGNORECASE)
#: Before a denial: words that make it none.
_UNDONE = re.compile(
    r"\b(?:(?:can'?t|cannot|cannae|canny|couldn'?t|won'?t|wouldn'?t|not|no|never|dunno|don'?t|if|whether|wish|hope|hoping|pretend\w*|"
    r"said|say|saying|sayin|told|tell|telling|promise\w*|swear|guarantee|sure|know|kid|kidding|lie|lied|lying|until|till|way)"
    r"\b(?: [a-z']+){0,3})[ ,]*\Z",
    re.IGNORECASE,
)
#: What leads up to it, and what ties it to the rest.
_LEAD = re.compile(
    r"\A(?:\W*\b(?:(?:what|wit|whit|wot)(?=\s*(?:[?!.,]|naw\b|nah\b|no\b|eh\b|\Z))|no|naw|nah|nope|naw+|noo+|eh|wtf|huh|wait|sorry|fuck'?s? ?sake|for fuck'?s? sake|god|jesus|christ|omg|lol|ffs|aye|yes|yeah|but|and|an|so|cos|coz|because|"
    r"just|jist|like|man|pal|mate|hen|honest|honestly|really|calm down|relax|sake|thanks|thank you|ta|hawd on|hold on|oh|aw|well|wow)\b)+",
    re.IGNORECASE,
)
#: Somebody who writes more than that does not only put us right.
_MOST = 60


def beside(text: str) -> str | None:
    """What `text` says beside the denials in it, in its own spelling: "" where there is nothing. None where nothing is denied.

    Only of use where danger was spoken of just before.
    """
    written = text.replace("\u2019", "'")
    if len(written.split()) > _MOST or _TAKEN_BACK.search(_OWN_HANDS.sub(" ", written).strip(" .!?")):
        return None
    denials = [m for m in _DENIED.finditer(written) if not _UNDONE.search(re.split(r"[.!?;\n]", written[: m.start()])[-1])]
    if not denials:
        return None
    for found in reversed(denials):
        written = f"{written[: found.start()]} . {written[found.end() :]}"
    rest = re.sub(r"\s+", " ", written)
    rest = _LEAD.sub("", re.sub(r"(?:\s*[.,;!?:-]+\s*)*\.\s*(?:[.,;!:-]+\s*)*", ". ", rest).strip(" .,;:!-"))
    rest = rest.strip(" .,;:!-")
    if _ANOTHER.match(rest) or len(rest.split()) == 1 and rest.lower() not in _FILLING:
        return None
    if len(rest.split()) > 1:
        return rest
    return None if all(found["well"] for found in denials) else ""
