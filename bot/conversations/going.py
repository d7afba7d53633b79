"""What people write instead of picking when they are asked whether they went to a place, whether it helped, why not.

"Didnt go" and "couldnae get through" are answers to a question of ours, and mean something else, or danger, without it.
Whole short answers alone count; whoever writes more is read by the language model like anybody else.
"""

from __future__ import annotations

import re

#: Longer than this it is more than an answer.
_LONGEST = 60
_I = r"(?:(?:i|a|ah|we) )?"
_YES = r"(?:(?:aye|yes|yeah|yep|yip|eh|oh) )*"
_NO = r"(?:(?:no|naw|nah|nope|sorry|eh) )*"
_IT = r"(?:(?:it|that|they|he|she) )?"
_END = r"(?: (?:pal|mate|thanks|ta|though|tho|aye|man|sorry|yet|just|the noo|the now|so far))*"
_WHEN = (
    r"(?: (?:there|them|it|to|over|up|in|doon|down|last|this|on|week|once|twice|already|\w+day|the|other))*"
)
_NOT = r"(?:didnt|did not|didnae|didny|havent|have not|havenae|havnt|hivnae|hivny|never|wasnt|wisnae|not|no|nae)"
_CANNOT = r"(?:couldnt|could not|couldnae|couldny|cudnt|cannae|canny|cant|cannot)"
_THROUGH = r"(?:through|thru|throo|in touch|an answer|a hold of them|hold of them|anybody|anyone)(?: to them)?"
_UNREACHED = (
    rf"{_NO}(?:{_I}{_CANNOT} (?:get|git) {_THROUGH}"
    rf"|(?:there was )?(?:nae|no|never got an?) (?:answer|reply)(?: when {_I}(?:phoned|rang|called))?"
    r"|(?:nobody|naebody|no one|noone) (?:answered|picked up|answers|picks up)(?: the phone)?"
    r"|(?:(?:it|the|just|line|was|wis|aye|always) )*(?:engaged|rang out|dead|wrong number))"
)
#: What was picked, as it stands in a payload after "did_you_go:" → how people say it.
_SAID: dict[str, str] = {
    "went": rf"{_YES}{_I}(?:did(?: go| phone| ring)?|went|have(?: been)?|been|phoned|rang|called|rung){_WHEN}",
    "not_yet": (
        rf"{_NO}{_I}{_NOT}(?: (?:go|been|went|gone|there|managed?|get|got|phoned?|ring|rung|call(?:ed)?|roo?u?nd?|to|it"
        rf"|them|bothered|even|had|a chance|the chance|time))*|{_UNREACHED}"
    ),
    "never": (
        r"(?:please |pls )?(?:dont|do not|dinnae|stop|quit) (?:ask|asking)(?: me)?"
        r"(?: (?:again|that|this|it|any ?more))*"
    ),
    "helped_yes": (
        rf"{_YES}{_IT}(?:did|helped|does|was|wis|were|really|a bit|a wee bit)"
        r"(?: (?:help|helped|me|a lot|loads|a bit|a wee bit|good|great|brilliant|fine|useful|really|very|some))*"
    ),
    "helped_no": (
        rf"{_NO}{_IT}(?:didnt|did not|didnae|no|not|nae|wasnt|wisnae|never)"
        r"(?: (?:help|helped|me|really|much|at all|use|good|any|at aw))*|(?:total )?waste of time|rubbish|useless"
    ),
    "no_time": (
        rf"{_I}(?:(?:had|have|hivnae|havent|no|nae|not|any|the|too|been|am|m|wis|was) )*(?:time|busy|working)"
    ),
    "not_reached": _UNREACHED,
    "not_for_me": r"(?:(?:its|it|was|wis) )*(?:not|no|nae|isnt|isnae|wasnt|wisnae) (?:really )?(?:for me|m[ay] thing)",
    "changed": rf"{_I}(?:changed (?:my|ma) mind|(?:dont|dinnae) (?:want|need) (?:it|to)(?: now| noo| any ?more)?)",
}
_PATTERNS = {f'"did_you_go:{what}:': re.compile(rf"(?:{said}){_END}") for what, said in _SAID.items()}


def means(payload: str, text: str) -> bool:
    """Whether a short text says what a choice with that payload is; False for choices of other questions."""
    pattern = next((pattern for start, pattern in _PATTERNS.items() if start in payload), None)
    if pattern is None or len(text) > _LONGEST:
        return False
    said = re.sub(r"[^a-z0-9 ]+", " ", re.sub(r"['\u2019]", "", text.lower()))
    return pattern.fullmatch(" ".join(said.split())) is not None
