"""How people say what asks for nothing we have: anger at us, "dunno", a joke, another language. Pure."""

from __future__ import annotations

import re

from actions import tongue_words
from actions.said_words import I_SAID, YOU_SAID

#: "You", as the one who is spoken to.
_YOU = "(?:you|u|ye|yous|youse|yer|ur|you're|youre|ye're|your|this|it|that|this thing|robot|bot)"
_IS = "(?:'?re|'?s| is| are| r| wis| was)?"
_THING = "(?:robot|bot|thing|machine|computer|app|service)"
#: What a message may begin or end with, and mean nothing by it.
_BEFORE = "(?:(?:but|and|so|och|aw|naw|no|nah|ok|aye|well|right|sorry|honestly|just|jist|really|em|um)[ ,.!]+)*"
_AFTER = "(?: (?:man|mate|pal|hen|big man|then|bot|robot|tbh|sorry|really|please|pls|so (?:ye|you|it) (?:are|is)))*"
_CURSE = "(?:for )?(?:fuck(?:in'?g?|s|'s)?(?: sake| hell)?|ffs|jesus(?: christ)?|christ sake|gonnae no)"
_BAD = (
    "(?:sh[i1]te?|crap|keech|pish|useless|usless|rubbish|garbage|stupid|thick|daft|dumb|annoying|"
    "a joke|a waste (?:of|ae?) time|nae use|no use|no good|dick(?:head)?|prick|idiot|fanny|bawbag|tool|arsehole|"
    "wank(?:er|y)?|bastard|cunt|moron|eejit|rocket)"
)
_VERY = (
    "(?: (?:a|an|pure|just|jist|so|fuckin\\w*|bloody|total|absolute|complete|totally|useless|stupid|really|dead|some))*"
)
_GOOD = (
    "(?:diamond|star|legend|(?:wee )?gem|angel|brilliant|brill|great|the best|life ?saver|good yin|gid yin|belter|"
    "cracker|magic|lovely|darling|hero)"
)
_GO = (
    "(?:(?:fuck|piss|bugger|sod|bolt) (?:right )?(?:off|aff)|bolt|beat it|get (?:tae|to) fuck|gtf|get lost|"
    "away (?:an|and|n) (?:shite|bile|boil)(?: (?:yer|your) heid)?|leave me alone)"
)
_MEANT = "(?:asked|asking|askin|meant|mean|said|want|wanted|need|needed)(?: for| fur)?"
_NOT_WHAT = f"(?:no|not|nae|isnae|isn't|wisnae|wasn't) (?:what|whit|wit) (?:i|a|ah|am|i'm|im)(?: am)? {_MEANT}"
_WRONG = "(?:the |that |a )?(?:wrong|wrang)(?: (?:one|wan|thing|answer))?"
_OTHER = "(?:(?:no|not|naw|nah) that (?:one|wan)|the (?:other|ither) (?:one|wan|thing))"
_DOCTOR = "(?:doctor|dr|gp|nurse|chemist|pharmacist|consultant|midwife)"
_UNSURE = (
    "(?:(?:i|a|ah) )?(?:really )?(?:don'?t|dinnae|dinna|do not) (?:really |even )?(?:know|ken)"
    "(?: (?:what|whit) (?:to|tae) (?:say|do|dae))?|dunno|idk|(?:nae|no) (?:idea|clue)|(?:i'm |im |am )?(?:not|no) sure|"
    "(?:cannae|hard (?:to|tae)) say"
)
_IM = "(?:i'm |im |am |a'm |i am )"
_SO = "(?:so |pure |dead |really |totally |fuckin\\w* )?"
_LAUGH = "(?:lol|lmao|rofl|ha(?:ha)+h?|he(?:he)+)(?: (?:good|nice) (?:one|wan))?"
_DRUNK = "(?:drunk|steamin\\w*|pished|pissed|steamboats|wrecked|mad wi it|oot ma face|blootered|hammered|guttered|mwi)"
_SOBER = "(?:sober|clean|(?:aff|off) (?:it|the (?:drink|gear|fags|booze)))"
_PROUD = "(?:proud|chuffed|buzzin\\w*)"
_MISBEHAVED = (
    "(?:about|aboot|for|fur|i was|a wis|i wis|if i was)(?: (?:the|that|being|bein|ma|my|so))*"
    " (?:swearing|swearin|drunk|steamin\\w*|rude|cheek|language|earlier|abusive)"
    "(?: (?:earlier|last night|yesterday|before|the other day|(?:to|at) (?:you|ye)))*"
)
_LOVED = (
    "(?:do|dae|would|will|wid|wull|can|are|r)? ?(?:i|a|ah|you|ye|u|yous) (?:really |pure |even )?"
    "(?:love|like|fancy|marry|single|married|lonely|my (?:pal|friend|mate))(?: (?:me|you|ye|u|us|yous))?"
)
_FRIENDS = (
    "(?:will|wull|can|do you want|want) (?:you |ye |u )?(?:(?:to|tae) )?"
    "(?:be (?:my|ma) (?:pal|friend|mate|girlfriend|boyfriend|burd)|marry me|go out wi(?:th)? me|be friends)"
)


def _whole(*said: str) -> re.Pattern[str]:
    """The message says one of these and nothing besides."""
    return re.compile(rf"^\W*{_BEFORE}(?:{'|'.join(said)}){_AFTER}\W*$", re.IGNORECASE)


def _anywhere(*said: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(said)})\b", re.IGNORECASE)


#: Kind → how it is said: a sentence of data/wording/talk.yml each. The first that fits counts.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "not_that",
        _whole(
            rf"(?:{_CURSE} )?(?:that'?s |its |it'?s )?{_NOT_WHAT}", f"(?:that'?s |you got )?(?:it |that )?{_WRONG}",
            f"(?:no |not )?{_OTHER}", "(?:no|not) that", "you(?:'ve)? got (?:it|that|me) wrong",
            f"{_YOU}{_IS} (?:no|not) (?:listening|listenin|hearing me)",
        ),
    ),
    ("said_it", YOU_SAID),
    ("told_you", I_SAID),
    ("go_away", _whole(rf"{_GO}(?: (?:ya|you) {_BAD})?")),
    (
        "angry",
        _whole(
            rf"{_YOU}{_IS}{_VERY} {_BAD}(?: {_THING})?(?: (?:at|wi|for|fur) "
            r"(?:this|it|everything|helping|helpin|(?:your|yer) job|people|folk|me))?",
            rf"{_BAD}(?: {_BAD})* {_THING}", rf"{_CURSE}(?: {_CURSE})*",
            rf"(?:i|a|ah) (?:fuckin\w* |really |pure )?hate (?:you|ye|u|this|yous)(?: (?:{_BAD}|{_THING}))*",
        ),
    ),
    (
        "doubted",
        _anywhere(
            rf"(?:my|ma|the) {_DOCTOR} (?:said|says|telt|tellt|told|tells)\b.{{0,40}}\b"
            r"(?:differ\w+|other|opposite|otherwise|wrong)",
            r"(?:that'?s|it'?s|you'?re) (?:lies|no right|not right|not true|no true|wrong|nonsense)\b.{0,60}\b"
            rf"{_DOCTOR}",
        ),
    ),
    ("dont_know", _whole(_UNSURE)),
    ("laugh", re.compile(rf"^\W*(?:{_LAUGH}\W*)+$|^[\W_]*[\U0001f600-\U0001f606\U0001f642\U0001f923]+[\W_]*$", re.I)),
    (
        "any_words",
        _anywhere(
            r"(?:no|not|nae|isnae|isn'?t) (?:very |that |awfy |so |too )?(?:good|great|gid) (?:wi|with|at|wae) "
            r"(?:words|wurds|explaining|explainin|spelling|spellin|writing|writin|texting|textin)",
            r"(?:don'?t|dinnae|dunno|do not)(?: know| ken)? (?:how|hoo|what|whit) (?:to|tae) "
            r"(?:ask|put it|word it|say it)",
        ),
    ),
    ("season", _whole("(?:merry|happy) (?:christmas|xmas|new year|hogmanay|easter|eid|birthday|st andrew'?s day)")),
    ("bored", _whole(f"{_IM}{_SO}bored(?: (?:oot|out) (?:ma|my) (?:nut|heid|head|skull|mind))?")),
    ("drunk", _whole(f"{_IM}{_SO}{_DRUNK}(?: (?:the night|the noo|the day|again|right now|tonight))?")),
    ("well_done", _anywhere(rf"{_SOBER}\b.{{0,25}}\b{_PROUD}", rf"{_PROUD}\b.{{0,25}}\b{_SOBER}")),
    ("sorry_said", _whole(rf"{_IM}?(?:sorry|apologies|apologise) {_MISBEHAVED}")),
    (
        "no_help",
        _anywhere(
            r"(?:that|this|it)(?:'s)? (?:really |just )?(?:disnae|doesn'?t|didn'?t|didnae|isn'?t|isnae|wasn'?t|wisnae|"
            r"(?:was |wis |is )?(?:no|nae|not))(?: (?:really|any|much|a|of))* help(?:ing|in|ful)?(?: me| us)?"
        ),
    ),
    (
        "joke",
        _whole(
            r"(?:can|could|will|do)? ?(?:you |ye |u )?(?:tell|gie|give|know|ken|got) (?:us |me |you |ye |any )*"
            r"(?:a |another |ony |any |good |more )*(?:jokes?|funny wan|funny one)",
            r"(?:a )?joke", r"make me laugh", r"sing (?:us|me)? ?a song",
        ),
    ),
    ("fond", _whole(_LOVED, _FRIENDS)),
    (
        "kind_words",
        _whole(
            rf"(?:thanks |cheers |ta )?(?:you|u|ye|yer|ur|you're|youre|yous){_IS}"
            rf"(?: (?:a|an|pure|just|so|really|some|the|wan|dead))* {_GOOD}"
        ),
    ),
)  # fmt: skip
#: Something was stopped, by somebody; and words of our texts, or of one who stopped it themselves.
_STOPPED = re.compile(
    r"\b(?:it'?s|been|has|have|had|they|they'?ve|got|get|getting|wis|was|were|are|is|being|ma|my)\b.{0,30}"
    r"\b(?:stopped|stoapped|stopt|(?:cut|shut)(?: ma| my)?(?: \w+)? ?(?:aff|off)|suspended)\b",
    re.IGNORECASE,
)
_TEXTS = _anywhere(
    r"te?xt\w*|txt\w*|messages?|msgs?|sms|remind\w*|news\w*|updates?|alerts?|notifications?|subscri\w+|number|start|"
    r"(?:by|in) (?:mistake|accident)|(?:i|a|ah)(?:'?ve)? (?:have |accidentally )?(?:stopped|stoapped)|turn|switch|"
    r"back (?:on|oan)"
)
_FOLLOWS = re.compile(rf"^\W*{_BEFORE}(?:(?:wh?[ai]t|wit|how) (?:about|aboot|if)|and (?:if|for|fur))\b", re.IGNORECASE)


def kind_of(text: str) -> str | None:
    """Which of these a message is (a sentence of data/wording/talk.yml); None for anything else."""
    said = text.replace("’", "'").strip()
    found = next((kind for kind, pattern in _KINDS if pattern.search(said)), None)
    return found or ("english" if tongue_words.another_language(said) else None)


def stopped(text: str) -> bool:
    """Whether something was stopped that is not our texts: "its been stopped", "they've cut ma money aff"."""
    said = text.replace("’", "'")
    return _STOPPED.search(said) is not None and _TEXTS.search(said) is None


#: What was stopped, where it is named: a sentence of data/wording/talk.yml each.
_NAMED = (
    ("benefit", _anywhere(r"pip|adp|dla|esa|attendance allowance|carer'?s allowance|disability (?:money|payment|"
        r"benefit)")),
    ("script", _anywhere(r"scripts?|prescription|methadone|subs|buvidal|espranor")),
)


def what_stopped(text: str) -> str | None:
    """What was stopped, where they name it."""
    return next((kind for kind, said in _NAMED if said.search(text)), None)


def follows(text: str) -> bool:
    """Whether a message takes up what was just said, in half a question: "what about heroin"."""
    return _FOLLOWS.search(text) is not None
